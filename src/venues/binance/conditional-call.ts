import * as wire from '#shared/base/wire.ts';
import { digits } from '#shared/base/wire-number.ts';
import type { OrderRequest } from '#shared/domain/order-draft.ts';
import type { SignedCall } from '../account.ts';
import type { Placed } from '../order.ts';
import { ORDERS_BUDGET, object } from './account-answer.ts';
import { clientIdOf, positionFields, positive, sideWord, unable } from './order-fields.ts';
import { symbolOf } from './symbols.ts';

const WORDS = {
  stop: 'STOP',
  'stop-market': 'STOP_MARKET',
  'take-profit': 'TAKE_PROFIT',
  'take-profit-market': 'TAKE_PROFIT_MARKET',
} as const;

/**
 * `POST algoOrder`, the only door for orders that wait for their trigger since December 2025: the fact sheet, section 6.5.
 * Once triggered the order goes on in the regular list under another number: see `OrderReport.becameOrderId`.
 */
export function conditionalCall(
  request: OrderRequest & { readonly type: keyof typeof WORDS },
): SignedCall<Placed> {
  const clientAlgoId = clientIdOf(request.clientOrderId);
  return {
    method: 'POST',
    section: 'fapiPrivate',
    path: 'algoOrder',
    params: {
      algoType: 'CONDITIONAL',
      symbol: symbolOf(request.instrument),
      side: sideWord(request.side),
      type: WORDS[request.type],
      triggerPrice: positive(request.triggerPrice, 'trigger price'),
      workingType: request.triggerBy === 'mark' ? 'MARK_PRICE' : 'CONTRACT_PRICE',
      ...priceFields(request),
      ...quantityFields(request),
      clientAlgoId,
    },
    scope: ORDERS_BUDGET,
    weight: 1,
    parse(body) {
      const row = object(body);
      if (row['clientAlgoId'] !== clientAlgoId) throw new wire.Misshapen('an answer about another order');
      return { venueOrderId: digits(row, 'algoId') };
    },
  };
}

function priceFields({ type, price, timeInForce }: OrderRequest): SignedCall<unknown>['params'] {
  if (type === 'stop' || type === 'take-profit') {
    if (timeInForce === 'GTX') throw unable('has no post-only order that waits for a trigger');
    return { timeInForce, price: positive(price, 'price') };
  }
  if (price !== undefined) throw unable(`takes no price with a ${type} order`);
  return {};
}

/** The flag that closes whatever there is then excludes a quantity, and goes only with what becomes a market order. */
function quantityFields(request: OrderRequest): SignedCall<unknown>['params'] {
  if (!request.closePosition) {
    return { quantity: positive(request.quantity, 'quantity'), ...positionFields(request) };
  }
  if (request.type !== 'stop-market' && request.type !== 'take-profit-market') {
    throw unable(`closes no whole position with a ${request.type} order: its price may not be reached`);
  }
  const { reduceOnly: _, ...leg } = positionFields(request);
  return { closePosition: 'true', ...leg };
}
