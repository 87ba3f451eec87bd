import { isWireObject, text, type WireObject } from '#shared/base/wire.ts';
import { optionalId } from '#shared/base/wire-decimal.ts';
import type { SweepAnswer } from '../order.ts';

/**
 * The answer to a cancel of many: `{success:{count,orders[]},failed:{count,orders[]}}` (fact sheet, section 5.2). Never
 * throws: the cancels were taken, whatever was said about them. What is not named, or counted otherwise, makes it blind.
 */
export function readSweep(body: unknown): SweepAnswer {
  const whole = isWireObject(body) ? body : {};
  const success = partOf(whole['success']);
  const failed = partOf(whole['failed']);
  return {
    cancelled: success.orders.map(idsOf),
    failed: failed.orders.map((row) => ({ ...idsOf(row), message: reasonOf(row) })),
    isBlind: !success.isWhole || !failed.isWhole,
  };
}

function partOf(part: unknown): { readonly orders: readonly WireObject[]; readonly isWhole: boolean } {
  if (!isWireObject(part)) return { orders: [], isWhole: false };
  const rows = Array.isArray(part['orders']) ? part['orders'] : [];
  const orders = rows.filter((row) => isWireObject(row) && hasId(row));
  return { orders, isWhole: Number(part['count']) === orders.length };
}

function hasId(row: WireObject): boolean {
  return typeof row['uuid'] === 'string' && row['uuid'] !== '';
}

function idsOf(row: WireObject) {
  const clientOrderId = typeof row['identifier'] === 'string' ? optionalId(row, 'identifier') : undefined;
  return { venueOrderId: text(row, 'uuid'), ...(clientOrderId !== undefined && { clientOrderId }) };
}

/** It names the orders it could not cancel, and says nothing of why. */
function reasonOf(row: WireObject): string {
  const { error, message } = row;
  const told = isWireObject(error) ? (error['message'] ?? error['name']) : (message ?? error);
  return typeof told === 'string' && told !== '' ? told.slice(0, 300) : 'not cancelled';
}
