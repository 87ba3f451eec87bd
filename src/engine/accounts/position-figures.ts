import Big from 'big.js';
import type { Position } from '#shared/domain/account.ts';

/** What a position's profit, return and distance are worked out from. Decimal texts. */
export interface PositionFacts {
  readonly leg: Position['leg'];
  /** Signed, in base. */
  readonly quantity: string;
  readonly entryPrice: string;
  readonly markPrice?: string | undefined;
  readonly leverage?: string | undefined;
  readonly liquidationPrice?: string | undefined;
  /** Held for it, in quote; absent: notional at entry over leverage. */
  readonly margin?: string | undefined;
}

export type PositionFigures = Pick<Position, 'notional' | 'returnPercent' | 'liquidationDistancePercent'> & {
  /** Absent without a mark price. */
  readonly unrealisedPnl?: string;
};

const PERCENT_PLACES = 4;

/**
 * Figures of a linear contract (margin and profit in quote) at a mark price: notional |q|·mark, profit (mark − entry)·q,
 * return profit ÷ margin, distance |mark − liquidation| ÷ mark: 0 at
 * the price and beyond it. A leg of a hedged account has its price on either side: there the other leg counts as well. `pnl`: the venue's own profit, where that is to stand.
 */
export function positionFigures(facts: PositionFacts, pnl?: string): PositionFigures {
  const { markPrice, liquidationPrice } = facts;
  const quantity = new Big(facts.quantity);
  const entry = new Big(facts.entryPrice);
  const mark = markPrice === undefined ? undefined : new Big(markPrice);
  const profit = pnl !== undefined ? new Big(pnl) : mark?.minus(entry).times(quantity);
  const margin = marginOf(facts);
  return {
    ...(mark && { notional: mark.times(quantity).abs().toFixed() }),
    ...(profit && { unrealisedPnl: profit.toFixed() }),
    ...(profit && margin?.gt(0) && { returnPercent: percent(profit, margin) }),
    ...(mark?.gt(0) &&
      liquidationPrice !== undefined && {
        liquidationDistancePercent: percent(distance(facts, mark.minus(liquidationPrice)), mark),
      }),
  };
}

function distance({ leg, quantity }: PositionFacts, above: Big): Big {
  if (leg !== 'both') return above.abs();
  const left = new Big(quantity).gt(0) ? above : above.neg();
  return left.gt(0) ? left : new Big(0);
}

function marginOf({ margin, leverage, quantity, entryPrice }: PositionFacts): Big | undefined {
  if (margin !== undefined && new Big(margin).gt(0)) return new Big(margin);
  if (leverage === undefined || !new Big(leverage).gt(0)) return undefined;
  return new Big(quantity).abs().times(entryPrice).div(leverage);
}

function percent(part: Big, whole: Big): string {
  return new Big(part.times(100).div(whole).toFixed(PERCENT_PLACES)).toFixed();
}
