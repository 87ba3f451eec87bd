import { type InstrumentId, instrumentId } from '#shared/domain/instrument.ts';
import { createSimulatorControl } from '../simulator-control.ts';

export const ORDER_VENUES = ['binance', 'bybit', 'upbit', 'bithumb'] as const;
export type OrderVenue = (typeof ORDER_VENUES)[number];
export const MARKETS: Readonly<
  Record<OrderVenue, { readonly instrument: InstrumentId; readonly symbol: string }>
> = {
  binance: { instrument: instrumentId('binance:BTC-USDT-PERP'), symbol: 'BTCUSDT' },
  bybit: { instrument: instrumentId('bybit:BTC-USDT-PERP'), symbol: 'BTCUSDT' },
  upbit: { instrument: instrumentId('upbit:BTC-KRW'), symbol: 'KRW-BTC' },
  bithumb: { instrument: instrumentId('bithumb:BTC-KRW'), symbol: 'KRW-BTC' },
};
export const isDerivative = (venue: OrderVenue) => venue === 'binance' || venue === 'bybit';

/** A private request the simulator received; `index` counts them per venue. */
export interface SimRow {
  readonly venue: string;
  readonly index: number;
  readonly method: string;
  readonly path: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly status: number;
  /** Market time, ms: whole milliseconds of this machine's clock. */
  readonly time: number;
  readonly accepted?: boolean;
  readonly clientOrderId?: string;
  readonly orders?: readonly number[];
  readonly fault?: string;
}

/** What is true of an account, as the simulator's ledger tells it. */
export interface Ledger {
  readonly balances: readonly { readonly currency: string; readonly total: string; readonly free: string }[];
  readonly positions: readonly { readonly symbol: string; readonly quantity: string }[];
  readonly openOrders: readonly LedgerOrder[];
  readonly closedOrders: readonly (LedgerOrder & { readonly status: string })[];
  readonly fills: readonly {
    readonly clientOrderId?: string;
    readonly price: string;
    readonly quantity: string;
  }[];
}
interface LedgerOrder {
  readonly symbol: string;
  readonly clientOrderId?: string;
  readonly side: string;
  readonly price?: string;
  readonly quantity?: string;
  readonly filled: string;
}

/** What really came to the simulator, and what is true there: of the keys called `trade`. */
export function createOrderJudge(endpoint: string) {
  const ask = async (method: string, path: string, body?: unknown): Promise<void> => {
    const answer = await fetch(`${endpoint}/_sim/${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`the simulator refused ${path}: ${await answer.text()}`);
  };
  const control = {
    ...createSimulatorControl(endpoint),
    post: (path: string, body: unknown) => ask('POST', path, body),
    /** Ends one fault. */
    end: (fault: number) => ask('DELETE', `faults/${fault}`),
  };

  async function rows(venue: OrderVenue): Promise<readonly SimRow[]> {
    const { requests } = (await control.read(`requests?venue=${venue}`)) as { requests: readonly SimRow[] };
    return requests;
  }

  return {
    control,
    rows,
    /** A price so many times the best bid, on a step that all four take. */
    async priceAt(venue: OrderVenue, times: number): Promise<string> {
      const path = `truth/book?venue=${venue}&symbol=${MARKETS[venue].symbol}&limit=1`;
      const { bids } = (await control.read(path)) as { bids: readonly (readonly string[])[] };
      const step = isDerivative(venue) ? 1 : 1000;
      return String(Math.floor((Number(bids[0]?.[0]) * times) / step) * step);
    },
    /** Requests that were to place an order: of one id, or all. */
    async posts(venue: OrderVenue, id?: string): Promise<readonly SimRow[]> {
      const all = (await rows(venue)).filter(
        ({ method, path }) => method === 'POST' && /order/iu.test(path) && !/cancel|amend|test/iu.test(path),
      );
      return id === undefined ? all : all.filter(({ clientOrderId }) => clientOrderId === id);
    },
    ledger: async (venue: OrderVenue) => (await control.read(`ledger?venue=${venue}&key=trade`)) as Ledger,
  };
}
