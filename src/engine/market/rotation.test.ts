import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { StreamKey } from '#shared/domain/stream-key.ts';
import { figure } from '#shared/test-kit/figure.ts';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import type { BookRule, Venue } from '#venues/venue.ts';
import type { FakeSocket } from '../test-kit/fake-socket.ts';
import { deltaOf, PLAIN_BTC, plainVenue, tickerOf, tradeOf } from '../test-kit/plain-venue.ts';
import { stageSession } from '../test-kit/session-stage.ts';
import { createBook } from './book.ts';
import { rotationAge } from './rotation.ts';

const ticker: StreamKey = { kind: 'ticker', instrument: PLAIN_BTC };
const trade: StreamKey = { kind: 'trade', instrument: PLAIN_BTC };
const book: StreamKey = { kind: 'book', instrument: PLAIN_BTC };
const HOUR_MS = 3_600_000;

describe('renewing a socket', () => {
  test('comes at 23 h give or take half an hour, or an hour before whatever end the venue names', () => {
    const ages = [86_400_000, Number.POSITIVE_INFINITY, 12 * HOUR_MS, 600_000].map((life) =>
      [0, 0.5, 0.999_999].map((chance) => Math.round((rotationAge(life, chance) / HOUR_MS) * 100) / 100),
    );
    expect(ages).toEqual([
      [22.5, 23, 23.5],
      [22.5, 23, 23.5],
      [10.5, 11, 11.5],
      [0.08, 0.11, 0.13],
    ]);
  });

  /** A session whose two streams live on the first socket. */
  function live(more: Partial<Venue> = {}) {
    const stage = stageSession([ticker, trade], more);
    stage.open();
    const old = stage.peers.last;
    const say = (peer: FakeSocket, ...ids: number[]) => {
      for (const id of ids) peer.say(tradeOf(trade, id));
    };
    old.say(tickerOf(ticker));
    say(old, 1);
    stage.told.states.length = 0;
    return { ...stage, old, say };
  }

  test('at its age opens another socket, proves it while the old one delivers, and only then switches', () => {
    const { session, pass, peers, told, old, clock } = live();
    // Each live socket speaks: the very next check finds the new one proven.
    pass(22 * 3600 + 3000, (second, peer) => second % 2 === 0 && peer.say(tickerOf(ticker)));
    const before = peers.sockets.length;
    while (session.state.kind !== 'rotating') {
      clock.advance(1000);
      old.say(tickerOf(ticker));
      old.listener.pulse('pong');
    }
    const openedAfterMs = clock.monotonic();
    peers.last.listener.opened();
    clock.advance(300);
    const during = { state: session.state, old: old.terminated };
    peers.last.sent.splice(0).forEach((frame) => {
      peers.last.say(JSON.stringify({ kind: 'ack', requestId: JSON.parse(frame).requestId }));
    });
    peers.last.say(tickerOf(ticker));
    // The trade stream is quiet: taken on, and silent for five seconds.
    for (let step = 0; step < 6; step += 1) {
      clock.advance(1000);
      old.say(tickerOf(ticker));
    }
    expect({
      before,
      hours: Math.round(openedAfterMs / HOUR_MS),
      during,
      old: old.terminated,
      states: told.states,
      interrupted: told.interrupted,
      epoch: session.health().epoch,
      reconnects: session.health().reconnects,
    }).toEqual({
      before: 1,
      hours: 23,
      during: { state: { kind: 'rotating', reason: 'age' }, old: false },
      old: true,
      states: ['rotating', 'live'],
      interrupted: [],
      epoch: 2,
      reconnects: 0,
    });
  });

  test('begins when the venue announces its end, and when the person asks for a fresh connection', () => {
    const announced = live();
    announced.old.say(JSON.stringify({ kind: 'notice', reason: 'maintenance at noon' }));
    const asked = live();
    asked.session.reconnectNow();
    asked.session.reconnectNow();
    expect([announced.session.state, asked.session.state, asked.peers.sockets.length]).toEqual([
      { kind: 'rotating', reason: 'notice' },
      { kind: 'rotating', reason: 'user' },
      2,
    ]);
  });

  test('keeps the old socket when the new one cannot be proven within a minute, and tries again later', () => {
    const { session, pass, peers, told, old } = live();
    old.say(JSON.stringify({ kind: 'notice', reason: 'soon' }));
    pass(59, (_second, peer) => peer === old && peer.say(tickerOf(ticker)));
    const during = session.state.kind;
    pass(2, (_second, peer) => peer === old && peer.say(tickerOf(ticker)));
    const after = { state: session.state.kind, candidate: peers.sockets[1]?.terminated, old: old.terminated };
    pass(20, (_second, peer) => peer === old && peer.say(tickerOf(ticker)));
    expect({
      during,
      after,
      told: told.interrupted,
      troubles: told.troubles,
      again: session.state.kind,
    }).toEqual({
      during: 'rotating',
      after: { state: 'live', candidate: true, old: false },
      told: [],
      troubles: ['the new connection was not proven within 60 s'],
      again: 'rotating',
    });
  });

  test('is no excuse: a stream that is late meanwhile is called late', () => {
    const { session, pass, old } = live();
    session.reconnectNow();
    pass(8, (_second, peer) => peer !== old || peer.say(JSON.stringify({ kind: 'pong' })));
    expect(session.state.kind).toBe('degraded');
  });

  test('goes over to the new socket at once when the old one dies meanwhile, and says that something may be missing', () => {
    const { session, clock, peers, told, old, acknowledge } = live();
    session.reconnectNow();
    peers.last.listener.opened();
    clock.advance(20);
    acknowledge(peers.last);
    peers.last.say(tickerOf(ticker, 5));
    old.listener.closed({ code: 'socket.closed', detail: '1001' });
    peers.last.say(tradeOf(trade, 9));
    expect({
      state: session.state.kind,
      told: [told.interrupted, told.events.at(-1)],
      sockets: peers.sockets.length,
    }).toEqual({
      state: 'live',
      told: [[`ticker ${PLAIN_BTC},trade ${PLAIN_BTC}`], 'trade 9'],
      sockets: 2,
    });
  });

  test('takes a book over with the snapshot the new socket begins with', () => {
    const snapshot = (id: number) =>
      JSON.stringify({ ...JSON.parse(deltaOf(book, id)), kind: 'book-snapshot' });
    const rule: BookRule = {
      snapshot: 'stream',
      follow: plainVenue.book.follow,
      bridge(snapshotId, delta) {
        const outcome = plainVenue.book.follow(snapshotId, delta);
        return outcome === 'gap' ? 'early' : outcome;
      },
    };
    const applied: string[] = [];
    const local = createBook(rule);
    const { session, open, peers, told, clock, acknowledge } = stageSession(
      [book],
      { book: rule },
      {
        onEvent(event) {
          if (event.kind === 'book-snapshot') applied.push(`snapshot ${local.applySnapshot(event)}`);
          if (event.kind === 'book-delta') applied.push(`${event.lastUpdateId} ${local.applyDelta(event)}`);
        },
      },
    );
    open();
    const old = peers.last;
    old.say(snapshot(10));
    old.say(deltaOf(book, 11));
    session.reconnectNow();
    peers.last.listener.opened();
    clock.advance(20);
    acknowledge(peers.last);
    peers.last.say(snapshot(11));
    peers.last.say(deltaOf(book, 12));
    old.say(deltaOf(book, 12));
    clock.advance(250);
    peers.last.say(deltaOf(book, 13));
    expect({ applied, interrupted: told.interrupted, old: old.terminated }).toEqual({
      applied: ['snapshot live', '11 applied', '12 applied', 'snapshot live', '12 applied', '13 applied'],
      interrupted: [],
      old: true,
    });
  });
});

