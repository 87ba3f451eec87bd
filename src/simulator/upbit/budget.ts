import type { Clock } from '#shared/base/clock.ts';
import { type Charged, errorAnswer } from '../korean/error-answer.ts';

const PER_SECOND = 10;
/** Requests of one account (a pocket): all its keys share them. */
const PRIVATE_PER_SECOND: Readonly<Record<string, number>> = { default: 30, order: 12, 'order-test': 12 };
const CANCEL_ALL_EVERY_MS = 2000;
const ORIGIN_EVERY_MS = 10_000;
/** Requests answered 429 in a row before the venue blocks the address. */
const PATIENCE = 10;
const FIRST_BLOCK_S = 10;
const MAX_BLOCK_S = 600;
/** Tells nothing any more; the venue still writes it. */
const REMAINING_MINUTE = 600;

export type Verdict =
  | { readonly kind: 'ok'; readonly left: number }
  | { readonly kind: 'limited' }
  | { readonly kind: 'blocked'; readonly seconds: number };

/**
 * Requests per second of all clients together, who share one address: ten for each public group of endpoints. Private
 * groups are counted by account.
 */
export class UpbitBudget {
  readonly #clock: Clock;
  #second = 0;
  readonly #used = new Map<string, number>();
  #ignored = 0;
  #blockedUntil = 0;
  #blockS = FIRST_BLOCK_S;
  readonly #canceledAllAt = new Map<string, number>();
  #originAt = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  charge(group: string, hasOrigin: boolean): Verdict {
    return this.#charge(group, PER_SECOND, () => !hasOrigin || this.takeOrigin());
  }

  /** Counts a request of an account. */
  chargePrivate(group: string, account: string): Verdict {
    if (group !== 'order-cancel-all') {
      return this.#charge(`${account} ${group}`, PRIVATE_PER_SECOND[group] ?? PER_SECOND, () => true);
    }
    return this.#charge(`${account} ${group}`, 1, () => {
      const now = this.#clock.monotonic();
      if (now - (this.#canceledAllAt.get(account) ?? Number.NEGATIVE_INFINITY) < CANCEL_ALL_EVERY_MS)
        return false;
      this.#canceledAllAt.set(account, now);
      return true;
    });
  }

  #charge(name: string, perSecond: number, mayGoOn: () => boolean): Verdict {
    const now = this.#clock.monotonic();
    if (now < this.#blockedUntil) {
      return { kind: 'blocked', seconds: Math.ceil((this.#blockedUntil - now) / 1000) };
    }
    const second = Math.floor(now / 1000);
    if (second !== this.#second) {
      // A second without a refusal is enough to be forgiven.
      if (second > this.#second + 1) this.#ignored = 0;
      this.#second = second;
      this.#used.clear();
    }
    const used = (this.#used.get(name) ?? 0) + 1;
    this.#used.set(name, used);
    if (used <= perSecond && mayGoOn()) return { kind: 'ok', left: perSecond - used };
    this.#ignored++;
    if (this.#ignored <= PATIENCE) return { kind: 'limited' };
    const seconds = this.#blockS;
    this.#blockedUntil = now + seconds * 1000;
    // Every block is longer than the one before.
    this.#blockS = Math.min(MAX_BLOCK_S, seconds * 2);
    this.#ignored = 0;
    return { kind: 'blocked', seconds };
  }

  /** Whoever comes from a page gets one request in ten seconds, sockets included. */
  takeOrigin(): boolean {
    const now = this.#clock.monotonic();
    if (now - this.#originAt < ORIGIN_EVERY_MS) return false;
    this.#originAt = now;
    return true;
  }
}

/** What the venue says to a request that was counted. */
export function chargedBy(group: string, verdict: Verdict): Charged {
  if (verdict.kind === 'blocked') {
    const message = `Too many API requests. Blocked for ${verdict.seconds} seconds.`;
    return { kind: 'refused', answer: errorAnswer(418, 'too_many_requests', message) };
  }
  const left = verdict.kind === 'ok' ? verdict.left : 0;
  const headers = { 'remaining-req': `group=${group}; min=${REMAINING_MINUTE}; sec=${left}` };
  if (verdict.kind === 'ok') return { kind: 'taken', headers };
  const answer = errorAnswer(429, 'too_many_requests', 'Too many API requests.');
  return { kind: 'refused', answer: { ...answer, headers } };
}
