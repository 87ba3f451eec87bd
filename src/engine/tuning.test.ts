import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { FIRST_SETTINGS } from '#shared/contract/first-settings.ts';
import { settingsSchema } from '#shared/contract/settings.ts';
import type { StreamKey } from '#shared/domain/stream-key.ts';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import { venues } from '#venues/registry.ts';
import { createEventLog } from './health/event-log.ts';
import { createPriceCache } from './market/price-cache.ts';
import { createSessionPool } from './market/session-pool.ts';
import { createLimiter } from './net/limiter.ts';
import { createFakeSockets } from './test-kit/fake-socket.ts';
import { PLAIN_BTC, plainVenue, tradeOf } from './test-kit/plain-venue.ts';
import { createTuning, type TunedSettings } from './tuning.ts';

const trade: StreamKey = { kind: 'trade', instrument: PLAIN_BTC };

type Change = {
  readonly connections?: Partial<TunedSettings['connections']>;
  readonly rates?: Partial<TunedSettings['rates']>;
  readonly priceCache?: Partial<TunedSettings['priceCache']>;
};

/** A venue's sockets under settings that can be changed while they run. */
function stage() {
  let settings: TunedSettings = FIRST_SETTINGS;
  const clock = createVirtualClock();
  const peers = createFakeSockets();
  const tuning = createTuning(() => settings);
  const waits: number[] = [];
  const exhausted: boolean[] = [];
  const kinds: string[] = [];
  const pool = createSessionPool({
    venue: plainVenue,
    endpoints: { rest: '', ws: 'ws://127.0.0.1:1' },
    clock,
    log: createEventLog(clock),
    openSocket: peers.open,
    decoderOptions: {},
    tuning,
    onEvent: () => undefined,
    onInterrupted: () => undefined,
    onTransition({ state, at }) {
      kinds.push(state.kind);
      if (state.kind !== 'waiting') return;
      waits.push(Math.round(state.retryAt - at));
      exhausted.push(state.exhausted);
    },
    countsOf: () => ({ gaps: 0, resyncs: 0 }),
  });
  clock.every(1000, () => pool.second());
  pool.want(trade);
  return {
    clock,
    peers,
    pool,
    tuning,
    waits,
    exhausted,
    kinds,
    change(part: Change) {
      settings = {
        connections: { ...settings.connections, ...part.connections },
        rates: { ...settings.rates, ...part.rates },
        priceCache: { ...settings.priceCache, ...part.priceCache },
      };
    },
    open() {
      peers.last.listener.opened();
      clock.advance(10);
      for (const frame of peers.last.sent.splice(0)) {
        peers.last.say(JSON.stringify({ kind: 'ack', requestId: JSON.parse(frame).requestId }));
      }
      peers.last.say(tradeOf(trade, 1));
    },
    /** Every try is refused. */
    refuse(times: number) {
      for (let time = 0; time < times; time += 1) {
        const { length } = peers.sockets;
        peers.last.listener.closed({ code: 'socket.refused', detail: '' });
        while (peers.sockets.length === length) clock.advance(100);
      }
    },
  };
}

/** What a place does under the defaults, and under one setting changed while it runs. */
type Probe = (change: Change | undefined) => unknown;

const pingsOfBusyLink: Probe = (change) => {
  const { clock, peers, open, change: set } = stage();
  open();
  if (change) set(change);
  let id = 2;
  const talk = (halfSeconds: number) => {
    for (const end = id + halfSeconds; id < end; id += 1) {
      clock.advance(500);
      peers.last.listener.pulse('pong');
      peers.last.say(tradeOf(trade, id));
    }
  };
  talk(20);
  const before = peers.last.pings;
  talk(40);
  return peers.last.pings - before;
};

const secondsUntilStale: Probe = (change) => {
  const { clock, peers, open, kinds, change: set } = stage();
  open();
  if (change) set(change);
  for (let second = 1; second < 60; second += 1) {
    clock.advance(1000);
    peers.last.listener.pulse('pong');
    if (kinds.includes('stale') || kinds.includes('waiting')) return second;
  }
  return undefined;
};

const waitsOf =
  (chance: number): Probe =>
  (change) => {
    const { clock, refuse, waits, change: set } = stage();
    (clock as { random: () => number }).random = () => chance;
    if (change) set(change);
    refuse(7);
    return waits;
  };

