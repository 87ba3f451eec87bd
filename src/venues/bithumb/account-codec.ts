import Big from 'big.js';
import { HeartlineError, messageOf } from '#shared/base/errors.ts';
import { parseExactJson } from '#shared/base/exact-json.ts';
import { textOfUtf8 } from '#shared/base/utf8.ts';
import { isWireObject, Misshapen, show, text, type WireObject } from '#shared/base/wire.ts';
import { exactDecimal, idText, objects, optionalDecimal, optionalId } from '#shared/base/wire-decimal.ts';
import { epochMs } from '#shared/base/wire-number.ts';
import type { AccountDecoded, DecodeAccount } from '../account.ts';
import { instrumentIn, orderReport } from './account-order.ts';
import { isAboutKey } from './account-refusal.ts';
import { createFillFees, type FillFees } from './fill-fees.ts';
import { inLongKeys } from './private-keys.ts';

/** Frames of the private socket v2, in either format (fact sheet, section 4). What an order has paid is remembered. */
export function createAccountDecoder(): DecodeAccount {
  const fees = createFillFees();
  return (frame) => {
    let parsed: unknown;
    try {
      parsed = parseExactJson(typeof frame === 'string' ? frame : textOfUtf8(frame));
    } catch {
      return [{ kind: 'failed', reason: 'not JSON' }];
    }
    return Array.isArray(parsed) ? parsed.flatMap((payload) => read(payload, fees)) : read(parsed, fees);
  };
}

function read(frame: unknown, fees: FillFees): readonly AccountDecoded[] {
  if (!isWireObject(frame)) return [{ kind: 'failed', reason: `no object: ${show(frame)}` }];
  const payload = inLongKeys(frame);
  const { type } = payload;
  try {
    switch (type) {
      case 'myOrder':
        return readOrder(payload, fees);
      case 'myAsset':
        return readAssets(payload);
      case undefined:
        return [readWord(payload)];
      default:
        return [{ kind: 'ignored', reason: `type ${show(type)}` }];
    }
  } catch (fault) {
    if (!(fault instanceof HeartlineError)) throw fault;
    const isAlarming = fault.code === 'order.status-unknown';
    return [
      { kind: 'failed', reason: messageOf(fault), ...(isAlarming && { isAlarming }) },
      ...mending(type),
    ];
  }
}

/** What an unreadable event would have told is read over REST instead. */
function mending(type: unknown): readonly AccountDecoded[] {
  if (type !== 'myOrder' && type !== 'myAsset') return [];
  const what = type === 'myOrder' ? 'orders' : 'balances';
  return [{ kind: 'reread', what, reason: `unreadable ${type}` }];
}

/** Fields without a value are left out: before the first fill there is no `executed_quantity`. */
function readOrder(payload: WireObject, fees: FillFees): readonly AccountDecoded[] {
  const order = orderReport({
    market: payload['code'],
    id: idText(payload, 'order_id'),
    clientId: optionalId(payload, 'client_order_id'),
    side: payload['side'],
    orderType: text(payload, 'order_type'),
    state: text(payload, 'state'),
    cancelType: optionalId(payload, 'cancel_type'),
    timeInForce: optionalId(payload, 'time_in_force'),
    price: optionalDecimal(payload, 'order_price'),
    quantity: optionalDecimal(payload, 'order_quantity'),
    total: optionalDecimal(payload, 'order_amount'),
    executed: optionalDecimal(payload, 'executed_quantity') ?? '0',
    funds: optionalDecimal(payload, 'executed_amount'),
    createdAt: epochMs(payload, 'order_timestamp'),
    venueTime: epochMs(payload, 'timestamp'),
  });
  if (payload['state'] !== 'trade') return [{ kind: 'order', order }];
  const tradeId = optionalId(payload, 'trade_id');
  if (tradeId === undefined) {
    return [
      { kind: 'order', order },
      { kind: 'reread', what: 'orders', reason: 'a fill without an id' },
    ];
  }
  const { instrument, venueOrderId: orderId, filledQuantity: executed } = order;
  const quantity = exactDecimal(payload, 'trade_quantity');
  const fee = fees.feeOf({
    orderId,
    tradeId,
    quantity,
    executed,
    paidFee: optionalDecimal(payload, 'paid_fee'),
  });
  return [
    {
      kind: 'fill',
      fill: {
        id: tradeId,
        instrument,
        venueOrderId: orderId,
        ...(order.clientOrderId !== undefined && { clientOrderId: order.clientOrderId }),
        side: order.side,
        price: exactDecimal(payload, 'trade_price'),
        quantity,
        ...(fee !== undefined && { fee, feeCurrency: quoteOf(payload['code']) }),
        venueTime: epochMs(payload, 'trade_timestamp'),
      },
    },
    { kind: 'order', order },
  ];
}

/** Fees are paid in what the market's prices are in. */
function quoteOf(market: unknown): string {
  const instrument = instrumentIn(market);
  return instrument.slice(instrument.lastIndexOf('-') + 1);
}

/** Only what changed; `balance` is what is free. */
function readAssets(payload: WireObject): readonly AccountDecoded[] {
  const venueTime = epochMs(
    payload,
    payload['asset_timestamp'] === undefined ? 'timestamp' : 'asset_timestamp',
  );
  return objects(payload['assets']).map((asset) => ({
    kind: 'balance',
    balance: readBalance(asset),
    venueTime,
  }));
}

/** The same over REST and on the stream, which leaves out what has no value. */
export function readBalance(asset: WireObject) {
  const free = exactDecimal(asset, 'balance');
  const used = optionalDecimal(asset, 'locked') ?? '0';
  return { currency: text(asset, 'currency'), total: new Big(free).plus(used).toFixed(), free, used };
}

/** What is no event: `{"status":"UP"}` after a PING, `{"error":{"name","message"}}` before the venue closes. */
function readWord(payload: WireObject): AccountDecoded {
  if (payload['status'] === 'UP') return { kind: 'pong' };
  const { error } = payload;
  if (error === undefined) throw new Misshapen('neither an event nor an error');
  const told = isWireObject(error) ? error : { name: error };
  const name = String(told['name'] ?? 'unnamed').slice(0, 60);
  const message = String(told['message'] ?? '').slice(0, 300);
  if (isAboutKey(name)) return { kind: 'login-refused', venueCode: name, message };
  return { kind: 'failed', reason: `${name} ${message}`.trim() };
}
