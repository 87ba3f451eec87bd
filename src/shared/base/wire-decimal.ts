import { trimDecimal } from './decimal.ts';
import { isWireObject, Misshapen, show, type WireObject } from './wire.ts';
import { plainDecimal, wireNumber } from './wire-number.ts';

// For money on wires that print it as JSON numbers in any spelling, or quote it. Read with `parseExactJson`.

/** A field ≥ 0 as exact, plain, trimmed decimal text: `1.16E8` → `'116000000'`, `'0.00077720'` → `'0.0007772'`. Throws {@link Misshapen}. */
export function exactDecimal(from: WireObject, key: string): string {
  const value = wireNumber(from[key]);
  if (value === undefined) throw new Misshapen(`${key} is no number ≥ 0: ${show(from[key])}`);
  return trimDecimal(plainDecimal(value));
}

/** Likewise; `undefined` where the field is absent, null or empty. Throws {@link Misshapen} for anything else. */
export function optionalDecimal(from: WireObject, key: string): string | undefined {
  return isUntold(from[key]) ? undefined : exactDecimal(from, key);
}

/** An id that is text on one day and a long number on another. Throws {@link Misshapen}. */
export function idText(from: WireObject, key: string): string {
  const value = from[key];
  if (typeof value === 'string' && value !== '' && value.length <= MAX_ID) return value;
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return String(value + 0);
  throw new Misshapen(`${key} is no id: ${show(value)}`);
}

/** Likewise; `undefined` where the field is absent, null or empty. */
export function optionalId(from: WireObject, key: string): string | undefined {
  return isUntold(from[key]) ? undefined : idText(from, key);
}

/** A list of objects. Throws {@link Misshapen}. */
export function objects(value: unknown): readonly WireObject[] {
  if (!Array.isArray(value)) throw new Misshapen(`no list: ${show(value)}`);
  return value.map((row: unknown) => {
    if (!isWireObject(row)) throw new Misshapen(`no object: ${show(row)}`);
    return row;
  });
}

const MAX_ID = 100;

function isUntold(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}