const saysFailed: Probe = (change) => {
  const { refuse, exhausted, change: set } = stage();
  if (change) set(change);
  refuse(7);
  return exhausted;
};

const compressed: Probe = (change) => {
  const { peers, refuse, change: set } = stage();
  if (change) set(change);
  refuse(1);
  return peers.sockets.map(({ isCompressed }) => isCompressed);
};

const believed: Probe = (change) => {
  const { tuning, change: set } = stage();
  if (change) set(change);
  return ['plain', 'upbit', 'binance'].map(tuning.staleAfterMs);
};

/** The pace of REST calls after each of four failures, and again later. */
const pace: Probe = (change) => {
  const { clock, tuning, change: set } = stage();
  const limiter = createLimiter({
    clock,
    venue: plainVenue.id,
    budgets: plainVenue.limits.budgets,
    profile: () => 'balanced',
    slowDown: tuning.slowDown,
  });
  if (change) set(change);
  const factor = () => Math.round((limiter.gauges()[0]?.factor ?? 0) * 1000) / 1000;
  const seen: number[] = [];
  for (let failure = 0; failure < 4; failure += 1) {
    clock.advance(100);
    limiter.failed(clock.monotonic());
    seen.push(factor());
  }
  clock.advance(45_000);
  return [...seen, factor()];
};

/** Likewise of frames on sockets. */
const frames: Probe = (change) => {
  const { pool, peers, clock, change: set } = stage();
  if (change) set(change);
  const seen: number[] = [];
  for (let failure = 0; failure < 4; failure += 1) {
    peers.last.listener.closed({ code: 'rate-limit', detail: '' }, 10);
    seen.push(Math.round((pool.gauges()[0]?.factor ?? 0) * 1000) / 1000);
    clock.advance(9000);
  }
  return seen;
};

/** Which of 150 prices are still there, at once and eight seconds later. */
const cached: Probe = (change) => {
  const { clock, tuning, change: set } = stage();
  const cache = createPriceCache<number, string>({ clock, bounds: tuning.priceCache });
  for (let key = 0; key < 150; key += 1) cache.put(key, 'price');
  if (change) set(change);
  cache.put(150, 'price');
  const held = () => Array.from({ length: 151 }, (_, key) => cache.peek(key)).filter(Boolean).length;
  const now = held();
  clock.advance(8000);
  return [now, held()];
};

const PROBES: readonly [path: string, probe: Probe, change: Change, usual: unknown, changed: unknown][] = [
  ['connections.heartbeatMs', pingsOfBusyLink, { connections: { heartbeatMs: 1000 } }, 3, 20],
  ['connections.staleAfterMs', secondsUntilStale, { connections: { staleAfterMs: 10_000 } }, 31, 11],
  [
    'connections.venueStaleAfterMs',
    secondsUntilStale,
    { connections: { venueStaleAfterMs: { plain: 20_000 } } },
    31,
    21,
  ],
  [
    'connections.venueStaleAfterMs, which no file can stretch beyond what a venue deserves',
    believed,
    { connections: { venueStaleAfterMs: { plain: 9e9, upbit: 9e9, binance: 12_000 } } },
    [30_000, 60_000, 30_000],
    [30_000, 60_000, 12_000],
  ],
  [
    'connections.backoffBaseMs',
    waitsOf(0.5),
    { connections: { backoffBaseMs: 500 } },
    [1000, 2000, 4000, 8000, 16_000, 30_000, 30_000],
    [500, 1000, 2000, 4000, 8000, 30_000, 30_000],
  ],
  [
    'connections.backoffFactor',
    waitsOf(0.5),
    { connections: { backoffFactor: 1.5 } },
    [1000, 2000, 4000, 8000, 16_000, 30_000, 30_000],
    [1000, 1500, 2250, 3375, 5063, 30_000, 30_000],
  ],
  [
    'connections.backoffCapMs',
    waitsOf(0.5),
    { connections: { backoffCapMs: 5000 } },
    [1000, 2000, 4000, 8000, 16_000, 30_000, 30_000],
    [1000, 2000, 4000, 5000, 5000, 5000, 5000],
  ],
  [
    'connections.backoffJitter',
    waitsOf(0),
    { connections: { backoffJitter: 0.1 } },
    [500, 1000, 2000, 4000, 8000, 15_000, 15_000],
    [900, 1800, 3600, 7200, 14_400, 27_000, 27_000],
  ],
  [
    'connections.quickAttempts',
    saysFailed,
    { connections: { quickAttempts: 2 } },
    [false, false, false, false, false, true, true],
    [false, false, true, true, true, true, true],
  ],
  [
    'connections.compression',
    compressed,
    { connections: { compression: { plain: true } } },
    [false, false],
    [false, true],
  ],
  ['rates.errors', pace, { rates: { errors: 1 } }, [1, 1, 0.7, 0.49, 0.49], [0.7, 0.49, 0.343, 0.24, 0.24]],
  ['rates.errors, of frames', frames, { rates: { errors: 2 } }, [1, 1, 0.7, 0.49], [1, 0.7, 0.49, 0.343]],
  ['rates.reduction', pace, { rates: { reduction: 0.5 } }, [1, 1, 0.7, 0.49, 0.49], [1, 1, 0.5, 0.25, 0.25]],
  [
    'rates.recoveryMs',
    pace,
    { rates: { recoveryMs: 30_000 } },
    [1, 1, 0.7, 0.49, 0.49],
    [1, 1, 0.7, 0.49, 1],
  ],
  ['priceCache.size', cached, { priceCache: { size: 100 } }, [151, 151], [100, 100]],
  ['priceCache.ttlMs', cached, { priceCache: { ttlMs: 5000 } }, [151, 151], [151, 0]],
];

