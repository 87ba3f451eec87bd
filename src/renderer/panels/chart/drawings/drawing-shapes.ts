import { assertNever } from '#shared/base/assert-never.ts';
import type { Drawing, DrawingPoint } from '#shared/domain/drawing.ts';

/** Where times and prices stand on the pane, px. */
export interface PanePlaces {
  readonly width: number;
  readonly height: number;
  x(time: number): number | undefined;
  y(price: number): number | undefined;
}

export interface Spot {
  readonly x: number;
  readonly y: number;
}

export type Shape =
  | { readonly kind: 'line'; readonly from: Spot; readonly to: Spot; readonly isFaint?: boolean }
  | { readonly kind: 'area'; readonly from: Spot; readonly to: Spot; readonly move: 'up' | 'down' | 'none' }
  /** Words are made where they are drawn: they depend on the language. */
  | { readonly kind: 'price'; readonly at: Spot; readonly price: number; readonly level?: number }
  | { readonly kind: 'measure'; readonly at: Spot; readonly points: readonly [DrawingPoint, DrawingPoint] };

/** Parts of a move that are drawn, from its end (0) to its beginning (1) and beyond. */
const FIBONACCI_LEVELS = [0, 0.236, 0.382, 0.5, 0.618, 0.786, 1, 1.272, 1.618] as const;

/** Price of a level: 0 is where the move ended, 1 where it began. */
export function fibonacciPrice(from: DrawingPoint, to: DrawingPoint, level: number): number {
  return to.price + (from.price - to.price) * level;
}

/** What a drawing consists of on the screen; nothing while its points have no place there. */
export function shapesOf(drawing: Pick<Drawing, 'kind' | 'points'>, places: PanePlaces): readonly Shape[] {
  const spots = handlesOf(drawing, places);
  const [first, second] = spots;
  const [from, to] = drawing.points;
  if (first === undefined || from === undefined) return [];
  if (drawing.kind === 'horizontal') {
    const line = { kind: 'line', from: { x: 0, y: first.y }, to: { x: places.width, y: first.y } } as const;
    return [line, { kind: 'price', at: { x: places.width, y: first.y }, price: from.price }];
  }
  if (second === undefined || to === undefined) return [];
  switch (drawing.kind) {
    case 'trend':
      return [{ kind: 'line', from: first, to: second }];
    case 'measure': {
      const move = to.price > from.price ? 'up' : to.price < from.price ? 'down' : 'none';
      const middle = { x: (first.x + second.x) / 2, y: second.y };
      return [
        { kind: 'area', from: first, to: second, move },
        { kind: 'line', from: { x: middle.x, y: first.y }, to: { x: middle.x, y: second.y } },
        { kind: 'line', from: { x: first.x, y: second.y }, to: second },
        { kind: 'measure', at: middle, points: [from, to] },
      ];
    }
    case 'fibonacci': {
      const left = Math.min(first.x, second.x);
      const right = Math.max(first.x, second.x);
      const levels = FIBONACCI_LEVELS.flatMap((level): readonly Shape[] => {
        const price = fibonacciPrice(from, to, level);
        const y = price > 0 ? places.y(price) : undefined;
        if (y === undefined) return [];
        const line = { kind: 'line', from: { x: left, y }, to: { x: right, y } } as const;
        return [line, { kind: 'price', at: { x: left, y }, price, level }];
      });
      return [...levels, { kind: 'line', from: first, to: second, isFaint: true }];
    }
    default:
      return assertNever(drawing.kind);
  }
}

/** Where its points are taken hold of. A horizontal line's stands in the middle of the pane. */
export function handlesOf(
  { kind, points }: Pick<Drawing, 'kind' | 'points'>,
  places: PanePlaces,
): readonly Spot[] {
  return points.flatMap(({ time, price }) => {
    const x = kind === 'horizontal' ? places.width / 2 : places.x(time);
    const y = places.y(price);
    return x === undefined || y === undefined ? [] : [{ x, y }];
  });
}

/** How near the pointer must be to a line, and to a handle, px. */
const REACH = 5;
const HANDLE_REACH = 8;

/** What of a drawing lies under the pointer: one of its points, all of it, or nothing. */
export function partUnder(
  drawing: Pick<Drawing, 'kind' | 'points'>,
  places: PanePlaces,
  spot: Spot,
): { readonly kind: 'point'; readonly index: number } | { readonly kind: 'whole' } | undefined {
  // Of two points in one place the later can be pulled away from the earlier.
  const index = handlesOf(drawing, places).findLastIndex(
    (handle) => Math.hypot(handle.x - spot.x, handle.y - spot.y) <= HANDLE_REACH,
  );
  if (index >= 0) return { kind: 'point', index };
  const isOn = shapesOf(drawing, places).some(
    (shape) =>
      (shape.kind === 'line' && distance(spot, shape.from, shape.to) <= REACH) ||
      (shape.kind === 'area' && isInside(spot, shape.from, shape.to)),
  );
  return isOn ? { kind: 'whole' } : undefined;
}

function isInside({ x, y }: Spot, from: Spot, to: Spot): boolean {
  return (
    x >= Math.min(from.x, to.x) &&
    x <= Math.max(from.x, to.x) &&
    y >= Math.min(from.y, to.y) &&
    y <= Math.max(from.y, to.y)
  );
}

function distance({ x, y }: Spot, from: Spot, to: Spot): number {
  const width = to.x - from.x;
  const height = to.y - from.y;
  const length = width * width + height * height;
  const share = length === 0 ? 0 : ((x - from.x) * width + (y - from.y) * height) / length;
  const at = Math.min(1, Math.max(0, share));
  return Math.hypot(x - from.x - at * width, y - from.y - at * height);
}
