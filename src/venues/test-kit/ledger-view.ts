import Big from 'big.js';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import type { FillReport, OrderReport, OrderStatus } from '#shared/domain/order.ts';
import type { BalanceReport, PositionReport } from '../account.ts';
import type { Venue } from '../venue.ts';

// What the simulator's own ledger says of an account, and what a venue's description made of its wire, in one form.

interface LedgerPlace {
  readonly category: string;
  readonly symbol: string;
}

export interface LedgerOrder extends LedgerPlace {
  readonly side: 'buy' | 'sell';
  readonly type: 'limit' | 'market';
  readonly clientOrderId?: string;
  readonly price?: string;
  readonly quantity?: string;
  readonly trigger?: { readonly price: string; readonly kind: 'stop' | 'take-profit' };
  readonly status: string;
  readonly ended?: string;
  readonly filled: string;
}

interface LedgerFill extends LedgerPlace {
  readonly side: 'buy' | 'sell';
  readonly price: string;
  readonly quantity: string;
  readonly fee: string;
  readonly feeCurrency: string;
  readonly isMaker: boolean;
  readonly time: number;
  readonly clientOrderId?: string;
}

interface LedgerPosition extends LedgerPlace {
  readonly quantity: string;
  readonly entryPrice: string;
  readonly markPrice: string;
  readonly unrealisedPnl: string;
  readonly leverage: number;
  readonly marginMode: string;
  readonly liquidationPrice?: string;
}

export interface Ledger {
  readonly time: number;
  readonly balances: readonly { readonly currency: string; readonly total: string; readonly used: string }[];
  readonly positions: readonly LedgerPosition[];
  readonly openOrders: readonly LedgerOrder[];
  readonly closedOrders: readonly LedgerOrder[];
  readonly fills: readonly LedgerFill[];
}

const STATUSES: Readonly<Record<string, OrderStatus>> = {
  untriggered: 'PENDING_TRIGGER',
  new: 'NEW',
  'partially-filled': 'PARTIALLY_FILLED',
  filled: 'FILLED',
  canceled: 'CANCELED',
  expired: 'EXPIRED',
  rejected: 'REJECTED',
};

export function instrumentAt(venue: Venue, { category, symbol }: LedgerPlace): InstrumentId {
  const instrument = venue.instrumentOf(symbol, category);
  if (instrument === undefined) throw new Error(`${venue.id} has no ${category} ${symbol}`);
  return instrument;
}

const plain = (text: string) => new Big(text).toFixed();

/** How a venue with this status should have been understood. */
export function statusOf({ status }: LedgerOrder): OrderStatus {
  return STATUSES[status] ?? 'REJECTED';
}

export function orderLines(venue: Venue, orders: readonly LedgerOrder[]): readonly string[] {
  return orders
    .map((order) =>
      line(instrumentAt(venue, order), order.side, statusOf(order), order.filled, [
        order.type === 'market' ? undefined : order.price,
        order.trigger?.price,
        order.type === 'market' && order.side === 'buy' ? undefined : order.quantity,
      ]),
    )
    .toSorted();
}

export function reportLines(reports: readonly OrderReport[]): readonly string[] {
  return reports
    .map((order) =>
      line(order.instrument, order.side, order.status, order.filledQuantity, [
        order.type === 'market' || order.type.endsWith('-market') ? undefined : order.price,
        order.triggerPrice,
        order.type === 'market' && order.side === 'buy' ? undefined : order.quantity,
      ]),
    )
    .toSorted();
}

function line(
  instrument: string,
  side: string,
  status: string,
  filled: string,
  figures: readonly (string | undefined)[],
): string {
  const shown = figures.map((figure) => (figure === undefined ? '-' : plain(figure)));
  return [instrument, side, status, plain(filled), ...shown].join(' ');
}

/** What a venue tells of its fills: the Korean ones leave some of it out over REST. */
interface FillDetail {
  readonly maker: boolean;
  readonly fee: boolean;
}

