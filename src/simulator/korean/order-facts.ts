import Big from 'big.js';
import type { SimFill, SimOrder } from '../accounts/account-desk.ts';

/** `price`: a market buy of a total in won. `market`: a market sell. `best`: at the best price of the other side. */
export const ORDER_TYPES = ['limit', 'price', 'market', 'best'] as const;
export type KoreanOrderType = (typeof ORDER_TYPES)[number];
export type KoreanTimeInForce = 'ioc' | 'fok' | 'post_only';

/** One order in the terms both Korean venues think in. Money in won, volume in coins. */
export interface OrderFacts {
  readonly order: SimOrder;
  /** `KRW-BTC`. */
  readonly code: string;
  readonly side: 'bid' | 'ask';
  readonly type: KoreanOrderType;
  readonly timeInForce: KoreanTimeInForce | undefined;
  readonly isOpen: boolean;
  /** Limit price. */
  readonly price: Big | undefined;
  /** What a buy by total may spend. */
  readonly total: Big | undefined;
  /** Ordered; absent for a buy by total. */
  readonly volume: Big | undefined;
  readonly remaining: Big | undefined;
  readonly executed: Big;
  /** Won that changed hands, without fees. */
  readonly funds: Big;
  readonly average: Big | undefined;
  readonly reservedFee: Big;
  readonly remainingFee: Big;
  readonly paidFee: Big;
  /** Of a bid won, fee included; of an ask coins. */
  readonly locked: Big;
  readonly fills: readonly SimFill[];
}

const ZERO = new Big(0);
const TIMES: Readonly<Record<SimOrder['timeInForce'], KoreanTimeInForce | undefined>> = {
  GTC: undefined,
  IOC: 'ioc',
  FOK: 'fok',
  GTX: 'post_only',
};

/** `feeRate`: the share of a total that is put aside for the fee. */
export function orderFacts(order: SimOrder, fills: readonly SimFill[], feeRate: Big): OrderFacts {
  const side = order.side === 'buy' ? 'bid' : 'ask';
  const type = typeOf(order);
  const isOpen = ['untriggered', 'new', 'partially-filled'].includes(order.status);
  const isByTotal = side === 'bid' && (type === 'price' || type === 'best');
  const total = isByTotal ? totalOf(order) : undefined;
  const volume = isByTotal ? undefined : order.quantity;
  const remaining = volume?.minus(order.filled);
  const spendable = total ?? (order.price ?? ZERO).times(volume ?? ZERO);
  const reservedFee = side === 'bid' ? spendable.times(feeRate) : ZERO;
  const unspent = total ? total.minus(order.filledNotional) : (order.price ?? ZERO).times(remaining ?? ZERO);
  const remainingFee = isOpen && side === 'bid' ? unspent.times(feeRate) : ZERO;
  const locked = side === 'bid' ? unspent.plus(remainingFee) : (remaining ?? ZERO);
  return {
    order,
    code: order.symbol,
    side,
    type,
    timeInForce: type === 'limit' || type === 'best' ? TIMES[order.timeInForce] : undefined,
    isOpen,
    price: type === 'limit' ? order.price : undefined,
    total,
    volume,
    remaining,
    executed: order.filled,
    funds: order.filledNotional,
    average: order.filled.gt(0) ? order.filledNotional.div(order.filled) : undefined,
    reservedFee,
    remainingFee,
    paidFee: order.fee,
    locked: isOpen ? locked : ZERO,
    fills,
  };
}

function typeOf({ type, side, words }: SimOrder): KoreanOrderType {
  if (words?.['type'] === 'best') return 'best';
  if (type === 'limit') return 'limit';
  return side === 'buy' ? 'price' : 'market';
}

function totalOf({ words, quoteQuantity, filledNotional }: SimOrder): Big {
  const total = words?.['total'];
  return total === undefined ? (quoteQuantity ?? filledNotional) : new Big(total);
}
