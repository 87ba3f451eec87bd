import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Interval, nextOpenTime, openTimeAt } from '#shared/domain/interval.ts';
import type { Candle, TradeEvent } from '#shared/domain/market-data.ts';
import type { StreamKey } from '#shared/domain/stream-key.ts';
import { streamKeyText } from '#shared/domain/stream-key.ts';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import type { Venue } from '#venues/venue.ts';
import { createEventLog } from '../health/event-log.ts';
import { PLAIN_BTC, plainVenue } from '../test-kit/plain-venue.ts';
import { createCandleFeeds } from './candle-feeds.ts';
import { createRestGuard } from './rest-guard.ts';

const MINUTE = 60_000;
/** 23:55:00 UTC on the last of a month. */
const BEGIN = Date.UTC(2026, 0, 31, 23, 55);
const settle = async () => {
  for (let turn = 0; turn < 40; turn += 1) await Promise.resolve();
};

/** The plain truth about candles of trades: empty ones are left out, as Upbit and Bithumb do. */
function candlesOf(trades: readonly TradeEvent[], interval: Interval, now: number): Candle[] {
  const groups = Map.groupBy(trades, ({ venueTime }) => openTimeAt(interval, venueTime));
  return [...groups].map(([openTime, own]) => {
    const prices = own.map(({ price }) => price);
    return {
      openTime,
      open: prices[0] ?? Number.NaN,
      high: Math.max(...prices),
      low: Math.min(...prices),
      close: prices.at(-1) ?? Number.NaN,
      volume: own.reduce((sum, { quantity }) => sum + quantity, 0),
      closed: nextOpenTime(interval, openTime) <= now,
    };
  });
}

