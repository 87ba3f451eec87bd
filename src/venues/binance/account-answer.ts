import * as wire from '#shared/base/wire.ts';
import { WEIGHT } from './rest.ts';

/** What private calls are charged to: the address's weight per minute, the same that public calls use up. */
export const BUDGET = WEIGHT;
/** What asks for a key's rights is counted on another host. */
export const RIGHTS_BUDGET = 'sapi';
/** Orders placed and changed, which are counted by account. */
export const ORDERS_BUDGET = 'orders';

/** Throws `Misshapen`. */
export function object(body: unknown): wire.WireObject {
  if (!wire.isWireObject(body)) throw new wire.Misshapen(`no object: ${wire.show(body)}`);
  return body;
}

/** Throws `Misshapen`. */
export function list(body: unknown): readonly unknown[] {
  if (!Array.isArray(body)) throw new wire.Misshapen(`no list: ${wire.show(body)}`);
  return body;
}

/** Throws `Misshapen`. */
export function objects(rows: readonly unknown[]): readonly wire.WireObject[] {
  return rows.map((row) => object(row));
}
