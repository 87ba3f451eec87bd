import { fromScaled, plainNumber } from '#shared/base/decimal.ts';
import type { Language } from '../i18n/language.ts';
import { chosenNumbers } from './manner.ts';

/** Shown for anything not known. */
export const UNKNOWN = '—';
export const MINUS = '−';

const formats = new Map<number, Intl.NumberFormat>();

// Grouping is by comma in both languages Heartline speaks, so one format per number of decimals serves both.
function formatWith(decimals: number): Intl.NumberFormat {
  let format = formats.get(decimals);
  if (format === undefined) {
    format = new Intl.NumberFormat('en-US', {
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
    });
    formats.set(decimals, format);
  }
  return format;
}

/**
 * `(83860.2, 1)` → `'83,860.2'`; a real minus sign; an em dash for NaN, infinities and `undefined`.
 * Where the decimals are not known, every digit there is: `(0.00001234, undefined)` → `'0.00001234'`.
 */
export function formatDecimal(value: number | undefined, decimals: number | undefined): string {
  if (value === undefined || !Number.isFinite(value)) return UNKNOWN;
  if (decimals === undefined) return (value < 0 ? MINUS : '') + grouped(plainNumber(Math.abs(value)));
  const text = formatWith(decimals).format(Math.abs(value));
  return value < 0 && /[1-9]/.test(text) ? MINUS + text : text;
}

/** So many digits that say something, for what was computed and has no decimals of its own: `(0.000123456, 3)` → `'0.000123'`. */
export function formatSignificant(value: number | undefined, digits: number): string {
  return formatDecimal(value === undefined ? undefined : Number(value.toPrecision(digits)), undefined);
}

/** As `formatDecimal`, with a sign always except on zero: `(1.84, 2)` → `'+1.84'`. */
export function formatSigned(value: number | undefined, decimals: number): string {
  const text = formatDecimal(value, decimals);
  return value !== undefined && value > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}

/** Change from `open` to `last` as signed percent: `(110, 100)` → `'+10.00%'`. */
export function formatChange(last: number, open: number): string {
  const percent = changePercent(last, open);
  return Number.isNaN(percent) ? UNKNOWN : `${formatSigned(percent, 2)}%`;
}

/** Percent change, NaN where either side is unknown or `open` is not above zero. */
export function changePercent(last: number, open: number): number {
  const percent = open > 0 ? ((last - open) / open) * 100 : Number.NaN;
  return Number.isFinite(percent) ? percent : Number.NaN;
}

/** A rate as signed percent: `(0.0001, 4)` → `'+0.0100%'`. */
export function formatRate(rate: number, decimals: number): string {
  return Number.isFinite(rate) ? `${formatSigned(rate * 100, decimals)}%` : UNKNOWN;
}

/** Exact integer at a scale → grouped text, digit for digit: `(8386020, 2)` → `'83,860.20'`. */
export function formatScaled(value: number, scale: number): string {
  if (!Number.isSafeInteger(value)) return UNKNOWN;
  return (value < 0 ? MINUS : '') + grouped(fromScaled(Math.abs(value), scale));
}

/** Unsigned decimal text with its whole part in groups of three: `'83860.20'` → `'83,860.20'`. */
export function grouped(text: string): string {
  const point = text.indexOf('.');
  const whole = point < 0 ? text.length : point;
  if (whole <= 3) return text;
  let groups = text.slice(0, whole % 3);
  for (let at = whole % 3; at < whole; at += 3) {
    groups += (groups === '' ? '' : ',') + text.slice(at, at + 3);
  }
  return groups + text.slice(whole);
}

const STEPS = {
  western: [
    [1e12, 'T'],
    [1e9, 'B'],
    [1e6, 'M'],
    [1e3, 'K'],
  ],
  korean: [
    [1e12, '조'],
    [1e8, '억'],
    [1e4, '만'],
  ],
} as const satisfies Readonly<Record<string, readonly (readonly [number, string])[]>>;

/** Those the settings chose, else those of the language. */
function stepsFor(language: Language): readonly (readonly [number, string])[] {
  const numbers = chosenNumbers();
  return STEPS[numbers === 'auto' ? (language === 'ko' ? 'korean' : 'western') : numbers];
}

/** Three or four significant digits in steps of the language or the settings: `1.23M`, `45.6K`; in Korean `123만`, `1.23억`. */
export function formatCompact(value: number | undefined, language: Language): string {
  if (value === undefined || !Number.isFinite(value)) return UNKNOWN;
  const magnitude = Math.abs(value);
  const steps = stepsFor(language);
  for (let at = 0; at < steps.length; at += 1) {
    const [step, word] = steps[at] as readonly [number, string];
    if (magnitude < step) continue;
    const decimals = significantDecimals(magnitude / step);
    const rounded = Number((magnitude / step).toFixed(decimals));
    // 999,960 rounds up to 1000K: the next step says it shorter.
    const above = at > 0 ? steps[at - 1] : undefined;
    if (above !== undefined && rounded * step >= above[0]) {
      return `${value < 0 ? MINUS : ''}${formatDecimal(1, 2)}${above[1]}`;
    }
    return `${value < 0 ? MINUS : ''}${formatDecimal(rounded, significantDecimals(rounded))}${word}`;
  }
  return formatDecimal(value, magnitude >= 1 || magnitude === 0 ? significantDecimals(magnitude) : 4);
}

function significantDecimals(value: number): number {
  if (value >= 100) return 0;
  return value >= 10 ? 1 : 2;
}
