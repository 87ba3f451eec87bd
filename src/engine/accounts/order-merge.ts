import Big from 'big.js';
import type { AccountId, FigureSource } from '#shared/domain/account.ts';
import {
  isTerminal,
  ORDER_STATUSES,
  type Order,
  type OrderReport,
  type OrderStatus,
} from '#shared/domain/order.ts';

/** Which of two reports of one order is the later one: by the venue's clock, then by how far the order had come. */
interface Rank {
  readonly time: number;
  readonly filled: string;
  readonly status: OrderStatus;
}

const OPTIONAL = [
  'clientOrderId',
  'price',
  'triggerPrice',
  'quantity',
  'quoteQuantity',
  'createdAt',
  'becameOrderId',
] as const;
type Optional = (typeof OPTIONAL)[number];

/** An order with what is needed to merge any further report of it, in whatever order they come. */
export interface HeldOrder {
  readonly order: Order;
  /** Serial of the streamed event that changed it last; 0: only REST told. */
  readonly told: number;
  readonly rank: Rank;
  readonly statusRank: Rank;
  readonly averageRank: Rank;
  /** Reports leave out what they do not know: each such field is the one of the latest report that had it. */
  readonly fieldRanks: Readonly<Partial<Record<Optional, Rank>>>;
  /** That it ended is only concluded: any word of the venue is better. */
  readonly isGuess?: true;
}

export interface Telling {
  readonly account: AccountId;
  readonly source: FigureSource;
  readonly receivedAt: number;
  readonly told: number;
}

/**
 * Joins a report into what is known; the same object when it says nothing new. The join does not depend on the order of
 * the reports, nor on repeats: a terminal status stays (of several the earliest), filled is the most that was seen, and
 * everything else is the latest report's. Only two reports of one instant that contradict each other are `tied`.
 */
export function mergeOrder(
  held: HeldOrder | undefined,
  report: OrderReport,
  telling: Telling,
): { readonly held: HeldOrder; readonly tied: boolean } {
  const rank: Rank = { time: report.venueTime, filled: report.filledQuantity, status: report.status };
  const { account, source, receivedAt } = telling;
  if (held === undefined) {
    const fieldRanks = Object.fromEntries(
      OPTIONAL.filter((name) => report[name] !== undefined).map((name) => [name, rank]),
    );
    const order: Order = {
      ...report,
      status: shownStatus(report.status, report.filledQuantity),
      account,
      source,
      receivedAt,
    };
    return {
      held: { order, told: telling.told, rank, statusRank: rank, averageRank: rank, fieldRanks },
      tied: false,
    };
  }
  const before = held.order;
  const later = compareRanks(rank, held.rank);
  const isAnew = later > 0;
  const { isGuess, ...known } = held;
  const takesStatus = isGuess === true || isStatusStronger(rank, held.statusRank);
  const filledMore = new Big(report.filledQuantity).cmp(before.filledQuantity);
  const takesAverage =
    report.averagePrice !== undefined &&
    (filledMore > 0 ||
      (filledMore === 0 && (before.averagePrice === undefined || compareRanks(rank, held.averageRank) > 0)));
  const fields: [Optional, string | number][] = [];
  const fieldRanks: Partial<Record<Optional, Rank>> = { ...held.fieldRanks };
  let tied = false;
  for (const name of OPTIONAL) {
    const mine = report[name];
    const ranked = held.fieldRanks[name];
    if (mine === undefined) continue;
    const order = ranked === undefined ? 1 : compareRanks(rank, ranked);
    if (order < 0) continue;
    fieldRanks[name] = rank;
    // REST and stream may write one figure with more or fewer zeros.
    if (isSame(name, mine, before[name])) continue;
    if (order === 0) tied = true;
    fields.push([name, mine]);
  }
  const filledQuantity = filledMore > 0 ? report.filledQuantity : before.filledQuantity;
  const statusRank = takesStatus ? rank : held.statusRank;
  const next: Order = {
    ...before,
    ...(isAnew && {
      side: report.side,
      type: report.type,
      timeInForce: report.timeInForce,
      reduceOnly: report.reduceOnly,
      postOnly: report.postOnly,
    }),
    ...(Object.fromEntries(fields) as Partial<Pick<Order, Optional>>),
    status: shownStatus(statusRank.status, filledQuantity),
    venueStatus: takesStatus ? report.venueStatus : before.venueStatus,
    filledQuantity,
    ...(takesAverage && report.averagePrice !== undefined && { averagePrice: report.averagePrice }),
    venueTime: isGuess ? report.venueTime : Math.max(before.venueTime, report.venueTime),
  };
  const ranks = {
    rank: isAnew ? rank : held.rank,
    statusRank,
    averageRank: takesAverage ? rank : held.averageRank,
    fieldRanks,
  };
  // What is only repeated is no news: its age is that of the first telling, unless REST confirms it just now.
  if (sameOrder(before, next)) {
    const isSaid = source === 'rest' && later >= 0 && !isTerminal(before.status);
    const confirmed = isSaid && before.receivedAt < receivedAt;
    return {
      held: { ...known, ...ranks, order: confirmed ? { ...before, source, receivedAt } : before },
      tied,
    };
  }
  const told = Math.max(held.told, telling.told);
  return { held: { order: { ...next, source, receivedAt }, told, ...ranks }, tied };
}

/** Equal but for where it came from and when. */
export function sameOrder(a: Order, b: Order): boolean {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]) as Set<keyof Order>;
  for (const key of keys) if (key !== 'source' && key !== 'receivedAt' && a[key] !== b[key]) return false;
  return true;
}

function compareRanks(a: Rank, b: Rank): number {
  if (a.time !== b.time) return a.time - b.time;
  if (a.filled !== b.filled) {
    const filled = new Big(a.filled).cmp(b.filled);
    if (filled !== 0) return filled;
  }
  const isEnd = Number(isTerminal(a.status)) - Number(isTerminal(b.status));
  return isEnd !== 0 ? isEnd : ORDER_STATUSES.indexOf(a.status) - ORDER_STATUSES.indexOf(b.status);
}

function isStatusStronger(a: Rank, held: Rank): boolean {
  const mine = isTerminal(a.status);
  if (mine !== isTerminal(held.status)) return mine;
  if (!mine) return compareRanks(a, held) > 0;
  if (a.time !== held.time) return a.time < held.time;
  return ORDER_STATUSES.indexOf(a.status) < ORDER_STATUSES.indexOf(held.status);
}

function isSame(name: Optional, a: string | number, b: string | number | undefined): boolean {
  const isFigure = name !== 'clientOrderId' && name !== 'createdAt' && name !== 'becameOrderId';
  return a === b || (isFigure && b !== undefined && new Big(a).eq(b));
}

/** A venue may say `NEW` of an order after its first fill (an amendment); what was filled stays so. */
function shownStatus(status: OrderStatus, filledQuantity: string): OrderStatus {
  return status === 'NEW' && new Big(filledQuantity).gt(0) ? 'PARTIALLY_FILLED' : status;
}
