import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compareTruth } from '#drill/compare-truth.ts';
import { type EngineStage, openEngineStage } from '#drill/test-kit/engine-stage.ts';
import { type WatchedInstrument, watchInstrument } from '#drill/watched-instrument.ts';
import type { TapEvent } from '#engine/engine.ts';
import { decimalPlaces } from '#shared/base/decimal.ts';
import { type Instrument, type InstrumentId, instrumentId } from '#shared/domain/instrument.ts';
import { openTimeAt } from '#shared/domain/interval.ts';
import type { Candle } from '#shared/domain/market-data.ts';
import type { StreamKey } from '#shared/domain/stream-key.ts';
import { venues } from './registry.ts';
import type { Venue } from './venue.ts';

/**
 * What every registered venue has to keep, on real sockets: the venue's own codec and calls, the engine around them,
 * the simulator's façade on the other side, and the simulator's own market as the judge.
 */

/** What a venue is tried with: its first favourite on each of its routes that name a market of their own. */
interface Trial {
  readonly name: string;
  readonly venue: Venue;
  readonly instrument: InstrumentId;
  /** Listed, and looked at by nobody else: what is done to it disturbs no other trial. */
  readonly other: InstrumentId;
}

const trials: readonly Trial[] = venues.flatMap((venue) => {
  const byRoute = new Map(
    venue.favourites
      .toReversed()
      .map((instrument) => [venue.routeOf({ kind: 'book', instrument }), instrument]),
  );
  return [...byRoute].map(([route, instrument]) => ({
    name: byRoute.size > 1 ? `${venue.name} ${route}` : venue.name,
    venue,
    instrument,
    other:
      venue.favourites.findLast((one) => venue.routeOf({ kind: 'book', instrument: one }) === route) ??
      instrument,
  }));
});

/** What is asked of each, in this order. A check that fails does not keep the next from being made. */
const CHECKS = {
  instruments: listsWhatItTrades,
  ticker: tellsTickers,
  trade: tellsTrades,
  book: keepsTheBook,
  candle: tellsCandles,
  history: hasAPast,
  'error frame': survivesNonsense,
  resync: findsItsWayBackIntoTheBook,
  reconnect: comesBackWithoutALoss,
} satisfies Record<string, (trial: Trial, desk: Desk) => Promise<void>>;
type Check = keyof typeof CHECKS;

/** What a trial looks at from beginning to end. */
interface Desk {
  readonly watched: WatchedInstrument;
  /** Events as the codec told them, before any conflation. */
  readonly events: readonly TapEvent[];
  /** Venue time the watching began. */
  readonly since: number;
}

let stage: EngineStage;
const outcomes = new Map<string, Promise<void>>();

beforeAll(async () => {
  stage = await openEngineStage();
  // All venues at once, each its checks one after the other.
  for (const trial of trials) {
    const desk = openDesk(trial);
    let before: Promise<unknown> = desk;
    for (const [check, run] of Object.entries(CHECKS)) {
      const outcome = before.then(async () => run(trial, await desk));
      outcomes.set(`${trial.name} ${check}`, outcome);
      before = outcome.catch(() => undefined);
    }
  }
});

afterAll(() => stage[Symbol.asyncDispose]());

describe.each(trials)('$name', ({ name }) => {
  test.each(Object.keys(CHECKS) as Check[])('%s', (check) => outcomes.get(`${name} ${check}`), 60_000);
});

test('every folder is registered, and every registered venue has a façade to be tried on', () => {
  const folders = readdirSync(import.meta.dirname, { withFileTypes: true }).filter((one) =>
    one.isDirectory(),
  );
  const facades = readdirSync(join(import.meta.dirname, '../simulator'));
  const ids = venues.map(({ id }) => id).sort();
  expect({
    folders: folders.map(({ name }) => name).sort(),
    tried: ids.filter((id) => facades.includes(id)),
  }).toEqual({
    folders: ids,
    tried: ids,
  });
});

