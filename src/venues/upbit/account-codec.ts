import Big from 'big.js';
import { HeartlineError, messageOf } from '#shared/base/errors.ts';
import { parseExactJson } from '#shared/base/exact-json.ts';
import { textOfUtf8 } from '#shared/base/utf8.ts';
import { isWireObject, Misshapen, show, text, type WireObject } from '#shared/base/wire.ts';
import { exactDecimal, idText, objects, optionalDecimal, optionalId } from '#shared/base/wire-decimal.ts';
import { epochMs } from '#shared/base/wire-number.ts';
import type { AccountDecoded, DecodeAccount } from '../account.ts';
import { orderReport, quoteOf, sideOf } from './account-order.ts';
import { isAboutKey } from './account-refusal.ts';
import { inLongKeys } from './private-keys.ts';

/**
 * Frames of the private socket, in either format (venue's WebSocket reference, docs version 1.6.4; fact sheet, section 4).
 * Every frame is whole: nothing has to be remembered from one to the next.
 */
export function createAccountDecoder(): DecodeAccount {
  return (frame) => {
    let parsed: unknown;
    try {
      parsed = parseExactJson(typeof frame === 'string' ? frame : textOfUtf8(frame));
    } catch {
      return [{ kind: 'failed', reason: 'not JSON' }];
    }
    return Array.isArray(parsed) ? parsed.flatMap(read) : read(parsed);
  };
}

function read(frame: unknown): readonly AccountDecoded[] {
  if (!isWireObject(frame)) return [{ kind: 'failed', reason: `no object: ${show(frame)}` }];
  const payload = inLongKeys(frame);
  const { type } = payload;
  try {
    switch (type) {
      case 'myOrder':
        return readOrder(payload);
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

/** `price` and `volume` mean the fill in a frame of state `trade`, and the order in every other. */
function readOrder(payload: WireObject): readonly AccountDecoded[] {
  const state = text(payload, 'state');
  const isTrade = state === 'trade';
  const executed = exactDecimal(payload, 'executed_volume');
  const remaining = optionalDecimal(payload, 'remaining_volume');
  const order = orderReport({
    market: payload['code'],
    id: idText(payload, 'uuid'),
    clientId: optionalId(payload, 'identifier'),
    side: payload['ask_bid'],
    orderType: text(payload, 'order_type'),
    state,
    timeInForce: optionalId(payload, 'time_in_force'),
    price: isTrade ? undefined : optionalDecimal(payload, 'price'),
    volume: isTrade ? sum(executed, remaining) : optionalDecimal(payload, 'volume'),
    executed,
    remaining,
    funds: optionalDecimal(payload, 'executed_funds'),
    average: optionalDecimal(payload, 'avg_price'),
    createdAt: epochMs(payload, 'order_timestamp'),
    venueTime: epochMs(payload, 'timestamp'),
  });
  if (!isTrade) return [{ kind: 'order', order }];
  if (optionalId(payload, 'trade_uuid') === undefined) {
    return [
      { kind: 'order', order },
      { kind: 'reread', what: 'orders', reason: 'a fill without an id' },
    ];
  }
  const fee = optionalDecimal(payload, 'trade_fee');
  const isMaker = payload['is_maker'];
  return [
    {
      kind: 'fill',
      fill: {
        id: idText(payload, 'trade_uuid'),
        instrument: order.instrument,
        venueOrderId: order.venueOrderId,
        ...(order.clientOrderId !== undefined && { clientOrderId: order.clientOrderId }),
        side: sideOf(payload['ask_bid']),
        price: exactDecimal(payload, 'price'),
        quantity: exactDecimal(payload, 'volume'),
        ...(fee !== undefined && { fee, feeCurrency: quoteOf(order.instrument) }),
        ...(typeof isMaker === 'boolean' && { isMaker }),
        venueTime: epochMs(payload, 'trade_timestamp'),
      },
    },
    { kind: 'order', order },
  ];
}

/** `remaining_volume` is null for an order by total, which has no quantity of its own. */
function sum(executed: string, remaining: string | undefined): string | undefined {
  return remaining === undefined ? undefined : new Big(executed).plus(remaining).toFixed();
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

/** The same over REST and on the stream. */
export function readBalance(asset: WireObject) {
  const free = exactDecimal(asset, 'balance');
  const used = exactDecimal(asset, 'locked');
  return { currency: text(asset, 'currency'), total: new Big(free).plus(used).toFixed(), free, used };
}

/** What is no event: `{"status":"UP"}` after a PING, the answer to LIST_SUBSCRIPTIONS, an error before the venue closes. */
function readWord(payload: WireObject): AccountDecoded {
  if (payload['status'] === 'UP') return { kind: 'pong' };
  if (payload['method'] === 'LIST_SUBSCRIPTIONS') return { kind: 'ready' };
  const { error } = payload;
  if (error === undefined) throw new Misshapen('neither an event nor an error');
  const told = isWireObject(error) ? error : { name: error };
  const name = String(told['name'] ?? 'unnamed').slice(0, 60);
  const message = String(told['message'] ?? '').slice(0, 300);
  if (isAboutKey(name)) return { kind: 'login-refused', venueCode: name, message };
  return { kind: 'failed', reason: `${name} ${message}`.trim() };
}
