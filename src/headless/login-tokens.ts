import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Clock } from '#shared/base/clock.ts';
import { createGuessLock, type GuessLock } from './guess-lock.ts';

const LIFE_MS = 60_000;
const REMEMBERED = 16;

export type Redeemed =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'wrong'; readonly why: 'unknown' | 'used' | 'expired' }
  | { readonly kind: 'locked'; readonly retryAfterMs: number };

export interface LoginTokens {
  /** A fresh 256-bit token, good once and for 60 s. Every token before it is no longer good. */
  issue(): string;
  /** Ten wrong ones within a minute lock everybody out for a minute, the right token included. */
  redeem(token: string): Redeemed;
}

interface Issued {
  readonly digest: Buffer;
  readonly expiresAt: number;
  used: boolean;
}

export function createLoginTokens(clock: Clock, lock: GuessLock = createGuessLock(clock)): LoginTokens {
  let issued: readonly Issued[] = [];

  const judge = (token: string, now: number): Redeemed => {
    const digest = sha256(token);
    // Every remembered one is compared, so that the time taken tells nothing.
    const match = issued.filter((one) => timingSafeEqual(one.digest, digest))[0];
    if (match === undefined) return { kind: 'wrong', why: 'unknown' };
    if (match.used) return { kind: 'wrong', why: 'used' };
    if (match !== issued[0] || now >= match.expiresAt) return { kind: 'wrong', why: 'expired' };
    match.used = true;
    return { kind: 'accepted' };
  };

  return {
    issue() {
      const token = randomBytes(32).toString('base64url');
      const expiresAt = clock.monotonic() + LIFE_MS;
      // The old ones are remembered only to tell the person what is wrong with their link.
      issued = [{ digest: sha256(token), expiresAt, used: false }, ...issued].slice(0, REMEMBERED);
      return token;
    },
    redeem(token) {
      const retryAfterMs = lock.lockedForMs();
      if (retryAfterMs > 0) return { kind: 'locked', retryAfterMs };
      const outcome = judge(token, clock.monotonic());
      if (outcome.kind === 'wrong') lock.wrong();
      return outcome;
    },
  };
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
