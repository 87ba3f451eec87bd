import type { Clock } from '../base/clock.ts';

/** Says whether one more may pass: `burst` at once, refilled at `perSecond`. */
export function createRateCap(clock: Clock, { perSecond, burst }: { perSecond: number; burst: number }) {
  let left = burst;
  let asOf = clock.monotonic();
  return (): boolean => {
    const now = clock.monotonic();
    left = Math.min(burst, left + ((now - asOf) / 1000) * perSecond);
    asOf = now;
    if (left < 1) return false;
    left -= 1;
    return true;
  };
}
