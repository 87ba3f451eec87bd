import { describe, expect, test } from 'vitest';
import type { StreamKey } from '#shared/domain/stream-key.ts';
import type { Decoded, Venue } from '#venues/venue.ts';
import { PLAIN_BTC, tickerOf, tradeOf } from '../test-kit/plain-venue.ts';
import { stageSession } from '../test-kit/session-stage.ts';

const ticker: StreamKey = { kind: 'ticker', instrument: PLAIN_BTC };
const trade: StreamKey = { kind: 'trade', instrument: PLAIN_BTC };
const mark: StreamKey = { kind: 'mark', instrument: PLAIN_BTC };
const book: StreamKey = { kind: 'book', instrument: PLAIN_BTC };

const replacing = {
  subscribing: { kind: 'replace', replaceFrame: (channels) => JSON.stringify({ all: channels }) },
} satisfies Partial<Venue>;

/** Says a ticker every other second. */
const speaks = (second: number, peer: { say(text: string): void }) => {
  if (second % 2 === 0) peer.say(tickerOf(ticker));
};

describe('a session of a venue that replaces', () => {
  test('names everything in each frame, takes it as confirmed, and closes soon after nothing is wanted', () => {
    const { session, peers, open, clock } = stageSession([ticker], replacing);
    open();
    session.want(trade);
    clock.advance(300);
    session.drop(ticker);
    clock.advance(300);
    session.drop(trade);
    clock.advance(2900);
    const soon = session.state.kind;
    clock.advance(2000);
    expect({ sent: peers.last.sent, soon, later: session.state.kind, sockets: peers.sockets.length }).toEqual(
      {
        sent: [
          JSON.stringify({ all: [`ticker ${PLAIN_BTC}`, `trade ${PLAIN_BTC}`] }),
          JSON.stringify({ all: [`trade ${PLAIN_BTC}`] }),
        ],
        soon: 'live',
        later: 'idle',
        sockets: 1,
      },
    );
  });

  test('sends the whole frame again for a stream that never began, before it gives anything up', () => {
    const { peers, open, clock, told } = stageSession([ticker, trade], replacing);
    peers.last.listener.opened();
    for (let second = 0; second < 14; second += 1) {
      clock.advance(1000);
      peers.last.listener.pulse('pong');
      speaks(second, peers.last);
    }
    expect({
      frames: peers.last.sent.length,
      facts: told.facts,
      sockets: peers.sockets.length,
      open,
    }).toMatchObject({
      frames: 2,
      facts: [`stream-renewed trade ${PLAIN_BTC}`],
      sockets: 1,
    });
  });
});

describe('a channel that brings several streams', () => {
  const shared = { channelOf: () => 'everything' } satisfies Partial<Venue>;

  test('is asked for once, and let go with the last of them', () => {
    const { session, peers, clock, acknowledge } = stageSession([ticker, mark], shared);
    const frames: string[] = [];
    const pass = () => {
      clock.advance(1000);
      frames.push(...peers.last.sent);
      acknowledge(peers.last);
    };
    peers.last.listener.opened();
    pass();
    session.drop(ticker);
    pass();
    session.want(trade);
    session.drop(mark);
    pass();
    session.drop(trade);
    pass();
    expect(frames.map((frame) => Object.entries(JSON.parse(frame))[0])).toEqual([
      ['subscribe', ['everything']],
      ['unsubscribe', ['everything']],
    ]);
  });

  test('counts a frame once for each stream and its bytes for one of them', () => {
    const both = (): readonly Decoded[] => [
      { kind: 'mark', instrument: PLAIN_BTC, markPrice: 1, indexPrice: 1, venueTime: 7, receivedAt: 0 },
      ...[1, 2].map((id) => JSON.parse(tradeOf(trade, id)) as Decoded),
    ];
    const metered: string[] = [];
    const { open, peers } = stageSession(
      [trade, mark],
      { ...shared, createDecoder: () => both },
      {
        meterOf: (key, connection) => ({
          frame: (bytes, venueTime) => metered.push(`${connection} ${key.kind} ${bytes} ${venueTime}`),
          published: () => undefined,
        }),
      },
    );
    open();
    metered.length = 0;
    peers.last.say('x'.repeat(100));
    expect(metered).toEqual(['plain/all mark 100 7', 'plain/all trade 0 1']);
  });
});

