import Big from 'big.js';
import type { AccountId, Position } from '#shared/domain/account.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import type { OrderDraft } from '#shared/domain/order-draft.ts';

type Held = Pick<Position, 'account' | 'instrument' | 'leg' | 'quantity'>;

/**
 * Makes a position smaller, or ends it: at market, reduce-only, never more than there is. `percent`: 1–100, of the position as it is
 * when the order is prepared, rounded down to the lot: what is less than one lot is no order (denied `min-quantity`), and such a rest
 * of a position stays.
 */
export function closeDraft(position: Held, percent: number): OrderDraft {
  const { account, instrument, quantity } = position;
  return marketDraft(account, instrument, {
    side: new Big(quantity).gt(0) ? 'sell' : 'buy',
    quantity: shareOf(percent),
    reduceOnly: true,
  });
}

/** Sells a share of what is free of a coin: the close of a spot market, which has no positions. Rounded as `closeDraft`. */
export function sellDraft(account: AccountId, instrument: InstrumentId, percent: number): OrderDraft {
  return marketDraft(account, instrument, { side: 'sell', quantity: shareOf(percent), reduceOnly: false });
}

/** What opens on the other side as much as was closed by an order of that side: see `createPositionOrders`. */
export function turnDraft(closed: OrderDraft, filledQuantity: string): OrderDraft {
  return { ...closed, reduceOnly: false, quantity: { unit: 'base', value: filledQuantity } };
}

function shareOf(percent: number): OrderDraft['quantity'] {
  return { unit: 'percent', value: new Big(Math.min(percent, 100)).toFixed() };
}

function marketDraft(
  account: AccountId,
  instrument: InstrumentId,
  order: Pick<OrderDraft, 'side' | 'quantity' | 'reduceOnly'>,
): OrderDraft {
  return {
    account,
    instrument,
    ...order,
    type: 'market',
    timeInForce: 'IOC',
    postOnly: false,
    closePosition: false,
  };
}
