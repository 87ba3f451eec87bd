import i18next from 'i18next';
import type { Undo } from '#shared/base/emitter.ts';
import { type Freshness, freshnessOf } from '#shared/domain/freshness.ts';
import type { Instrument } from '#shared/domain/instrument.ts';
import { streamKeyText } from '#shared/domain/stream-key.ts';
import type { Desk } from '../../stores/desk.ts';
import { isBreak, type TapeRow } from '../../stores/tape-ring.ts';
import { formatPrice } from '../../ui/format-price.ts';
import { formatQuantity } from '../../ui/format-quantity.ts';
import { formatClock, formatMoment } from '../../ui/format-time.ts';
import { createLine, createPainter, type Line, mark } from '../../ui/painter.ts';

const ROW_HEIGHT = 20;
/** A trade this many times the mean of those held stands out. */
const BIG = 4;
/** Twenty times a second is faster than anyone reads. */
const PAINT_EVERY_MS = 50;
/** Below this many trades a mean says nothing. */
const FEW = 20;

export interface TapePainter {
  readonly dispose: Undo;
}

interface TapeCells {
  readonly row: HTMLElement;
  /** Puts the row where the tape's row of this index belongs; 0 is the newest. */
  place(index: number): void;
  readonly time: Line;
  readonly price: Line;
  readonly quantity: Line;
}

/** A quiet market prints no trades, so only the stream's own health makes the tape stale, never its last trade's age. */
export function tapeFreshness(desk: Desk): Freshness {
  const { instrument, ring } = desk.tape.store.getState();
  const { index, now, engineSilentMs } = desk.pulse.getState();
  if (instrument === undefined) return 'unknown';
  return freshnessOf({
    receivedAt: ring.lastReceivedAt,
    now,
    engineSilentMs,
    stream: index.stream(streamKeyText({ kind: 'trade', instrument }))?.state,
    lateAfterMs: Infinity,
    staleAfterMs: Infinity,
  });
}

/** Paints only the trades in view, newest on top. Scrolled down, it holds the trades under the eye still. */
export function createTapePainter(
  desk: Desk,
  scroller: HTMLElement,
  rows: HTMLElement,
  onFault: (fault: unknown) => void,
): TapePainter {
  const pool: TapeCells[] = [];
  let seen = desk.tape.store.getState().ring.added;
  let seenRing = desk.tape.store.getState().ring;
  // Asking the document for these inside a frame would force a layout in the middle of painting.
  let scrollTop = scroller.scrollTop;
  let viewHeight = scroller.clientHeight;
  let contentHeight = -1;

  const scrollTo = (top: number) => {
    scrollTop = top;
    scroller.scrollTop = top;
  };

  const fitPool = (count: number) => {
    while (pool.length < count) pool.push(makeRow(rows));
    while (pool.length > count) pool.pop()?.row.remove();
  };

  const paintRow = (cells: TapeCells, row: TapeRow, about: Instrument | undefined, big: number) => {
    if (isBreak(row)) {
      cells.time.set(formatClock(row.brokenAt));
      cells.price.set(i18next.t('tape.break'));
      cells.quantity.set('');
      mark(cells.row, 'side', 'break');
      mark(cells.row, 'big', undefined);
      return;
    }
    cells.time.set(formatClock(row.venueTime));
    cells.price.set(formatPrice(about, row.price));
    cells.quantity.set(formatQuantity(about, row.quantity, row.price));
    mark(cells.row, 'side', row.buy ? 'buy' : 'sell');
    mark(cells.row, 'big', row.quantity >= big ? 'true' : undefined);
  };

  const paint = () => {
    const { ring, instrument } = desk.tape.store.getState();
    if (ring !== seenRing) {
      seenRing = ring;
      seen = 0;
      if (scrollTop > 0) scrollTo(0);
    }
    const moved = ring.added - seen;
    seen = ring.added;
    const about = instrument && desk.instruments.get(instrument);
    if (contentHeight !== ring.length * ROW_HEIGHT) {
      contentHeight = ring.length * ROW_HEIGHT;
      rows.style.height = `${contentHeight}px`;
    }
    if (moved > 0 && scrollTop > 0) scrollTo(Math.min(scrollTop + moved * ROW_HEIGHT, contentHeight));
    const first = Math.floor(scrollTop / ROW_HEIGHT);
    const visible = Math.min(ring.length - first, Math.ceil(viewHeight / ROW_HEIGHT) + 1);
    fitPool(Math.max(0, visible));
    mark(scroller, 'fresh', tapeFreshness(desk));
    const big = ring.length >= FEW ? ring.meanQuantity * BIG : Infinity;
    for (const [offset, cells] of pool.entries()) {
      const row = ring.at(first + offset);
      if (row === undefined) continue;
      cells.place(first + offset);
      paintRow(cells, row, about, big);
    }
  };
  const painter = createPainter(paint, onFault, scroller, () => PAINT_EVERY_MS);

  // Local time stands in the row; UTC is put on the row only when somebody looks.
  const explain = (event: Event) => {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>('.tape-row') : null;
    const shown = row && desk.tape.store.getState().ring.at(Number(row.dataset['index']));
    if (!row || !shown) return;
    row.title = isBreak(shown) ? i18next.t('tape.break-explained') : formatMoment(shown.venueTime);
  };
  const scrolled = () => {
    scrollTop = scroller.scrollTop;
    painter.request();
  };
  scroller.addEventListener('scroll', scrolled, { passive: true });
  scroller.addEventListener('pointerover', explain);
  const observer = new ResizeObserver(() => {
    viewHeight = scroller.clientHeight;
    painter.request();
  });
  observer.observe(scroller);
  const undos = [
    desk.tape.store.subscribe(({ ring }) => {
      // Another ring is another instrument's: not one frame may show this one's trades under its name.
      if (ring !== seenRing) painter.hurry();
      else painter.request();
    }),
    desk.pulse.subscribe(painter.request),
    painter.dispose,
  ];
  painter.request();
  return {
    dispose() {
      for (const undo of undos) undo();
      observer.disconnect();
      scroller.removeEventListener('scroll', scrolled);
      scroller.removeEventListener('pointerover', explain);
      rows.replaceChildren();
    },
  };
}

function makeRow(parent: HTMLElement): TapeCells {
  const row = document.createElement('div');
  row.className = 'tape-row';
  row.setAttribute('role', 'row');
  const lines = ['tape-time', 'tape-price', 'tape-quantity'].map((name) => {
    const cell = document.createElement('span');
    cell.className = name;
    cell.setAttribute('role', 'cell');
    row.append(cell);
    return createLine(cell);
  }) as [Line, Line, Line];
  parent.append(row);
  let placed = -1;
  const place = (index: number) => {
    if (index === placed) return;
    placed = index;
    row.style.top = `${index * ROW_HEIGHT}px`;
    row.dataset['index'] = String(index);
  };
  return { row, place, time: lines[0], price: lines[1], quantity: lines[2] };
}