/** A venue without a candle stream, whose trades happen whether we hear them or not. Its clock is `skewMs` ahead of ours. */
function start(
  options: { readonly skewMs?: number; readonly answered?: number; readonly streams?: boolean } = {},
) {
  const { skewMs = 0, answered = 50, streams = false } = options;
  const clocks = { areCompared: true };
  const rest = { turn: Promise.resolve() };
  const clock = createVirtualClock(BEGIN - skewMs);
  const log = createEventLog(clock);
  const happened: TradeEvent[] = [];
  const serverNow = () => clock.now() + skewMs;
  const venue: Venue = {
    ...plainVenue,
    intervals: ['1m', '5m', '1h', '2h', '1d', '1M'],
    channelOf: (stream) =>
      stream.kind === 'candle' && !(streams && stream.interval === '1m') ? undefined : streamKeyText(stream),
    rest: {
      ...plainVenue.rest,
      maxCandles: 200,
      candleIntervals: ['1m', '5m', '1h', '1d', '1M'],
      candlesOmitEmpty: true,
      candles: ({ interval, from = 0, to = Number.POSITIVE_INFINITY, limit }) => ({
        path: '/candles',
        scope: 'all',
        weight: 1,
        parse: () =>
          candlesOf(happened, interval, serverNow())
            .filter(({ openTime }) => openTime >= from && openTime <= to)
            .slice(-limit),
      }),
    },
  };
  let isUp = true;
  let isLive = false;
  const held: string[] = [];
  const feeds = createCandleFeeds({
    venue,
    clock,
    log,
    async loadCandles(query) {
      await rest.turn;
      return venue.rest.candles(query).parse(undefined, clock.now(), { get: () => null });
    },
    guard: createRestGuard({ clock, log, venue: 'Plain' }),
    offsetMs: () => (clocks.areCompared ? skewMs : undefined),
    hold(stream) {
      held.push(streamKeyText(stream));
      const undo = stream.kind === 'candle' ? feeds.open(stream) : () => undefined;
      return () => {
        held.splice(held.indexOf(streamKeyText(stream)), 1);
        undo();
      };
    },
    lookAtTape: () => undefined,
    streamState: () => (isUp ? 'live' : 'stale'),
    store: undefined,
    onChange: () => undefined,
    onFact: () => undefined,
    onFault: (fault) => {
      throw fault;
    },
  });
  const root: StreamKey = streams
    ? { kind: 'candle', instrument: PLAIN_BTC, interval: '1m' }
    : { kind: 'trade', instrument: PLAIN_BTC };

  async function pass(ms: number) {
    for (let left = ms; left > 0; left -= 1000) {
      clock.advance(Math.min(1000, left));
      await settle();
    }
  }
  async function trade(price: number, quantity: number, heard: boolean) {
    const one: TradeEvent = {
      kind: 'trade',
      instrument: PLAIN_BTC,
      id: String(happened.length + 1),
      price,
      quantity,
      side: 'buy',
      venueTime: serverNow(),
      receivedAt: clock.now(),
    };
    happened.push(one);
    if (!heard) {
      if (isUp) feeds.interrupted(root);
      isUp = false;
      isLive = false;
      return;
    }
    isUp = true;
    if (streams) {
      const candle = candlesOf(happened, '1m', 0).at(-1);
      const envelope = { kind: 'candle', instrument: PLAIN_BTC, interval: '1m', venueTime: 0 } as const;
      if (candle) feeds.apply({ ...envelope, receivedAt: clock.now(), candle });
    } else {
      feeds.trade(one);
      // As the tape does: with the first trade after a break, and again a little later.
      if (!isLive) feeds.tradesLoaded(PLAIN_BTC, happened.slice(-answered));
    }
    isLive = true;
    await settle();
  }
  const open = (interval: Interval) => feeds.open({ kind: 'candle', instrument: PLAIN_BTC, interval });
  const closed = (interval: Interval) =>
    (feeds.get(PLAIN_BTC, interval)?.series.all() ?? [])
      .filter((candle) => candle.closed)
      .map(({ openTime, open: first, high, low, close, volume }) => [
        openTime,
        first,
        high,
        low,
        close,
        volume,
      ]);
  /** What the chart should show as closed once everything has been said and compared. */
  const truth = (interval: Interval) => {
    const known = candlesOf(happened, interval, serverNow());
    const all: number[][] = [];
    let at = known[0]?.openTime ?? 0;
    for (let price = 0; nextOpenTime(interval, at) + 2500 <= serverNow(); at = nextOpenTime(interval, at)) {
      const candle = known.find(({ openTime }) => openTime === at);
      all.push(
        candle
          ? [at, candle.open, candle.high, candle.low, candle.close, candle.volume]
          : [at, price, price, price, price, 0],
      );
      price = candle?.close ?? price;
    }
    return all;
  };
  return { clock, clocks, rest, log, feeds, serverNow, held, pass, trade, open, closed, truth, happened };
}

