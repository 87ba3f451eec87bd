import Big from 'big.js';

const ZERO = new Big(0);
/** Digits a share of the cost is rounded to: what is rounded off stays in what is left. */
const COST_DECIMALS = 8;
const PRICE_DECIMALS = 12;

/** A position by what it cost. */
export interface Holding {
  /** Signed: negative is short. */
  readonly quantity: Big;
  /** Price times signed quantity, summed up. */
  readonly cost: Big;
  /** Since it was opened. */
  readonly realised: Big;
  readonly openedAt: number;
  readonly updatedAt: number;
}

export const FLAT: Holding = { quantity: ZERO, cost: ZERO, realised: ZERO, openedAt: 0, updatedAt: 0 };

/** The position after `change` (signed) at `price`, and the profit that made real. */
export function traded(
  before: Holding,
  change: Big,
  price: Big,
  time: number,
): { readonly holding: Holding; readonly realised: Big } {
  const { quantity, cost } = before;
  const isOpposite = quantity.s !== change.s && !quantity.eq(0);
  if (!isOpposite) {
    const holding: Holding = {
      quantity: quantity.plus(change),
      cost: cost.plus(change.times(price)),
      realised: before.realised,
      openedAt: quantity.eq(0) ? time : before.openedAt,
      updatedAt: time,
    };
    return { holding, realised: ZERO };
  }
  const isClosing = change.abs().gte(quantity.abs());
  const closed = isClosing ? quantity.times(-1) : change;
  const released = isClosing
    ? cost
    : cost.times(closed.abs()).div(quantity.abs()).round(COST_DECIMALS, Big.roundHalfUp);
  // Closing a long sells: what came in, less what it had cost.
  const realised = closed.times(price).times(-1).minus(released);
  const rest = change.minus(closed);
  const holding: Holding = isClosing
    ? { quantity: rest, cost: rest.times(price), realised: ZERO, openedAt: time, updatedAt: time }
    : {
        quantity: quantity.plus(change),
        cost: cost.minus(released),
        realised: before.realised.plus(realised),
        openedAt: before.openedAt,
        updatedAt: time,
      };
  return { holding, realised };
}

/** Average price it was entered at. Not of an empty one. */
export function entryPriceOf({ quantity, cost }: Holding): Big {
  return cost.div(quantity).round(PRICE_DECIMALS, Big.roundHalfUp);
}
