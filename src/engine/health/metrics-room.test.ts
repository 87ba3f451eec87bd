import { describe, expect, test } from 'vitest';
import type { ConnectionHealth, ConnectionState } from '#shared/domain/connection.ts';
import { venueId } from '#shared/domain/instrument.ts';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import type { Market } from '../market/market.ts';
import { createMarketList } from '../market/market-list.ts';
import { PLAIN_BTC } from '../test-kit/plain-venue.ts';
import { createMetricsRoom } from './metrics-room.ts';

const TRADE = { kind: 'trade', instrument: PLAIN_BTC } as const;

/** A market that only has a health, and tells transitions when asked to. */
function start(offset: { ms?: number | undefined } = { ms: 40 }) {
  const clock = createVirtualClock();
  const markets = createMarketList();
  let tell: (state: ConnectionState) => void = () => undefined;
  const health: { -readonly [Key in keyof ConnectionHealth]: ConnectionHealth[Key] } = {
    id: 'plain/all',
    venue: venueId('plain'),
    state: { kind: 'live' },
    since: 0,
    epoch: 1,
    reconnects: 0,
    failedFrames: 0,
    streams: [{ stream: `trade ${PLAIN_BTC}`, state: 'live', since: 0, perSecond: 0, gaps: 0, resyncs: 0 }],
  };
  const rows: ConnectionHealth[] = [health];
  const market = {
    venue: { id: health.venue },
    get clockOffsetMs() {
      return offset.ms;
    },
    budgets: () => [],
    restErrors: new Map([['timeout', 2]]),
    health: () => rows,
    onTransition(listener: Parameters<Market['onTransition']>[0]) {
      tell = (state) => listener({ at: clock.now(), venue: health.venue, connection: health.id, state });
      return () => undefined;
    },
    dispose: () => undefined,
  } as unknown as Market;
  markets.add(market);
  const room = createMetricsRoom({
    clock,
    markets,
    process: { memoryMb: 100, ownMemoryMb: 30 },
    eventLoopDelayMs: () => 1,
  });
  const seconds = (count: number, each: () => void = () => undefined) => {
    for (let second = 0; second < count; second += 1) {
      each();
      clock.advance(1000);
      room.second();
    }
  };
  const enter = (state: ConnectionState) => {
    health.state = state;
    tell(state);
  };
  return { clock, room, health, rows, seconds, enter };
}

const cut: ConnectionState = {
  kind: 'waiting',
  attempt: 3,
  retryAt: 0,
  exhausted: false,
  cause: { code: 'socket.reset', detail: '' },
};