describe('candles of a venue without a candle stream', () => {
  test('minutes are built of trades, closed by the venue’s clock and flat where nothing was traded', async () => {
    const { pass, trade, open, closed, truth, feeds } = start({ skewMs: -45_000 });
    await trade(10, 1, true);
    open('1m');
    await settle();
    await pass(70_000);
    await trade(12, 2, true);
    await trade(11, 3, true);
    await pass(3 * MINUTE);
    expect(closed('1m')).toEqual(truth('1m'));
    expect(closed('1m').map(([openTime]) => ((openTime ?? 0) - BEGIN) / MINUTE)).toEqual([0, 1, 2, 3]);
    expect(
      feeds
        .get(PLAIN_BTC, '1m')
        ?.series.all()
        .map(({ provenance }) => provenance),
    ).toEqual(['verified', 'verified', 'verified', 'built']);
  });

  test('a fast clock that was not compared yet draws no silence into the future, and the present stays true', async () => {
    const { pass, trade, open, closed, truth, feeds, clocks, serverNow } = start({ skewMs: -3_600_000 });
    clocks.areCompared = false;
    await trade(10, 1, true);
    open('1m');
    await settle();
    const beyond = feeds
      .get(PLAIN_BTC, '1m')
      ?.series.all()
      .filter(({ openTime }) => openTime > serverNow()).length;
    await pass(3000);
    clocks.areCompared = true;
    for (const price of [11, 12, 13, 14]) {
      await pass(45_000);
      await trade(price, 1, true);
    }
    await pass(2 * MINUTE);
    expect([beyond, closed('1m')]).toEqual([0, truth('1m')]);
  });

  test('what is traded while a question waits for its turn is not counted twice', async () => {
    const { pass, trade, open, feeds, rest } = start();
    await trade(10, 1, true);
    let comes: () => void = () => undefined;
    rest.turn = new Promise((resolve) => (comes = resolve));
    open('1m');
    await pass(3000);
    await trade(11, 2, true);
    await pass(1000);
    comes();
    await settle();
    await pass(10);
    await trade(12, 4, true);
    const { high, close, volume } = feeds.get(PLAIN_BTC, '1m')?.series.newest ?? ({} as Candle);
    expect([high, close, volume]).toEqual([12, 12, 7]);
  });

  test('a minute is ended 2.5 s after its end on the venue’s clock, not before and not by ours', async () => {
    const { pass, trade, open, closed } = start({ skewMs: 30_000 });
    await trade(10, 1, true);
    open('1m');
    await settle();
    await pass(62_000);
    const before = closed('1m').length;
    await pass(1000);
    expect([before, closed('1m').length]).toEqual([0, 1]);
  });

  test('longer ones rise from the minutes, over the end of the month, and let them go in the end', async () => {
    const { pass, trade, open, feeds, held, truth, closed } = start();
    await trade(10, 1, true);
    const undo = (['5m', '2h', '1d', '1M'] as const).map(open);
    await settle();
    await trade(14, 1, true);
    for (let minute = 0; minute < 7; minute += 1) {
      await pass(MINUTE);
      await trade(20 + minute, 1, true);
    }
    // The month before had only just begun to be traded, and was told as far as it went.
    const newest = (interval: Interval) => {
      const {
        openTime,
        open: first,
        high,
        low,
        close,
        volume,
      } = feeds.get(PLAIN_BTC, interval)?.series.newest ?? ({} as Candle);
      return [openTime, first, high, low, close, volume];
    };
    const february = Date.UTC(2026, 1, 1);
    expect((['5m', '2h', '1d', '1M'] as const).map(newest)).toEqual([
      [february, 24, 26, 24, 26, 3],
      [february, 24, 26, 24, 26, 3],
      [february, 24, 26, 24, 26, 3],
      [february, 24, 26, 24, 26, 3],
    ]);
    await pass(20_000);
    expect([closed('5m'), closed('1M')]).toEqual([truth('5m'), truth('1M')]);
    for (const one of undo) one();
    expect(held).toEqual([]);
  });

  test('whatever the stream lost, after the comparison every candle is the true one', async () => {
    const step = fc.record({
      waitMs: fc.oneof(
        { weight: 4, arbitrary: fc.integer({ min: 0, max: 20_000 }) },
        fc.integer({ min: 0, max: 150_000 }),
      ),
      price: fc.integer({ min: 1, max: 50 }),
      quantity: fc.integer({ min: 1, max: 9 }),
      heard: fc.boolean(),
    });
    const venue = fc.record({
      skewMs: fc.integer({ min: -100_000, max: 100_000 }),
      answered: fc.integer({ min: 1, max: 30 }),
      streams: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(venue, fc.array(step, { minLength: 1, maxLength: 25 }), async (options, steps) => {
        const { pass, trade, open, closed, truth, feeds, serverNow } = start(options);
        await trade(5, 1, true);
        open('1m');
        await settle();
        for (const { waitMs, price, quantity, heard } of steps) {
          await pass(waitMs);
          await trade(price, quantity, heard);
        }
        await trade(7, 1, true);
        // To where the last minute has been ended and compared.
        await pass(MINUTE + ((110_000 - (serverNow() % MINUTE)) % MINUTE));
        expect(closed('1m')).toEqual(truth('1m'));
        expect(feeds.get(PLAIN_BTC, '1m')?.holes()).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
