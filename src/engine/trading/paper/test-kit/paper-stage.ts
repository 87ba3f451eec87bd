import { createEmitter } from '#shared/base/emitter.ts';
import { accountId } from '#shared/domain/account.ts';
import type { FeedFact } from '#shared/domain/incident.ts';
import { type Instrument, type InstrumentId, instrumentId, venueId } from '#shared/domain/instrument.ts';
import type { FillReport, OrderReport } from '#shared/domain/order.ts';
import type { OrderRequest } from '#shared/domain/order-draft.ts';
import { createVirtualClock, type VirtualClock } from '#shared/test-kit/virtual-clock.ts';
import { createEventLog } from '../../../health/event-log.ts';
import { createBook } from '../../../market/book.ts';
import type { Market, MarketChange } from '../../../market/market.ts';
import { createTickerRows } from '../../../market/ticker-rows.ts';
import { createTradeTape } from '../../../market/trade-tape.ts';
import { plainVenue } from '../../../test-kit/plain-venue.ts';
import { createPaperAccount, type PaperAccount } from '../paper-account.ts';
import { paperStart } from '../paper-rules.ts';
import { freshState, type PaperState } from '../paper-state.ts';

export type Flat = readonly (readonly [price: number, quantity: number])[];

/** A market whose every frame is told by the test, with the real book, tape and rows. Whole prices and quantities. */
export function scriptedMarket(clock: VirtualClock, venue: string, instruments: readonly Instrument[]) {
  const changes = createEmitter<MarketChange>();
  const facts = createEmitter<FeedFact>();
  const rows = createTickerRows();
  const books = new Map(instruments.map(({ id }) => [id, createBook(plainVenue.book)]));
  const tapes = new Map(instruments.map(({ id }) => [id, createTradeTape('counted')]));
  const held = new Map<string, number>();
  let updateId = 0;
  let tradeId = 0;
  let offset: number | undefined = 0;

  const bookOf = (id: InstrumentId) => books.get(id) as ReturnType<typeof createBook>;
  const tapeOf = (id: InstrumentId) => tapes.get(id) as ReturnType<typeof createTradeTape>;
  const told = (instrument: InstrumentId) => ({
    instrument,
    venueTime: clock.now(),
    receivedAt: clock.now(),
  });
  const tradeOf = (id: InstrumentId, price: number, quantity: number, side: 'buy' | 'sell') => {
    tradeId += 1;
    return { kind: 'trade', ...told(id), id: String(tradeId), price, quantity, side } as const;
  };

  const market = {
    venue: { ...plainVenue, id: venueId(venue), name: venue },
    hold({ kind, instrument }: { kind: string; instrument: string }) {
      const name = `${kind} ${instrument}`;
      held.set(name, (held.get(name) ?? 0) + 1);
      return () => {
        const left = (held.get(name) ?? 1) - 1;
        if (left > 0) held.set(name, left);
        else held.delete(name);
      };
    },
    onChange: (listener: (change: MarketChange) => void) => changes.on(listener),
    onFact: (listener: (fact: FeedFact, at: number) => void) =>
      facts.on((fact) => listener(fact, clock.now())),
    instruments: async () => instruments,
    async check(id: InstrumentId) {
      const found = instruments.find((one) => one.id === id);
      if (found) return found;
      throw new Error(`no such instrument: ${id}`);
    },
    row: rows.row,
    book: (id: InstrumentId) => ({ book: bookOf(id) }),
    tape: tapeOf,
    get clockOffsetMs() {
      return offset;
    },
  } as unknown as Market;

  return {
    market,
    held,
    set offset(ms: number | undefined) {
      offset = ms;
    },
    /** The whole book, as it is from here on. A millisecond passes: nothing else was at that instant. */
    show(instrument: InstrumentId, bids: Flat, asks: Flat) {
      clock.advance(1);
      updateId += 1;
      bookOf(instrument).applySnapshot({
        kind: 'book-snapshot',
        ...told(instrument),
        lastUpdateId: updateId,
        priceScale: 0,
        quantityScale: 0,
        bids: Float64Array.from(bids.flat()),
        asks: Float64Array.from(asks.flat()),
      });
      changes.emit({ kind: 'book', instrument });
    },
    breakBook(instrument: InstrumentId) {
      bookOf(instrument).invalidate();
      changes.emit({ kind: 'book', instrument });
    },
    print(instrument: InstrumentId, price: number, quantity: number, side: 'buy' | 'sell') {
      clock.advance(1);
      const trade = tradeOf(instrument, price, quantity, side);
      rows.apply(trade);
      tapeOf(instrument).add(trade);
      changes.emit({ kind: 'trade', instrument, trade });
    },
    /** Traded, and not heard of; the undo has it fetched afterwards. */
    printUnheard(instrument: InstrumentId, price: number, quantity: number, side: 'buy' | 'sell') {
      clock.advance(1);
      const trade = tradeOf(instrument, price, quantity, side);
      return () => {
        tapeOf(instrument).merge([trade]);
        changes.emit({ kind: 'trade', instrument });
      };
    },
    mark(instrument: InstrumentId, markPrice: number) {
      clock.advance(1);
      rows.apply({ kind: 'mark', ...told(instrument), markPrice, indexPrice: markPrice });
      changes.emit({ kind: 'ticker', instrument });
    },
    lose(instrument: InstrumentId, missed: number, recovered: number) {
      facts.emit({ kind: 'trades-recovered', stream: `trade ${instrument}`, missed, recovered });
    },
  };
}

