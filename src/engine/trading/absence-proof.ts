import type { AbsenceRule } from '#venues/order.ts';

/** When the request left at the latest: our monotonic clock, the venue's clock, and the socket that stood then. */
export interface Leaving {
  readonly at: number;
  readonly venueTime: number;
  /** `undefined`: it is not known, or none was believed. */
  readonly streamEpoch: number | undefined;
}

/** The venue was asked, and knew no such order. `askedAt`: monotonic. `venueTime`: the venue's clock then. */
export interface Miss {
  readonly askedAt: number;
  readonly venueTime: number;
}

/** What is proven follows from the first that counts and the last. */
const KEPT_MISSES = 100;

/** Into the list, in which the oldest and the newest stay. */
export function keepMiss(misses: Miss[], miss: Miss): void {
  if (misses.length >= KEPT_MISSES) misses.splice(KEPT_MISSES / 2, 1);
  misses.push(miss);
}

/** Clocks that are compared may be that much apart. */
const SLACK_MS = 2000;
const APART_MS = 2000;
/** Timers of the platform may fire a moment early, and wall clocks count in whole ms. */
const MARGIN_MS = 30;

/**
 * What so many misses prove. `fenced`: the venue would refuse the request by now, and said twice since, apart enough, that it has
 * no such order; what is left to be shown is that its stream would have told. `asked`: nothing can ever be proven there, and
 * long enough nothing was found. A miss from before the fence proves nothing: the request may still have been on its way.
 */
export function provenBy(
  rule: AbsenceRule,
  left: Leaving,
  misses: readonly Miss[],
): 'nothing' | 'fenced' | 'asked' {
  const first =
    rule.recvWindowMs === undefined ? misses[0] : misses.find((miss) => isPastFence(rule, left, miss));
  const last = misses.at(-1);
  if (first === undefined || last === undefined) return 'nothing';
  const apartMs = last.askedAt - first.askedAt;
  if (rule.recvWindowMs === undefined) return apartMs >= rule.quarantineMs ? 'asked' : 'nothing';
  return apartMs >= APART_MS ? 'fenced' : 'nothing';
}

/** Both clocks have to say so: a machine's wall clock can be set. */
function isPastFence({ recvWindowMs }: AbsenceRule, left: Leaving, miss: Miss): boolean {
  if (recvWindowMs === undefined) return false;
  const fenceMs = recvWindowMs + SLACK_MS;
  return miss.venueTime - left.venueTime > fenceMs && miss.askedAt - left.at > fenceMs;
}

/** Monotonic time at which a further miss would prove most. */
export function nextProofAt(rule: AbsenceRule, left: Leaving, misses: readonly Miss[]): number | undefined {
  const { recvWindowMs, quarantineMs } = rule;
  if (recvWindowMs === undefined) {
    const first = misses[0];
    return first && first.askedAt + quarantineMs + MARGIN_MS;
  }
  const first = misses.find((miss) => isPastFence(rule, left, miss));
  const at = first === undefined ? left.at + recvWindowMs + SLACK_MS : first.askedAt + APART_MS;
  return at + MARGIN_MS;
}
