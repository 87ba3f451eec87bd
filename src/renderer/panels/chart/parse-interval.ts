import { INTERVALS, type Interval, isInterval, nominalWidthMs } from '#shared/domain/interval.ts';
import { hangulToKeys } from '../../ui/hangul-keys.ts';

const MINUTE = 60_000;

/** What a person types for an interval: `5`, `15m`, `60`, `4h`, `1D`, `1w`, `1M`. Bare digits are minutes. */
export function parseInterval(typed: string): Interval | undefined {
  const text = hangulToKeys(typed).replaceAll(/[\s,]/g, '');
  if (/^\d+$/.test(text)) {
    const widthMs = Number(text) * MINUTE;
    return INTERVALS.find((one) => one !== '1M' && nominalWidthMs(one) === widthMs);
  }
  // Only the month is told from the minute by its case.
  if (isInterval(text)) return text;
  const lower = text.toLowerCase();
  return isInterval(lower) ? lower : undefined;
}
