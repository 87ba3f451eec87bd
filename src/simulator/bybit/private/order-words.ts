import type { SimOrder } from '../../accounts/account-desk.ts';
import { hash32 } from '../../random.ts';
import type { Category } from '../category.ts';
import { isCategory } from '../category.ts';

/** How the venue names orders and what becomes of them. */

export function categoryOf({ category }: Pick<SimOrder, 'category'>): Category {
  return isCategory(category) ? category : 'linear';
}

/** A number as a uuid, and back: the last twelve digits are the number. */
export function uuidOf(salt: number, number: number): string {
  const hex = (part: number) => hash32(salt, number, part).toString(16).padStart(8, '0');
  const tail = number.toString(16).padStart(12, '0');
  return `${hex(1)}-${hex(2).slice(0, 4)}-4${hex(2).slice(4, 7)}-a${hex(3).slice(0, 3)}-${tail}`;
}

const ORDER_SALT = 0x0b;
const EXECUTION_SALT = 0xe7;
/** Ids of spot orders are digits, more than a double holds. */
const SPOT_PREFIX = '1795';

/** Linear orders have a uuid, spot orders digits. */
export function orderIdOf(order: Pick<SimOrder, 'category' | 'number'>): string {
  return categoryOf(order) === 'spot'
    ? `${SPOT_PREFIX}${String(order.number).padStart(15, '0')}`
    : uuidOf(ORDER_SALT, order.number);
}

/** The number in an id; NaN in what is none. */
export function numberOf(orderId: string): number {
  if (/^1795\d{15}$/.test(orderId)) return Number(orderId.slice(SPOT_PREFIX.length));
  const tail = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-([0-9a-f]{12})$/.exec(orderId)?.[1];
  return tail === undefined ? Number.NaN : Number.parseInt(tail, 16);
}

export function executionIdOf(number: number): string {
  return uuidOf(EXECUTION_SALT, number);
}

export function isOpen({ status }: SimOrder): boolean {
  return status === 'new' || status === 'partially-filled' || status === 'untriggered';
}

/** Whether a conditional order ended while it still waited: `hasFired` says whether its trigger was seen to come. */
export function statusWord(order: SimOrder, hasFired: boolean): string {
  const isWaiting = order.trigger !== undefined && !hasFired;
  switch (order.status) {
    case 'untriggered':
      return 'Untriggered';
    case 'new':
      return 'New';
    case 'partially-filled':
      return 'PartiallyFilled';
    case 'filled':
      return 'Filled';
    case 'canceled':
      return isWaiting ? 'Deactivated' : cancelledWord(order);
    case 'expired':
      return cancelledWord(order);
    case 'rejected':
      return 'Rejected';
  }
}

/** Spot tells apart whether some of it was filled before. */
function cancelledWord(order: SimOrder): string {
  return categoryOf(order) === 'spot' && order.filled.gt(0) ? 'PartiallyFilledCanceled' : 'Cancelled';
}

export function cancelWord({ status, ended }: SimOrder): string {
  if (status === 'filled' || ended === undefined) return 'UNKNOWN';
  switch (ended) {
    case 'user':
      return 'CancelByUser';
    case 'reduce-only':
      return 'CancelByReduceOnly';
    case 'liquidation':
      return 'CancelAllBeforeLiq';
    case 'self-trade':
      return 'CancelBySmp';
    default:
      return 'UNKNOWN';
  }
}

export function rejectWord({ status, ended, filled }: SimOrder): string {
  if (status === 'filled') return 'EC_NoError';
  switch (ended) {
    case 'user':
      return 'EC_PerCancelRequest';
    case 'post-only':
      return 'EC_PostOnlyWillTakeLiquidity';
    case 'fok':
      return 'EC_NoImmediateQtyToFill';
    case 'ioc':
    case 'remainder':
      return filled.gt(0) ? 'EC_CancelForNoFullFill' : 'EC_NoImmediateQtyToFill';
    case 'insufficient':
      return 'EC_NoEnoughBalance';
    case 'engine':
      return 'EC_Others';
    default:
      return 'EC_NoError';
  }
}

export function lifeWord({ timeInForce, type }: Pick<SimOrder, 'timeInForce' | 'type'>): string {
  if (type === 'market') return 'IOC';
  return timeInForce === 'GTX' ? 'PostOnly' : timeInForce;
}

export function sideWord(side: 'buy' | 'sell'): string {
  return side === 'buy' ? 'Buy' : 'Sell';
}

/** 1: triggers when the price rises to it, 2: when it falls. */
export function triggerDirection({ side, trigger }: SimOrder): number {
  if (!trigger) return 0;
  return (trigger.kind === 'stop') === (side === 'buy') ? 1 : 2;
}