export function listed(text: string, kind: Instrument['kind']): Instrument {
  const id = instrumentId(text);
  const [venue = '', name = ''] = text.split(':');
  const [base = '', quote = ''] = name.split('-');
  return {
    id,
    venue: venueId(venue),
    kind,
    base,
    quote,
    status: 'trading',
    tickSize: '1',
    priceScale: 0,
    quantityStep: '1',
    quantityScale: 0,
    minQuantity: '1',
  };
}

export const PERP = listed('binance:BTC-USDT-PERP', 'perpetual');
export const SECOND_PERP = listed('binance:ETH-USDT-PERP', 'perpetual');
export const COIN = listed('upbit:BTC-KRW', 'spot');
export const DOLLAR_COIN = listed('bybit:BTC-USDT', 'spot');

/** One paper account on a scripted market, and everything it told. */
export function paperStage(
  of: readonly [Instrument, ...Instrument[]] = [PERP],
  more: { readonly from?: PaperState; readonly clock?: VirtualClock } = {},
) {
  const clock = more.clock ?? createVirtualClock();
  const log = createEventLog(clock);
  const { id: instrument, venue } = of[0];
  const script = scriptedMarket(clock, venue, of);
  const saves: string[] = [];
  const account: PaperAccount = createPaperAccount({
    clock,
    log,
    id: accountId(`${venue}#paper0`),
    venue: { id: venue, name: venue },
    market: script.market,
    from: more.from ?? freshState(paperStart(venue), clock.now()),
    save: (when) => void saves.push(when),
  });
  const fills: FillReport[] = [];
  account.onHoldings((now, before) => {
    for (const [name, fill] of now.fills) if (!before.fills.has(name)) fills.push(fill);
  });
  let count = 0;
  const request = (wish: Partial<OrderRequest>): OrderRequest => {
    count += 1;
    return {
      account: account.id,
      instrument,
      clientOrderId: `order${String(count).padStart(15, '0')}`,
      side: 'buy',
      type: 'limit',
      isMarket: false,
      timeInForce: 'GTC',
      quantity: '1',
      reduceOnly: false,
      closePosition: false,
      leg: 'both',
      notional: '1',
      ...wish,
    };
  };
  const orderOf = (venueOrderId: string): OrderReport | undefined =>
    [...account.holdings.orders.values()].find(({ order }) => order.venueOrderId === venueOrderId)?.order;

  return {
    clock,
    log,
    account,
    fills,
    saves,
    request,
    orderOf,
    script,
    instrument,
    show: (bids: Flat, asks: Flat) => script.show(instrument, bids, asks),
    print: (price: number, quantity: number, side: 'buy' | 'sell') =>
      script.print(instrument, price, quantity, side),
    mark: (price: number) => script.mark(instrument, price),
    /** Its id, or why it was not taken. */
    async place(wish: Partial<OrderRequest>): Promise<string> {
      const outcome = await account.place(request(wish), () => undefined);
      if (outcome.verdict === 'accepted') return outcome.answer.venueOrderId ?? '';
      return `${outcome.verdict} ${outcome.venueCode}`;
    },
    /** Status, what is filled and at what average, and the words. */
    standing(venueOrderId: string): string {
      const order = orderOf(venueOrderId);
      if (!order) return 'not there';
      const at = order.averagePrice === undefined ? '' : ` at ${order.averagePrice}`;
      return `${order.status} ${order.filledQuantity}/${order.quantity}${at}: ${order.venueStatus}`;
    },
    async balances(): Promise<Record<string, string>> {
      account.second();
      return Object.fromEntries(
        [...account.holdings.balances.values()].flatMap(({ row }) =>
          row ? [[row.currency, `${row.total} = ${row.free} + ${row.used}`]] : [],
        ),
      );
    },
    get positions() {
      return [...account.holdings.positions.values()].flatMap(({ row }) => (row ? [row] : []));
    },
  };
}
