import { isWireObject, type WireObject } from '#shared/base/wire.ts';

/** What format `SIMPLE` calls the fields of `myOrder` and `myAsset` (fact sheet, sections 4.1 and 4.2). */
const LONG: ReadonlyMap<string, string> = new Map([
  ['ty', 'type'],
  ['cd', 'code'],
  ['uid', 'uuid'],
  ['ab', 'ask_bid'],
  ['ot', 'order_type'],
  ['s', 'state'],
  ['tuid', 'trade_uuid'],
  ['p', 'price'],
  ['ap', 'avg_price'],
  ['v', 'volume'],
  ['rv', 'remaining_volume'],
  ['ev', 'executed_volume'],
  ['ef', 'executed_funds'],
  ['tif', 'time_in_force'],
  ['tf', 'trade_fee'],
  ['im', 'is_maker'],
  ['id', 'identifier'],
  ['ttms', 'trade_timestamp'],
  ['otms', 'order_timestamp'],
  ['tms', 'timestamp'],
  ['ast', 'assets'],
  ['asttms', 'asset_timestamp'],
  ['cu', 'currency'],
  ['b', 'balance'],
  ['l', 'locked'],
]);

/**
 * A frame in the names of format `DEFAULT`. That is what is asked for; one word of another request could still turn a whole
 * socket to `SIMPLE` (fact sheet, section 2.1), and an order's news must not be lost for its spelling.
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
