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
import { PLAIN_BTC, plainVenue } from '../test-kit/plain-venue.ts';
import { createVenueMarket } from './venue-market.ts';

const IMPOSSIBLE = instrumentId('plain:NO-SUCH-PERP');
const settle = async () => {
  for (let turn = 0; turn < 80; turn += 1) await Promise.resolve();
};
const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup();
});

function start(isReachable = true, failFirst = 0) {
  let failures = failFirst;
  const clock = createVirtualClock();
  const log = createEventLog(clock);
  const peers = createFakeSockets();
  const candleClocks: number[] = [];
  const venue: Venue = {
    ...plainVenue,
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
    const publisher = createPublisher({ marketOf: () => market, log, health: () => ({}) as never });
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
    const publisher = createPublisher({ marketOf: () => market, log, health: () => ({}) as never });
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
    const publisher = createPublisher({ marketOf: () => market, log, health: () => ({}) as never });
    const source = publisher.watches.log({}, () => undefined);
    for (let index = 0; index < 5000; index += 1) log.add('warn', 'x', String(index));
    const taken = source.take();
    expect([taken?.length, taken?.at(-1)?.message]).toEqual([1000, '4999']);
  });
});
