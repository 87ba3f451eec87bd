import type { Undo } from '#shared/base/emitter.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import type { Desk } from '../../stores/desk.ts';
import { formatAge, formatMoment } from '../../ui/format-time.ts';
import { createLine, createPainter, type Line, mark } from '../../ui/painter.ts';
import { createPriceFlash, flashSources } from '../../ui/price-flash.ts';
import { paintSpark } from './paint-spark.ts';
import type { WatchColumn } from './watch-columns.ts';
import { readFigure, type WatchSources } from './watch-figures.ts';

/** Ten times a second: a list is looked over, not stared at. */
const PAINT_EVERY_MS = 100;

/** The elements of one row that move with the market: a line each, an `<svg>` for `spark`; `old` says the age of what is stale. */
export interface RowCells {
  readonly columns: ReadonlyMap<WatchColumn, HTMLElement>;
  readonly spark: SVGSVGElement | undefined;
  readonly old: HTMLElement | undefined;
}

export interface WatchlistPainter {
  /** Keeps these cells painted until undone. */
  keep(instrument: InstrumentId, cells: RowCells): Undo;
  readonly dispose: Undo;
}

interface KeptRow {
  readonly figures: readonly {
    readonly column: Exclude<WatchColumn, 'spark'>;
    readonly cell: HTMLElement;
    readonly line: Line;
  }[];
  readonly spark: SVGSVGElement | undefined;
  readonly old: { readonly cell: HTMLElement; readonly line: Line } | undefined;
}

/** Paints the rows on screen, only those that changed, once per frame and never through React. */
export function createWatchlistPainter(
  desk: WatchSources &
    Pick<Desk, 'settings'> & { readonly extras: { subscribe(listener: () => void): Undo } },
  onFault: (fault: unknown) => void,
): WatchlistPainter {
  const rows = new Map<InstrumentId, KeptRow>();
  const dirty = new Set<InstrumentId>();
  let areSparksDue = false;
  // Put out by itself: the pace of the list would leave it lit for too long.
  const flash = createPriceFlash(flashSources(desk), () => flash.sweep());

  const paintRow = (instrument: InstrumentId, row: KeptRow) => {
    for (const { column, cell, line } of row.figures) {
      const { text, fresh, move } = readFigure(desk, instrument, column);
      line.set(text);
      mark(cell, 'fresh', fresh);
      mark(cell, 'move', move);
      if (column !== 'last') continue;
      paintAge(instrument, row, cell, fresh === 'stale');
      const last = desk.tickers.store.getState().rows.get(instrument)?.last ?? Number.NaN;
      flash.see(cell, last, instrument, fresh === 'fresh');
    }
  };

  const paintAge = (instrument: InstrumentId, row: KeptRow, cell: HTMLElement, isStale: boolean) => {
    const receivedAt = desk.tickers.store.getState().rows.get(instrument)?.lastReceivedAt;
    const isOld = isStale && receivedAt !== undefined;
    row.old?.line.set(isOld ? formatAge(desk.pulse.getState().now - receivedAt, currentLanguage()) : '');
    const title = isOld ? formatMoment(receivedAt) : '';
    if (cell.title !== title) cell.title = title;
  };

  const paintLine = (instrument: InstrumentId, { spark }: KeptRow) => {
    if (spark) paintSpark(spark, desk.extras.getState().sparks.get(instrument));
  };

  const paint = () => {
    for (const instrument of dirty) {
      const row = rows.get(instrument);
      if (row) paintRow(instrument, row);
    }
    dirty.clear();
    if (areSparksDue) for (const [instrument, row] of rows) paintLine(instrument, row);
    areSparksDue = false;
  };
  const painter = createPainter(
    paint,
    onFault,
    () => rows.values().next().value?.figures[0]?.cell,
    () => PAINT_EVERY_MS,
  );
  const repaint = (instruments: Iterable<InstrumentId>) => {
    for (const instrument of instruments) if (rows.has(instrument)) dirty.add(instrument);
    if (dirty.size > 0) painter.request();
  };

  const undos = [
    desk.tickers.store.subscribe(({ changed }) => repaint(changed)),
    // Ages grow without any news, and the pulse's beat is their clock.
    desk.pulse.subscribe(() => repaint(rows.keys())),
    desk.extras.subscribe(() => {
      areSparksDue = true;
      repaint(rows.keys());
      painter.request();
    }),
    painter.dispose,
    flash.dispose,
  ];
  return {
    keep(instrument, { columns, spark, old }) {
      const figures: KeptRow['figures'][number][] = [];
      for (const [column, cell] of columns) {
        if (column !== 'spark') figures.push({ column, cell, line: createLine(cell) });
      }
      const row: KeptRow = {
        figures,
        spark,
        old: old && { cell: old, line: createLine(old) },
      };
      rows.set(instrument, row);
      paintRow(instrument, row);
      paintLine(instrument, row);
      return () => {
        if (rows.get(instrument) === row) rows.delete(instrument);
        for (const { cell } of figures) cell.replaceChildren();
        old?.replaceChildren();
      };
    },
    dispose() {
      for (const undo of undos) undo();
    },
  };
}
