import Big from 'big.js';
import type { OrderSide } from '#shared/domain/order.ts';
import type { PaperRules } from './paper-rules.ts';
import type { PaperLedger, PaperListing, PaperPosition } from './paper-state.ts';

const ZERO = new Big(0);
/** Fees and shares of a cost are rounded to this; what is rounded off stays in what is left. */
const MONEY_PLACES = 8;
const PRICE_PLACES = 12;

export interface BookedFill {
  readonly ledger: PaperLedger;
  readonly fee: Big;
  readonly feeCurrency: string;
  /** Only of a fill that made a position smaller. */
  readonly realisedPnl: Big | undefined;
}

/** Writes one execution down: money, coins or position, and fee. Nothing is lost and nothing made, to the last digit. */
export function bookFill(
  ledger: PaperLedger,
  listing: PaperListing,
  rules: PaperRules,
  fill: { readonly side: OrderSide; readonly price: Big; readonly quantity: Big; readonly isMaker: boolean },
): BookedFill {
  const { base, quote } = listing;
  const { side, price, quantity } = fill;
  const notional = price.times(quantity);
  const change = side === 'buy' ? quantity : quantity.neg();
  const isInBase = rules.kind === 'spot' && rules.feeIn === 'received' && side === 'buy';
  const rate = fill.isMaker ? rules.makerFee : rules.takerFee;
  // Rounded down: what was held for a whole order is enough for its parts.
  const fee = (isInBase ? quantity : notional).times(rate).round(MONEY_PLACES, Big.roundDown);
  const feeCurrency = isInBase ? base : quote;
  const fees = moved(ledger.fees, feeCurrency, fee);
  if (rules.kind === 'spot') {
    const money = change.s > 0 ? notional.neg() : notional;
    const balances = moved(moved(ledger.balances, base, change), quote, money);
    return {
      ledger: { ...ledger, fees, balances: moved(balances, feeCurrency, fee.neg()) },
      fee,
      feeCurrency,
      realisedPnl: undefined,
    };
  }
  const before = ledger.positions[listing.id];
  const { position, realised } = traded(before, change, price);
  const { [listing.id]: _, ...others } = ledger.positions;
  return {
    ledger: {
      ...ledger,
      fees,
      balances: moved(ledger.balances, quote, (realised ?? ZERO).minus(fee)),
      positions: position === undefined ? others : { ...others, [listing.id]: position },
      realised: moved(ledger.realised, quote, realised ?? ZERO),
    },
    fee,
    feeCurrency,
    realisedPnl: realised,
  };
}

/** What is missing is let off: as a venue's insurance fund does. */
export function coverDebt(ledger: PaperLedger, currency: string): PaperLedger {
  const total = new Big(ledger.balances[currency] ?? 0);
  if (total.gte(0)) return ledger;
  return {
    ...ledger,
    balances: moved(ledger.balances, currency, total.neg()),
    covered: moved(ledger.covered, currency, total.neg()),
  };
}

/** The position after `change` (signed), and the profit that made real. */
function traded(
  before: PaperPosition | undefined,
  change: Big,
  price: Big,
): { readonly position: PaperPosition | undefined; readonly realised: Big | undefined } {
  const quantity = new Big(before?.quantity ?? 0);
  const cost = new Big(before?.cost ?? 0);
  if (quantity.eq(0) || quantity.s === change.s) {
    return {
      position: positionOf(quantity.plus(change), cost.plus(change.times(price))),
      realised: undefined,
    };
  }
  const isClosed = change.abs().gte(quantity.abs());
  const closed = isClosed ? quantity.neg() : change;
  const released = isClosed ? cost : cost.times(closed.abs()).div(quantity.abs()).round(MONEY_PLACES);
  // Closing a long sells: what came in, less what it had cost.
  const realised = closed.times(price).neg().minus(released);
  const rest = change.minus(closed);
  const position = isClosed
    ? positionOf(rest, rest.times(price))
    : positionOf(quantity.plus(change), cost.minus(released));
  return { position, realised };
}

function positionOf(quantity: Big, cost: Big): PaperPosition | undefined {
  return quantity.eq(0) ? undefined : { quantity: quantity.toFixed(), cost: cost.toFixed() };
}

/** Average price a position was entered at. */
export function entryOf({ quantity, cost }: PaperPosition): Big {
  return new Big(cost).div(quantity).round(PRICE_PLACES);
}

/** How much of the position an order of this side could close. */
export function reducible({ positions }: PaperLedger, instrument: string, side: OrderSide): Big {
  const quantity = new Big(positions[instrument]?.quantity ?? 0);
  const isOpposite = side === 'buy' ? quantity.lt(0) : quantity.gt(0);
  return isOpposite ? quantity.abs() : ZERO;
}

function moved(
  money: Readonly<Record<string, string>>,
  currency: string,
  by: Big,
): Readonly<Record<string, string>> {
  if (by.eq(0)) return money;
  return { ...money, [currency]: new Big(money[currency] ?? 0).plus(by).toFixed() };
}
