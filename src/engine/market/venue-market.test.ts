import { afterEach, describe, expect, test } from 'vitest';
import { HeartlineError } from '#shared/base/errors.ts';
import { type InstrumentId, instrumentId } from '#shared/domain/instrument.ts';
import type { StreamKey } from '#shared/domain/stream-key.ts';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import type { Venue } from '#venues/venue.ts';
import { createEventLog } from '../health/event-log.ts';
import { createRestClient } from '../net/rest-client.ts';
import { createPublisher } from '../publisher/publisher.ts';
import { createFakeSockets } from '../test-kit/fake-socket.ts';
import { deltaOf, PLAIN_BTC, plainVenue, tickerOf, tradeOf } from '../test-kit/plain-venue.ts';
import { createVenueMarket } from './venue-market.ts';

const IMPOSSIBLE = instrumentId('plain:NO-SUCH-PERP');
const settle = async () => {
  for (let turn = 0; turn < 80; turn += 1) await Promise.resolve();
};
const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup();
});

function start(isReachable = true, failFirst = 0, more: Partial<Venue> = {}) {
  let failures = failFirst;
  const clock = createVirtualClock();
  const log = createEventLog(clock);
  const peers = createFakeSockets();
  const candleClocks: number[] = [];
  const venue: Venue = {
    ...plainVenue,
    ...more,
    limits: { ...plainVenue.limits, maxStreamsPerConnection: 100 },
    channelOf(stream) {
      if (stream.instrument === IMPOSSIBLE) throw new HeartlineError('instrument.unknown', 'no such thing');
      return plainVenue.channelOf(stream);
    },
    rest: {
      ...plainVenue.rest,
      serverTime: () => ({ path: '/time', scope: 'all', weight: 1, parse: () => clock.now() - 120_000 }),
      candles: ({ now }) => {
        candleClocks.push(now - clock.now());
        return plainVenue.rest.candles();
      },
    },
  };
  const rest = createRestClient({
    venue,
    baseUrl: '',
    clock,
    fetch: () =>
      failures-- > 0
        ? Promise.reject(new Error('no network'))
        : isReachable
          ? Promise.resolve({ status: 200, headers: { get: () => null }, text: () => Promise.resolve('[]') })
          : new Promise(() => undefined),
  });
  const market = createVenueMarket({
    venue,
    endpoints: { rest: '', ws: '' },
    clock,
    log,
    rest,
    openSocket: peers.open,
  });
  cleanups.push(() => market.dispose());
  const held = () => market.health().flatMap(({ streams }) => streams.map(({ stream }) => stream));
  return { clock, log, market, held, candleClocks, peers };
}

describe('venue market', () => {
  test('refuses what the venue cannot have every time, and keeps nothing of it', () => {
    const { market, held } = start();
    const refused = () => market.hold({ kind: 'book', instrument: IMPOSSIBLE });
    expect(refused).toThrow('no such thing');
    expect(refused).toThrow('no such thing');
    expect([held(), market.book(IMPOSSIBLE)]).toEqual([[], undefined]);
  });

  test('lets go of the others when one instrument of a watchlist is refused', () => {
    const { market, log, held } = start();
    const publisher = createPublisher({
      marketOf: () => market,
      watchEach: (visit) => visit(market),
      log,
      health: () => ({}) as never,
    });
    const watch = () => publisher.watches.tickers({ instruments: [PLAIN_BTC, IMPOSSIBLE] }, () => undefined);
    expect(watch).toThrow('no such thing');
    expect(held()).toEqual([]);
  });

  test.each([true, false])(
    'leaves no residue of 200 instrument switches (venue answers: %s)',
    async (answers) => {
      const { clock, market, held } = start(answers);
      const visit = async (instrument: InstrumentId) => {
        const kinds = ['ticker', 'top', 'trade', 'mark', 'book'] as const;
        const streams: StreamKey[] = kinds.map((kind) => ({ kind, instrument }));
        streams.push({ kind: 'candle', instrument, interval: '1m' });
        const undo = streams.map((stream) => market.hold(stream));
        market.tape(instrument);
        await settle();
        for (const one of undo) one();
        await settle();
      };
      const residue = () => ({ timers: clock.pendingTimers, held: held(), book: market.book(PLAIN_BTC) });
      await visit(PLAIN_BTC);
      clock.advance(60_000);
      await settle();
      const before = residue();
      for (let index = 0; index < 200; index += 1) await visit(instrumentId(`plain:A${index}-USDT-PERP`));
      clock.advance(60_000);
      await settle();
      expect(residue()).toEqual(before);
    },
  );

  test('does not talk everything else out of the log while its REST is away for an hour', async () => {
    const { clock, market, log } = start(true, Number.POSITIVE_INFINITY);
    for (let index = 0; index < 10; index += 1) {
      const instrument = instrumentId(`plain:A${index}-USDT-PERP`);
      market.hold({ kind: 'trade', instrument });
      market.hold({ kind: 'candle', instrument, interval: '1m' });
      market.tape(instrument);
    }
    log.add('warn', 'incident.begun', 'what happened first');
    for (let step = 0; step < 1200; step += 1) {
      clock.advance(3000);
      await settle();
    }
    const codes = new Set(log.entries.map(({ code }) => code));
    expect([codes.has('incident.begun'), codes.has('rest.unreachable'), codes.has('rest.circuit')]).toEqual([
      true,
      true,
      false,
    ]);
  });

  test('takes no latest candle for closed on a clock it has not compared with the venue’s', async () => {
    const { market, candleClocks } = start();
    const load = () => market.loadCandles({ instrument: PLAIN_BTC, interval: '1m', limit: 5 });
    const early = load();
    await settle();
    await early;
    await load();
    expect(candleClocks.map((ahead) => (ahead < -1e12 ? 'unknown' : ahead))).toEqual(['unknown', -120_000]);
  });

  test('says that an instrument is unknown as soon as the list is in, though there was no network at first', async () => {
    const { clock, market, log } = start(true, 6);
    const publisher = createPublisher({
      marketOf: () => market,
      watchEach: (visit) => visit(market),
      log,
      health: () => ({}) as never,
    });
    let changes = 0;
    const source = publisher.watches.book({ instrument: PLAIN_BTC, depth: 5 }, () => {
      changes += 1;
    });
    source.take();
    for (let second = 0; second < 60 && changes === 0; second += 1) {
      clock.advance(1000);
      publisher.second();
      await settle();
    }
    expect(() => source.take()).toThrow(`Plain does not list ${PLAIN_BTC}`);
    source.dispose();
  });

  test('keeps a bounded log for a window that does not take it', () => {
    const { market, log } = start();
    const publisher = createPublisher({
      marketOf: () => market,
      watchEach: (visit) => visit(market),
      log,
      health: () => ({}) as never,
    });
    const source = publisher.watches.log({}, () => undefined);
    for (let index = 0; index < 5000; index += 1) log.add('warn', 'x', String(index));
    const taken = source.take();
    expect([taken?.length, taken?.at(-1)?.message]).toEqual([1000, '4999']);
  });
});

