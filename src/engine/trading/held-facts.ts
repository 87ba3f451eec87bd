import Big from 'big.js';
import type { Instrument } from '#shared/domain/instrument.ts';
import { isTerminal, type Order, type OrderSide } from '#shared/domain/order.ts';
import type { AccountHoldings } from '../accounts/account-holdings.ts';
import type { HeldFacts } from './facts.ts';
import type { TradingAccount } from './trading-account.ts';

type Watched = Pick<
  TradingAccount,
  'environment' | 'isReal' | 'mode' | 'isHedged' | 'abilities' | 'fees' | 'holdings'
>;

/** What is seen of an account as far as one instrument is concerned. `unknownHere`: orders of ours on it in the dark. */
export function heldFacts(account: Watched, instrument: Instrument, unknownHere: number): HeldFacts {
  const { holdings } = account;
  const open = [...holdings.orders.values()]
    .map(({ order }) => order)
    .filter((one) => !isTerminal(one.status));
  const positions = [...holdings.positions.values()]
    .map(({ row }) => row)
    .filter((row) => row !== undefined)
    .filter((row) => row.instrument === instrument.id);
  // Contracts of the four venues are linear: margin, profit and fees are in the quote currency.
  const free = freeOf(holdings, instrument.quote);
  const freeBase = instrument.kind === 'spot' ? freeOf(holdings, instrument.base) : undefined;
  const leverage =
    holdings.settings.get(instrument.id)?.setting.leverage ??
    positions.find((row) => row.leverage !== undefined)?.leverage;
  return {
    environment: account.environment,
    isReal: account.isReal,
    mode: account.mode,
    isHedged: account.isHedged,
    abilities: account.abilities(instrument.id),
    fees: account.fees(instrument.id),
    free,
    ...(freeBase && { freeBase }),
    positions: positions.map(({ leg, quantity, entryPrice, leverage: own, liquidationPrice }) => ({
      leg,
      quantity,
      entryPrice,
      ...(own !== undefined && { leverage: own }),
      ...(liquidationPrice !== undefined && { liquidationPrice }),
    })),
    ...(leverage !== undefined && { leverage }),
    reducing: {
      buy: standing(open, instrument, 'buy'),
      sell: standing(open, instrument, 'sell'),
    },
    openOrders: open.length,
    unknownHere,
  };
}

/** A currency that is not listed is one of which there is nothing, once there are balances at all. */
function freeOf({ balances, serial }: AccountHoldings, currency: string): HeldFacts['free'] {
  const quantity = balances.get(currency)?.row?.free;
  if (quantity !== undefined) return { currency, quantity };
  return balances.size > 0 || serial > 0 ? { currency, quantity: '0' } : undefined;
}

/**
 * Unfilled, in base, of the reduce-only orders that stand in the book. Those that wait for a trigger are left out: a stop and
 * a take-profit for all of a position are one way out each, not twice the position.
 */
function standing(open: readonly Order[], instrument: Instrument, side: OrderSide): string {
  const mine = open.filter(
    (order) =>
      order.instrument === instrument.id &&
      order.side === side &&
      order.reduceOnly &&
      !order.isConditional &&
      order.status !== 'PENDING_TRIGGER',
  );
  let sum = new Big(0);
  for (const { quantity, filledQuantity } of mine) {
    if (quantity === undefined) continue;
    const left = new Big(quantity).minus(filledQuantity);
    if (left.gt(0)) sum = sum.plus(left);
  }
  return sum.toFixed();
}
