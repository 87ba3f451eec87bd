import type { Coin } from '../coins.ts';
import {
  type BookFacts,
  type CandleFacts,
  type Format,
  frameText,
  type StreamType,
  type TickerFacts,
  type TradeFacts,
} from '../korean/dialect.ts';
import { doubleText, eightDigits, ratioText, tinyText } from '../korean/json-number.ts';
import {
  clockText,
  compactClock,
  compactDate,
  dateText,
  dateTimeText,
  KST_OFFSET_MS,
} from '../korean/korean-time.ts';
import { changeOf, notionalOf, priceOf, quantityOf } from '../korean/number-facts.ts';
import { sequentialId } from '../korean/sequential-id.ts';

/** Digits behind the milliseconds of a trade's id: seventeen in all. */
export const ID_DIGITS = 4;

/**
 * How numbers are spelt. DEFAULT: prices as doubles, large ones in exponent form, quantities with eight digits behind
 * the point. SIMPLE: prices plain, tiny quantities in exponent form.
 */
function spelling(coin: Coin, format: Format) {
  const isSimple = format === 'SIMPLE' || format === 'SIMPLE_LIST';
  const decimal = (text: string) => (isSimple ? text : doubleText(text));
  return {
    decimal,
    price: (ticks: number) => decimal(priceOf(coin, ticks)),
    size: (steps: number) =>
      isSimple ? tinyText(quantityOf(coin, steps)) : eightDigits(quantityOf(coin, steps)),
    money: (notional: number) => decimal(notionalOf(coin, notional)),
  };
}

function quoted(text: string): string {
  return `"${text}"`;
}

export function tradeFrame(facts: TradeFacts, format: Format, streamType: StreamType): string {
  const { coin, print, tradedAt, bestAsk, bestBid } = facts;
  const { price, size, decimal } = spelling(coin, format);
  const change = changeOf(coin, print.price, facts.previousClose);
  return frameText(
    [
      ['type', 'ty', '"trade"'],
      ['code', 'cd', quoted(coin.symbol)],
      ['timestamp', 'tms', String(facts.at)],
      ['trade_date', 'td', quoted(dateText(tradedAt))],
      ['trade_time', 'ttm', quoted(clockText(tradedAt))],
      ['trade_timestamp', 'ttms', String(tradedAt)],
      ['trade_price', 'tp', price(print.price)],
      ['trade_volume', 'tv', size(print.quantity)],
      ['ask_bid', 'ab', print.buyerIsMaker ? '"ASK"' : '"BID"'],
      ['prev_closing_price', 'pcp', price(facts.previousClose)],
      ['change', 'c', quoted(change.word)],
      ['change_price', 'cp', decimal(change.price)],
      ['sequential_id', 'sid', sequentialId(print, ID_DIGITS)],
      ['best_ask_price', 'bap', price(bestAsk[0])],
      ['best_ask_size', 'bas', size(bestAsk[1])],
      ['best_bid_price', 'bbp', price(bestBid[0])],
      ['best_bid_size', 'bbs', size(bestBid[1])],
      ['stream_type', 'st', quoted(streamType)],
    ],
    format,
  );
}

