import { decimalPlaces, toScaled } from '#shared/base/decimal.ts';
import type { Instrument } from '#shared/domain/instrument.ts';
import type { OrderSide } from '#shared/domain/order.ts';

/** How many steps of the price one row holds. */
export const GROUPINGS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000] as const;

/** Rows over the prices of an instrument. Prices and rows are exact integers at `scale` digits; a row is its lowest price. */
export interface LadderScale {
  readonly scale: number;
  /** The row this price lies in. */
  rowOf(price: number): number;
  /** The next row up, and the next one down; `undefined` below the lowest price there is. */
  above(row: number): number;
  below(row: number): number | undefined;
}

interface Band {
  readonly from: number;
  readonly step: number;
}

/** What lies further below the market is never shown, and its finer steps would make the integers inexact. */
const REACH = 100;

/**
 * `bookScale`: digits of the book's own prices. `near`: where the market stands, in quote. Where the step of the price
 * depends on the price, so does the height of a row; a band always begins a row of its own, so that every row is a price
 * the venue takes.
 */
export function createLadderScale(
  { tickSize, tickBands }: Pick<Instrument, 'tickSize' | 'tickBands'>,
  bookScale: number,
  grouping: number,
  near: number,
): LadderScale {
  const all = tickBands?.length ? tickBands : [{ from: '0', tick: tickSize }];
  const first = all.findLastIndex(({ from }) => Number(from) <= near / REACH);
  const told = all.slice(Math.max(0, first));
  const scale = Math.max(bookScale, ...told.map(({ tick }) => decimalPlaces(tick)));
  const bands: readonly Band[] = told.map(({ from, tick }, index) => ({
    from: index === 0 ? 0 : (toScaled(from, scale) ?? 0),
    step: (toScaled(tick, scale) ?? 1) * grouping,
  }));
  const bandOf = (price: number) => bands.findLast(({ from }) => price >= from) ?? bands[0];
  const rowOf = (price: number) => {
    const { from, step } = bandOf(price) as Band;
    return Math.max(from, price - (price % step));
  };
  return {
    scale,
    rowOf,
    above(row) {
      const { step } = bandOf(row) as Band;
      const next = row - (row % step) + step;
      const border = bands.find(({ from }) => from > row)?.from ?? Infinity;
      return Math.min(next, border);
    },
    below(row) {
      const next = row <= 1 ? 0 : rowOf(row - 1);
      return next > 0 ? next : undefined;
    },
  };
}

/**
 * The row a resting order stands in: what buys in the row at or below its price, what sells at or above, so that a row
 * never promises a better price than stands there.
 */
export function restingRow(scale: LadderScale, price: number, side: OrderSide): number {
  const row = scale.rowOf(price);
  return side === 'buy' || row === price ? row : scale.above(row);
}

/** Highest first: so many rows above the middle one, it, and so many below. Fewer where there are no lower prices. */
export function rowsAround(scale: LadderScale, middle: number, above: number, below: number): number[] {
  const rows = [scale.rowOf(middle)];
  for (let index = 0; index < above; index += 1) rows.unshift(scale.above(rows[0] ?? 0));
  for (let index = 0; index < below; index += 1) {
    const next = scale.below(rows.at(-1) ?? 0);
    if (next === undefined) break;
    rows.push(next);
  }
  return rows;
}

/** So many rows further up (or down, negative). */
export function stepRows(scale: LadderScale, row: number, steps: number): number {
  let at = row;
  for (let done = 0; done < Math.abs(steps); done += 1) {
    at = steps > 0 ? scale.above(at) : (scale.below(at) ?? at);
  }
  return at;
}

/** Quantities by row. `levels`: pairs price, quantity as integers; `factor` takes a price to the ladder's scale. */
export function quantitiesByRow(
  scale: LadderScale,
  levels: Float64Array,
  factor: number,
  side: OrderSide,
): ReadonlyMap<number, number> {
  const rows = new Map<number, number>();
  for (let index = 0; index + 1 < levels.length; index += 2) {
    const row = restingRow(scale, (levels[index] ?? 0) * factor, side);
    rows.set(row, (rows.get(row) ?? 0) + (levels[index + 1] ?? 0));
  }
  return rows;
}

/** Whether the market has left the middle half of what is shown, so that the ladder should follow it. */
export function isAstray(rows: readonly number[], market: number): boolean {
  const quarter = Math.floor(rows.length / 4);
  const highest = rows[quarter];
  const lowest = rows[rows.length - 1 - quarter];
  return highest === undefined || lowest === undefined || market > highest || market < lowest;
}

/** Which row lies at this height; `undefined` outside. `top` and `y` in pixels of the window. */
export function rowAt(y: number, top: number, rowHeight: number, count: number): number | undefined {
  const index = Math.floor((y - top) / rowHeight);
  return index >= 0 && index < count ? index : undefined;
}