export function fillLines(venue: Venue, fills: readonly LedgerFill[], told: FillDetail): readonly string[] {
  return fills
    .map((fill) =>
      fillLine(instrumentAt(venue, fill), fill, {
        ...(told.maker && { maker: fill.isMaker }),
        ...(told.fee && { fee: fill.fee, feeCurrency: fill.feeCurrency }),
      }),
    )
    .toSorted();
}

export function fillReportLines(fills: readonly FillReport[]): readonly string[] {
  return fills
    .map((fill) =>
      fillLine(fill.instrument, fill, {
        ...(fill.isMaker !== undefined && { maker: fill.isMaker }),
        ...(fill.fee !== undefined && { fee: fill.fee, feeCurrency: fill.feeCurrency ?? '-' }),
      }),
    )
    .toSorted();
}

interface FillFigures {
  readonly side: string;
  readonly price: string;
  readonly quantity: string;
}

/** Fees to the sixth digit: wires print eight. */
function fillLine(
  instrument: string,
  { side, price, quantity }: FillFigures,
  told: { readonly maker?: boolean; readonly fee?: string; readonly feeCurrency?: string },
): string {
  const fee = told.fee === undefined ? '-' : new Big(told.fee).round(6, 0).toFixed();
  return [
    instrument,
    side,
    plain(price),
    plain(quantity),
    told.maker ?? '-',
    fee,
    told.feeCurrency ?? '-',
  ].join(' ');
}

/** The truth in as many digits as a venue's wire has: `undefined` where both are so. */
function asPrinted(truth: string | undefined, told: string | undefined): string | undefined {
  if (truth === undefined || told === undefined) return truth;
  const digits = told.split('.')[1]?.length ?? 0;
  const rounded = new Big(truth).round(digits);
  // A wire may cut where it could round.
  return rounded.minus(told).abs().lte(new Big(10).pow(-digits)) ? told : truth;
}

export function balancesTold(
  ledger: Ledger,
  reports: readonly BalanceReport[],
): { readonly truth: unknown; readonly told: unknown } {
  const told = new Map(reports.map((report) => [report.currency, report]));
  const truth = ledger.balances
    .filter(({ total, used }) => told.size > 0 && !(new Big(total).eq(0) && new Big(used).eq(0)))
    .map(({ currency, total, used }) => {
      const report = told.get(currency);
      const free = new Big(total).minus(used).toFixed();
      return {
        currency,
        total: asPrinted(total, report?.total),
        used: asPrinted(used, report?.used),
        free: asPrinted(free, report?.free),
      };
    });
  const shown = reports.filter(({ total, used }) => !(isNothing(total) && isNothing(used)));
  return {
    truth: sorted(truth),
    told: sorted(shown.map(({ currency, total, used, free }) => ({ currency, total, used, free }))),
  };
}

function isNothing(text: string | undefined): boolean {
  return text === undefined || new Big(text).eq(0);
}

export function positionsTold(
  venue: Venue,
  ledger: Ledger,
  reports: readonly PositionReport[],
): { readonly truth: unknown; readonly told: unknown } {
  const told = new Map<string, PositionReport>(reports.map((report) => [report.instrument, report]));
  const truth = ledger.positions.map((position) => {
    const instrument = instrumentAt(venue, position);
    const report = told.get(instrument);
    return {
      instrument,
      leg: 'both',
      quantity: plain(position.quantity),
      entryPrice: asPrinted(position.entryPrice, report?.entryPrice),
      markPrice: asPrinted(position.markPrice, report?.markPrice),
      unrealisedPnl: asPrinted(position.unrealisedPnl, report?.unrealisedPnl),
      liquidationPrice: asPrinted(position.liquidationPrice, report?.liquidationPrice),
    };
  });
  const shown = reports.map(
    ({ instrument, leg, quantity, entryPrice, markPrice, unrealisedPnl, liquidationPrice }) => ({
      instrument,
      leg,
      quantity: plain(quantity),
      entryPrice,
      markPrice,
      unrealisedPnl,
      liquidationPrice,
    }),
  );
  return { truth: sorted(truth), told: sorted(shown) };
}

function sorted<Row extends object>(rows: readonly Row[]): readonly Row[] {
  return rows.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}
