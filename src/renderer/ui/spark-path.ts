export interface SparkPath {
  /** SVG path of the known stretches. */
  readonly d: string;
  /** Height of zero; `undefined` where it lies outside. */
  readonly zero: number | undefined;
  /** Where the newest known value is. */
  readonly end: { readonly x: number; readonly y: number } | undefined;
}

/** What a line is fitted into. */
export interface SparkBox {
  /** How many values there is room for. */
  readonly slots: number;
  /** px. */
  readonly width: number;
  readonly height: number;
  /** Narrower movements than this are drawn as small as they are. In the values' own unit. */
  readonly leastSpan: number;
}

/** Values (evenly spaced in time, NaN where unknown) → a line in a box; the newest stands at the right. */
export function sparkPath(
  values: readonly number[],
  { slots, width, height, leastSpan }: SparkBox,
): SparkPath {
  const known = values.filter((value) => !Number.isNaN(value));
  if (known.length === 0) return { d: '', zero: undefined, end: undefined };
  const low = Math.min(...known);
  const high = Math.max(...known);
  const span = Math.max(leastSpan, high - low);
  const bottom = (low + high - span) / 2;
  const x = (index: number) => round(width - ((values.length - 1 - index) * width) / (slots - 1));
  const y = (value: number) => round(height - ((value - bottom) / span) * height);
  let d = '';
  let end: SparkPath['end'];
  let isOpen = false;
  for (const [index, value] of values.entries()) {
    if (Number.isNaN(value)) {
      isOpen = false;
      continue;
    }
    end = { x: x(index), y: y(value) };
    d += `${isOpen ? 'L' : 'M'}${end.x} ${end.y}`;
    isOpen = true;
  }
  const hasZero = bottom <= 0 && bottom + span >= 0;
  return { d, zero: hasZero ? y(0) : undefined, end };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