describe('the numbers a person can set', () => {
  test.each(PROBES)('%s reaches its place while it runs', (_path, probe, change, usual, changed) => {
    expect([probe(undefined), probe(change)]).toEqual([usual, changed]);
  });

  test('are, untouched, what each venue itself asks for', () => {
    const { tuning } = stage();
    expect(venues.map(({ id }) => [id, tuning.staleAfterMs(id)])).toEqual(
      venues.map(({ id, limits }) => [id, limits.staleAfterMs]),
    );
  });

  test('never make a dead peer go unnoticed for longer than eight seconds, whatever is allowed', () => {
    const { tuning, change } = stage();
    const worst = [1000, 2000, 3500, 5000].map((heartbeatMs) => {
      change({ connections: { heartbeatMs } });
      const { checkEveryMs, silentAfterMs } = tuning.heartbeat();
      return checkEveryMs + silentAfterMs;
    });
    expect(worst).toEqual([4000, 8000, 8000, 8000]);
  });
});

describe('every key of the settings', () => {
  const ROOT = new URL('../', import.meta.url);
  /** Where settings are described, defaulted, offered and moved about: none of that is use. */
  const NO_USE =
    /^shared[\\/]|\.test\.|test-kit|renderer[\\/](?:i18n|panels[\\/]settings)|engine[\\/](?:default-settings|read-settings|settings)\.ts/;
  const sources = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path) && !NO_USE.test(path))
    .map((path) => readFileSync(new URL(path, ROOT), 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, ''));

  function leavesOf(shape: Readonly<Record<string, z.ZodType>>, before = ''): string[] {
    return Object.entries(shape).flatMap(([key, type]) => {
      const inner = (type as { readonly shape?: Readonly<Record<string, z.ZodType>> }).shape;
      return inner ? leavesOf(inner, `${before}${key}.`) : [`${before}${key}`];
    });
  }

  const isProven = (path: string) => PROBES.some(([proven]) => proven === path);
  /** `.staleAfterMs`, or `{ staleAfterMs` out of something. */
  const isRead = (path: string) => {
    const key = path.slice(path.lastIndexOf('.') + 1);
    const use = new RegExp(`\\.${key}\\b|\\{[^{}]*\\b${key}\\b[^{}]*\\}\\s*(?:=[^=>]|:|\\))`);
    return sources.some((text) => use.test(text));
  };

  test('is read by somebody besides those who keep and offer it', () => {
    const unread = leavesOf(settingsSchema.shape).filter((path) => !isProven(path) && !isRead(path));
    expect(unread).toEqual([]);
  });

  test('of the engine’s own sections is proven to reach its place', () => {
    const { connections, rates, priceCache } = settingsSchema.shape;
    expect(leavesOf({ connections, rates, priceCache }).filter((path) => !isProven(path))).toEqual([]);
  });
});
