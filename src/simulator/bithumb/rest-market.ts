import type { InstrumentMarket } from '../instrument-market.ts';
import { candlePage, periodOf } from '../korean/candle-pages.ts';
import { namesOf } from '../korean/coin-names.ts';
import { bookFacts } from '../korean/facts.ts';
import { ratioText } from '../korean/json-number.ts';
import {
  clockText,
  compactClock,
  compactDate,
  dateText,
  dateTimeText,
  KST_OFFSET_MS,
  parseDateTime,
} from '../korean/korean-time.ts';
import { changeOf, notionalOf, priceOf, quantityOf } from '../korean/number-facts.ts';
import {
  bookMoment,
  countOf,
  instrumentOf,
  instrumentsOf,
  Refusal,
  type RestCall,
  required,
  rowText,
  tradePage,
} from '../korean/rest-call.ts';
import { sequentialId } from '../korean/sequential-id.ts';
import { stampOf } from '../korean/stream-candles.ts';
import { ID_DIGITS, totalText, unitsText } from './frames.ts';
import { groupTicks } from './levels.ts';

const MAX_CANDLES = 200;
const MAX_TICKERS = 200;
const UNITS_ALONE = 30;
const UNITS_TOGETHER = 15;
/** The list's place of a coin that carries a warning. */
const WARNED = 40;
const UNIT_KEYS = ['ask_price', 'bid_price', 'ask_size', 'bid_size'] as const;

function q(text: string): string {
  return `"${text}"`;
}

export function marketRows({ market, params }: RestCall): string {
  const isDetailed = params.get('isDetails') === 'true';
  const rows = market.instruments.coins.map((coin, index) => {
    const { ko, en } = namesOf(coin.base);
    const isWarned = index === WARNED || market.instruments.listingOf(coin.symbol) === 'warned';
    return rowText([
      ['market', q(coin.symbol)],
      ['korean_name', q(ko)],
      ['english_name', q(en)],
      ['market_warning', isDetailed ? (isWarned ? '"CAUTION"' : '"NONE"') : undefined],
    ]);
  });
  return `[${rows.join(',')}]`;
}

export function warningRows({ market, now }: RestCall): string {
  const coin = market.instruments.coins[WARNED];
  if (!coin) return '[]';
  const end = dateTimeText(now + KST_OFFSET_MS + 86_400_000).replace('T', ' ');
  const row = rowText([
    ['market', q(coin.symbol)],
    ['warning_type', '"PRICE_SUDDEN_FLUCTUATION"'],
    ['warning_step', '"CAUTION"'],
    ['end_date', q(end)],
  ]);
  return `[${row}]`;
}

export function tickerRows(call: RestCall): string {
  const markets = instrumentsOf(call);
  if (markets.length > MAX_TICKERS) throw new Refusal('malformed', 'markets');
  return `[${markets.map((market) => tickerRow(market, call)).join(',')}]`;
}

function tickerRow(market: InstrumentMarket, { days, now, skewMs }: RestCall): string {
  const { coin, tape } = market;
  const { last } = tape;
  const { day, rolling, previousClose, yearHigh, yearLow } = days.figures(market, now);
  const change = changeOf(coin, last.price, previousClose);
  const at = last.time + skewMs;
  const price = (ticks: number) => priceOf(coin, ticks);
  const size = (steps: number) => quantityOf(coin, steps);
  return rowText([
    ['market', q(coin.symbol)],
    ['trade_date', q(compactDate(at))],
    ['trade_time', q(compactClock(at))],
    ['trade_date_kst', q(compactDate(at + KST_OFFSET_MS))],
    ['trade_time_kst', q(compactClock(at + KST_OFFSET_MS))],
    // Both stamps are Korean wall time written as if it were UTC: nine hours ahead.
    ['trade_timestamp', String(at + KST_OFFSET_MS)],
    ['opening_price', price(day.open)],
    ['high_price', price(day.high)],
    ['low_price', price(day.low)],
    ['trade_price', price(last.price)],
    ['prev_closing_price', price(previousClose)],
    ['change', q(change.word)],
    ['change_price', change.price],
    ['change_rate', ratioText(Math.abs(change.rate))],
    ['signed_change_price', change.signedPrice],
    ['signed_change_rate', ratioText(change.rate)],
    ['trade_volume', size(last.quantity)],
    ['acc_trade_price', notionalOf(coin, day.notional)],
    ['acc_trade_price_24h', notionalOf(coin, rolling.notional)],
    ['acc_trade_volume', size(day.volume)],
    ['acc_trade_volume_24h', size(rolling.volume)],
    ['highest_52_week_price', price(yearHigh.price)],
    ['highest_52_week_date', q(yearHigh.date)],
    ['lowest_52_week_price', price(yearLow.price)],
    ['lowest_52_week_date', q(yearLow.date)],
    ['timestamp', String(Math.max(now, last.time) + skewMs + KST_OFFSET_MS)],
  ]);
}

