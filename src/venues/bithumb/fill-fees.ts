import Big from 'big.js';

/** A fill as the stream tells it, with what its order has paid in all. */
export interface PaidFill {
  readonly orderId: string;
  readonly tradeId: string;
  readonly quantity: string;
  readonly executed: string;
  readonly paidFee: string | undefined;
}

interface Paid {
  readonly executed: string;
  readonly paidFee: string;
  readonly tradeId: string;
  readonly fee: string | undefined;
}

export interface FillFees {
  /** What this fill cost, in quote; `undefined` where it cannot be told. */
  feeOf(fill: PaidFill): string | undefined;
}

/** More orders than this are not filled in turns: the longest forgotten one starts anew. */
const REMEMBERED = 5_000;

/**
 * The venue tells what an order has paid in all: a fill's fee is what came on top (fact sheet, section 4.1). That holds
 * only between two fills that followed each other, or for the first one: after a gap, or for what comes late, the fee is
 * not told rather than guessed.
 */
export function createFillFees(): FillFees {
  const orders = new Map<string, Paid>();
  return {
    feeOf(fill) {
      const { orderId, tradeId, paidFee, executed } = fill;
      if (paidFee === undefined) return undefined;
      const last = orders.get(orderId);
      if (last?.tradeId === tradeId) return last.fee;
      const before = new Big(executed).minus(fill.quantity);
      // What is older than the last one says nothing of it.
      if (last && before.lt(last.executed)) return undefined;
      const paidBefore = before.eq(0) ? '0' : last && before.eq(last.executed) ? last.paidFee : undefined;
      const fee = paidBefore === undefined ? undefined : new Big(paidFee).minus(paidBefore);
      const known = fee?.gte(0) ? fee.toFixed() : undefined;
      orders.delete(orderId);
      orders.set(orderId, { executed, paidFee, tradeId, fee: known });
      const oldest = orders.keys().next().value;
      if (orders.size > REMEMBERED && oldest !== undefined) orders.delete(oldest);
      return known;
    },
  };
}
