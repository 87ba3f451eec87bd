import type Big from 'big.js';
import type { Denial } from '#shared/domain/order-check.ts';
import type { OrderRequest } from '#shared/domain/order-draft.ts';
import { plainBig } from '../exact-decimal.ts';
import type { GuardState } from '../facts.ts';
import { ABSENT, type JudgedOrder } from './judged-order.ts';
import { closable } from './position-left.ts';

/** Ours, always: lower-case letters and digits alone pass every venue. */
const CLIENT_ORDER_ID = /^[a-z0-9]{20,32}$/;
/** Types and sides are closed sets, but what leaves is checked as if anybody had written it. */
const WAITING: readonly string[] = ['stop-market', 'stop', 'take-profit-market', 'take-profit'];
const SIDES: readonly string[] = ['buy', 'sell'];
const LIVES: readonly string[] = ['GTC', 'IOC', 'FOK', 'GTX'];

export type ReadOrder =
  | { readonly kind: 'read'; readonly order: JudgedOrder }
  | { readonly kind: 'unreadable'; readonly denials: readonly Denial[] };

/** From the texts of a request to numbers, if it makes sense by itself: plain decimals above zero, and fields that go together. */
export function readRequest(request: OrderRequest, state: GuardState): ReadOrder {
  const denials: Denial[] = [];
  const deny = (limit: string, value: string | undefined, passes?: string) => {
    denials.push({ rule: 'shape', limit, value: value ?? ABSENT, ...(passes !== undefined && { passes }) });
  };
  const number = (name: 'quantity' | 'price' | 'triggerPrice' | 'notional'): Big | undefined => {
    const value = plainBig(request[name]);
    if (value?.gt(0)) return value;
    deny(name, request[name]);
    return undefined;
  };
  const { type, side, timeInForce, isMarket, leg } = request;
  const isConditional = WAITING.includes(type);
  if (!SIDES.includes(side)) deny('side', side);
  // A market order has its cap and leaves as a limit; one without is none of ours.
  if (type !== 'limit' && !isConditional) deny('type', type, 'limit');
  if (!LIVES.includes(timeInForce)) deny('timeInForce', timeInForce, 'GTC');
  if (!CLIENT_ORDER_ID.test(request.clientOrderId)) deny('clientOrderId', request.clientOrderId);

  const takesAny = type === 'stop-market' || type === 'take-profit-market';
  const quantity = number('quantity');
  const price = takesAny ? undefined : number('price');
  const trigger = isConditional ? number('triggerPrice') : undefined;
  const told = number('notional');
  if (takesAny && request.price !== undefined) deny('price', request.price, ABSENT);
  if (!isConditional && request.triggerPrice !== undefined)
    deny('triggerPrice', request.triggerPrice, ABSENT);
  if (isConditional !== (request.triggerBy !== undefined)) deny('triggerBy', request.triggerBy);

  const isImmediate = !isConditional && (timeInForce === 'IOC' || timeInForce === 'FOK');
  if (isMarket && !isImmediate) deny('isMarket', `${type} ${timeInForce}`, 'limit IOC');
  if (timeInForce === 'GTX' && isConditional) deny('timeInForce', timeInForce, 'GTC');
  if (request.closePosition && !request.reduceOnly) deny('reduceOnly', 'false', 'true');
  if (request.closePosition && !takesAny) deny('closePosition', 'true', 'false');
  const leggy = legFor(request, state.held.isHedged);
  if (leg !== leggy) deny('leg', leg, leggy);

  const reckoned = price ?? trigger;
  if (quantity && reckoned && told && !quantity.times(reckoned).eq(told)) {
    deny('notional', request.notional, quantity.times(reckoned).toFixed());
  }
  if (!quantity || !reckoned || (isConditional && !trigger) || denials.length > 0) {
    return { kind: 'unreadable', denials };
  }
  const isReducing =
    request.reduceOnly &&
    state.market.instrument.kind !== 'spot' &&
    state.addsExposure !== true &&
    (request.closePosition || quantity.lte(closable(request, state.held)));
  return {
    kind: 'read',
    order: {
      request,
      quantity,
      price,
      trigger,
      notional: quantity.times(reckoned),
      isConditional,
      isImmediate,
      isReducing,
    },
  };
}

/** The leg an order is about: what opens adds to the leg of its own direction, what reduces takes from the other one. */
export function legFor(
  { side, reduceOnly }: Pick<OrderRequest, 'side' | 'reduceOnly'>,
  isHedged: boolean,
): OrderRequest['leg'] {
  if (!isHedged) return 'both';
  return (side === 'buy') === reduceOnly ? 'short' : 'long';
}
