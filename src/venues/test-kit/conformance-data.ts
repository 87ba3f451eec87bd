import { expect } from 'vitest';
import type { TapEvent } from '#engine/tap.ts';
import { decimalPlaces } from '#shared/base/decimal.ts';
import type { Instrument, InstrumentId } from '#shared/domain/instrument.ts';
import { openTimeAt } from '#shared/domain/interval.ts';
import type { Candle } from '#shared/domain/market-data.ts';
import type { Venue } from '../venue.ts';
import { type Desk, eventually, expectTrueBook } from './trial-desk.ts';

/** What a venue tells has to be: the rules of each field, and the truth. */

export async function listsWhatItTrades({ stage, venue, instrument }: Desk): Promise<void> {
  const all = await stage.engine.api.request('instruments.list', {});
  const own = all.filter((one) => one.venue === venue.id);
  const ids = new Set(own.map(({ id }) => id));
  expect({
    faults: own.flatMap((one) => faultsOf(one, venue)),
    many: own.length >= 50,
    unique: ids.size === own.length,
    unlistedFavourites: venue.favourites.filter((id) => !ids.has(id)),
    favourite: own.find(({ id }) => id === instrument)?.status,
  }).toEqual({ faults: [], many: true, unique: true, unlistedFavourites: [], favourite: 'trading' });
}

/** What is wrong with one row of the instrument list. */
function faultsOf(one: Instrument, venue: Venue): readonly string[] {
  const { id, tickBands: bands } = one;
  const [base, quote] = id.slice(venue.id.length + 1).split('-');
  const route = venue.routeOf({ kind: 'book', instrument: id });
  const rules: Readonly<Record<string, boolean>> = {
    'is named by its base and quote': one.base === base && one.quote === quote,
    'is found again by the venue’s spelling': venue.instrumentOf(venue.symbolOf(id), route) === id,
    'has a tick, its digits told': isStep(one.tickSize) && one.priceScale === decimalPlaces(one.tickSize),
    'has a lot, its digits told':
      isStep(one.quantityStep) && one.quantityScale === decimalPlaces(one.quantityStep),
    'has a smallest order':
      isStep(one.minQuantity) && (one.minNotional === undefined || isStep(one.minNotional)),
    'has bands in order, from its smallest tick': bands === undefined || areOrdered(bands, one.tickSize),
  };
  return Object.entries(rules).flatMap(([rule, holds]) => (holds ? [] : [`${id} ${rule}`]));
}

/** A positive decimal without a digit too many. */
function isStep(text: string): boolean {
  return /^(?:0|[1-9]\d*)(?:\.\d*[1-9])?$/.test(text) && Number(text) > 0;
}

function areOrdered(bands: NonNullable<Instrument['tickBands']>, tickSize: string): boolean {
  const grows = (key: 'from' | 'tick') =>
    bands.every((band, at) => at === 0 || Number(band[key]) > Number(bands[at - 1]?.[key]));
  const [first] = bands;
  return Number(first?.from) === 0 && first?.tick === tickSize && grows('from') && grows('tick');
}

export async function tellsTickers({ instrument, events }: Desk): Promise<void> {
  const tickers = events.filter((event) => event.kind === 'ticker');
  const tops = events.filter((event) => event.kind === 'top');
  const isTicker = (one: (typeof tickers)[number]) =>
    one.low <= one.last && one.last <= one.high && Math.min(one.open, one.volume, one.quoteVolume) > 0;
  const isTop = (one: (typeof tops)[number]) =>
    one.bidPrice < one.askPrice && Math.min(one.bidPrice, one.bidQuantity, one.askQuantity) > 0;
  const { askPrice = Number.NaN } = tops.at(-1) ?? {};
  const { last = Number.NaN } = tickers.at(-1) ?? {};
  expect({
    undated: [...tickers, ...tops].filter((one) => !isDated(one, instrument)),
    wrongTickers: tickers.filter((one) => !isTicker(one)),
    wrongTops: tops.filter((one) => !isTop(one)),
    near: Math.abs(last / askPrice - 1) < 0.02,
  }).toEqual({ undated: [], wrongTickers: [], wrongTops: [], near: true });
}

/** Of the right instrument, with whole milliseconds of both clocks that are not far apart. */
function isDated(event: TapEvent, instrument: InstrumentId): boolean {
  if (event.kind === 'book-top') return event.instrument === instrument;
  const { venueTime, receivedAt } = event;
  return (
    event.instrument === instrument &&
    Number.isSafeInteger(venueTime) &&
    // What comes first may be as old as the last trade.
    venueTime - receivedAt < 5_000 &&
    receivedAt - venueTime < 120_000
  );
}

