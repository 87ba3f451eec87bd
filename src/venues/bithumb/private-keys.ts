import { isWireObject, type WireObject } from '#shared/base/wire.ts';

/** What format `SIMPLE` calls the fields of `myOrder` and `myAsset` (fact sheet, sections 4.1 and 4.2). */
const LONG: ReadonlyMap<string, string> = new Map([
  ['ty', 'type'],
  ['cd', 'code'],
  ['oid', 'order_id'],
  ['coid', 'client_order_id'],
  ['sd', 'side'],
  ['ot', 'order_type'],
  ['s', 'state'],
  ['tif', 'time_in_force'],
  ['op', 'order_price'],
  ['oq', 'order_quantity'],
  ['oa', 'order_amount'],
  ['tid', 'trade_id'],
  ['tp', 'trade_price'],
  ['tq', 'trade_quantity'],
  ['ttms', 'trade_timestamp'],
  ['eq', 'executed_quantity'],
  ['ea', 'executed_amount'],
  ['pf', 'paid_fee'],
  ['ct', 'cancel_type'],
  ['otms', 'order_timestamp'],
  ['tms', 'timestamp'],
  ['ast', 'assets'],
  ['asttms', 'asset_timestamp'],
  ['cu', 'currency'],
  ['b', 'balance'],
  ['l', 'locked'],
]);

/**
 * A frame in the names of format `DEFAULT`, which is what is asked for. In whatever format it comes: an order's news must not
 * be lost for its spelling.
 */
export function inLongKeys(payload: WireObject): WireObject {
  if (payload['type'] !== undefined || payload['ty'] === undefined) return payload;
  const long = renamed(payload);
  const { assets } = long;
  if (!Array.isArray(assets)) return long;
  return { ...long, assets: assets.map((asset: unknown) => (isWireObject(asset) ? renamed(asset) : asset)) };
}

function renamed(row: WireObject): WireObject {
  return Object.fromEntries(Object.entries(row).map(([key, value]) => [LONG.get(key) ?? key, value]));
}
