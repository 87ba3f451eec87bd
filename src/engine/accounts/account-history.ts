import type { CheckedRequest } from '#shared/contract/api.ts';
import type { AccountId } from '#shared/domain/account.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import { type Fill, type FillReport, isTerminal, type Order } from '#shared/domain/order.ts';
import type { AccountHoldings } from './account-holdings.ts';
import type { AccountReads } from './account-reads.ts';

const MOST_ROWS = 1000;
/** Where fills are told order by order, so many orders are asked for at most: the newest. */
const MOST_ORDERS = 100;

interface Source {
  readonly account: AccountId;
  readonly reads: AccountReads;
  readonly holdings: AccountHoldings;
  readonly now: number;
  /** Venue clock minus ours, ms: people ask in our time, venues answer in theirs. */
  readonly offsetMs: number;
}

/** Orders that ended within the range, newest first. */
export async function readClosedOrders(
  { account, reads, holdings, now, offsetMs }: Source,
  { instrument, ...asked }: CheckedRequest<'orders.closed'>,
): Promise<readonly Order[]> {
  const { from, to } = { from: asked.from + offsetMs, to: asked.to + offsetMs };
  const range = { from, to, ...(instrument !== undefined && { instrument }) };
  const orders = await reads.closedOrders(range, instrumentsIn(holdings));
  return newest(orders.map((order) => ({ ...order, account, source: 'rest', receivedAt: now })));
}

/** Fills of the range, newest first; where the venue tells them order by order, those of the newest orders. */
export async function readFills(
  { account, reads, holdings, now, offsetMs }: Source,
  { instrument, ...asked }: CheckedRequest<'fills.read'>,
): Promise<readonly Fill[]> {
  const { from, to } = { from: asked.from + offsetMs, to: asked.to + offsetMs };
  const range = { from, to, ...(instrument !== undefined && { instrument }) };
  const told = await reads.fills(range, instrumentsIn(holdings));
  const fills = told ?? (await fillsOfOrders(reads, range, holdings));
  const unique = new Map(fills.map((fill) => [`${fill.instrument} ${fill.id}`, fill]));
  return newest(
    [...unique.values()]
      .filter(({ venueTime }) => venueTime >= from && venueTime <= to)
      .map((fill) => ({ ...fill, account, source: 'rest', receivedAt: now })),
  );
}

/** Of an account that exists here alone: what is remembered of it is all there is. */
export function closedOnPaper(
  { orders }: AccountHoldings,
  asked: Omit<CheckedRequest<'orders.closed'>, 'account'>,
): readonly Order[] {
  const ended = [...orders.values()].flatMap(({ order }) => (isTerminal(order.status) ? [order] : []));
  return newest(ended.filter((order) => isAsked(order, asked)));
}

export function fillsOnPaper(
  { fills }: AccountHoldings,
  asked: Omit<CheckedRequest<'fills.read'>, 'account'>,
): readonly Fill[] {
  return newest([...fills.values()].filter((fill) => isAsked(fill, asked)));
}

function isAsked(
  row: { readonly instrument: InstrumentId; readonly venueTime: number },
  {
    instrument,
    from,
    to,
  }: { readonly instrument?: InstrumentId | undefined; readonly from: number; readonly to: number },
): boolean {
  const isThere = instrument === undefined || row.instrument === instrument;
  return isThere && row.venueTime >= from && row.venueTime <= to;
}

async function fillsOfOrders(
  reads: AccountReads,
  range: { readonly from: number; readonly to: number; readonly instrument?: InstrumentId },
  holdings: AccountHoldings,
): Promise<readonly FillReport[]> {
  const closed = await reads.closedOrders(range, instrumentsIn(holdings));
  const open = [...holdings.orders.values()]
    .map(({ order }) => order)
    .filter((order) => range.instrument === undefined || order.instrument === range.instrument);
  const orders = new Map(
    [...open, ...closed].map((order) => [`${order.instrument} ${order.venueOrderId}`, order]),
  );
  const asked = newest([...orders.values()].filter(({ filledQuantity }) => Number(filledQuantity) > 0));
  const answers = await Promise.all(asked.slice(0, MOST_ORDERS).map((order) => reads.order(order, 'read')));
  return answers.flatMap((answer) => answer?.fills ?? []);
}

function newest<Row extends { readonly venueTime: number }>(rows: readonly Row[]): readonly Row[] {
  return rows.toSorted((a, b) => b.venueTime - a.venueTime).slice(0, MOST_ROWS);
}

/** Venues that tell history only instrument by instrument are asked about these. */
export function instrumentsIn({ orders, positions, fills }: AccountHoldings): readonly InstrumentId[] {
  return [
    ...new Set([
      ...[...positions.values()].flatMap(({ row }) => (row ? [row.instrument] : [])),
      ...[...orders.values()].map(({ order }) => order.instrument),
      ...[...fills.values()].map(({ instrument }) => instrument),
    ]),
  ];
}
