import { Misshapen, show, type WireObject } from './wire.ts';

// For wires that print prices, quantities and ids as JSON numbers. Read with `parseExactJson`, a number comes as a
// number, or as its source text where a double would lose digits; venues that quote them are understood as well.

/** A number ≥ 0 without loss: a double that holds its decimal exactly, or the decimal's text. */
export type WireNumber = number | string;

const NUMBER = /^(?=.{1,60}$)(\d{1,40})(?:\.(\d{1,40}))?(?:[eE]([+-]?\d{1,2}))?$/;
const DIGITS = /^(?:0|[1-9]\d{0,29})$/;
/** ms epoch of the year 5138: what is greater counts µs. */
const MICROSECONDS_FROM = 1e14;

/** `undefined` for what is no finite number ≥ 0. */
export function wireNumber(value: unknown): WireNumber | undefined {
  if (typeof value === 'number') {
    // -0 is written by nobody, but would print as such.
    return value >= 0 && value !== Number.POSITIVE_INFINITY ? value + 0 : undefined;
  }
  return typeof value === 'string' && NUMBER.test(value) ? value : undefined;
}

/** A field as the nearest number ≥ 0. Throws {@link Misshapen}. */
export function numeric(from: WireObject, key: string): number {
  const value = wireNumber(from[key]);
  if (value === undefined) throw new Misshapen(`${key} is no number ≥ 0: ${show(from[key])}`);
  return Number(value);
}

/** A whole number ≥ 0 as the text of its digits, however many. Throws {@link Misshapen}. */
export function digits(from: WireObject, key: string): string {
  const value = from[key];
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return String(value + 0);
  if (typeof value === 'string' && DIGITS.test(value)) return value;
  throw new Misshapen(`${key} is no whole number: ${show(value)}`);
}

/** A time as µs epoch, exact, from ms or µs; the number itself tells which. Throws {@link Misshapen}. */
export function epochMicros(from: WireObject, key: string): number {
  const value = Number(digits(from, key));
  const micros = value >= MICROSECONDS_FROM ? value : value * 1_000;
  if (!Number.isSafeInteger(micros)) throw new Misshapen(`${key} is no time: ${show(from[key])}`);
  return micros;
}

/** A time as ms epoch, from ms or µs. Throws {@link Misshapen}. */
export function epochMs(from: WireObject, key: string): number {
  return Math.floor(epochMicros(from, key) / 1_000);
}

/** Any spelling of a number ≥ 0 → plain decimal text: `1.16539E8` → `116539000`, `7.90E-4` → `0.000790`. */
export function plainDecimal(value: WireNumber): string {
  const parts = NUMBER.exec(String(value));
  if (!parts) throw new Misshapen(`no number ≥ 0: ${show(value)}`);
  const [, whole = '', fraction = '', exponent = '0'] = parts;
  const digitsOfIt = whole + fraction;
  const point = whole.length + Number(exponent);
  const padded = point <= 0 ? '0'.repeat(1 - point) + digitsOfIt : digitsOfIt.padEnd(point, '0');
  const at = Math.max(point, 1);
  const text = padded.length > at ? `${padded.slice(0, at)}.${padded.slice(at)}` : padded;
  return text.replace(/^0+(?=\d)/, '');
}