export function bookRows(call: RestCall): string {
  const markets = instrumentsOf(call);
  const units = markets.length === 1 ? UNITS_ALONE : UNITS_TOGETHER;
  const rows = markets.map((market) => {
    const { coin } = market;
    const facts = bookFacts(market, { units, level: 1 }, groupTicks, call.skewMs, bookMoment(market, call));
    if (!facts) throw new Refusal('unknown-code');
    return rowText([
      ['market', q(coin.symbol)],
      // Milliseconds here, microseconds on the socket.
      ['timestamp', String(facts.at)],
      ['total_ask_size', totalText(coin, facts.asks)],
      ['total_bid_size', totalText(coin, facts.bids)],
      ['orderbook_units', unitsText(coin, facts.bids, facts.asks, UNIT_KEYS)],
    ]);
  });
  return `[${rows.join(',')}]`;
}

export function tradeRows(call: RestCall): string {
  const market = instrumentOf(call, required(call, 'market'));
  const { coin } = market;
  const previousClose = call.days.previousClose(market, call.now);
  const rows = tradePage(market, call, ID_DIGITS).map((print) => {
    const at = print.time + call.skewMs;
    return rowText([
      ['market', q(coin.symbol)],
      ['trade_date_utc', q(dateText(at))],
      ['trade_time_utc', q(clockText(at))],
      ['timestamp', String(at)],
      ['trade_price', priceOf(coin, print.price)],
      ['trade_volume', quantityOf(coin, print.quantity)],
      ['prev_closing_price', priceOf(coin, previousClose)],
      ['change_price', priceOf(coin, print.price - previousClose)],
      ['ask_bid', print.buyerIsMaker ? '"ASK"' : '"BID"'],
      ['sequential_id', sequentialId(print, ID_DIGITS)],
    ]);
  });
  return `[${rows.join(',')}]`;
}

/** `name` and `unit` as the path has them: `minutes` and `5`. */
export function candleRows(call: RestCall, name: string, unit: string | undefined): string {
  const period = periodOf(name, unit, KST_OFFSET_MS);
  if (!period) throw new Refusal('malformed', 'unit');
  const market = instrumentOf(call, required(call, 'market'));
  const { coin } = market;
  const to = call.params.get('to');
  const until = to === null || to === '' ? call.now + 1 : parseDateTime(to, KST_OFFSET_MS);
  if (until === undefined) throw new Refusal('malformed', 'to');
  const count = countOf(call, 1, MAX_CANDLES);
  // One more than asked for: days tell the close before theirs.
  const page = candlePage(market, period, until, name === 'days' ? count + 1 : count);
  const rows = page.slice(0, count).map((candle, index) => {
    const previousClose = page[index + 1]?.close ?? candle.open;
    const change = changeOf(coin, candle.close, previousClose);
    const end = Math.min(period.nextOpenTime(candle.openTime), call.now + 1);
    const forDays = (text: string) => (name === 'days' ? text : undefined);
    return rowText([
      ['market', q(coin.symbol)],
      ['candle_date_time_utc', q(dateTimeText(candle.openTime))],
      ['candle_date_time_kst', q(dateTimeText(candle.openTime + KST_OFFSET_MS))],
      ['opening_price', priceOf(coin, candle.open)],
      ['high_price', priceOf(coin, candle.high)],
      ['low_price', priceOf(coin, candle.low)],
      ['trade_price', priceOf(coin, candle.close)],
      ['timestamp', String(stampOf(market, candle, end) + call.skewMs)],
      ['candle_acc_trade_price', notionalOf(coin, candle.notional)],
      ['candle_acc_trade_volume', quantityOf(coin, candle.volume)],
      ['unit', name === 'minutes' ? unit : undefined],
      ['prev_closing_price', forDays(priceOf(coin, previousClose))],
      ['change_price', forDays(change.signedPrice)],
      ['change_rate', forDays(ratioText(change.rate))],
      [
        'first_day_of_period',
        name === 'weeks' || name === 'months' ? q(dateText(candle.openTime + KST_OFFSET_MS)) : undefined,
      ],
    ]);
  });
  return `[${rows.join(',')}]`;
}
