import { fromScaled, toScaled, trimDecimal } from '#shared/base/decimal.ts';
import type { Undo } from '#shared/base/emitter.ts';
import type { BookView } from '#shared/contract/columns.ts';
import type { Instrument, InstrumentId } from '#shared/domain/instrument.ts';
import type { Desk } from '../../stores/desk.ts';
import { formatExact } from '../../ui/format-exact.ts';
import { formatScaledPrice } from '../../ui/format-price.ts';
import { formatScaledQuantity } from '../../ui/format-quantity.ts';
import { createLine, createPainter, mark } from '../../ui/painter.ts';
import { bookTrust } from '../book/book-painter.ts';
import { ordersByRow, type RowOrders } from './ladder-orders.ts';
import { type LadderRow, makeLadderRows } from './ladder-row.ts';
import {
  createLadderScale,
  isAstray,
  type LadderScale,
  quantitiesByRow,
  restingRow,
  rowsAround,
  stepRows,
} from './ladder-scale.ts';
import { rowLabel } from './row-label.ts';

export interface LadderElements {
  readonly root: HTMLElement;
  readonly rows: HTMLElement;
  readonly notice: HTMLElement;
}

export interface LadderPainter {
  readonly rows: readonly LadderRow[];
  fit(count: number): void;
  /** Puts the market in the middle. */
  centre(): void;
  /** Moves all rows by so many: up shows higher prices. */
  shift(rows: number): void;
  /** While held (the pointer is over it, or the focus in it) the ladder does not move by itself. */
  hold(isHeld: boolean): void;
  /** Own orders in the row painted there. */
  ordersAt(row: LadderRow): RowOrders | undefined;
  /** Which row has the focus: the only one whose name is kept up to date. */
  name(row: LadderRow): void;
  /** Best price of a side as the venue writes it, while the book may be believed. */
  best(side: 'bid' | 'ask'): string | undefined;
  request(): void;
  readonly dispose: Undo;
}

const NO_ORDERS: ReadonlyMap<number, RowOrders> = new Map();
const EMPTY = {
  bids: new Map() as ReadonlyMap<number, number>,
  asks: new Map() as ReadonlyMap<number, number>,
  bestBid: Number.NaN,
  bestAsk: Number.NaN,
  /** Outside of these rows nothing is known. */
  lowest: 0,
  highest: Infinity,
};