describe('the metrics', () => {
  test('count frames, bytes and latencies of a stream, the latency corrected by the clock offset', () => {
    const { clock, room, seconds } = start();
    const meter = room.meterOf(TRADE);
    seconds(1);
    // The venue's clock is 40 ms ahead, so a frame stamped 10 ms in our future is 30 ms old.
    seconds(10, () => {
      for (let frame = 0; frame < 20; frame += 1) meter.frame(100, clock.now() + 10, clock.now());
      meter.published(clock.now() - 8, clock.now());
    });
    const [stream] = room.view().streams;
    expect([stream?.perSecond, stream?.bytesPerSecond]).toEqual([
      expect.closeTo(18, -1),
      expect.closeTo(1800, -3),
    ]);
    expect(stream?.venueToReceive.p50).toBeCloseTo(30, -0.5);
    expect(stream?.receiveToPublish.p99).toBeCloseTo(8, 0);
    expect(stream?.silenceMs).toBe(1000);
  });

  test('know nothing instead of zero where nothing was measured', () => {
    const { room } = start();
    const [stream] = room.view().streams;
    expect([stream?.venueToReceive.p50, stream?.silenceMs, room.view().publishToPaint.p99]).toEqual([
      Number.NaN,
      Number.NaN,
      Number.NaN,
    ]);
  });

  test('tell uptime, attempts and errors of a connection, and a score that falls with trouble and heals', () => {
    const { room, health, seconds, enter } = start();
    seconds(30);
    enter(cut);
    seconds(10);
    const down = room.view().connections[0];
    enter({ kind: 'live' });
    health.reconnects = 1;
    seconds(20);
    const back = room.view().connections[0];
    seconds(10 * 60 + 1);
    const healed = room.view().connections[0];
    expect([
      [down?.attempts, down?.errors, down?.score, down?.uptime],
      [back?.attempts, back?.score, back?.uptime],
      healed?.score,
    ]).toEqual([[3, { connection: 1 }, 0.1, 0.75], [0, 0.9, 50 / 60], 1]);
  });

  test('do not count time in which nothing was wanted', () => {
    const { room, seconds, enter } = start();
    seconds(10);
    enter({ kind: 'idle' });
    seconds(1000);
    expect(room.view().connections[0]?.uptime).toBe(1);
  });

  test('keep a stream silent over many cells as one growing silence, and unknown before its time', () => {
    const { clock, room, seconds } = start();
    const meter = room.meterOf(TRADE);
    const from = clock.now();
    seconds(10, () => meter.frame(10, clock.now(), clock.now()));
    seconds(40);
    const heat = room.requests['heat.read']({
      measure: 'silence',
      from: from - 20_000,
      to: from + 50_000,
      columns: 7,
    });
    const { values, streams } = heat as Awaited<typeof heat>;
    expect(streams).toEqual([{ stream: `trade ${PLAIN_BTC}`, connection: 'plain/all' }]);
    expect([...values].map((value) => (Number.isNaN(value) ? '-' : Math.round(value / 1000)))).toEqual([
      '-',
      '-',
      1,
      11,
      21,
      31,
      41,
    ]);
  });

  test('count a stream once while REST stands in for it, or its old breaks would be new ones every second', () => {
    const { clock, room, health, rows, seconds } = start();
    const meter = room.meterOf(TRADE);
    const [own] = health.streams as [ConnectionHealth['streams'][number]];
    health.streams = [{ ...own, gaps: 3, resyncs: 3 }];
    seconds(10);
    rows.push({ ...health, id: 'plain/rest', streams: [{ ...own, source: 'rest' }] });
    seconds(60, () => meter.frame(10, clock.now(), clock.now()));
    const during = room.view().streams[0]?.perSecond;
    rows.pop();
    seconds(5);
    expect([room.view().streams[0]?.score, room.view().connections[0]?.score, during]).toEqual([
      1,
      1,
      expect.closeTo(1, 0),
    ]);
  });

  test('know no latency before the clocks were compared: it would be off by as much as they are', () => {
    const offset: { ms?: number } = {};
    const { clock, room, seconds } = start(offset);
    const meter = room.meterOf(TRADE);
    const frame = () => meter.frame(10, clock.now() + 3_600_000 - 30, clock.now());
    seconds(5, frame);
    const before = room.view().streams[0]?.venueToReceive.p50;
    offset.ms = 3_600_000;
    seconds(1);
    seconds(5, frame);
    expect([before, room.view().streams[0]?.venueToReceive.p99]).toEqual([
      Number.NaN,
      expect.closeTo(30, -0.5),
    ]);
  });

  test('forget a stream that nobody has wanted for ten minutes', () => {
    const { room, rows, seconds } = start();
    const meter = room.meterOf(TRADE);
    seconds(11 * 60);
    const held = room.meterOf(TRADE) === meter;
    rows.length = 0;
    seconds(9 * 60);
    const kept = room.meterOf(TRADE) === meter;
    seconds(2 * 60);
    expect([held, kept, room.meterOf(TRADE) === meter]).toEqual([true, true, false]);
  });

  test('give a watch one view a second and not the same twice', () => {
    const { room, seconds } = start();
    let calls = 0;
    const source = room.watches.metrics({}, () => {
      calls += 1;
    });
    const first = source.take();
    expect([first !== undefined, source.take()]).toEqual([true, undefined]);
    seconds(1);
    expect([calls, source.take() !== undefined]).toEqual([1, true]);
    source.dispose();
    seconds(1);
    expect(calls).toBe(1);
  });
});
