import type { Coin } from '../coins.ts';
import {
  type BookFacts,
  type Format,
  frameText,
  type Levels,
  type StreamType,
  type TickerFacts,
  type TradeFacts,
} from '../korean/dialect.ts';
import { plain, ratioText } from '../korean/json-number.ts';
import { clockText, compactClock, compactDate, dateText, KST_OFFSET_MS } from '../korean/korean-time.ts';
import { changeOf, notionalOf, priceOf, quantityOf } from '../korean/number-facts.ts';
import { sequentialId } from '../korean/sequential-id.ts';
import { hash32, hashText } from '../random.ts';

/** Digits behind the milliseconds of a trade's id: nineteen in all. */
export const ID_DIGITS = 6;
/** Digits behind the point of a book's quantities. */
const SIZE_DECIMALS = 4;

function quoted(text: string): string {
  return `"${text}"`;
}

export function tradeFrame(facts: TradeFacts, format: Format, streamType: StreamType): string {
  const { coin, print, tradedAt } = facts;
  const change = changeOf(coin, print.price, facts.previousClose);
  const inKorea = tradedAt + KST_OFFSET_MS;
  return frameText(
    [
      ['type', 'ty', '"trade"'],
      ['code', 'cd', quoted(coin.symbol)],
      ['trade_price', 'tp', priceOf(coin, print.price)],
      ['trade_volume', 'tv', quantityOf(coin, print.quantity)],
      ['ask_bid', 'ab', print.buyerIsMaker ? '"ASK"' : '"BID"'],
      ['prev_closing_price', 'pcp', priceOf(coin, facts.previousClose)],
      ['change', 'c', quoted(change.word)],
      ['change_price', 'cp', change.price],
      ['trade_date', 'td', quoted(dateText(inKorea))],
      ['trade_time', 'ttm', quoted(clockText(inKorea))],
      ['trade_timestamp', 'ttms', String(tradedAt)],
      ['sequential_id', 'sid', sequentialId(print, ID_DIGITS)],
      ['timestamp', 'tms', String(facts.at)],
      ['stream_type', 'st', quoted(streamType)],
    ],
    format,
  );
}

export function tickerFrame(facts: TickerFacts, format: Format, streamType: StreamType): string {
  const { coin, last, tradedAt } = facts;
  const { day, rolling, previousClose, yearHigh, yearLow } = facts.figures;
  const price = (ticks: number) => priceOf(coin, ticks);
  const size = (steps: number) => quantityOf(coin, steps);
  const change = changeOf(coin, last.price, previousClose);
  const inKorea = tradedAt + KST_OFFSET_MS;
  return frameText(
    [
      ['type', 'ty', '"ticker"'],
      ['code', 'cd', quoted(coin.symbol)],
      ['opening_price', 'op', price(day.open)],
      ['high_price', 'hp', price(day.high)],
      ['low_price', 'lp', price(day.low)],
      ['trade_price', 'tp', price(last.price)],
      ['prev_closing_price', 'pcp', price(previousClose)],
      ['change', 'c', quoted(change.word)],
      ['change_price', 'cp', change.price],
      ['signed_change_price', 'scp', change.signedPrice],
      ['change_rate', 'cr', ratioText(Math.abs(change.rate))],
      ['signed_change_rate', 'scr', ratioText(change.rate)],
      ['trade_volume', 'tv', size(last.quantity)],
      ['acc_trade_volume', 'atv', size(day.volume)],
      ['acc_trade_volume_24h', 'atv24h', size(rolling.volume)],
      ['acc_trade_price', 'atp', notionalOf(coin, day.notional)],
      ['acc_trade_price_24h', 'atp24h', notionalOf(coin, rolling.notional)],
      ['trade_date', 'tdt', quoted(compactDate(inKorea))],
      ['trade_time', 'ttm', quoted(compactClock(inKorea))],
      ['trade_timestamp', 'ttms', String(tradedAt)],
      ['ask_bid', 'ab', last.buyerIsMaker ? '"ASK"' : '"BID"'],
      ['acc_ask_volume', 'aav', size(day.volume - day.takerVolume)],
      ['acc_bid_volume', 'abv', size(day.takerVolume)],
      ['highest_52_week_price', 'h52wp', price(yearHigh.price)],
      ['highest_52_week_date', 'h52wdt', quoted(yearHigh.date)],
      ['lowest_52_week_price', 'l52wp', price(yearLow.price)],
      ['lowest_52_week_date', 'l52wdt', quoted(yearLow.date)],
      ['market_state', 'ms', '"ACTIVE"'],
      ['is_trading_suspended', 'its', String(facts.isSuspended)],
      ['delisting_date', 'dd', '""'],
      ['market_warning', 'mw', '"NONE"'],
      ['timestamp', 'tms', String(facts.at)],
      ['stream_type', 'st', quoted(streamType)],
    ],
    format,
  );
}

export function bookFrame(facts: BookFacts, format: Format, streamType: StreamType): string {
  const { coin, bids, asks } = facts;
  const keys =
    format === 'SIMPLE'
      ? (['ap', 'bp', 'as', 'bs'] as const)
      : (['ask_price', 'bid_price', 'ask_size', 'bid_size'] as const);
  return frameText(
    [
      ['type', 'ty', '"orderbook"'],
      ['code', 'cd', quoted(coin.symbol)],
      ['total_ask_size', 'tas', totalText(coin, asks)],
      ['total_bid_size', 'tbs', totalText(coin, bids)],
      ['orderbook_units', 'obu', unitsText(coin, bids, asks, keys)],
      ['level', 'lv', String(facts.level)],
      ['timestamp', 'tms', microseconds(coin, facts.at)],
      ['stream_type', 'st', quoted(streamType)],
    ],
    format,
  );
}

/** Books are stamped in microseconds, sixteen digits; two of one millisecond carry the same stamp. */
function microseconds(coin: Coin, at: number): string {
  const micros = hash32(hashText(coin.symbol), at) % 1000;
  return `${at}${String(micros).padStart(3, '0')}`;
}

/** Both sides as one list; the thinner side is filled up with nothing at nothing. */
export function unitsText(
  coin: Coin,
  bids: Levels,
  asks: Levels,
  [ap, bp, as, bs]: readonly [string, string, string, string],
): string {
  const units: string[] = [];
  for (let rank = 0; rank < Math.max(bids.length, asks.length); rank++) {
    const [askPrice, askSize] = asks[rank] ?? [0, 0];
    const [bidPrice, bidSize] = bids[rank] ?? [0, 0];
    units.push(
      `{"${ap}":${priceOf(coin, askPrice)},"${bp}":${priceOf(coin, bidPrice)},"${as}":${sizeText(coin, askSize)},"${bs}":${sizeText(coin, bidSize)}}`,
    );
  }
  return `[${units.join(',')}]`;
}

/** A book's quantity, rounded to four digits: what is very small becomes 0 and keeps its price. */
function sizeText(coin: Coin, steps: number): string {
  return plain(rounded(coin, steps), SIZE_DECIMALS);
}

export function totalText(coin: Coin, levels: Levels): string {
  return plain(
    levels.reduce((sum, [, steps]) => sum + rounded(coin, steps), 0),
    SIZE_DECIMALS,
  );
}

function rounded(coin: Coin, steps: number): number {
  const excess = coin.quantityDecimals - SIZE_DECIMALS;
  return excess > 0 ? Math.round(steps / 10 ** excess) : steps * 10 ** -excess;
}
