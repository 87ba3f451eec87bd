import { Misshapen, show, type WireObject } from './wire.ts';
import { plainDecimal } from './wire-number.ts';

// For figures of accounts: exact decimal text that may be negative, and fields that are empty where there is nothing to say.

const SIGNED = /^-?(?=.{1,40}$)\d+(?:\.\d+)?$/;
const ZERO = /^-?0*(?:\.0*)?$/;

/** A decimal as plain text, as the venue wrote it: `-0.50`. Exponents are written out. Throws {@link Misshapen}. */
export function signedText(from: WireObject, key: string): string {
  const value = from[key];
  if (typeof value === 'string' && SIGNED.test(value)) return value;
  if (typeof value !== 'string' && typeof value !== 'number') throw noDecimal(from, key);
  const written = String(value);
  try {
    return written.startsWith('-') ? `-${plainDecimal(written.slice(1))}` : plainDecimal(written);
  } catch {
    // The parser's words quote the value; these are shorter.
    throw noDecimal(from, key);
  }
}

/** The same; `undefined` for what is absent, null or empty. Throws {@link Misshapen}. */
export function signedTextIfAny(from: WireObject, key: string): string | undefined {
  return isBlank(from[key]) ? undefined : signedText(from, key);
}

/** The same; `undefined` for a zero as well: many venues write 0 where there is no price. Throws {@link Misshapen}. */
export function signedTextUnlessZero(from: WireObject, key: string): string | undefined {
  const text = signedTextIfAny(from, key);
  return text === undefined || isZero(text) ? undefined : text;
}

/** A text; `undefined` for what is absent, null or empty. Throws {@link Misshapen}. */
export function textIfAny(from: WireObject, key: string): string | undefined {
  const value = from[key];
  if (isBlank(value)) return undefined;
  if (typeof value !== 'string') throw new Misshapen(`${key} is no text: ${show(value)}`);
  return value;
}

/** Takes decimal text. */
export function isZero(text: string): boolean {
  return ZERO.test(text);
}

/** Takes decimal text: `'1.5'` → `'-1.5'`, `'-1.5'` → `'1.5'`, `'0'` → `'0'`. */
export function negated(text: string): string {
  if (text.startsWith('-')) return text.slice(1);
  return isZero(text) ? text : `-${text}`;
}

function isBlank(value: unknown): value is undefined | null | '' {
  return value === undefined || value === null || value === '';
}

function noDecimal(from: WireObject, key: string): Misshapen {
  return new Misshapen(`${key} is no decimal: ${show(from[key])}`);
}
