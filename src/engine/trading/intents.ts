import { randomBytes } from 'node:crypto';
import type { Clock } from '#shared/base/clock.ts';
import { HeartlineError } from '#shared/base/errors.ts';

/**
 * Permissions for one order each, handed out ahead of the click. However often a click is repeated, by a key held down, by
 * a second window or by a replayed message: the token is good once.
 */
export interface Intents {
  /** `token`: 256 random bits, lower-case hex. `expiresAt`: wall ms. */
  issue(): { readonly token: string; readonly expiresAt: number };
  /** Uses it up. Throws `intent.used`, `intent.expired`, `intent.unknown`. */
  take(token: string): void;
}

const LIFE_MS = 10_000;
/** How long it is told apart what was used, what came too late, and what never was. */
const REMEMBERED_MS = 60_000;
/** Windows ask for one ahead of a click; whoever asks for many at once loses the oldest. */
const OUTSTANDING = 64;
const REMEMBERED = 4096;

interface Spent {
  readonly code: 'intent.used' | 'intent.expired';
  readonly until: number;
}

export function createIntents(clock: Clock): Intents {
  /** Oldest first: when each ends, monotonic. */
  const good = new Map<string, number>();
  const spent = new Map<string, Spent>();

  function spend(token: string, code: Spent['code'], now: number): void {
    good.delete(token);
    spent.set(token, { code, until: now + REMEMBERED_MS });
  }

  function clean(now: number): void {
    for (const [token, until] of good) {
      if (until > now) break;
      spend(token, 'intent.expired', now);
    }
    for (const [token, { until }] of spent) {
      if (until > now && spent.size <= REMEMBERED) break;
      spent.delete(token);
    }
  }

  return {
    issue() {
      const now = clock.monotonic();
      clean(now);
      for (const token of good.keys()) {
        if (good.size < OUTSTANDING) break;
        spend(token, 'intent.expired', now);
      }
      const token = randomBytes(32).toString('hex');
      good.set(token, now + LIFE_MS);
      return { token, expiresAt: clock.now() + LIFE_MS };
    },
    take(token) {
      const now = clock.monotonic();
      clean(now);
      if (good.has(token)) {
        spend(token, 'intent.used', now);
        return;
      }
      const code = spent.get(token)?.code ?? 'intent.unknown';
      const words = {
        'intent.used': 'this click was taken already',
        'intent.expired': 'this click came too late',
        'intent.unknown': 'nobody was given this permission',
      };
      throw new HeartlineError(code, words[code]);
    },
  };
}