export function tickerFrame(facts: TickerFacts, format: Format, streamType: StreamType): string {
  const { coin, last, tradedAt } = facts;
  const { day, rolling, previousClose, yearHigh, yearLow } = facts.figures;
  const { price, size, decimal, money } = spelling(coin, format);
  const change = changeOf(coin, last.price, previousClose);
  return frameText(
    [
      ['type', 'ty', '"ticker"'],
      ['code', 'cd', quoted(coin.symbol)],
      ['opening_price', 'op', price(day.open)],
      ['high_price', 'hp', price(day.high)],
      ['low_price', 'lp', price(day.low)],
      ['trade_price', 'tp', price(last.price)],
      ['prev_closing_price', 'pcp', price(previousClose)],
      ['acc_trade_price', 'atp', money(day.notional)],
      ['change', 'c', quoted(change.word)],
      ['change_price', 'cp', decimal(change.price)],
      ['signed_change_price', 'scp', decimal(change.signedPrice)],
      ['change_rate', 'cr', ratioText(Math.abs(change.rate))],
      ['signed_change_rate', 'scr', ratioText(change.rate)],
      ['ask_bid', 'ab', last.buyerIsMaker ? '"ASK"' : '"BID"'],
      ['trade_volume', 'tv', size(last.quantity)],
      ['acc_trade_volume', 'atv', size(day.volume)],
      ['trade_date', 'tdt', quoted(compactDate(tradedAt))],
      ['trade_time', 'ttm', quoted(compactClock(tradedAt))],
      ['trade_timestamp', 'ttms', String(tradedAt)],
      ['acc_ask_volume', 'aav', size(day.volume - day.takerVolume)],
      ['acc_bid_volume', 'abv', size(day.takerVolume)],
      ['highest_52_week_price', 'h52wp', price(yearHigh.price)],
      ['highest_52_week_date', 'h52wdt', quoted(yearHigh.date)],
      ['lowest_52_week_price', 'l52wp', price(yearLow.price)],
      ['lowest_52_week_date', 'l52wdt', quoted(yearLow.date)],
      ['market_state', 'ms', '"ACTIVE"'],
      ['is_trading_suspended', 'its', String(facts.isSuspended)],
      ['delisting_date', 'dd', 'null'],
      ['market_warning', 'mw', '"NONE"'],
      ['timestamp', 'tms', String(facts.at)],
      ['acc_trade_price_24h', 'atp24h', money(rolling.notional)],
      ['acc_trade_volume_24h', 'atv24h', size(rolling.volume)],
      ['stream_type', 'st', quoted(streamType)],
    ],
    format,
  );
}

export function bookFrame(facts: BookFacts, format: Format, streamType: StreamType): string {
  const { coin, bids, asks } = facts;
  const { price, size } = spelling(coin, format);
  const column = format === 'SIMPLE' || format === 'SIMPLE_LIST' ? 1 : 0;
  const [ap, bp, as, bs] = [
    ['ask_price', 'ap'],
    ['bid_price', 'bp'],
    ['ask_size', 'as'],
    ['bid_size', 'bs'],
  ].map((names) => names[column]);
  const units: string[] = [];
  // The thinner side is filled up with nothing at nothing.
  for (let rank = 0; rank < Math.max(bids.length, asks.length); rank++) {
    const [askPrice, askSize] = asks[rank] ?? [0, 0];
    const [bidPrice, bidSize] = bids[rank] ?? [0, 0];
    units.push(
      `{"${ap}":${price(askPrice)},"${bp}":${price(bidPrice)},"${as}":${size(askSize)},"${bs}":${size(bidSize)}}`,
    );
  }
  const total = (levels: BookFacts['bids']) => size(levels.reduce((sum, level) => sum + level[1], 0));
  return frameText(
    [
      ['type', 'ty', '"orderbook"'],
      ['code', 'cd', quoted(coin.symbol)],
      ['timestamp', 'tms', String(facts.at)],
      ['total_ask_size', 'tas', total(asks)],
      ['total_bid_size', 'tbs', total(bids)],
      ['orderbook_units', 'obu', `[${units.join(',')}]`],
      ['stream_type', 'st', quoted(streamType)],
      ['level', 'lv', String(facts.level)],
    ],
    format,
  );
}

export function candleFrame(facts: CandleFacts, format: Format, streamType: StreamType): string {
  const { coin, candle } = facts;
  const { price, size } = spelling(coin, format);
  const isSimple = format === 'SIMPLE' || format === 'SIMPLE_LIST';
  // Candles spell prices with eight digits where other frames write exponents.
  const tall = (ticks: number) => (isSimple ? price(ticks) : eightDigits(priceOf(coin, ticks)));
  const sum = notionalOf(coin, candle.notional);
  return frameText(
    [
      ['type', 'ty', quoted(facts.type)],
      ['code', 'cd', quoted(coin.symbol)],
      ['candle_date_time_utc', 'cdttmu', quoted(dateTimeText(candle.openTime))],
      ['candle_date_time_kst', 'cdttmk', quoted(dateTimeText(candle.openTime + KST_OFFSET_MS))],
      ['opening_price', 'op', tall(candle.open)],
      ['high_price', 'hp', tall(candle.high)],
      ['low_price', 'lp', tall(candle.low)],
      ['trade_price', 'tp', tall(candle.close)],
      ['candle_acc_trade_volume', 'catv', size(candle.volume)],
      ['candle_acc_trade_price', 'catp', isSimple ? sum : eightDigits(sum)],
      ['timestamp', 'tms', String(facts.at)],
      ['stream_type', 'st', quoted(streamType)],
    ],
    format,
  );
}
