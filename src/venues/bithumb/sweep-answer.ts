import { isWireObject, type WireObject } from '#shared/base/wire.ts';
import type { SweepAnswer } from '../order.ts';

/**
 * The answer to a cancel of many: `{success:[{order_id,created_at}],fail:[]}` (fact sheet, section 5.2; how a failure is told is
 * not published). Never throws: the cancels were taken, whatever was said about them. Where it does not account for all
 * that were asked for, it is blind.
 */
export function readSweep(body: unknown, asked: number): SweepAnswer {
  const whole = isWireObject(body) ? body : {};
  const success = rowsIn(whole['success']);
  const fail = rowsIn(whole['fail'] ?? whole['failed']);
  return {
    cancelled: success.map(idsOf),
    failed: fail.map((row) => ({ ...idsOf(row), message: reasonOf(row) })),
    isBlind: success.length + fail.length !== asked,
  };
}

function rowsIn(value: unknown): readonly WireObject[] {
  if (!Array.isArray(value)) return [];
  return value.filter(
    (row) => isWireObject(row) && (idIn(row, 'order_id') ?? idIn(row, 'client_order_id')) !== undefined,
  );
}

function idsOf(row: WireObject) {
  const venueOrderId = idIn(row, 'order_id');
  const clientOrderId = idIn(row, 'client_order_id');
  return {
    ...(venueOrderId !== undefined && { venueOrderId }),
    ...(clientOrderId !== undefined && { clientOrderId }),
  };
}

function idIn(row: WireObject, key: string): string | undefined {
  const id = row[key];
  return typeof id === 'string' && id !== '' ? id : undefined;
}

function reasonOf(row: WireObject): string {
  const error = isWireObject(row['error']) ? row['error'] : row;
  const told = [error['name'], error['message']].filter((word) => typeof word === 'string' && word !== '');
  return told.length === 0 ? 'not cancelled' : told.join(' ').slice(0, 300);
}
