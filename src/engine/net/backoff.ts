/** The law of retry delays. Pure: state in, delay out. Times in ms. */
export interface BackoffRule {
  readonly baseMs: number;
  readonly factor: number;
  readonly capMs: number;
  /** 0.5: every delay is between half and one and a half of its nominal. */
  readonly jitter: number;
  /** After this many ladder attempts the connection says it has failed; it goes on at the cap. */
  readonly quickAttempts: number;
  /** The ladder starts over after this much health. */
  readonly resetAfterMs: number;
  /** Nominal of the one quick try a connection gets when it had been delivering data. */
  readonly firstAidMs: number;
}

export const BACKOFF: BackoffRule = {
  baseMs: 1000,
  factor: 2,
  capMs: 30_000,
  jitter: 0.5,
  quickAttempts: 5,
  resetAfterMs: 60_000,
  firstAidMs: 100,
};

/** Attempt 0 is the first-aid try; 1, 2, 3, … climb the ladder 1-2-4-8-16 s; whatever comes after stands at the cap of 30 s. */
export function nominalDelayMs(rule: BackoffRule, attempt: number): number {
  if (attempt <= 0) return rule.firstAidMs;
  if (attempt > rule.quickAttempts) return rule.capMs;
  // Past ~30 doublings the power overflows any cap: bound the exponent, not the result only.
  return Math.min(rule.baseMs * rule.factor ** Math.min(attempt - 1, 30), rule.capMs);
}

/**
 * The delay before `attempt`. `chance` in [0, 1). A venue's `retryAfterMs` is honoured even beyond the cap:
 * it is an order, not an estimate.
 */
export function delayMs(rule: BackoffRule, attempt: number, chance: number, retryAfterMs = 0): number {
  const spread = 1 - rule.jitter + 2 * rule.jitter * chance;
  const own = Math.min(nominalDelayMs(rule, attempt) * spread, rule.capMs);
  return Math.max(own, retryAfterMs);
}