describe('a session', () => {
  test('tells since when each stream is what it is', () => {
    const { session, open, pass, clock, told } = stageSession([ticker, trade]);
    const startedAt = clock.now();
    open();
    pass(10, speaks);
    const row = (kind: string) => {
      const found = session.health().streams.find(({ stream }) => stream.startsWith(kind));
      return found && [found.state, found.since - startedAt];
    };
    const early = row('ticker');
    pass(9, () => undefined);
    expect([early, row('ticker'), row('trade'), told.states.at(-1)]).toEqual([
      ['live', 1010],
      ['late', 16_000],
      ['pending', 0],
      'degraded socket.silent',
    ]);
  });

  test('counts a socket as one epoch, and a reconnect only where the link stood before and stands again', () => {
    const { session, open, peers, clock } = stageSession([ticker]);
    const counts = () => [session.health().epoch, session.health().reconnects];
    const seen = [counts()];
    open();
    seen.push(counts());
    peers.last.listener.closed({ code: 'socket.reset', detail: '' });
    for (let round = 0; round < 4; round += 1) {
      const before = peers.sockets.length;
      while (peers.sockets.length === before) clock.advance(100);
      if (round < 3) peers.last.listener.closed({ code: 'socket.refused', detail: '' });
    }
    seen.push(counts());
    open();
    seen.push(counts());
    expect(seen).toEqual([
      [1, 0],
      [1, 0],
      [5, 0],
      [5, 1],
    ]);
  });

  test('is paused by hand until it is resumed, whatever is wanted meanwhile', () => {
    const { session, open, peers, told, clock } = stageSession([ticker]);
    open();
    peers.last.say(tickerOf(ticker));
    session.pause();
    session.want(trade);
    session.reconnectNow();
    session.wake('resume');
    session.wake('link');
    clock.advance(60_000);
    const whilePaused = { state: session.state, sockets: peers.sockets.length };
    session.resume();
    open();
    expect({
      whilePaused,
      after: session.state.kind,
      interrupted: told.interrupted,
      asked: told.states,
    }).toEqual({
      whilePaused: {
        state: { kind: 'paused', cause: { code: 'user', detail: 'paused by hand' } },
        sockets: 1,
      },
      after: 'subscribing',
      interrupted: [`ticker ${PLAIN_BTC}`],
      asked: ['connecting', 'subscribing', 'live', 'paused user', 'connecting', 'subscribing'],
    });
  });

  test('believes nothing after a sleep: stale at once, a new socket, everything interrupted, and live again', () => {
    const { session, open, peers, told, clock } = stageSession([ticker, trade]);
    open();
    peers.last.say(tickerOf(ticker));
    told.states.length = 0;
    session.wake('resume');
    const streams = session.health().streams.map(({ state }) => state);
    const sleeper = peers.sockets[0];
    sleeper?.say(tickerOf(ticker));
    open();
    clock.advance(100);
    peers.last.say(tickerOf(ticker));
    expect({
      states: told.states,
      streams,
      old: sleeper?.terminated,
      told: [told.interrupted, told.events],
    }).toEqual({
      states: ['stale resume', 'connecting', 'subscribing', 'live'],
      streams: ['stale', 'pending'],
      old: true,
      told: [[`ticker ${PLAIN_BTC},trade ${PLAIN_BTC}`], ['ticker', 'ticker']],
    });
  });

  test('tries at once when the link comes back, also where only a person could have helped, and lets alone what is open', () => {
    const { session, open, peers, told } = stageSession([ticker]);
    peers.last.listener.closed({ code: 'socket.dns', detail: '' });
    session.wake('link');
    peers.last.listener.closed({ code: 'geo', detail: 'HTTP 451' });
    const refused = session.state.kind;
    session.wake('link');
    open();
    session.wake('link');
    expect({ refused, sockets: peers.sockets.length, states: told.states }).toEqual({
      refused: 'failed',
      sockets: 3,
      states: ['connecting', 'waiting socket.dns', 'connecting', 'failed geo', 'connecting', 'subscribing'],
    });
  });

  test('does not knock again by itself where only a person can help', () => {
    const { session, peers, clock } = stageSession([ticker]);
    peers.last.listener.closed({ code: 'auth', detail: 'HTTP 401' });
    clock.advance(3_600_000);
    const alone = peers.sockets.length;
    session.reconnectNow();
    expect([alone, peers.sockets.length]).toEqual([1, 2]);
  });

  test('says maintenance, and waits as long as it was told to', () => {
    const { session, peers, clock } = stageSession([ticker]);
    peers.last.listener.closed({ code: 'maintenance', detail: 'HTTP 503' }, 90_000);
    const { state } = session;
    clock.advance(89_000);
    const during = peers.sockets.length;
    clock.advance(2000);
    expect({ state, during, after: peers.sockets.length }).toEqual({
      state: {
        kind: 'waiting',
        attempt: 1,
        retryAt: clock.now() - 1000,
        cause: { code: 'maintenance', detail: 'HTTP 503' },
        exhausted: false,
      },
      during: 1,
      after: 2,
    });
  });

  test('gives up a peer that says nothing but what nobody can read, and says why', () => {
    const { open, pass, told } = stageSession([ticker]);
    open();
    pass(4, speaks);
    pass(20, (_second, peer) => peer.say(JSON.stringify({ kind: 'failed', reason: 'not JSON' })));
    expect(told.states.find((state) => state.startsWith('waiting'))).toBe('waiting protocol');
  });

  test('loses one frame and not the connection over a feed or a codec that throws once', () => {
    let throws = 1;
    const { open, peers, session, told } = stageSession(
      [ticker],
      {},
      {
        onEvent() {
          if (throws-- > 0) throw new Error('a bug of ours');
          told.events.push('ticker');
        },
      },
    );
    open();
    peers.last.say(tickerOf(ticker));
    peers.last.say(tickerOf(ticker));
    expect([told.events, session.health().failedFrames, told.facts, peers.sockets.length]).toEqual([
      ['ticker'],
      1,
      ['frame-failed plain/all'],
      1,
    ]);
  });

  test('asks a venue that wants pings of its own by those, takes a decoded pong for a sign of life, and gives up within 8 s', () => {
    const ask = { frame: '{"op":"ping"}', everyMs: 20_000, always: true };
    const { peers, clock, session, told } = stageSession([ticker], { ping: ask });
    peers.last.listener.opened();
    let asked = 0;
    /** Lets time pass; our text pings are answered, if at all, 30 ms later. */
    const pass = (seconds: number, answers: boolean, data: boolean) => {
      for (let ms = 0; ms < seconds * 1000 && told.states.at(-1) !== 'waiting socket.silent'; ms += 10) {
        clock.advance(10);
        if (data && ms % 1000 === 0) peers.last.say(tickerOf(ticker));
        for (const frame of peers.last.sent.splice(0)) {
          if (frame !== ask.frame || !answers) continue;
          asked += 1;
          clock.advance(30);
          peers.last.say(JSON.stringify({ kind: 'pong' }));
        }
      }
    };
    pass(120, true, true);
    const busy = { asked, isShort: (session.health().roundTripMs ?? 99) <= 40 };
    // Quiet, but there: never given up for it, and the protocol's own ping is tried as well.
    pass(14, true, false);
    const quiet = told.states.at(-1);
    const silentSince = clock.monotonic();
    pass(60, false, false);
    expect({ busy, quiet, protocol: peers.sockets[0]?.pings, last: told.states.at(-1) }).toEqual({
      busy: { asked: 7, isShort: true },
      quiet: 'stale socket.silent',
      protocol: 1,
      last: 'waiting socket.silent',
    });
    expect(clock.monotonic() - silentSince).toBeLessThanOrEqual(8000);
  });

  test('takes a dead route for what it is: acknowledged and silent, asked for again, then left', () => {
    const { open, pass, peers, told } = stageSession([ticker, book], { canaryOf: () => mark });
    open();
    pass(31);
    expect({
      renewed: told.facts,
      left: peers.sockets[0]?.terminated,
      live: told.states.includes('live'),
    }).toEqual({
      renewed: [`stream-renewed ticker ${PLAIN_BTC}`],
      left: true,
      live: false,
    });
  });

  test('takes how things stood when it asked for no sign of slow data, nor for its latency', () => {
    const quiet = ['A', 'B', 'C'].map(
      (coin): StreamKey => ({
        kind: 'trade',
        instrument: `plain:${coin}-USDT-PERP` as StreamKey['instrument'],
      }),
    );
    const latencies: number[] = [];
    const { open, pass, told, session, clock, peers } = stageSession(quiet, replacing, {
      clockOffset: () => 0,
      meterOf: () => ({
        frame: (_bytes, venueTime, receivedAt) => latencies.push(receivedAt - venueTime),
        published: () => undefined,
      }),
    });
    open();
    const lastTradedAt = clock.now() - 40_000;
    // Each begins with its last trade, now and again after every frame of ours that replaces the one before.
    const tellAll = () => {
      for (const [index, key] of quiet.entries())
        peers.last.say(tradeOf(key, 100 + index, lastTradedAt + index));
    };
    tellAll();
    pass(2);
    session.want(ticker);
    pass(1);
    tellAll();
    pass(3);
    for (const key of quiet) peers.last.say(tradeOf(key, 200, clock.now() - 30));
    pass(1);
    expect([told.states, latencies.filter((ms) => !Number.isNaN(ms))]).toEqual([
      ['connecting', 'subscribing', 'live', 'subscribing'],
      [30, 30, 30],
    ]);
  });

  test('asks less and less often for what asking does not help', () => {
    const eth: StreamKey = { kind: 'ticker', instrument: 'plain:ETH-USDT-PERP' as StreamKey['instrument'] };
    const { open, pass, told } = stageSession([ticker, eth]);
    open();
    pass(600, speaks);
    expect(told.facts.length).toBe(6);
  });
});
