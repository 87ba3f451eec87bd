import type { Clock } from '#shared/base/clock.ts';

const PER_SECOND = 10;
const ORIGIN_EVERY_MS = 10_000;
/** Requests answered 429 in a row before the venue blocks the address. */
const PATIENCE = 10;
const FIRST_BLOCK_S = 10;
const MAX_BLOCK_S = 600;

export type Verdict =
  | { readonly kind: 'ok'; readonly left: number }
  | { readonly kind: 'limited' }
  | { readonly kind: 'blocked'; readonly seconds: number };

/** Requests per second of all clients together, who share one address: ten for each group of endpoints. */
export class UpbitBudget {
  readonly #clock: Clock;
  #second = 0;
  readonly #used = new Map<string, number>();
  #ignored = 0;
  #blockedUntil = 0;
  #blockS = FIRST_BLOCK_S;
  #originAt = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  charge(group: string, hasOrigin: boolean): Verdict {
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
    const used = (this.#used.get(group) ?? 0) + 1;
    this.#used.set(group, used);
    if (used <= PER_SECOND && (!hasOrigin || this.takeOrigin())) {
      return { kind: 'ok', left: PER_SECOND - used };
    }
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
