import type { Coin } from '../coins.ts';
import type { InstrumentMarket } from '../instrument-market.ts';
import { candlePage, periodOf } from '../korean/candle-pages.ts';
import { namesOf } from '../korean/coin-names.ts';
import { bookFacts } from '../korean/facts.ts';
import { ratioText, tinyText } from '../korean/json-number.ts';
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
import { tickAt, UPBIT_BANDS } from '../krw-ticks.ts';
import { ID_DIGITS } from './frames.ts';
import { groupTicks, levelsOf } from './levels.ts';

const MAX_CANDLES = 200;
const CAUTIONS = [
  'PRICE_FLUCTUATIONS',
  'TRADING_VOLUME_SOARING',
  'DEPOSIT_AMOUNT_SOARING',
  'GLOBAL_PRICE_DIFFERENCES',
  'CONCENTRATION_OF_SMALL_ACCOUNTS',
];

/** Prices of REST answers are doubles written without an exponent: `94950000.0`. */
function restPrice(text: string): string {
  return text.includes('.') ? text : `${text}.0`;
}

function q(text: string): string {
  return `"${text}"`;
}

export function marketRows({ market, params }: RestCall): string {
  const isDetailed = ['is_details', 'isDetails'].some((name) => params.get(name) === 'true');
  const rows = market.instruments.coins.map((coin, index) => {
    const { ko, en } = namesOf(coin.base);
    const isWarned = index === 40 || market.instruments.listingOf(coin.symbol) === 'warned';
    const caution = `{${CAUTIONS.map((name, place) => `"${name}":${index === 20 && place === 0}`).join(',')}}`;
    return rowText([
      ['market', q(coin.symbol)],
      ['korean_name', q(ko)],
      ['english_name', q(en)],
      ['market_event', isDetailed ? `{"warning":${isWarned},"caution":${caution}}` : undefined],
    ]);
  });
  return `[${rows.join(',')}]`;
}

/** The step prices move in where the coin stands now, as text. */
export function tickRows(call: RestCall): string {
  const rows = instrumentsOf(call).map(({ coin, tape }) =>
    rowText([
      ['market', q(coin.symbol)],
      ['quote_currency', q(coin.quote)],
      ['tick_size', q(tickAt(UPBIT_BANDS, Number(priceOf(coin, tape.last.price))))],
      ['supported_levels', `[${levelsOf(coin).map(q).join(',')}]`],
    ]),
  );
  return `[${rows.join(',')}]`;
}

export function tickerRows(call: RestCall): string {
  return `[${instrumentsOf(call)
    .map((market) => tickerRow(market, call))
    .join(',')}]`;
}

export function tickersOfQuotes(call: RestCall): string {
  const quotes = required(call, 'quote_currencies').split(',');
  const { instruments } = call.market;
  const listed = instruments.coins.filter((coin) => quotes.includes(coin.quote));
  return `[${listed.map((coin) => tickerRow(instrumentOf(call, coin.symbol), call)).join(',')}]`;
}

function tickerRow(market: InstrumentMarket, { days, now, skewMs }: RestCall): string {
  const { coin, tape } = market;
  const { last } = tape;
  const { day, rolling, previousClose, yearHigh, yearLow } = days.figures(market, now);
  const change = changeOf(coin, last.price, previousClose);
  const at = last.time + skewMs;
  const price = (ticks: number) => restPrice(priceOf(coin, ticks));
  const size = (steps: number) => tinyText(quantityOf(coin, steps));
  return rowText([
    ['market', q(coin.symbol)],
    ['trade_date', q(compactDate(at))],
    ['trade_time', q(compactClock(at))],
    ['trade_date_kst', q(compactDate(at + KST_OFFSET_MS))],
    ['trade_time_kst', q(compactClock(at + KST_OFFSET_MS))],
    ['trade_timestamp', String(at)],
    ['opening_price', price(day.open)],
    ['high_price', price(day.high)],
    ['low_price', price(day.low)],
    ['trade_price', price(last.price)],
    ['prev_closing_price', price(previousClose)],
    ['change', q(change.word)],
    ['change_price', restPrice(change.price)],
    ['change_rate', ratioText(Math.abs(change.rate))],
    ['signed_change_price', restPrice(change.signedPrice)],
    ['signed_change_rate', ratioText(change.rate)],
    ['trade_volume', size(last.quantity)],
    ['acc_trade_price', restPrice(notionalOf(coin, day.notional))],
    ['acc_trade_price_24h', restPrice(notionalOf(coin, rolling.notional))],
    ['acc_trade_volume', size(day.volume)],
    ['acc_trade_volume_24h', size(rolling.volume)],
    ['highest_52_week_price', price(yearHigh.price)],
    ['highest_52_week_date', q(yearHigh.date)],
    ['lowest_52_week_price', price(yearLow.price)],
    ['lowest_52_week_date', q(yearLow.date)],
    ['timestamp', String(Math.max(now, last.time) + skewMs)],
  ]);
}

