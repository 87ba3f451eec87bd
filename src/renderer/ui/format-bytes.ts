import { formatDecimal, UNKNOWN } from './format-number.ts';

const STEPS = [
  { from: 1e9, unit: 'GB' },
  { from: 1e6, unit: 'MB' },
  { from: 1e3, unit: 'kB' },
] as const;

/** A size on disk: `164 B`, `1.2 kB`, `3.4 MB`, `1.0 GB`. */
export function formatBytes(bytes: number | undefined): string {
  if (bytes === undefined || !Number.isFinite(bytes)) return UNKNOWN;
  const step = STEPS.find(({ from }) => bytes >= from);
  return step === undefined
    ? `${formatDecimal(bytes, 0)} B`
    : `${formatDecimal(bytes / step.from, 1)} ${step.unit}`;
}