/** Paints the ladder at most once per frame, past React. */
export function createLadderPainter(
  desk: Desk,
  elements: LadderElements,
  onFault: (fault: unknown) => void,
): LadderPainter {
  const notice = createLine(elements.notice);
  let cells: LadderRow[] = [];
  let prices: readonly number[] = [];
  let scale: LadderScale | undefined;
  let scaleOf = '';
  let middle: number | undefined;
  let isHeld = false;
  let isCentring = true;
  let own = NO_ORDERS;
  let painted: { view: BookView; prices: readonly number[] } | undefined;
  let book = EMPTY;
  let named: LadderRow | undefined;

  const known = (): { about: Instrument; view: BookView } | undefined => {
    const { instrument, view } = desk.book.store.getState();
    const about = instrument && desk.instruments.get(instrument);
    if (about === undefined || view === undefined || view.instrument !== instrument) return undefined;
    return view.bids.length + view.asks.length === 0 ? undefined : { about, view };
  };

  const measure = (about: Instrument, view: BookView): LadderScale => {
    const { grouping } = desk.ladder.store.getState();
    const near = (view.bids[0] ?? view.asks[0] ?? 0) * 10 ** -view.priceScale;
    const key = `${about.id} ${view.priceScale} ${grouping} ${Math.floor(Math.log10(near))}`;
    if (scale === undefined || key !== scaleOf) {
      scale = createLadderScale(about, view.priceScale, grouping, near);
      scaleOf = key;
      isCentring = true;
      painted = undefined;
    }
    return scale;
  };

  const readBook = (now: LadderScale, view: BookView) => {
    const factor = 10 ** (now.scale - view.priceScale);
    const bids = quantitiesByRow(now, view.bids, factor, 'buy');
    const asks = quantitiesByRow(now, view.asks, factor, 'sell');
    const isWhole = (levels: Float64Array) => levels.length < 2 * desk.book.depth;
    const end = (levels: Float64Array) => (levels.at(-2) ?? Number.NaN) * factor;
    book = {
      bids,
      asks,
      bestBid: (view.bids[0] ?? Number.NaN) * factor,
      bestAsk: (view.asks[0] ?? Number.NaN) * factor,
      lowest: isWhole(view.bids) ? 0 : now.rowOf(end(view.bids)),
      highest: isWhole(view.asks) ? Infinity : restingRow(now, end(view.asks), 'sell'),
    };
  };

  const marketRow = (now: LadderScale): number | undefined => {
    const { bestBid, bestAsk } = book;
    if (Number.isNaN(bestBid) && Number.isNaN(bestAsk)) return undefined;
    if (Number.isNaN(bestBid)) return now.rowOf(bestAsk);
    return now.rowOf(Number.isNaN(bestAsk) ? bestBid : Math.round((bestBid + bestAsk) / 2));
  };

  const place = (now: LadderScale) => {
    const market = marketRow(now);
    if (market === undefined) return;
    const strays = !isHeld && isAstray(prices, market);
    if (isCentring || strays || middle === undefined) middle = market;
    else if (prices.length > 0) return;
    isCentring = false;
    const above = Math.floor(cells.length / 2);
    prices = rowsAround(now, middle, above, cells.length - above - 1);
  };

  const paintRows = (about: Instrument, view: BookView, now: LadderScale) => {
    // A digit less than the book shows: the cells are narrower.
    const near = 0.1 * book.bestBid * 10 ** -now.scale;
    const quantity = (value: number) => formatScaledQuantity(about, value, view.quantityScale, near);
    const most = Math.max(0, ...prices.flatMap((row) => [book.bids.get(row) ?? 0, book.asks.get(row) ?? 0]));
    const share = (value: number) => (most > 0 ? String(Math.round((100 * value) / most)) : '0');
    for (const [index, cell] of cells.entries()) {
      const price = prices[index];
      if (price === undefined) {
        blank(cell);
        continue;
      }
      const bid = book.bids.get(price);
      const ask = book.asks.get(price);
      cell.price = price;
      cell.priceText = trimDecimal(fromScaled(price, now.scale));
      cell.shown.set(formatScaledPrice(about, price, now.scale));
      cell.bid.set(bid === undefined ? '' : quantity(bid));
      cell.ask.set(ask === undefined ? '' : quantity(ask));
      cell.bidShare.set(share(bid ?? 0));
      cell.askShare.set(share(ask ?? 0));
      mark(cell.element, 'price', cell.priceText);
      mark(cell.element, 'zone', zoneOf(price, now));
      // Beyond the deepest level told nothing is known, which is not the same as nothing being there.
      mark(cell.element, 'beyond', price < book.lowest || price > book.highest ? '' : undefined);
    }
  };
  const zoneOf = (price: number, now: LadderScale) => {
    if (price <= now.rowOf(book.bestBid)) return 'bid';
    return price >= restingRow(now, book.bestAsk, 'sell') ? 'ask' : undefined;
  };

  const paintOwn = (instrument: InstrumentId, now: LadderScale) => {
    const { account } = desk.ticket.store.getState();
    const orders = desk.holdings.orders.store.getState().view;
    own =
      account === undefined || orders === undefined
        ? NO_ORDERS
        : ordersByRow(now, orders.values(), account.id, instrument);
    const entry = entryRow(now, instrument);
    const last = desk.tickers.store.getState().rows.get(instrument)?.last ?? Number.NaN;
    const lastRow = Number.isNaN(last) ? undefined : now.rowOf(Math.round(last * 10 ** now.scale));
    for (const cell of cells) {
      const { price } = cell;
      const mine = price === undefined ? undefined : own.get(price);
      cell.buys.set(mine?.buy === undefined ? '' : formatExact(mine.buy));
      cell.sells.set(mine?.sell === undefined ? '' : formatExact(mine.sell));
      mark(cell.element, 'mine', mine && String(mine.orders.length));
      mark(cell.element, 'last', price !== undefined && price === lastRow ? '' : undefined);
      mark(cell.element, 'entry', price !== undefined && price === entry?.row ? entry.side : undefined);
    }
  };
  const entryRow = (now: LadderScale, instrument: InstrumentId) => {
    const { account } = desk.ticket.store.getState();
    for (const row of desk.holdings.positions.store.getState().view?.values() ?? []) {
      if (row.account !== account?.id || row.instrument !== instrument) continue;
      // An average price may have more digits than any price there is.
      const at = toScaled(row.entryPrice, now.scale) ?? Math.round(Number(row.entryPrice) * 10 ** now.scale);
      return { row: now.rowOf(at), side: row.quantity.startsWith('-') ? 'sell' : 'buy' };
    }
    return undefined;
  };

  const paint = () => {
    const trust = bookTrust(desk);
    mark(elements.root, 'fresh', trust.freshness);
    notice.set(trust.notice);
    if (elements.notice.hidden !== (trust.notice === '')) elements.notice.hidden = trust.notice === '';
    const now = known();
    if (now === undefined) {
      for (const cell of cells) blank(cell);
      painted = undefined;
      isCentring = true;
      return;
    }
    const { about, view } = now;
    const measured = measure(about, view);
    if (view !== painted?.view) readBook(measured, view);
    place(measured);
    if (view !== painted?.view || prices !== painted.prices) {
      paintRows(about, view, measured);
      painted = { view, prices };
    }
    paintOwn(about.id, measured);
    if (named !== undefined) {
      const label = rowLabel(named, own.get(named.price ?? Number.NaN));
      if (named.element.getAttribute('aria-label') !== label) named.element.setAttribute('aria-label', label);
    }
  };
  const painter = createPainter(paint, onFault, elements.root);

  const undos = [
    desk.book.deepen(),
    desk.book.store.subscribe(painter.request),
    desk.pulse.subscribe(painter.request),
    desk.instruments.store.subscribe(painter.request),
    desk.holdings.orders.store.subscribe(painter.request),
    desk.holdings.positions.store.subscribe(painter.request),
    desk.ticket.store.subscribe(painter.request),
    desk.ladder.store.subscribe(painter.request),
    desk.tickers.store.subscribe(({ changed }) => {
      const { instrument } = desk.book.store.getState();
      if (instrument !== undefined && changed.includes(instrument)) painter.request();
    }),
    painter.dispose,
  ];
  return {
    get rows() {
      return cells;
    },
    fit(count) {
      if (count === cells.length) return;
      cells = makeLadderRows(elements.rows, count);
      named = undefined;
      prices = [];
      painted = undefined;
      painter.request();
    },
    centre() {
      isCentring = true;
      painter.request();
    },
    shift(steps) {
      if (scale === undefined || middle === undefined) return;
      middle = stepRows(scale, middle, steps);
      prices = [];
      painter.request();
    },
    hold(held) {
      isHeld = held;
    },
    ordersAt: ({ price }) => (price === undefined ? undefined : own.get(price)),
    name(row) {
      named?.element.removeAttribute('aria-label');
      named = row;
      painter.request();
    },
    best(side) {
      const { freshness } = bookTrust(desk);
      const price = side === 'bid' ? book.bestBid : book.bestAsk;
      if (scale === undefined || Number.isNaN(price) || (freshness !== 'fresh' && freshness !== 'late')) {
        return undefined;
      }
      return trimDecimal(fromScaled(price, scale.scale));
    },
    request: painter.request,
    dispose() {
      for (const undo of undos) undo();
      elements.rows.replaceChildren();
      elements.notice.replaceChildren();
    },
  };
}

function blank(cell: LadderRow): void {
  cell.price = undefined;
  cell.priceText = '';
  for (const line of [cell.buys, cell.sells, cell.bid, cell.shown, cell.ask]) line.set('');
  cell.bidShare.set('0');
  cell.askShare.set('0');
  for (const name of ['price', 'zone', 'beyond', 'mine', 'last', 'entry'])
    mark(cell.element, name, undefined);
}
