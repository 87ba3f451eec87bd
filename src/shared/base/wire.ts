import { HeartlineError } from './errors.ts';

/** A JSON object as it came: every value unproven. */
export type WireObject = Readonly<Record<string, unknown>>;

// 40 characters hold anything a market can print, and keep a hostile text from costing time.
const DECIMAL = /^(?=.{1,40}$)\d+(?:\.\d+)?$/;
const SIGNED = /^-?(?=.{1,40}$)\d+(?:\.\d+)?$/;

export function isWireObject(value: unknown): value is WireObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Text that is a plain decimal ≥ 0 (the wire writes prices and quantities so): no sign, no exponent. */
export function isDecimal(value: unknown): value is string {
  return typeof value === 'string' && DECIMAL.test(value);
}

/** A JSON number that is an exact integer ≥ 0: ids and times. */
export function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/** What a frame or body lacks. Caught inside a venue's folder: a frame becomes `failed`, a body `venue.answer`. */
export class Misshapen extends HeartlineError {
  constructor(message: string) {
    super('venue.answer', message);
  }
}

/** The text of a decimal field. Throws {@link Misshapen}. */
export function decimalText(from: WireObject, key: string): string {
  const value = from[key];
  if (!isDecimal(value)) throw new Misshapen(`${key} is no decimal text: ${show(value)}`);
  return value;
}

/** A decimal field as a number ≥ 0. Throws {@link Misshapen}. */
export function decimal(from: WireObject, key: string): number {
  return Number(decimalText(from, key));
}

/** A decimal field that may be negative. Throws {@link Misshapen}. */
export function signedDecimal(from: WireObject, key: string): number {
  const value = from[key];
  if (typeof value !== 'string' || !SIGNED.test(value)) {
    throw new Misshapen(`${key} is no decimal text: ${show(value)}`);
  }
  return Number(value);
}

/** An id or time. Throws {@link Misshapen}. */
export function count(from: WireObject, key: string): number {
  const value = from[key];
  if (!isCount(value)) throw new Misshapen(`${key} is no whole number in range: ${show(value)}`);
  return value;
}

/** Throws {@link Misshapen}. */
export function flag(from: WireObject, key: string): boolean {
  const value = from[key];
  if (typeof value !== 'boolean') throw new Misshapen(`${key} is neither true nor false: ${show(value)}`);
  return value;
}

/** A non-empty text. Throws {@link Misshapen}. */
export function text(from: WireObject, key: string): string {
  const value = from[key];
  if (typeof value !== 'string' || value === '') throw new Misshapen(`${key} is no text: ${show(value)}`);
  return value;
}

/** A short look at a value for a log line. */
export function show(value: unknown): string {
  if (value === undefined) return 'absent';
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'a list' : 'an object';
  const shown = typeof value === 'string' ? JSON.stringify(value.slice(0, 40)) : String(value);
  return shown.slice(0, 60);
}
