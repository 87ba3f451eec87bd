import i18next from 'i18next';
import { fromScaled, trimDecimal } from '#shared/base/decimal.ts';
import type { Undo } from '#shared/base/emitter.ts';
import type { BookView } from '#shared/contract/columns.ts';
import { type Freshness, freshnessOf } from '#shared/domain/freshness.ts';
import type { HealthKind } from '#shared/domain/health-kind.ts';
import { streamKeyText } from '#shared/domain/stream-key.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import type { Desk } from '../../stores/desk.ts';
import { lastFreshness, markFreshness } from '../../stores/ticker-freshness.ts';
import { UNKNOWN } from '../../ui/format-number.ts';
import { formatPrice, formatScaledPrice } from '../../ui/format-price.ts';
import { formatScaledQuantity } from '../../ui/format-quantity.ts';
import { formatAge } from '../../ui/format-time.ts';
import { paintFresh } from '../../ui/freshness.ts';
import { createLine, createPainter, type Line, mark } from '../../ui/painter.ts';
import { createPriceFlash, flashSources } from '../../ui/price-flash.ts';
import { withReason } from '../stream-reason.ts';
import { levelRows, spreadOf } from './level-rows.ts';

export interface BookElements {
  readonly root: HTMLElement;
  readonly asks: HTMLElement;
  readonly bids: HTMLElement;
  readonly last: HTMLElement;
  readonly mark: HTMLElement;
  readonly spread: HTMLElement;
  readonly age: HTMLElement;
  /** Says in words why the levels are not to be believed. */
  readonly notice: HTMLElement;
}

interface LevelCells {
  /** The price shown, an integer at the book's scale. */
  level: number | undefined;
  /** Width of the depth bar in percent: the total as a share of the deepest one shown. */
  readonly share: Line;
  readonly price: Line;
  readonly quantity: Line;
  readonly total: Line;
}

export interface BookPainter {
  /** Shows this many levels per side. */
  fit(rowsPerSide: number): void;
  readonly dispose: Undo;
}

/** What the book panel may say about the book it shows. */
export type BookTrust = { readonly freshness: Freshness; readonly kind: HealthKind; readonly notice: string };

/** Judges a book: only one in sequence, on a stream that is alive, may look alive. */
export function bookTrust(desk: Desk): BookTrust {
  const { view, instrument } = desk.book.store.getState();
  const { index, now, engineSilentMs, answering } = desk.pulse.getState();
  const language = currentLanguage();
  if (instrument === undefined)
    return { freshness: 'unknown', kind: 'subscribing', notice: i18next.t('book.first') };
  const key = { kind: 'book', instrument } as const;
  const stream = index.stream(streamKeyText(key))?.state;
  // Before the venue has said anything a book is empty and dated with nothing.
  if (view === undefined || !(view.receivedAt > 0)) {
    const kind = answering && stream !== 'stale' ? 'subscribing' : 'stale';
    return { freshness: 'unknown', kind, notice: withReason(desk, i18next.t('book.first'), key) };
  }
  const age = formatAge(now - view.receivedAt, language);
  const freshness = freshnessOf({ receivedAt: view.receivedAt, now, engineSilentMs, stream });
  if (!answering)
    return { freshness: 'stale', kind: 'stale', notice: i18next.t('book.engine-silent', { age }) };
  // A dead stream is the plainer reason: a book that missed an update is read anew, this one waits for its socket.
  if (stream === 'stale')
    return {
      freshness: 'stale',
      kind: 'stale',
      notice: withReason(desk, i18next.t('book.stale', { age }), key),
    };
  if (view.state === 'syncing') {
    return { freshness: 'stale', kind: 'subscribing', notice: i18next.t('book.syncing') };
  }
  if (view.state === 'invalid') {
    return { freshness: 'stale', kind: 'stale', notice: i18next.t('book.invalid', { age }) };
  }
  if (freshness === 'stale') return { freshness, kind: 'stale', notice: i18next.t('book.stale', { age }) };
  return { freshness, kind: freshness === 'late' ? 'late' : 'live', notice: '' };
}