export function bookRows(call: RestCall): string {
  const units = countOf(call, 30, 30);
  const level = Number(call.params.get('level') ?? 0);
  const rows = instrumentsOf(call).map((market) => {
    const { coin } = market;
    const moment = bookMoment(market, call);
    const facts = bookFacts(market, { units, level }, groupTicks, call.skewMs, moment);
    if (!facts) throw new Refusal('unknown-code');
    const { bids, asks } = facts;
    const price = (ticks: number) => restPrice(priceOf(coin, ticks));
    const size = (steps: number) => tinyText(quantityOf(coin, steps));
    const rungs = Array.from({ length: Math.max(bids.length, asks.length) }, (_, rank) => {
      const [askPrice, askSize] = asks[rank] ?? [0, 0];
      const [bidPrice, bidSize] = bids[rank] ?? [0, 0];
      return `{"ask_price":${price(askPrice)},"bid_price":${price(bidPrice)},"ask_size":${size(askSize)},"bid_size":${size(bidSize)}}`;
    });
    const total = (levels: typeof bids) => size(levels.reduce((sum, one) => sum + one[1], 0));
    return rowText([
      ['market', q(coin.symbol)],
      ['timestamp', String(facts.at)],
      ['total_ask_size', total(asks)],
      ['total_bid_size', total(bids)],
      ['orderbook_units', `[${rungs.join(',')}]`],
      ['level', String(level)],
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
      ['trade_price', restPrice(priceOf(coin, print.price))],
      ['trade_volume', tinyText(quantityOf(coin, print.quantity))],
      ['prev_closing_price', restPrice(priceOf(coin, previousClose))],
      ['change_price', restPrice(priceOf(coin, print.price - previousClose))],
      ['ask_bid', print.buyerIsMaker ? '"ASK"' : '"BID"'],
      ['sequential_id', sequentialId(print, ID_DIGITS)],
    ]);
  });
  return `[${rows.join(',')}]`;
}

/** `name` and `unit` as the path has them: `minutes` and `5`. */
export function candleRows(call: RestCall, name: string, unit: string | undefined): string {
  const period = periodOf(name, unit, 0);
  if (!period) throw new Refusal('malformed', 'unit');
  const market = instrumentOf(call, required(call, 'market'));
  const { coin } = market;
  const to = call.params.get('to');
  const until = to === null || to === '' ? call.now + 1 : parseDateTime(to, 0);
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
      ...candlePrices(coin, candle),
      ['timestamp', String(stampOf(market, candle, end) + call.skewMs)],
      ['candle_acc_trade_price', restPrice(notionalOf(coin, candle.notional))],
      ['candle_acc_trade_volume', tinyText(quantityOf(coin, candle.volume))],
      ['prev_closing_price', forDays(restPrice(priceOf(coin, previousClose)))],
      ['change_price', forDays(restPrice(change.signedPrice))],
      ['change_rate', forDays(ratioText(change.rate))],
      ['unit', name === 'minutes' ? unit : undefined],
      [
        'first_day_of_period',
        ['weeks', 'months', 'years'].includes(name) ? q(dateText(candle.openTime)) : undefined,
      ],
    ]);
  });
  return `[${rows.join(',')}]`;
}

function candlePrices(
  coin: Coin,
  candle: { readonly open: number; readonly high: number; readonly low: number; readonly close: number },
): (readonly [string, string])[] {
  const price = (ticks: number) => restPrice(priceOf(coin, ticks));
  return [
    ['opening_price', price(candle.open)],
    ['high_price', price(candle.high)],
    ['low_price', price(candle.low)],
    ['trade_price', price(candle.close)],
  ];
}
