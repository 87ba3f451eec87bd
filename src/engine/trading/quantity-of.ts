import Big from 'big.js';
import { assertNever } from '#shared/base/assert-never.ts';
import type { Denial } from '#shared/domain/order-check.ts';
import type { OrderDraft, OrderRequest } from '#shared/domain/order-draft.ts';
import { floorToStep, quotient } from './exact-decimal.ts';
import type { DraftSight, HeldFacts } from './facts.ts';
import { UNKNOWN } from './guard-rules/judged-order.ts';
import { closable } from './guard-rules/position-left.ts';
import type { TypedReader } from './typed-decimal.ts';

/** What a fee is taken for while it is not known: the highest of the four venues. */
const UNKNOWN_FEE = '0.0025';

type Sided = Pick<OrderRequest, 'side' | 'leg' | 'reduceOnly'> & {
  /** The price a total in quote is divided by; `undefined`: that is denied already. */
  readonly divisor: Big | undefined;
};

/**
 * The quantity of a draft in base. Base and contracts (one base each) as typed; a total in quote, and percent, rounded down to
 * the step. Percent: of the position for what reduces; of the free base for a spot sell; for a spot buy what the free quote
 * pays for with its fee; with leverage what the free quote margins with its fee, one to one while the leverage is not known.
 * `closePosition`: all of the position. What is wrong goes into `denials`.
 */
export function quantityOf(
  draft: OrderDraft,
  sided: Sided,
  sight: DraftSight,
  typed: TypedReader,
  denials: Denial[],
): Big | undefined {
  const { instrument } = sight.market;
  const { unit, value } = draft.quantity;
  const deny = (denial: Denial) => {
    denials.push(denial);
    return undefined;
  };
  if (draft.closePosition) {
    const whole = closable(sided, sight.held);
    if (whole.gt(0)) return whole;
    return deny({ rule: 'reduce-only', limit: '0', value: 'close-position', unit: instrument.base });
  }
  const floored = (quantity: Big) => {
    const floor = floorToStep(quantity, new Big(instrument.quantityStep));
    if (floor.gt(0)) return floor;
    return deny({
      rule: 'min-quantity',
      limit: instrument.minQuantity,
      value: new Big(quantity.toFixed(18)).toFixed(),
      passes: instrument.minQuantity,
      unit: instrument.base,
    });
  };
  switch (unit) {
    case 'base':
    case 'contracts':
      return typed('quantity', value);
    case 'quote': {
      const total = typed('quantity', value);
      return total && sided.divisor && floored(quotient(total, sided.divisor));
    }
    case 'percent': {
      const percent = typed('percent', value);
      if (!percent) return undefined;
      if (percent.gt(100)) {
        return deny({ rule: 'shape', limit: 'percent', value, passes: '100', unit: '%' });
      }
      if (sided.reduceOnly) {
        const whole = closable(sided, sight.held);
        if (whole.gt(0)) return floored(whole.times(percent).times('0.01'));
        return deny({ rule: 'reduce-only', limit: '0', value: `${value} %`, unit: instrument.base });
      }
      const whole = affordable(sided, sight);
      if (whole === undefined) return deny({ rule: 'funds', limit: UNKNOWN, value: `${value} %` });
      if (whole === 'no-price') return undefined;
      if (whole.gt(0)) return floored(whole.times(percent).times('0.01'));
      return deny({ rule: 'funds', limit: '0', value: `${value} %`, unit: payWith(sided, sight) });
    }
    default:
      return assertNever(unit);
  }
}

/** What everything that is free would do for, in base; `undefined`: it is not known what is free. */
function affordable({ side, divisor }: Sided, { market, held }: DraftSight): Big | 'no-price' | undefined {
  const isSpot = market.instrument.kind === 'spot';
  if (isSpot && side === 'sell') return held.freeBase && new Big(held.freeBase.quantity);
  if (!held.free) return undefined;
  if (!divisor) return 'no-price';
  const free = new Big(held.free.quantity);
  const fee = new Big(held.fees?.taker ?? UNKNOWN_FEE);
  const leverage = isSpot ? new Big(1) : leverageOf(held);
  // margin + fee = notional/leverage + notional·fee ≤ free
  return quotient(free.times(leverage), divisor.times(fee.times(leverage).plus(1)));
}

function leverageOf({ leverage }: HeldFacts): Big {
  const told = new Big(leverage ?? 1);
  return told.gt(0) ? told : new Big(1);
}

function payWith({ side }: Sided, { market: { instrument } }: DraftSight): string {
  return instrument.kind === 'spot' && side === 'sell' ? instrument.base : instrument.quote;
}