/** Paints the book by text nodes and the widths of the rows' backgrounds, at most once per frame. */
export function createBookPainter(
  desk: Desk,
  elements: BookElements,
  onFault: (fault: unknown) => void,
): BookPainter {
  const lines = {
    last: createLine(elements.last),
    mark: createLine(elements.mark),
    spread: createLine(elements.spread),
    age: createLine(elements.age),
    notice: createLine(elements.notice),
  };
  let asks: LevelCells[] = [];
  let bids: LevelCells[] = [];
  let previousLast = Number.NaN;
  let shownInstrument = '';
  const flash = createPriceFlash(flashSources(desk), () => painter.request());
  // The age is read on each beat of the pulse: between beats it would only flicker.
  let ageDue = true;
  // What the levels show now; a beat of the pulse alone leaves them as they are.
  let painted: BookView | undefined;

  const paintSide = (
    cells: readonly LevelCells[],
    levels: Float64Array,
    view: BookView,
    totals: Float64Array,
    most: number,
  ) => {
    const about = desk.instruments.get(view.instrument);
    // One price for all rows, so that their digits stand one under the other.
    const near = (levels[0] ?? Number.NaN) * 10 ** -view.priceScale;
    for (const [index, cell] of cells.entries()) {
      const price = levels[2 * index];
      const quantity = levels[2 * index + 1];
      const total = totals[index];
      if (price === undefined || quantity === undefined || total === undefined) {
        blank(cell);
        continue;
      }
      cell.price.set(formatScaledPrice(about, price, view.priceScale));
      cell.level = price;
      cell.quantity.set(formatScaledQuantity(about, quantity, view.quantityScale, near));
      cell.total.set(formatScaledQuantity(about, total, view.quantityScale, near));
      cell.share.set(most > 0 ? String(Math.round((1_000 * total) / most) / 10) : '0');
    }
  };

  const paintMiddle = () => {
    const { instrument, view } = desk.book.store.getState();
    if (instrument === undefined) return;
    const about = desk.instruments.get(instrument);
    const ticker = desk.tickers.store.getState().rows.get(instrument);
    const last = ticker?.last ?? Number.NaN;
    const freshness = lastFreshness(desk, instrument);
    if (shownInstrument !== instrument) {
      shownInstrument = instrument;
      previousLast = Number.NaN;
      mark(elements.last, 'move', 'flat');
    }
    if (last > previousLast) mark(elements.last, 'move', 'up');
    else if (last < previousLast) mark(elements.last, 'move', 'down');
    if (!Number.isNaN(last)) previousLast = last;
    flash.see(elements.last, last, instrument, freshness === 'fresh');
    const { now } = desk.pulse.getState();
    paintFresh(
      elements.last,
      lines.last,
      { text: formatPrice(about, last), fresh: freshness, receivedAt: ticker?.lastReceivedAt, now },
      currentLanguage(),
    );
    const markKnown = !Number.isNaN(ticker?.mark ?? Number.NaN);
    paintFresh(
      elements.mark,
      lines.mark,
      {
        text: formatPrice(about, ticker?.mark),
        fresh: markKnown ? markFreshness(desk, instrument) : 'unknown',
        receivedAt: ticker?.markReceivedAt,
        now,
      },
      currentLanguage(),
    );
    lines.spread.set(
      view
        ? formatScaledPrice(about, spreadOf(view.bids, view.asks), view.priceScale, view.asks[0])
        : UNKNOWN,
    );
  };

  const paint = () => {
    flash.sweep();
    const { view } = desk.book.store.getState();
    const trust = bookTrust(desk);
    mark(elements.root, 'fresh', trust.freshness);
    mark(elements.root, 'bookState', view?.state ?? 'unknown');
    mark(elements.spread, 'fresh', trust.freshness);
    lines.notice.set(trust.notice);
    if (elements.notice.hidden !== (trust.notice === '')) elements.notice.hidden = trust.notice === '';
    if (ageDue) {
      ageDue = false;
      const age =
        view !== undefined && trust.freshness !== 'unknown'
          ? desk.pulse.getState().now - view.receivedAt
          : undefined;
      lines.age.set(formatAge(age, currentLanguage()));
    }
    if (view === undefined) {
      if (painted !== undefined) for (const cell of [...asks, ...bids]) blank(cell);
    } else if (view !== painted) {
      const bidRows = levelRows(view.bids, bids.length);
      const askRows = levelRows(view.asks, asks.length);
      const most = Math.max(bidRows.totals.at(-1) ?? 0, askRows.totals.at(-1) ?? 0);
      paintSide(bids, view.bids, view, bidRows.totals, most);
      paintSide(asks, view.asks, view, askRows.totals, most);
    }
    painted = view;
    paintMiddle();
  };
  const painter = createPainter(paint, onFault, elements.root);

  /** A click on a level points at its price: what was painted there, not what came meanwhile. */
  const pick = (event: MouseEvent) => {
    const row = event.target instanceof Element ? event.target.closest('.level') : null;
    const rows = row?.parentElement === elements.asks ? asks : bids;
    const level = rows[[...(row?.parentElement?.children ?? [])].indexOf(row as Element)]?.level;
    if (row === null || level === undefined || painted === undefined) return;
    const price = trimDecimal(fromScaled(level, painted.priceScale));
    desk.pricePicks.emit({ instrument: painted.instrument, price, from: 'book' });
  };
  for (const side of [elements.asks, elements.bids]) side.addEventListener('click', pick);

  const undos = [
    () => {
      for (const side of [elements.asks, elements.bids]) side.removeEventListener('click', pick);
    },
    desk.book.store.subscribe(painter.request),
    desk.pulse.subscribe(() => {
      ageDue = true;
      painter.request();
    }),
    desk.tickers.store.subscribe(({ changed }) => {
      const { instrument } = desk.book.store.getState();
      if (instrument !== undefined && changed.includes(instrument)) painter.request();
    }),
    painter.dispose,
    flash.dispose,
  ];
  return {
    fit(rowsPerSide) {
      if (rowsPerSide === bids.length) return;
      bids = makeLevels(elements.bids, rowsPerSide, 'bid');
      asks = makeLevels(elements.asks, rowsPerSide, 'ask');
      painted = undefined;
      painter.request();
    },
    dispose() {
      for (const undo of undos) undo();
    },
  };
}

function blank(cell: LevelCells): void {
  cell.level = undefined;
  cell.price.set('');
  cell.quantity.set('');
  cell.total.set('');
  cell.share.set('0');
}

/** Rows from the best level on; the asks' stylesheet turns them upside down. */
function makeLevels(parent: HTMLElement, count: number, side: 'bid' | 'ask'): LevelCells[] {
  parent.replaceChildren();
  return Array.from({ length: count }, () => {
    const row = document.createElement('div');
    row.className = 'level';
    row.dataset['side'] = side;
    row.setAttribute('role', 'row');
    const cells = ['level-price', 'level-quantity', 'level-total'].map((name) => {
      const cell = document.createElement('span');
      cell.className = name;
      cell.setAttribute('role', 'cell');
      row.append(cell);
      return createLine(cell);
    }) as [Line, Line, Line];
    parent.append(row);
    return {
      level: undefined,
      share: createShare(row),
      price: cells[0],
      quantity: cells[1],
      total: cells[2],
    };
  });
}

function createShare(row: HTMLElement): Line {
  let current = '';
  return {
    set(share) {
      if (share === current) return;
      current = share;
      row.style.backgroundSize = `${share}% 18px`;
    },
  };
}