async function openDesk({ instrument, venue }: Trial): Promise<Desk> {
  const events: TapEvent[] = [];
  const streams: readonly StreamKey[] = [
    { kind: 'ticker', instrument },
    { kind: 'top', instrument },
    { kind: 'trade', instrument },
    { kind: 'book', instrument },
    { kind: 'candle', instrument, interval: '1m' },
  ];
  const watched = watchInstrument(stage.engine, instrument);
  await stage.engine.tap(
    streams.filter((stream) => venue.channelOf(stream) !== undefined),
    (event) => events.push(event),
  );
  await eventually('its streams to begin', () => {
    const kinds = new Set(events.map(({ kind }) => kind));
    return ['ticker', 'top', 'trade', 'book-top'].every((kind) => kinds.has(kind as TapEvent['kind']));
  });
  const { now } = (await stage.control.read('stats')) as { now: number };
  return { watched, events, since: now };
}

async function listsWhatItTrades({ venue, instrument }: Trial): Promise<void> {
  const all = await stage.engine.api.request('instruments.list', {});
  const own = all.filter((one) => one.venue === venue.id);
  const faults = own.flatMap((one) => faultsOf(one, venue));
  const ids = new Set(own.map(({ id }) => id));
  expect({
    faults,
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
  const isStep = (text: string | undefined) =>
    text !== undefined && /^(?:0|[1-9]\d*)(?:\.\d*[1-9])?$/.test(text) && Number(text) > 0;
  const route = venue.routeOf({ kind: 'book', instrument: id });
  const rules: Readonly<Record<string, boolean>> = {
    'is named by its base and quote': one.base === base && one.quote === quote,
    'is found again by the venue’s spelling': venue.instrumentOf(venue.symbolOf(id), route) === id,
    'has a tick, its digits told': isStep(one.tickSize) && one.priceScale === decimalPlaces(one.tickSize),
    'has a lot, its digits told':
      isStep(one.quantityStep) && one.quantityScale === decimalPlaces(one.quantityStep),
    'has a smallest order':
      isStep(one.minQuantity) && (one.minNotional === undefined || isStep(one.minNotional)),
    'has bands in order, from the smallest tick': bands === undefined || areOrdered(bands, one.tickSize),
  };
  return Object.entries(rules).flatMap(([rule, holds]) => (holds ? [] : [`${id} ${rule}`]));
}

function areOrdered(bands: NonNullable<Instrument['tickBands']>, tickSize: string): boolean {
  const grows = (key: 'from' | 'tick') =>
    bands.every((band, at) => at === 0 || Number(band[key]) > Number(bands[at - 1]?.[key]));
  return (
    bands.length > 1 &&
    Number(bands[0]?.from) === 0 &&
    bands[0]?.tick === tickSize &&
    grows('from') &&
    grows('tick')
  );
}

async function tellsTickers({ instrument, venue }: Trial, { events }: Desk): Promise<void> {
  const tickers = events.filter((event) => event.kind === 'ticker');
  const tops = events.filter((event) => event.kind === 'top');
  expect([tickers.length > 0, tops.length > 0]).toEqual([true, true]);
  for (const one of [...tickers, ...tops]) expect(isDated(one, instrument)).toBe(true);
  expect(
    tickers.filter(
      (one) =>
        !(
          one.low <= one.last &&
          one.last <= one.high &&
          one.volume > 0 &&
          one.quoteVolume > 0 &&
          one.open > 0
        ),
    ),
  ).toEqual([]);
  expect(
    tops.filter((one) => !(one.bidPrice < one.askPrice && one.bidQuantity > 0 && one.askQuantity > 0)),
  ).toEqual([]);
  const { askPrice = Number.NaN } = tops.at(-1) ?? {};
  expect(Math.abs((tickers.at(-1)?.last ?? 0) / askPrice - 1)).toBeLessThan(0.02);
  expect(venue.limits.staleAfterMs).toBeLessThanOrEqual(60_000);
}

/** Of the right instrument, with whole milliseconds of both clocks that are not far apart. */
function isDated(event: TapEvent, instrument: InstrumentId): boolean {
  if (event.kind === 'book-top') return event.instrument === instrument;
  const { venueTime, receivedAt } = event;
  return (
    event.instrument === instrument &&
    Number.isSafeInteger(venueTime) &&
    Math.abs(venueTime - receivedAt) < (event.kind === 'ticker' ? 60_000 : 10_000)
  );
}

async function tellsTrades(trial: Trial, desk: Desk): Promise<void> {
  await eventually('a few trades', () => desk.events.filter(({ kind }) => kind === 'trade').length >= 5);
  const trades = desk.events.filter((event) => event.kind === 'trade');
  const isGood = (trade: (typeof trades)[number]) =>
    isDated(trade, trial.instrument) &&
    typeof trade.id === 'string' &&
    /^[\w-]+$/.test(trade.id) &&
    trade.price > 0 &&
    trade.quantity > 0 &&
    ['buy', 'sell'].includes(trade.side);
  expect(trades.filter((trade) => !isGood(trade))).toEqual([]);
  expect(new Set(trades.map(({ id }) => id)).size).toBe(trades.length);
  // Price, quantity, side and time of each against the market itself.
  expect((await compared(trial, desk)).tradesLost).toBe(0);
}

async function keepsTheBook(trial: Trial, desk: Desk): Promise<void> {
  await eventually('a live book', () => desk.watched.book?.state === 'live');
  const { bids, asks, ...book } = desk.watched.book ?? { bids: new Float64Array(), asks: new Float64Array() };
  const prices = (levels: Float64Array) => [...levels].filter((_, at) => at % 2 === 0);
  const isSorted = (list: readonly number[]) =>
    list.every((price, at) => at === 0 || price > (list[at - 1] ?? 0));
  expect({
    exact: [...bids, ...asks].every((number) => Number.isSafeInteger(number) && number > 0),
    deep: Math.min(bids.length, asks.length) / 2 >= 10,
    sorted: isSorted(prices(asks)) && isSorted(prices(bids).toReversed()),
    apart: (bids[0] ?? 0) < (asks[0] ?? 0),
    dated: 'venueTime' in book && Number.isSafeInteger(book.venueTime),
  }).toEqual({ exact: true, deep: true, sorted: true, apart: true, dated: true });
  await expectTrueBook(trial, desk);
}

async function tellsCandles(trial: Trial, desk: Desk): Promise<void> {
  const { candles, holes } = desk.watched;
  await eventually('candles with a past', () => candles.size > 60);
  const told = [...candles]
    .map(([openTime, candle]) => ({ openTime, ...candle }))
    .sort((a, b) => a.openTime - b.openTime);
  expect({
    wrong: told.filter((one) => !isCandle(one)),
    open: told.filter(({ closed }) => !closed).length,
    holes,
  }).toEqual({
    wrong: [],
    open: 1,
    holes: [],
  });
  // The last minutes, each against the market itself, closed where it is.
  const { gaps } = await compareTruth(stage.control, trial.venue, desk.watched, desk.since - 5 * 60_000);
  expect(gaps.filter((gap) => gap.startsWith('candle'))).toEqual([]);
}

function isCandle({ openTime, open, high, low, close, volume }: Omit<Candle, 'closed'>): boolean {
  return (
    openTimeAt('1m', openTime) === openTime &&
    Math.min(open, close, high) >= low &&
    Math.max(open, close) <= high &&
    low > 0 &&
    volume >= 0
  );
}

async function hasAPast({ instrument, venue }: Trial): Promise<void> {
  const ask = (before?: number) =>
    stage.engine.api.request('candles.load', {
      instrument,
      interval: '1m',
      limit: 300,
      ...(before !== undefined && { before }),
    });
  const latest = await ask();
  const older = await ask(latest.candles.openTime[0]);
  const times = [...older.candles.openTime, ...latest.candles.openTime];
  const steps = new Set(times.slice(1).map((time, at) => time - (times[at] ?? 0)));
  expect({ count: times.length, steps: [...steps], older: [latest.hasOlder, older.hasOlder] }).toEqual({
    count: 600,
    // A minute without trades is told by silence on some venues: never more than a few.
    steps: [60_000],
    older: [true, true],
  });
  const now = await stage.engine.api.request('candles.load', { instrument, interval: '1h', limit: 24 });
  expect([now.candles.openTime.length, venue.intervals.includes('1h')]).toEqual([24, true]);
}

async function survivesNonsense(trial: Trial, desk: Desk): Promise<void> {
  const target = targetOf(trial);
  const failed = () => connectionsOf(trial).reduce((sum, { failedFrames }) => sum + failedFrames, 0);
  const before = failed();
  const reconnects = connectionsOf(trial).map((one) => one.reconnects);
  for (const style of ['json', 'truncated', 'binary', 'shape']) {
    await stage.control.fault({ ...target, kind: 'garbage', style, count: 1 });
  }
  await eventually('four unreadable frames', () => failed() >= before + 4);
  // What the venue lists but does not serve: a refusal, or silence, but never anybody else's trouble.
  const symbol = trial.venue.symbolOf(trial.other);
  await stage.post('listing', { ...categoryOf(trial), venue: trial.venue.id, symbol, listing: 'delisted' });
  const unserved = watchInstrument(stage.engine, trial.other);
  const seen = desk.watched.trades.size;
  await eventually('trades to go on', () => desk.watched.trades.size > seen + 3);
  expect({
    reconnects: connectionsOf(trial).map((one) => one.reconnects),
    unserved: unserved.book?.state ?? 'syncing',
  }).toEqual({ reconnects, unserved: 'syncing' });
  unserved.dispose();
  await stage.post('listing', { ...categoryOf(trial), venue: trial.venue.id, symbol, listing: 'trading' });
  await expectTrueBook(trial, desk);
}

async function findsItsWayBackIntoTheBook(trial: Trial, desk: Desk): Promise<void> {
  const row = () =>
    connectionsOf(trial)
      .flatMap(({ streams }) => streams)
      .find(({ stream }) => stream === `book ${trial.instrument}`);
  const before = { gaps: row()?.gaps ?? 0, resyncs: row()?.resyncs ?? 0 };
  await stage.control.fault({ ...targetOf(trial), kind: 'gap', count: 1 });
  if (trial.venue.sheet.bookProof === 'sequence') {
    await eventually('the gap to be seen', () => (row()?.gaps ?? 0) > before.gaps);
    await eventually('the book to be read anew', () => (row()?.resyncs ?? 0) > before.resyncs);
  } else {
    // A whole book that never came leaves nothing wrong behind.
    const { venueTime = 0 } = desk.watched.book ?? {};
    await eventually('the next whole book', () => (desk.watched.book?.venueTime ?? 0) > venueTime + 500);
  }
  await expectTrueBook(trial, desk);
}

async function comesBackWithoutALoss(trial: Trial, desk: Desk): Promise<void> {
  const reconnects = () => connectionsOf(trial).map((one) => one.reconnects);
  const before = reconnects();
  await stage.control.fault({ venue: trial.venue.id, ...routeOf(trial), kind: 'reset' });
  await eventually('every connection to be new', () =>
    reconnects().every((count, at) => count > (before[at] ?? 0)),
  );
  await eventually('every connection to be live', () =>
    connectionsOf(trial).every(({ state }) => state.kind === 'live'),
  );
  await expectTrueBook(trial, desk);
  await eventually('no trade to be missing', async () => (await compared(trial, desk)).tradesLost === 0);
  expect(desk.watched.doubledTrades).toBe(0);
}

describe('a cold start of four venues with fifty instruments each', () => {
  test('meets no limit: no 429, no refused connection, nothing said twice', async () => {
    await using cold = await openEngineStage();
    const watched = venues.map((venue) => ({ venue, instruments: [] as InstrumentId[] }));
    const all = await cold.engine.api.request('instruments.list', {});
    for (const { venue, instruments } of watched) {
      const own = all.filter((one) => one.venue === venue.id && one.status !== 'halted').map(({ id }) => id);
      instruments.push(...new Set([...venue.favourites, ...own].slice(0, 50)));
    }
    const wanted = watched.flatMap(({ instruments }) => instruments);
    const tickers = cold.watch('tickers', { instruments: wanted });
    const books = watched.flatMap(({ instruments }) =>
      instruments.slice(0, 5).map((instrument) => cold.watch('book', { instrument, depth: 20 })),
    );
    const charts = watched.flatMap(({ instruments }) =>
      instruments.slice(0, 5).map((instrument) => cold.watch('candles', { instrument, interval: '1m' })),
    );
    const priced = new Set<string>();
    await tickers.until(({ instruments, last }) => {
      instruments.forEach((one, at) => {
        if (Number.isFinite(last[at])) priced.add(one);
      });
      return priced.size === wanted.length;
    });
    await Promise.all(books.map((book) => book.until(({ state }) => state === 'live')));
    await Promise.all(charts.map((chart) => chart.until(({ candles }) => candles.openTime.length > 1)));
    const stats = (await cold.control.read('stats')) as { venues: Record<string, VenueStats> };
    const limits = Object.entries(stats.venues).map(([id, { answers, refusedUpgrades, connections }]) => ({
      id,
      refused: Object.keys(answers).filter((status) => status !== '200'),
      refusedUpgrades,
      doubled: connections
        .flatMap(({ streams }) => streams)
        .filter((one, at, list) => list.indexOf(one) !== at),
    }));
    expect({
      wanted: wanted.length,
      limits,
      reconnects: cold.engine.health().connections.filter(({ reconnects }) => reconnects > 0),
    }).toEqual({
      wanted: 200,
      limits: venues.map(({ id }) => ({ id, refused: [], refusedUpgrades: 0, doubled: [] })),
      reconnects: [],
    });
  }, 60_000);
});

interface VenueStats {
  readonly answers: Readonly<Record<string, number>>;
  readonly refusedUpgrades: number;
  readonly connections: readonly { readonly streams: readonly string[] }[];
}

/** The connections a trial is about: Bybit has one for each of its families. */
function connectionsOf({ venue, instrument }: Trial) {
  return stage.engine
    .health()
    .connections.filter((one) => one.venue === venue.id)
    .filter(({ streams }) =>
      streams.some(({ stream }) => stream.endsWith(` ${instrument}`) || stream.includes(instrument)),
    );
}

const categoryOf = ({ venue, instrument }: Trial) =>
  venue.id === 'bybit' ? { category: venue.routeOf({ kind: 'book', instrument }) } : {};

const routeOf = ({ venue, instrument }: Trial) =>
  venue.id === 'bybit' ? { route: venue.routeOf({ kind: 'book', instrument }) } : {};

/** The trial's instrument, as a fault names it. */
const targetOf = (trial: Trial) => ({
  venue: trial.venue.id,
  ...routeOf(trial),
  symbol: trial.venue.symbolOf(trial.instrument),
});

const compared = (trial: Trial, { watched, since }: Desk) =>
  compareTruth(stage.control, trial.venue, watched, since);

async function expectTrueBook(trial: Trial, desk: Desk): Promise<void> {
  await eventually('the true book', async () => {
    const { gaps } = await compared(trial, desk);
    return gaps.every((gap) => !gap.startsWith('book'));
  });
}

async function eventually(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  await expect
    .poll(async () => ((await holds()) ? 'there' : `still waiting for ${what}`), {
      timeout: 20_000,
      interval: 100,
    })
    .toBe('there');
}
