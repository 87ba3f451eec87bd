import Big from 'big.js';
import { isTerminal, ORDER_STATUSES, type OrderReport } from '#shared/domain/order.ts';

/**
 * What a venue said of one order of ours under one of its own ids. Each field is the greatest (or least) of all reports by a
 * total order, so that neither their sequence nor repeats matter.
 */
interface Part {
  readonly venueOrderId: string;
  readonly isConditional: boolean;
  /** The latest that says it goes on. */
  readonly live?: OrderReport;
  /** The earliest that says it ended: after it nothing goes on. */
  readonly end?: OrderReport;
  /** The one with most filled. */
  readonly most: OrderReport;
}

/** By the venue's ids: a conditional order that triggered may go on under another one. */
export type VenueWord = ReadonlyMap<string, Part>;

export const NO_VENUE_WORD: VenueWord = new Map();

/** The same object when the report says nothing new. */
export function hearReport(word: VenueWord, told: OrderReport): VenueWord {
  const report = isHandedOver(told) ? { ...told, status: 'PENDING_TRIGGER' as const } : told;
  const key = `${report.isConditional ? 'waiting' : 'order'} ${report.venueOrderId}`;
  const part = word.get(key);
  const isEnd = isTerminal(report.status);
  const next: Part = {
    ...(part ?? { venueOrderId: report.venueOrderId, isConditional: report.isConditional, most: report }),
    ...(!isEnd && later(report, part?.live) && { live: report }),
    ...(isEnd && earlierEnd(report, part?.end) && { end: report }),
    ...(part !== undefined && more(report, part.most) && { most: report }),
  };
  if (part !== undefined && next.live === part.live && next.end === part.end && next.most === part.most) {
    return word;
  }
  return new Map(word).set(key, next);
}

/** What all of it comes to; `undefined` while the venue has said nothing. */
export function sumUp(word: VenueWord):
  | {
      readonly report: OrderReport;
      readonly filledQuantity: string;
      readonly averagePrice: string | undefined;
      /** The whole quantity as the venue last told it. */
      readonly quantity: string | undefined;
    }
  | undefined {
  let main: Part | undefined;
  for (const part of word.values()) if (main === undefined || isAhead(part, main)) main = part;
  const report = main && (main.end ?? main.live);
  if (main === undefined || report === undefined) return undefined;
  // A conditional order repeats what the order it became has filled: of those the most, never the sum.
  const parts = [...word.values()];
  const own = parts.filter(({ isConditional }) => !isConditional);
  const filled = own.reduce((sum, { most }) => sum.plus(most.filledQuantity), new Big(0));
  const echoed = parts.reduce(
    (best, { most }) => (best.gt(most.filledQuantity) ? best : new Big(most.filledQuantity)),
    new Big(0),
  );
  const isOne = parts.filter(({ most }) => new Big(most.filledQuantity).gt(0)).length === 1;
  const told = isOne ? parts.find(({ most }) => new Big(most.filledQuantity).gt(0)) : main;
  return {
    report,
    filledQuantity: (filled.gt(echoed) ? filled : echoed).toFixed(),
    averagePrice: told?.most.averagePrice,
    quantity: (main.live ?? report).quantity,
  };
}

/**
 * A conditional order that is said to have ended because it became another one: that is no end of what the person asked for, the
 * new order's own is. Neither is FINISHED where it does not tell what the new order has done (Binance, over REST).
 */
export function isHandedOver(report: OrderReport): boolean {
  const { isConditional, status, becameOrderId } = report;
  return isConditional && status === 'EXPIRED' && becameOrderId !== undefined;
}

/** Which part tells the fate: the order a conditional one became, what lives, what began later. */
function isAhead(a: Part, b: Part): boolean {
  if (a.isConditional !== b.isConditional) return b.isConditional;
  const isLive = (part: Part) => part.end === undefined;
  if (isLive(a) !== isLive(b)) return isLive(a);
  const [one, other] = [a.end ?? a.live ?? a.most, b.end ?? b.live ?? b.most];
  const order = compare(one, other);
  return order === 0 ? a.venueOrderId > b.venueOrderId : order > 0;
}

function later(report: OrderReport, known: OrderReport | undefined): boolean {
  return known === undefined || compare(report, known) > 0;
}

function earlierEnd(report: OrderReport, known: OrderReport | undefined): boolean {
  if (known === undefined) return true;
  if (report.venueTime !== known.venueTime) return report.venueTime < known.venueTime;
  const status = ORDER_STATUSES.indexOf(report.status) - ORDER_STATUSES.indexOf(known.status);
  return status === 0 ? compare(report, known) > 0 : status < 0;
}

function more(report: OrderReport, known: OrderReport): boolean {
  const filled = new Big(report.filledQuantity).cmp(known.filledQuantity);
  if (filled !== 0) return filled > 0;
  const hasAverage = Number(report.averagePrice !== undefined) - Number(known.averagePrice !== undefined);
  return hasAverage === 0 ? compare(report, known) > 0 : hasAverage > 0;
}

/** A total order of what of a report is looked at: the venue's clock first, then how far the order had come, then any rule at all. */
function compare(a: OrderReport, b: OrderReport): number {
  if (a.venueTime !== b.venueTime) return a.venueTime - b.venueTime;
  const filled = new Big(a.filledQuantity).cmp(b.filledQuantity);
  if (filled !== 0) return filled;
  const status = ORDER_STATUSES.indexOf(a.status) - ORDER_STATUSES.indexOf(b.status);
  if (status !== 0) return status;
  const [one, other] = [textOf(a), textOf(b)];
  return one === other ? 0 : one > other ? 1 : -1;
}

function textOf({ venueStatus, averagePrice, quantity, filledQuantity }: OrderReport): string {
  return JSON.stringify([venueStatus, averagePrice, quantity, filledQuantity]);
}
