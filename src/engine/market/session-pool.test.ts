import { describe, expect, test } from 'vitest';
import type { Transition } from '#shared/domain/incident.ts';
import { instrumentId } from '#shared/domain/instrument.ts';
import type { StreamKey } from '#shared/domain/stream-key.ts';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import type { Decoded, Venue } from '#venues/venue.ts';
import { createEventLog } from '../health/event-log.ts';
import { createFakeSockets } from '../test-kit/fake-socket.ts';
import { PLAIN_BTC, plainVenue, tickerOf } from '../test-kit/plain-venue.ts';
import { createSessionPool } from './session-pool.ts';

const ticker: StreamKey = { kind: 'ticker', instrument: PLAIN_BTC };
const tickerFor = (name: string): StreamKey => ({
  kind: 'ticker',
  instrument: instrumentId(`plain:${name}-USDT`),
});

function start(more: Partial<Venue> = {}, limits: Partial<Venue['limits']> = {}) {
  const clock = createVirtualClock();
  const peers = createFakeSockets();
  const log = createEventLog(clock);
  const transitions: Transition[] = [];
  const facts: string[] = [];
  const pool = createSessionPool({
    venue: { ...plainVenue, ...more, limits: { ...plainVenue.limits, ...limits } },
    endpoints: { rest: '', ws: 'ws://127.0.0.1:1' },
    clock,
    log,
    openSocket: peers.open,
    decoderOptions: {},
    onEvent: () => undefined,
    onInterrupted: () => undefined,
    onTransition: (transition) => transitions.push(transition),
    onFact: (fact) => facts.push(fact.kind),
    countsOf: () => ({ gaps: 0, resyncs: 0 }),
  });
  clock.every(1000, () => pool.second());
  const states = () => transitions.map(({ connection, state }) => `${connection} ${state.kind}`);
  const rows = () => pool.health().map(({ id, streams }) => [id, streams.length]);
  return { clock, peers, log, transitions, facts, pool, states, rows };
}

describe('the sessions of a venue', () => {
  test('spread over connections by the number of channels, and leave when the crowd does', () => {
    const { pool, rows, clock } = start();
    const names = ['A', 'B', 'C', 'D', 'E', 'F'];
    for (const name of names) pool.want(tickerFor(name));
    const crowded = rows();
    for (const name of names) pool.drop(tickerFor(name));
    clock.advance(13_000);
    pool.want(tickerFor('G'));
    expect([crowded, rows()]).toEqual([
      [
        ['plain/all', 4],
        ['plain/all#2', 2],
      ],
      [['plain/all', 1]],
    ]);
  });

  test('spread by the length of the channels’ names where the venue counts that, and by it alone', () => {
    const { pool, rows } = start(
      { channelOf: ({ instrument }) => instrument },
      { maxStreamsPerConnection: 1000, maxChannelCharsPerConnection: 40 },
    );
    // 'plain:A-USDT' has twelve characters.
    for (const name of ['A', 'B', 'C', 'D', 'E', 'F', 'G']) pool.want(tickerFor(name));
    expect(rows()).toEqual([
      ['plain/all', 3],
      ['plain/all#2', 3],
      ['plain/all#3', 1],
    ]);
  });

  test('share a channel on the connection that has it, however full, and ask nothing where the venue has no channel', () => {
    const { pool, rows } = start({
      channelOf: (stream) => (stream.kind === 'candle' ? undefined : stream.instrument),
    });
    for (const name of ['A', 'B', 'C', 'D']) pool.want(tickerFor(name));
    pool.want({ ...tickerFor('A'), kind: 'mark' } as StreamKey);
    pool.want({ kind: 'candle', instrument: PLAIN_BTC, interval: '1m' as never });
    expect(rows()).toEqual([['plain/all', 5]]);
  });

  test('open no more connections than the venue allows, whatever is wanted at once', () => {
    const { pool, peers, clock } = start(
      {},
      { maxStreamsPerConnection: 1, connections: { count: 2, windowMs: 1000 } },
    );
    for (let index = 0; index < 6; index += 1) pool.want(tickerFor(`A${index}`));
    const opened = [peers.sockets.length];
    for (let round = 0; round < 3; round += 1) {
      clock.advance(1250);
      opened.push(peers.sockets.length);
    }
    expect(opened).toEqual([2, 4, 6, 6]);
  });

  test('tell every change of state with the time of the last data before it', () => {
    const { pool, peers, clock, transitions } = start();
    const startedAt = clock.now();
    pool.want(ticker);
    clock.advance(100);
    peers.last.listener.opened();
    clock.advance(100);
    peers.last.say(tickerOf(ticker));
    clock.advance(500);
    peers.last.listener.closed({ code: 'socket.reset', detail: 'reset' });
    expect(
      transitions.map(({ at, connection, state, lastDataAt }) => [
        at - startedAt,
        connection,
        state.kind,
        lastDataAt === undefined ? undefined : lastDataAt - startedAt,
      ]),
    ).toEqual([
      [0, 'plain/all', 'connecting', undefined],
      [100, 'plain/all', 'subscribing', undefined],
      [200, 'plain/all', 'live', 200],
      [700, 'plain/all', 'waiting', 200],
    ]);
  });

  test('stay paused, those of later streams as well, until resumed', () => {
    const { pool, peers, states } = start({}, { maxStreamsPerConnection: 1 });
    pool.want(tickerFor('A'));
    pool.pause();
    pool.want(tickerFor('B'));
    const whilePaused = { sockets: peers.sockets.length, states: states() };
    pool.resume();
    expect({ whilePaused, after: peers.sockets.length }).toEqual({
      whilePaused: {
        sockets: 1,
        states: ['plain/all connecting', 'plain/all paused', 'plain/all#2 paused'],
      },
      after: 3,
    });
  });
});

