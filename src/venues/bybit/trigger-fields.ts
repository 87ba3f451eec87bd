import type { OrderRequest } from '#shared/domain/order-draft.ts';
import type { SignedCall } from '../account.ts';
import { positive, unable } from './order-fields.ts';
import { familyOf } from './symbols.ts';

const RISES = 1;
const FALLS = 2;

/**
 * What makes an order wait: the fact sheet, section 5.4. A stop waits for the price to go the order's way, a take-profit for
 * it to come towards it. The way it comes is said, so that a price that has passed the trigger meanwhile refuses the order
 * instead of turning its sense around: that is why spot markets, where it cannot be said, have none.
 */
export function triggerFields(request: OrderRequest): SignedCall<unknown>['params'] {
  const { instrument, type, side, triggerPrice, triggerBy, closePosition } = request;
  if (type === 'limit' || type === 'market') {
    if (triggerPrice !== undefined) throw unable(`has no trigger on a ${type} order`);
    return {};
  }
  if (familyOf(instrument) === 'spot') throw unable('takes conditional orders on contracts only');
  if (closePosition) throw unable('has no conditional order that closes whatever the position is then');
  const isStop = type === 'stop' || type === 'stop-market';
  return {
    triggerPrice: positive(triggerPrice, 'trigger price'),
    triggerDirection: isStop === (side === 'buy') ? RISES : FALLS,
    triggerBy: triggerBy === 'mark' ? 'MarkPrice' : 'LastPrice',
  };
}
