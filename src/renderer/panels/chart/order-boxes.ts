import type { Order } from '#shared/domain/order.ts';
import type { AccountLine } from './account-lines.ts';

/** The line of an order where it is drawn now, px from the top of the chart. */
export interface PlacedLine {
  readonly line: AccountLine & { readonly order: Order };
  readonly y: number;
}

/** A cross on such a line, by its middle. */
export interface OrderBox extends PlacedLine {
  readonly x: number;
}

export const BOX = 18;
const FIRST_X = 14;
/** How near to a line a pointer takes hold of it. */
const REACH = 5;

/** A cross for each order, at the left end of its line; beside the one before where they would cover each other. */
export function orderBoxes(lines: readonly PlacedLine[]): readonly OrderBox[] {
  const boxes: OrderBox[] = [];
  for (const placed of lines) {
    // An order with a price and a trigger has two lines and one cross.
    if (boxes.some(({ line }) => line.order === placed.line.order)) continue;
    let x = FIRST_X;
    while (boxes.some((box) => box.x === x && Math.abs(box.y - placed.y) < BOX)) x += BOX;
    boxes.push({ ...placed, x });
  }
  return boxes;
}

/** What lies under the pointer: a cross before a line, the nearest line of several. */
export function orderUnder(
  lines: readonly PlacedLine[],
  x: number,
  y: number,
): { readonly kind: 'cross' | 'line'; readonly line: PlacedLine['line'] } | undefined {
  const half = BOX / 2;
  const box = orderBoxes(lines).find((one) => Math.abs(one.x - x) <= half && Math.abs(one.y - y) <= half);
  if (box !== undefined) return { kind: 'cross', line: box.line };
  const [nearest] = lines.toSorted((a, b) => Math.abs(a.y - y) - Math.abs(b.y - y));
  if (nearest === undefined || Math.abs(nearest.y - y) > REACH) return undefined;
  return { kind: 'line', line: nearest.line };
}