describe('a venue whose frames make our code throw', () => {
  /** A codec that throws over `bad` and promises not to. */
  const fragile = (id: string) =>
    start({
      name: id,
      createDecoder: () => (frame) => {
        const text = typeof frame === 'string' ? frame : new TextDecoder().decode(frame);
        if (text === 'bad') throw new Error('a bug of ours');
        return [JSON.parse(text) as Decoded];
      },
    });

  test('is left alone after five throws in a minute, tried by one probe, and trusted again after a good frame', () => {
    const ill = fragile('ill');
    const well = fragile('well');
    for (const { pool, peers } of [ill, well]) {
      pool.want(ticker);
      peers.last.listener.opened();
      peers.last.say(tickerOf(ticker));
    }
    ill.peers.last.say('bad');
    for (let second = 0; second < 61; second += 1) {
      ill.clock.advance(1000);
      ill.peers.last.say(tickerOf(ticker));
    }
    const afterOne = ill.states().at(-1);
    for (let times = 0; times < 5; times += 1) ill.peers.last.say('bad');
    const waiting = ill.transitions.at(-1)?.state;
    ill.clock.advance(2990);
    const early = ill.peers.sockets.length;
    ill.clock.advance(20);
    ill.peers.last.listener.opened();
    ill.peers.last.say(tickerOf(ticker));
    expect({
      afterOne,
      waiting: waiting?.kind === 'waiting' && [waiting.cause.code, waiting.retryAt - ill.clock.now() + 3010],
      early,
      late: ill.peers.sockets.length,
      state: ill.states().at(-1),
      log: ill.log.entries.map(({ code }) => code).filter((code) => code.startsWith('circuit')),
      other: well.states().at(-1),
      otherSockets: well.peers.sockets.length,
    }).toEqual({
      afterOne: 'plain/all live',
      waiting: ['circuit', 3000],
      early: 1,
      late: 2,
      state: 'plain/all live',
      log: ['circuit.open', 'circuit.closed'],
      other: 'plain/all live',
      otherSockets: 1,
    });
  });

  test('is tried again after 3, 6, 12 s and so on to a minute while the probe fails, and from 3 s again once it held', () => {
    const { pool, peers, clock } = fragile('ill');
    pool.want(ticker);
    const waits: number[] = [];
    for (let round = 0; round < 7; round += 1) {
      peers.last.listener.opened();
      for (let times = 0; times < 5; times += 1) peers.last.say('bad');
      const before = peers.sockets.length;
      const since = clock.monotonic();
      while (peers.sockets.length === before) clock.advance(100);
      waits.push(clock.monotonic() - since);
    }
    peers.last.listener.opened();
    for (let second = 0; second < 62; second += 1) {
      peers.last.say(tickerOf(ticker));
      clock.advance(1000);
      peers.last.listener.pulse('pong');
    }
    for (let times = 0; times < 5; times += 1) peers.last.say('bad');
    const before = peers.sockets.length;
    const since = clock.monotonic();
    while (peers.sockets.length === before) clock.advance(100);
    waits.push(clock.monotonic() - since);
    expect(waits).toEqual([3000, 6000, 12_000, 24_000, 48_000, 60_000, 60_000, 3000]);
  });

  test('is not left alone for what came in from others: unreadable frames are counted, not feared', () => {
    const { pool, peers, states } = fragile('ill');
    pool.want(ticker);
    peers.last.listener.opened();
    peers.last.say(tickerOf(ticker));
    for (let times = 0; times < 100; times += 1)
      peers.last.say(JSON.stringify({ kind: 'failed', reason: 'x' }));
    expect([states().at(-1), pool.health()[0]?.failedFrames]).toEqual(['plain/all live', 100]);
  });
});

test('the sessions of a venue tell how much of the bounds on frames and on new connections is used', () => {
  const { pool, peers, clock } = start(
    {},
    { sendsPerSecond: 5, connections: { count: 10, windowMs: 60_000 } },
  );
  for (const name of ['A', 'B', 'C', 'D', 'E']) pool.want(tickerFor(name));
  for (const { listener } of peers.sockets) listener.opened();
  const gauges = () =>
    pool.gauges().map(({ scope, used, capacity, windowMs }) => [scope, used, capacity, windowMs]);
  clock.advance(300);
  const busy = gauges();
  for (const name of ['A', 'B', 'C', 'D', 'E']) pool.drop(tickerFor(name));
  clock.advance(75_000);
  expect([busy, gauges().map(([scope, used]) => [scope, used])]).toEqual([
    [
      ['socket', 1, 5, 1000],
      ['connections', 2, 10, 60_000],
    ],
    [
      ['socket', 0],
      ['connections', 0],
    ],
  ]);
});
