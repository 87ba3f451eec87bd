import type { Interval } from '#shared/domain/interval.ts';
import { nextOpenTime } from '#shared/domain/interval.ts';
import type { Candle } from '../candle.ts';
import type { Coin } from '../coins.ts';
import type { DepthDiff } from '../depth-chain.ts';
import type { Mark } from '../mark.ts';
import type { Fill, Print } from '../print.ts';
import {
  averagePriceText,
  finePriceText,
  levelsText,
  notionalText,
  percentText,
  priceText,
  quantityText,
  rateText,
} from '../wire-text.ts';

/**
 * The frames of the market streams as JSON text, key for key as the venue's 2026 pages list them.
 * `at` is the event time `E`; times inside are already shifted by the caller where the clock is skewed.
 */

export function aggTradeText(coin: Coin, print: Print, at: number, skew: number): string {
  const quantity = quantityText(coin, print.quantity);
  return `{"e":"aggTrade","E":${at},"a":${print.id},"s":"${coin.symbol}","p":"${priceText(coin, print.price)}","q":"${quantity}","nq":"${quantity}","f":${print.firstFill},"l":${print.lastFill},"T":${print.time + skew},"m":${print.buyerIsMaker},"st":1}`;
}

export function tradeText(coin: Coin, fill: Fill, at: number, skew: number): string {
  return `{"e":"trade","E":${at},"T":${fill.time + skew},"s":"${coin.symbol}","t":${fill.id},"p":"${priceText(coin, fill.price)}","q":"${quantityText(coin, fill.quantity)}","X":"MARKET","m":${fill.buyerIsMaker}}`;
}

export interface TopOfBook {
  readonly bid: readonly [number, number];
  readonly ask: readonly [number, number];
  readonly updateId: number;
  readonly time: number;
}

export function bookTickerText(coin: Coin, top: TopOfBook, at: number, skew: number): string {
  const { bid, ask } = top;
  return `{"e":"bookTicker","u":${top.updateId},"s":"${coin.symbol}","ps":"${coin.symbol}","b":"${priceText(coin, bid[0])}","B":"${quantityText(coin, bid[1])}","a":"${priceText(coin, ask[0])}","A":"${quantityText(coin, ask[1])}","T":${top.time + skew},"E":${at},"st":1}`;
}

type LevelList = readonly (readonly [number, number])[];

/** Diffs and partial books have one shape; `bids` and `asks` say which it is. */
export function depthText(
  coin: Coin,
  diff: DepthDiff,
  levels: { readonly bids: LevelList; readonly asks: LevelList },
  at: number,
  skew: number,
): string {
  return `{"e":"depthUpdate","E":${at},"T":${diff.time + skew},"s":"${coin.symbol}","ps":"${coin.symbol}","U":${diff.firstId},"u":${diff.lastId},"pu":${diff.previousLastId},"b":${levelsText(coin, levels.bids)},"a":${levelsText(coin, levels.asks)},"st":1}`;
}

export function klineText(
  coin: Coin,
  interval: Interval,
  candle: Candle,
  isClosed: boolean,
  at: number,
): string {
  const end = nextOpenTime(interval, candle.openTime) - 1;
  return `{"e":"kline","E":${at},"s":"${coin.symbol}","k":{"t":${candle.openTime},"T":${end},"s":"${coin.symbol}","i":"${interval}","f":${candle.firstFill},"L":${candle.lastFill},"o":"${priceText(coin, candle.open)}","c":"${priceText(coin, candle.close)}","h":"${priceText(coin, candle.high)}","l":"${priceText(coin, candle.low)}","v":"${quantityText(coin, candle.volume)}","n":${candle.fills},"x":${isClosed},"q":"${notionalText(coin, candle.notional)}","V":"${quantityText(coin, candle.takerVolume)}","Q":"${notionalText(coin, candle.takerNotional)}","B":"0"}}`;
}

/** One row of REST klines. */
export function klineRowText(coin: Coin, interval: Interval, candle: Candle): string {
  const end = nextOpenTime(interval, candle.openTime) - 1;
  return `[${candle.openTime},"${priceText(coin, candle.open)}","${priceText(coin, candle.high)}","${priceText(coin, candle.low)}","${priceText(coin, candle.close)}","${quantityText(coin, candle.volume)}",${end},"${notionalText(coin, candle.notional)}",${candle.fills},"${quantityText(coin, candle.takerVolume)}","${notionalText(coin, candle.takerNotional)}","0"]`;
}

/** `day` is the rolling window's fold; its `openTime` is the window's. */
export function tickerText(coin: Coin, day: Candle, lastQuantity: number, at: number): string {
  return `{"e":"24hrTicker","E":${at},"s":"${coin.symbol}","p":"${priceText(coin, day.close - day.open)}","P":"${percentText(day.open, day.close)}","w":"${averagePriceText(coin, day.notional, day.volume, day.close)}","c":"${priceText(coin, day.close)}","Q":"${quantityText(coin, lastQuantity)}","o":"${priceText(coin, day.open)}","h":"${priceText(coin, day.high)}","l":"${priceText(coin, day.low)}","v":"${quantityText(coin, day.volume)}","q":"${notionalText(coin, day.notional)}","O":${day.openTime},"C":${at},"F":${day.firstFill},"L":${day.lastFill},"n":${day.fills},"ps":"${coin.symbol}","st":1}`;
}

export function miniTickerText(coin: Coin, day: Candle, at: number): string {
  return `{"e":"24hrMiniTicker","E":${at},"s":"${coin.symbol}","c":"${priceText(coin, day.close)}","o":"${priceText(coin, day.open)}","h":"${priceText(coin, day.high)}","l":"${priceText(coin, day.low)}","v":"${quantityText(coin, day.volume)}","q":"${notionalText(coin, day.notional)}","ps":"${coin.symbol}","st":1}`;
}

export interface Funding {
  /** Units of 1e-8. */
  readonly rate: number;
  readonly nextTime: number;
}

export function markPriceText(coin: Coin, mark: Mark, funding: Funding, at: number): string {
  return `{"e":"markPriceUpdate","E":${at},"s":"${coin.symbol}","p":"${finePriceText(coin, mark.markPrice)}","ap":"${finePriceText(coin, mark.markAverage)}","P":"${finePriceText(coin, mark.indexPrice)}","i":"${finePriceText(coin, mark.indexPrice)}","r":"${rateText(funding.rate)}","T":${funding.nextTime},"st":1}`;
}
