import { formatDecimal, UNKNOWN } from '../../ui/format-number.ts';

/** `0.9943` → `99.4 %`. Cut, not rounded: only what was never down says 100 %. */
export function formatUptime(share: number): string {
  if (!Number.isFinite(share)) return UNKNOWN;
  return share >= 1 ? '100 %' : `${formatDecimal(Math.floor(share * 1_000) / 10, 1)} %`;
}

/** `0.864` → `86 %`. */
export function formatShare(share: number): string {
  return Number.isFinite(share) ? `${formatDecimal(share * 100, 0)} %` : UNKNOWN;
}
