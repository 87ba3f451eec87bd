import Big from 'big.js';
import { isDecimal } from '#shared/base/wire.ts';

/** Divides towards zero, with more digits than any step has: what is floored afterwards is floored rightly. */
const Towards0 = Big();
Towards0.DP = 40;
Towards0.RM = 0;

/** Likewise away from zero: what has to be paid is never reckoned too low. */
const FromZero = Big();
FromZero.DP = 40;
FromZero.RM = 3;

/**
 * Plain decimal text ≥ 0 → its value: ASCII digits and at most one point between them, no sign, no exponent, no separators, no
 * needless zeros in front, at most 40 characters. `undefined` for anything else.
 */
export function plainBig(text: unknown): Big | undefined {
  return isDecimal(text) && !/^0\d/.test(text) ? new Big(text) : undefined;
}

/** `a / b`, cut off after 40 digits. Throws on a `b` of 0. */
export function quotient(a: Big, b: Big): Big {
  return new Big(new Towards0(a).div(b));
}

/** `a / b`, its 40th digit rounded away from zero: exact where it ends before that. Throws on a `b` of 0. */
export function quotientUp(a: Big, b: Big): Big {
  return new Big(new FromZero(a).div(b));
}

/** The largest multiple of `step` that is not above `value` ≥ 0. Exact. */
export function floorToStep(value: Big, step: Big): Big {
  return value.minus(value.mod(step));
}

/** The smallest multiple of `step` that is not below `value` ≥ 0. Exact. */
export function ceilToStep(value: Big, step: Big): Big {
  const floor = floorToStep(value, step);
  return floor.eq(value) ? floor : floor.plus(step);
}

export function smaller(a: Big, b: Big): Big {
  return a.lt(b) ? a : b;
}

export function larger(a: Big, b: Big): Big {
  return a.gt(b) ? a : b;
}

/** `percent` more (or, negative, less) of `value`. Exact. */
export function movedBy(value: Big, percent: Big | number): Big {
  return value.times(new Big(percent).plus(100)).times('0.01');
}