describe('a venue market under supervision', () => {
  const ticker: StreamKey = { kind: 'ticker', instrument: PLAIN_BTC };
  const trade: StreamKey = { kind: 'trade', instrument: PLAIN_BTC };

  test('an address that is banned at the door of the sockets asks nothing over REST either until that is over', async () => {
    const { clock, market, peers } = start();
    market.hold({ kind: 'ticker', instrument: PLAIN_BTC });
    await settle();
    peers.last.listener.closed({ code: 'ban', detail: 'handshake answered with HTTP 418' }, 120_000);
    const ask = () =>
      market.restRoundTrip?.().then(
        () => 'asked',
        (fault: HeartlineError) => fault.code,
      );
    const during = await ask();
    clock.advance(121_000);
    const after = ask();
    await settle();
    expect([during, await after]).toEqual(['rest.silent', 'asked']);
  });

  test('tells every change of its connections, and keeps what is held through a pause', () => {
    const { market, peers, held } = start();
    const told: string[] = [];
    market.onTransition(({ connection, state }) => told.push(`${connection} ${state.kind}`));
    market.hold(ticker);
    market.pause();
    const paused = [market.isPaused, held()];
    market.reconnectNow();
    market.resume();
    expect({ paused, isPaused: market.isPaused, told, sockets: peers.sockets.length }).toEqual({
      paused: [true, [`ticker ${PLAIN_BTC}`]],
      isPaused: false,
      told: ['plain/all connecting', 'plain/all paused', 'plain/all connecting'],
      sockets: 2,
    });
  });

  test('after a sleep replaces its sockets, interrupts what was held and compares the clocks again', async () => {
    const { market, peers, clock } = start();
    const told: string[] = [];
    market.onTransition(({ state }) =>
      told.push('cause' in state ? `${state.kind} ${state.cause.code}` : state.kind),
    );
    market.hold(ticker);
    peers.last.listener.opened();
    peers.last.say(tickerOf(ticker));
    await settle();
    market.wake('resume');
    market.wake('link');
    clock.advance(1000);
    expect({ told, old: peers.sockets[0]?.terminated, sockets: peers.sockets.length }).toEqual({
      told: ['connecting', 'subscribing', 'live', 'stale resume', 'connecting'],
      old: true,
      sockets: 2,
    });
  });

  test('tells what it did about gaps: of a book, and of trades whose ids were passed over', async () => {
    const { market, peers, clock } = start(true, 0, {
      tradeFollows: (previousId, id) => Number(id) === Number(previousId) + 1,
      book: { ...plainVenue.book, snapshot: 'stream' },
    });
    const book: StreamKey = { kind: 'book', instrument: PLAIN_BTC };
    const told: string[] = [];
    market.onFact((fact, at) =>
      told.push(`${fact.kind} ${fact.stream} ${'missed' in fact ? fact.missed : ''} ${at - clock.now()}`),
    );
    market.hold(book);
    market.hold(trade);
    peers.last.listener.opened();
    const snapshot = (id: number) =>
      JSON.stringify({ ...JSON.parse(deltaOf(book, id)), kind: 'book-snapshot' });
    peers.last.say(snapshot(10));
    peers.last.say(deltaOf(book, 12));
    peers.last.say(snapshot(13));
    for (const id of [1, 2, 5]) peers.last.say(tradeOf(trade, id));
    await settle();
    expect(told.map((line) => line.replace(/ +/g, ' '))).toEqual([
      `book-gap book ${PLAIN_BTC} 0`,
      `book-resynced book ${PLAIN_BTC} 0`,
      `trades-recovered trade ${PLAIN_BTC} 2 0`,
    ]);
  });
});
