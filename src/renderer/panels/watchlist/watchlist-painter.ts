import type { Undo } from '#shared/base/emitter.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import type { Desk } from '../../stores/desk.ts';
import { dayFreshness, lastFreshness, lessFresh } from '../../stores/ticker-freshness.ts';
import { changePercent, formatChange, UNKNOWN } from '../../ui/format-number.ts';
import { formatPrice } from '../../ui/format-price.ts';
import { formatAge, formatFull } from '../../ui/format-time.ts';
import { createLine, createPainter, type Line, mark } from '../../ui/painter.ts';

/** The elements of one row that move with the market. */
export interface RowCells {
  readonly last: HTMLElement;
  readonly age: HTMLElement;
  readonly change: HTMLElement;
}

export interface WatchlistPainter {
  /** Keeps these cells painted until undone. */
  keep(instrument: InstrumentId, cells: RowCells): Undo;
  readonly dispose: Undo;
}

interface KeptRow extends RowCells {
  readonly lastLine: Line;
  readonly ageLine: Line;
  readonly changeLine: Line;
}

/** Paints the rows on screen, only those that changed, once per frame and never through React. */
export function createWatchlistPainter(desk: Desk, onFault: (fault: unknown) => void): WatchlistPainter {
  const rows = new Map<InstrumentId, KeptRow>();
  const dirty = new Set<InstrumentId>();

  const paintRow = (instrument: InstrumentId, row: KeptRow) => {
    const ticker = desk.tickers.store.getState().rows.get(instrument);
    const { now } = desk.pulse.getState();
    const freshness = lastFreshness(desk, instrument);
    if (ticker === undefined || freshness === 'unknown') {
      row.lastLine.set(UNKNOWN);
      row.changeLine.set(UNKNOWN);
      row.ageLine.set('');
      mark(row.last, 'fresh', 'unknown');
      mark(row.change, 'fresh', 'unknown');
      mark(row.change, 'move', 'flat');
      return;
    }
    const percent = changePercent(ticker.last, ticker.open24h);
    row.lastLine.set(formatPrice(desk.instruments.get(instrument), ticker.last));
    row.changeLine.set(formatChange(ticker.last, ticker.open24h));
    row.ageLine.set(freshness === 'stale' ? formatAge(now - ticker.lastReceivedAt, currentLanguage()) : '');
    mark(row.last, 'fresh', freshness);
    mark(row.change, 'fresh', lessFresh(freshness, dayFreshness(desk, instrument)));
    mark(row.change, 'move', percent > 0 ? 'up' : percent < 0 ? 'down' : 'flat');
    if (freshness === 'stale') row.last.title = formatFull(ticker.lastReceivedAt);
    else if (row.last.title !== '') row.last.title = '';
  };

  const painter = createPainter(() => {
    for (const instrument of dirty) {
      const row = rows.get(instrument);
      if (row) paintRow(instrument, row);
    }
    dirty.clear();
  }, onFault);
  const repaint = (instruments: Iterable<InstrumentId>) => {
    for (const instrument of instruments) if (rows.has(instrument)) dirty.add(instrument);
    if (dirty.size > 0) painter.request();
  };

  const undos = [
    desk.tickers.store.subscribe(({ changed }) => repaint(changed)),
    // Ages grow without any news, and the pulse's beat is their clock.
    desk.pulse.subscribe(() => repaint(rows.keys())),
    painter.dispose,
  ];
  return {
    keep(instrument, cells) {
      const row: KeptRow = {
        ...cells,
        lastLine: createLine(cells.last),
        ageLine: createLine(cells.age),
        changeLine: createLine(cells.change),
      };
      rows.set(instrument, row);
      paintRow(instrument, row);
      return () => {
        if (rows.get(instrument) === row) rows.delete(instrument);
        for (const cell of [cells.last, cells.age, cells.change]) cell.replaceChildren();
      };
    },
    dispose() {
      for (const undo of undos) undo();
    },
  };
}
