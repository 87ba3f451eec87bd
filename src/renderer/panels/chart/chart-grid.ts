import type { InstrumentId } from '#shared/domain/instrument.ts';
import type { Interval } from '#shared/domain/interval.ts';
import { instrumentOf, intervalOf, linkOf, type PanelLink } from '../../workspace/panel-params.ts';

export const GRID_COUNTS = [1, 2, 3, 4, 6, 9] as const;
export type GridCount = (typeof GRID_COUNTS)[number];
const MOST = 9;

/** One chart of a grid. `link`: of a colour, or `none` with an instrument of its own. */
export interface CellState {
  readonly link: PanelLink;
  readonly instrument?: InstrumentId | undefined;
  readonly interval?: Interval | undefined;
  /** See `ChartLook`; read by the chart itself. */
  readonly look?: unknown;
}

export interface GridState {
  readonly count: GridCount;
  readonly syncCrosshair: boolean;
  readonly syncRange: boolean;
  readonly syncInterval: boolean;
  /** Always nine: those beyond the count keep what they were. */
  readonly cells: readonly CellState[];
}

/** Cells differ by interval at first, so that a new grid already tells something. */
const FIRST_INTERVALS: readonly Interval[] = ['1m', '5m', '15m', '1h', '4h', '1d', '3m', '30m', '2h'];

/** What a layout remembered of a grid, which a hand may have been in: what makes no sense is as at first. */
export function readGrid(given: unknown): GridState {
  const known = objectOf(given);
  const cells = Array.isArray(known['cells']) ? (known['cells'] as readonly unknown[]) : [];
  return {
    count: GRID_COUNTS.find((count) => count === known['count']) ?? 4,
    syncCrosshair: known['syncCrosshair'] !== false,
    syncRange: known['syncRange'] === true,
    syncInterval: known['syncInterval'] === true,
    cells: Array.from({ length: MOST }, (_, index): CellState => {
      const cell = objectOf(cells[index]);
      const own = instrumentOf(cell);
      return {
        link: linkOf(cell),
        ...(own === undefined ? {} : { instrument: own }),
        interval: intervalOf(cell) ?? FIRST_INTERVALS[index] ?? '1m',
        ...(cell['look'] === undefined ? {} : { look: cell['look'] }),
      };
    }),
  };
}

function objectOf(given: unknown): Readonly<Record<string, unknown>> {
  return typeof given === 'object' && given !== null && !Array.isArray(given)
    ? (given as Readonly<Record<string, unknown>>)
    : {};
}
