import { trimDecimal } from '#shared/base/decimal.ts';
import type { Coin } from '../coins.ts';
import type { InstrumentMarket } from '../instrument-market.ts';
import { fundingRateAt, nextFundingTime } from '../mark.ts';
import { hashText } from '../random.ts';
import { notionalText, priceText, quantityText, rateText } from '../wire-text.ts';
import type { Category } from './category.ts';
import { DELIVERY_TIMES } from './coins.ts';
import { type TickDirection, wirePrice, wireQuantity } from './messages.ts';

const HOUR = 3_600_000;

export interface TickerContext {
  readonly instrument: InstrumentMarket;
  readonly seed: number;
  /** Market time, ms. */
  readonly time: number;
  readonly direction: TickDirection;
}

/** All fields of one instrument's ticker as the stream's snapshot holds them, in its order; every value is a text. */
export function tickerFields(category: Category, context: TickerContext): Record<string, string> {
  return category === 'linear' ? linearFields(context) : spotFields(context);
}

function linearFields({ instrument, seed, time, direction }: TickerContext): Record<string, string> {
  const { coin, candles, mark, engine } = instrument;
  const day = candles.rollingDay();
  const fundingTime = nextFundingTime(time);
  const openInterest = openInterestOf(coin, time);
  const value = (steps: number) => (steps * coin.step * mark.markPrice * coin.tick).toFixed(2);
  const delivery = DELIVERY_TIMES.get(coin.symbol);
  const price = (ticks: number) => priceText(coin, ticks);
  return {
    symbol: coin.symbol,
    tickDirection: direction,
    price24hPcnt: (day.close / day.open - 1).toFixed(6),
    lastPrice: price(day.close),
    prevPrice24h: price(day.open),
    highPrice24h: price(day.high),
    lowPrice24h: price(day.low),
    prevPrice1h: price(priceAnHourAgo(instrument)),
    markPrice: (mark.markPrice * coin.tick).toFixed(coin.priceDecimals),
    indexPrice: (mark.indexPrice * coin.tick).toFixed(coin.priceDecimals),
    openInterest: quantityText(coin, openInterest),
    openInterestValue: value(openInterest),
    turnover24h: (day.notional * coin.tick * coin.step).toFixed(4),
    volume24h: (day.volume * coin.step).toFixed(4),
    fundingIntervalHour: delivery === undefined ? '8' : '',
    fundingCap: delivery === undefined ? '0.005' : '',
    singleOpenInterest: quantityText(coin, Math.floor(openInterest / 2)),
    singleOpenInterestValue: value(Math.floor(openInterest / 2)),
    nextFundingTime: delivery === undefined ? String(fundingTime) : '0',
    fundingRate:
      delivery === undefined ? trimDecimal(rateText(fundingRateAt(seed, coin.crowd, fundingTime))) : '',
    bid1Price: price(engine.bids.best?.price ?? 0),
    bid1Size: quantityText(coin, engine.bids.best?.quantity ?? 0),
    ask1Price: price(engine.asks.best?.price ?? 0),
    ask1Size: quantityText(coin, engine.asks.best?.quantity ?? 0),
    preOpenPrice: '',
    preQty: '',
    curPreListingPhase: '',
    ...(delivery === undefined
      ? {}
      : {
          deliveryTime: new Intl.DateTimeFormat('sv-SE', { timeZone: 'UTC', dateStyle: 'short' }).format(
            delivery,
          ),
          basis: ((day.close - mark.indexPrice) * coin.tick).toFixed(2),
          deliveryFeeRate: '0',
          predictedDeliveryPrice: '0.00',
        }),
  };
}

function spotFields({ instrument }: TickerContext): Record<string, string> {
  const { coin, candles, mark } = instrument;
  const day = candles.rollingDay();
  const price = (ticks: number) => wirePrice('spot', coin, ticks);
  return {
    symbol: coin.symbol,
    lastPrice: price(day.close),
    highPrice24h: price(day.high),
    lowPrice24h: price(day.low),
    prevPrice24h: price(day.open),
    volume24h: wireQuantity('spot', coin, day.volume),
    turnover24h: trimDecimal(notionalText(coin, day.notional)),
    price24hPcnt: trimDecimal((day.close / day.open - 1).toFixed(4)),
    usdIndexPrice: trimDecimal((mark.indexPrice * coin.tick).toFixed(coin.priceDecimals + 4)),
  };
}

/** Price an hour before the open minute. */
function priceAnHourAgo({ candles }: InstrumentMarket): number {
  return candles.minute((candles.openMinute.openTime - HOUR) / 60_000).open;
}

/** Open contracts in steps: about a day's trading, breathing over hours. Nobody's positions are behind it. */
function openInterestOf(coin: Coin, time: number): number {
  const perDay = (coin.takersPerSecond * 86_400 * coin.takerNotional) / coin.anchorPrice / coin.step;
  const phase = Math.floor(time / 10_000) / 1440 + (hashText(coin.crowd) % 628) / 100;
  return Math.round(perDay * (0.8 + 0.05 * Math.sin(phase)));
}

/** Fields that always travel together. */
const TOGETHER: Readonly<Record<string, string>> = {
  bid1Price: 'bid1Size',
  bid1Size: 'bid1Price',
  ask1Price: 'ask1Size',
  ask1Size: 'ask1Price',
};

/** The fields a delta has to carry; `undefined` when nothing changed. */
export function changedFields(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): Record<string, string> | undefined {
  const differs = (name: string | undefined) => name !== undefined && before[name] !== after[name];
  const changed = Object.entries(after).filter(([name]) => differs(name) || differs(TOGETHER[name]));
  if (changed.length === 0) return undefined;
  return { symbol: after['symbol'] ?? '', ...Object.fromEntries(changed) };
}
