import type { Cause, ConnectionStateKind } from '#shared/domain/connection.ts';
import { worseOf } from '#shared/domain/health-kind.ts';
import type { TimelineRow } from '#shared/domain/incident.ts';

/** What can be told apart on the strip: one span, or several too short to stand alone. */
export interface StripCell {
  readonly from: number;
  readonly to: number;
  /** The worst of what it stands for, and why. */
  readonly kind: ConnectionStateKind;
  readonly cause: Cause | undefined;
  /** Spans it stands for. */
  readonly count: number;
}

/**
 * The spans of a row that touch `[from, to)`, clipped to it. Neighbours shorter than `leastMs` become one cell that
 * says the worst of them, so that a flapping month stays drawable and not one bad second of it is painted over.
 */
export function mergeSpans(
  spans: TimelineRow['spans'],
  from: number,
  to: number,
  leastMs: number,
): readonly StripCell[] {
  const cells: StripCell[] = [];
  for (const span of spans) {
    const cell: StripCell = {
      from: Math.max(from, span.from),
      to: Math.min(to, span.to),
      kind: span.kind,
      cause: span.cause,
      count: 1,
    };
    if (cell.to <= cell.from) continue;
    const last = cells.at(-1);
    const touches = last !== undefined && last.to >= cell.from && isShort(last) && isShort(cell);
    if (touches) cells[cells.length - 1] = joined(last, cell);
    else cells.push(cell);
  }
  return cells;

  function isShort(cell: StripCell): boolean {
    return cell.to - cell.from < leastMs;
  }
}

function joined(one: StripCell, next: StripCell): StripCell {
  const worst = worseOf(one.kind, next.kind) === one.kind ? one : next;
  return { ...worst, from: one.from, to: next.to, count: one.count + next.count };
}

/** Index of the cell that holds `at`, or of the nearest; -1 where there are none. */
export function cellAt(cells: readonly StripCell[], at: number): number {
  const holding = cells.findIndex((cell) => at < cell.to);
  return holding < 0 ? cells.length - 1 : holding;
}