export async function tellsTrades({ instrument, events, compare }: Desk): Promise<void> {
  await eventually('a few trades', () => events.filter(({ kind }) => kind === 'trade').length >= 5);
  const trades = events.filter((event) => event.kind === 'trade');
  const isTrade = (trade: (typeof trades)[number]) =>
    isDated(trade, instrument) &&
    typeof trade.id === 'string' &&
    /^[\w-]+$/.test(trade.id) &&
    Math.min(trade.price, trade.quantity) > 0 &&
    ['buy', 'sell'].includes(trade.side);
  expect({
    wrong: trades.filter((trade) => !isTrade(trade)),
    ids: new Set(trades.map(({ id }) => id)).size,
    // Price, quantity, side and time of each against the market itself.
    lost: (await compare()).tradesLost,
  }).toEqual({ wrong: [], ids: trades.length, lost: 0 });
}

export async function keepsTheBook(desk: Desk): Promise<void> {
  await eventually('a live book', () => desk.watched.book?.state === 'live');
  const { bids, asks, venueTime } = desk.watched.book ?? {
    bids: new Float64Array(),
    asks: new Float64Array(),
    venueTime: Number.NaN,
  };
  const pricesOf = (levels: Float64Array) => [...levels].filter((_, at) => at % 2 === 0);
  const grows = (prices: readonly number[]) =>
    prices.every((price, at) => at === 0 || price > (prices[at - 1] ?? 0));
  expect({
    exact: [...bids, ...asks].every((number) => Number.isSafeInteger(number) && number > 0),
    deep: Math.min(bids.length, asks.length) / 2 >= 10,
    sorted: grows(pricesOf(asks)) && grows(pricesOf(bids).toReversed()),
    apart: (bids[0] ?? Number.NaN) < (asks[0] ?? Number.NaN),
    dated: Number.isSafeInteger(venueTime),
  }).toEqual({ exact: true, deep: true, sorted: true, apart: true, dated: true });
  await expectTrueBook(desk);
}

export async function tellsCandles({ watched, compare }: Desk): Promise<void> {
  const { candles, holes } = watched;
  await eventually('candles with a past', () => candles.size > 60);
  const told = [...candles]
    .map(([openTime, candle]) => ({ openTime, ...candle }))
    .sort((a, b) => a.openTime - b.openTime);
  const open = told.filter(({ closed }) => !closed).map(({ openTime }) => openTime);
  // The last minutes, each against the market itself, closed where it is.
  const { gaps } = await compare((told.at(-1)?.openTime ?? 0) - 5 * 60_000);
  expect({
    wrong: told.filter((one) => !isCandle(one)),
    open,
    holes,
    untrue: gaps.filter((gap) => gap.startsWith('candle')),
  }).toEqual({ wrong: [], open: told.slice(-1).map(({ openTime }) => openTime), holes: [], untrue: [] });
}

function isCandle({ openTime, open, high, low, close, volume }: Omit<Candle, 'closed'>): boolean {
  return (
    openTimeAt('1m', openTime) === openTime &&
    low > 0 &&
    Math.min(open, close, high) >= low &&
    Math.max(open, close) <= high &&
    volume >= 0
  );
}

export async function hasAPast({ stage, instrument }: Desk): Promise<void> {
  const ask = (interval: '1m' | '1h', limit: number, before?: number) =>
    stage.engine.api.request('candles.load', {
      instrument,
      interval,
      limit,
      ...(before !== undefined && { before }),
    });
  const latest = await ask('1m', 200);
  const older = await ask('1m', 200, latest.candles.openTime[0]);
  const hours = await ask('1h', 24);
  const times = [...older.candles.openTime, ...latest.candles.openTime];
  const steps = new Set(times.slice(1).map((time, at) => time - (times[at] ?? 0)));
  expect({
    count: times.length,
    // Also where the venue tells nothing of a minute without trades.
    steps: [...steps],
    hasOlder: [latest.hasOlder, older.hasOlder],
    closed: older.candles.closed.every((flag) => flag === 1),
    hours: hours.candles.openTime.length,
  }).toEqual({ count: 400, steps: [60_000], hasOlder: [true, true], closed: true, hours: 24 });
}