/** What one run of a market brought: trades and interruptions in order, and how the book took its deltas. */
interface Lived {
  readonly trades: (number | 'interrupted')[];
  readonly book: string[];
  sockets: number;
  rotations: number;
}

interface Storm {
  /** How late each socket is, ms: sockets take these in turn. */
  readonly lags: readonly number[];
  /** What happens, each so many ms after the one before. */
  readonly happenings: readonly {
    readonly kind: 'rotate' | 'drop old' | 'drop new' | 'pass';
    readonly ms: number;
  }[];
  /** How long it takes from one trade to the next, ms, in turn. */
  readonly paces: readonly number[];
}

/** A venue of trades and book changes, told over sockets that lag differently, while the session renews and loses them. */
function live({ lags, happenings, paces }: Storm): Lived {
  const clock = createVirtualClock();
  const lived: Lived = { trades: [], book: [], sockets: 0, rotations: 0 };
  const local = createBook(plainVenue.book);
  let nextId = 1;
  const stage = stageSession(
    [ticker, trade, book],
    {},
    {
      clock,
      onEvent(event) {
        if (event.kind === 'trade') lived.trades.push(Number(event.id));
        if (event.kind !== 'book-delta') return;
        const outcome = local.applyDelta(event);
        lived.book.push(outcome);
        // The snapshot a feed would fetch: the book as it is at this change.
        if (outcome === 'buffered' || outcome === 'gap') {
          local.applySnapshot({ ...event, kind: 'book-snapshot', lastUpdateId: event.lastUpdateId });
        }
      },
      onInterrupted(keys) {
        if (keys.some(({ kind }) => kind === 'trade')) lived.trades.push('interrupted');
        if (keys.some(({ kind }) => kind === 'book')) local.invalidate();
      },
      onState: (state) => {
        if (state.kind === 'rotating') lived.rotations += 1;
      },
    },
  );
  const { peers, session } = stage;
  const subscribed = new Set<FakeSocket>();
  const lagOf = (peer: FakeSocket) => lags[peers.sockets.indexOf(peer) % lags.length] ?? 0;
  const later = (peer: FakeSocket, ...texts: readonly string[]) =>
    clock.after(lagOf(peer), () => {
      for (const text of texts) if (!peer.terminated) peer.say(text);
    });
  /** Opens what connects and answers what is asked; from then on the socket is told what happens. */
  clock.every(20, () => {
    for (const peer of peers.sockets) {
      if (peer.terminated) continue;
      if (!subscribed.has(peer) && peer.sent.length === 0) peer.listener.opened();
      for (const frame of peer.sent.splice(0)) {
        const { requestId } = JSON.parse(frame);
        later(peer, JSON.stringify({ kind: 'ack', requestId }));
        subscribed.add(peer);
      }
      peer.listener.pulse('pong');
    }
  });
  const tell = (...texts: readonly string[]) => {
    for (const peer of peers.sockets) if (subscribed.has(peer) && !peer.terminated) later(peer, ...texts);
  };
  let turn = 0;
  const happen = () => {
    tell(tradeOf(trade, nextId), deltaOf(book, nextId));
    nextId += 1;
    clock.after(paces[turn++ % paces.length] ?? 100, happen);
  };
  clock.after(100, happen);
  clock.every(1000, () => tell(tickerOf(ticker, clock.now())));
  clock.advance(10_000);
  for (const { kind, ms } of happenings) {
    clock.advance(ms);
    const alive = peers.sockets.filter(({ terminated }) => !terminated);
    if (kind === 'rotate') session.reconnectNow();
    if (kind === 'drop old') alive[0]?.listener.closed({ code: 'socket.reset', detail: '' });
    if (kind === 'drop new') alive[1]?.listener.closed({ code: 'socket.reset', detail: '' });
  }
  clock.advance(12_000);
  lived.sockets = peers.sockets.length;
  session.dispose();
  return lived;
}

