import type { Settings } from '#shared/contract/settings.ts';
import { mostStaleMs } from '#shared/domain/setting-bounds.ts';
import { BACKOFF, type BackoffRule } from './net/backoff.ts';
import type { HeartbeatRule } from './net/heartbeat.ts';
import type { SlowDownRule } from './net/slow-down.ts';

/**
 * The numbers a person can set, in the words of those who work by them. Asked for every time, so that a change holds from
 * the next look on.
 */
export interface Tuning {
  heartbeat(): HeartbeatRule;
  backoff(): BackoffRule;
  slowDown(): SlowDownRule;
  /** Longest silence of data that is believed of a venue, ms. */
  staleAfterMs(venue: string): number;
  priceCache(): { readonly size: number; readonly ttlMs: number };
  /** Whether a venue's market data is to come compressed. */
  isCompressed(venue: string): boolean;
}

export type TunedSettings = Pick<Settings, 'connections' | 'rates' | 'priceCache'>;

/** A quiet connection is asked at least this often, however seldom a busy one is. */
const CHECK_MOST_MS = 2000;
/** So many questions without a byte, and the peer is gone. */
const UNANSWERED = 3;

export function createTuning(settings: () => TunedSettings): Tuning {
  return {
    heartbeat() {
      const { heartbeatMs } = settings().connections;
      const checkEveryMs = Math.min(heartbeatMs, CHECK_MOST_MS);
      return { checkEveryMs, pingEveryMs: heartbeatMs, silentAfterMs: UNANSWERED * checkEveryMs };
    },
    backoff() {
      const { connections } = settings();
      return {
        ...BACKOFF,
        baseMs: connections.backoffBaseMs,
        factor: connections.backoffFactor,
        capMs: connections.backoffCapMs,
        jitter: connections.backoffJitter,
        quickAttempts: connections.quickAttempts,
      };
    },
    slowDown: () => settings().rates,
    staleAfterMs(venue) {
      const { venueStaleAfterMs, staleAfterMs } = settings().connections;
      const own = Object.hasOwn(venueStaleAfterMs, venue) ? venueStaleAfterMs[venue] : undefined;
      return Math.min(own ?? staleAfterMs, mostStaleMs(venue));
    },
    priceCache: () => settings().priceCache,
    isCompressed(venue) {
      const { compression } = settings().connections;
      return Object.hasOwn(compression, venue) && compression[venue] === true;
    },
  };
}
