import type { Clock } from '#shared/base/clock.ts';

const LIMIT_PER_MINUTE = 2400;
/** Requests answered 429 before the ban. */
const PATIENCE = 20;
const BAN_MS = 120_000;

export type WeightVerdict =
  | { readonly kind: 'ok'; readonly used: number }
  | { readonly kind: 'limited'; readonly used: number; readonly retryAfterS: number }
  | { readonly kind: 'banned'; readonly until: number; readonly retryAfterS: number };

/** Request weight of all clients together (they share one address), per minute of wall time. */
export class WeightBudget {
  readonly #clock: Clock;
  #minute = 0;
  #used = 0;
  #ignored = 0;
  #bannedUntil = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  charge(weight: number): WeightVerdict {
    const now = this.#clock.now();
    if (now < this.#bannedUntil) {
      const retryAfterS = Math.ceil((this.#bannedUntil - now) / 1000);
      return { kind: 'banned', until: this.#bannedUntil, retryAfterS };
    }
    const minute = Math.floor(now / 60_000);
    if (minute !== this.#minute) {
      this.#minute = minute;
      this.#used = 0;
      this.#ignored = 0;
    }
    this.#used += weight;
    if (this.#used <= LIMIT_PER_MINUTE) return { kind: 'ok', used: this.#used };
    this.#ignored++;
    if (this.#ignored > PATIENCE) this.#bannedUntil = now + BAN_MS;
    return {
      kind: 'limited',
      used: this.#used,
      retryAfterS: Math.max(1, Math.ceil(((minute + 1) * 60_000 - now) / 1000)),
    };
  }
}
