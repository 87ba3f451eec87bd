import Big from 'big.js';
import type { OrderStatus } from '#shared/domain/order.ts';

/** What decides an order's status besides the venue's word for it. */
interface StatusFacts {
  readonly state: string;
  /** `limit`, `price` (market buy by total), `market` (market sell), `best`. */
  readonly orderType: string;
  /** `ioc`, `fok`, `post_only`. */
  readonly timeInForce?: string | undefined;
  /** In base. */
  readonly executed: string;
  /** In base; absent for an order by total. */
  readonly remaining?: string | undefined;
  /** Of an order by total: what it was to spend, and what it has spent, in quote. */
  readonly total?: string | undefined;
  readonly funds?: string | undefined;
  /** What prices are in: `KRW`. */
  readonly quote: string;
}

/** The smallest order each market takes, in its quote (fact sheet, section 5.4): less than that cannot be spent. */
const SMALLEST: Readonly<Record<string, string>> = { KRW: '5000', BTC: '0.00005', USDT: '0.5' };

/**
 * The venue's word → the standard status; `undefined` for a word nobody knows. Fact sheet, section 4.3: an order that ends
 * of its own accord ends in `cancel` even when nothing of it is left (since 2024-12-04), so what was executed decides.
 */
export function statusOf(facts: StatusFacts): OrderStatus | undefined {
  const isTouched = new Big(facts.executed).gt(0);
  const isEmpty = facts.remaining !== undefined && new Big(facts.remaining).eq(0);
  switch (facts.state) {
    case 'watch':
      return 'PENDING_TRIGGER';
    case 'wait':
      return isTouched ? 'PARTIALLY_FILLED' : 'NEW';
    case 'trade':
      return isEmpty && isTouched ? 'FILLED' : 'PARTIALLY_FILLED';
    case 'done':
      return 'FILLED';
    case 'cancel':
      if (!endsByItself(facts)) return 'CANCELED';
      return isTouched && (isEmpty || isSpent(facts)) ? 'FILLED' : 'EXPIRED';
    // Trading with oneself was prevented: the order is the smaller for it, or over.
    case 'prevented':
      if (isEmpty) return 'CANCELED';
      return isTouched ? 'PARTIALLY_FILLED' : 'NEW';
    default:
      return undefined;
  }
}

export function isByTotal({
  orderType,
  side,
}: {
  readonly orderType: string;
  readonly side: 'buy' | 'sell';
}) {
  return orderType === 'price' || (orderType === 'best' && side === 'buy');
}

/** Orders that never wait in the book: nobody cancels them but the venue. */
function endsByItself({ orderType, timeInForce }: StatusFacts): boolean {
  return orderType !== 'limit' || timeInForce === 'ioc' || timeInForce === 'fok';
}

/** Whether what is left of a total is too little to go on with. Where it is not told, having bought is enough. */
function isSpent({ total, funds, remaining, quote }: StatusFacts): boolean {
  if (remaining !== undefined) return false;
  if (total === undefined || funds === undefined) return true;
  return new Big(total).minus(funds).lt(SMALLEST[quote] ?? 0);
}
