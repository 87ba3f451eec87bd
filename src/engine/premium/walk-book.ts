/** What taking `quantity` from one side of a book brings or costs. */
export interface Taken {
  /** In quote. */
  readonly notional: number;
  /** In base; less than asked for where the visible book ends. */
  readonly quantity: number;
}

/** One side of a book as flat pairs of integers, best first, and their scales. */
export interface BookLevels {
  readonly levels: Float64Array;
  readonly priceScale: number;
  readonly quantityScale: number;
}

/** Takes from the best on, level by level. `quantity` in base. */
export function walkBook({ levels, priceScale, quantityScale }: BookLevels, quantity: number): Taken {
  const priceUnit = 10 ** -priceScale;
  const quantityUnit = 10 ** -quantityScale;
  let notional = 0;
  let left = quantity;
  for (let at = 0; at + 1 < levels.length && left > 0; at += 2) {
    const taken = Math.min(left, (levels[at + 1] ?? 0) * quantityUnit);
    notional += taken * (levels[at] ?? 0) * priceUnit;
    left -= taken;
  }
  return { notional, quantity: quantity - Math.max(0, left) };
}
