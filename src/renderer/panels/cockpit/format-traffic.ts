import { formatDecimal, UNKNOWN } from '../../ui/format-number.ts';

const STEPS = [
  { from: 1e6, unit: 'MB/s' },
  { from: 1e3, unit: 'kB/s' },
] as const;

/** Bytes per second: `164 B/s`, `1.2 kB/s`, `3.4 MB/s`. */
export function formatTraffic(bytesPerSecond: number | undefined): string {
  if (bytesPerSecond === undefined || !Number.isFinite(bytesPerSecond)) return UNKNOWN;
  const step = STEPS.find(({ from }) => bytesPerSecond >= from);
  return step === undefined
    ? `${formatDecimal(bytesPerSecond, 0)} B/s`
    : `${formatDecimal(bytesPerSecond / step.from, 1)} ${step.unit}`;
}