/** Ids that were passed over without a word, and ids told twice or out of turn. */
function faultsOf(trades: Lived['trades']): readonly string[] {
  const faults: string[] = [];
  let last: number | undefined;
  let isExcused = true;
  for (const one of trades) {
    if (one === 'interrupted') {
      isExcused = true;
      continue;
    }
    if (last !== undefined && one <= last) faults.push(`${one} after ${last}`);
    if (last !== undefined && one > last + 1 && !isExcused) faults.push(`hole before ${one}`);
    last = Math.max(last ?? 0, one);
    isExcused = false;
  }
  return faults;
}

describe('trades and books over renewed sockets', () => {
  const ms = fc.integer({ min: 0, max: 4000 });
  const storm = (kinds: readonly ('rotate' | 'drop old' | 'drop new' | 'pass')[]) =>
    fc.record({
      lags: fc.array(fc.integer({ min: 0, max: 1500 }), { minLength: 1, maxLength: 5 }),
      paces: fc.array(fc.integer({ min: 40, max: 3000 }), { minLength: 1, maxLength: 6 }),
      happenings: fc.array(fc.record({ kind: fc.constantFrom(...kinds), ms }), {
        minLength: 1,
        maxLength: 8,
      }),
    });

  test('lose and double nothing, and need no repair, as long as the old socket lives until it is replaced', () => {
    let rotations = 0;
    fc.assert(
      fc.property(storm(['rotate', 'drop new', 'pass']), (one) => {
        const lived = live(one);
        rotations += lived.rotations;
        expect({
          faults: faultsOf(lived.trades),
          interruptions: lived.trades.filter((told) => told === 'interrupted').length,
          repairs: lived.book.filter((outcome) => outcome !== 'applied' && outcome !== 'stale').length,
        }).toEqual({ faults: [], interruptions: 0, repairs: 1 });
      }),
      { numRuns: 1000 },
    );
    figure('G8', 'renewals without a trade missing or doubled', rotations, 'renewals');
    expect(rotations).toBeGreaterThan(1000);
  });

  test('lose nothing without a word and double nothing under random drops of either', () => {
    fc.assert(
      fc.property(storm(['rotate', 'drop old', 'drop new', 'pass']), (one) => {
        expect(faultsOf(live(one).trades)).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });
});
