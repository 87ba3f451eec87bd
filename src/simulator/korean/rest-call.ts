import type { InstrumentMarket } from '../instrument-market.ts';
import type { Market } from '../market.ts';
import type { Print } from '../print.ts';
import type { DayBook } from './day-figures.ts';
import { sequentialId, timeOfSequentialId } from './sequential-id.ts';
import { tradesBefore } from './trade-pages.ts';

const DAY = 86_400_000;

/** A refusal: what kind it is; each venue words it in its own way. */
export class Refusal extends Error {
  readonly kind: 'missing' | 'unknown-code' | 'malformed';

  constructor(kind: Refusal['kind'], message = kind as string) {
    super(message);
    this.name = 'Refusal';
    this.kind = kind;
  }
}

/** One request to a REST endpoint, with the market it is about. */
export interface RestCall {
  readonly market: Market;
  readonly days: DayBook;
  readonly params: URLSearchParams;
  /** Market time, ms. */
  readonly now: number;
  /** Shift of the venue's clock, ms. */
  readonly skewMs: number;
  /** Books are to be those of that long ago. */
  readonly staleMs: number | undefined;
}

/** Reads the codes of `markets`, one bad code failing the whole call. Throws `Refusal`. */
export function instrumentsOf(call: RestCall): InstrumentMarket[] {
  return required(call, 'markets')
    .split(',')
    .map((code) => instrumentOf(call, code.trim()));
}

/** Throws `Refusal`. */
export function instrumentOf({ market }: RestCall, code: string): InstrumentMarket {
  const found = market.instruments.get(code);
  if (!found) throw new Refusal('unknown-code');
  return found;
}

/** Throws `Refusal`. */
export function required({ params }: RestCall, name: string): string {
  const value = params.get(name);
  if (value === null || value === '') throw new Refusal('missing', name);
  return value;
}

/** `count`, between 1 and `max`: more than that gets that many. Throws `Refusal`. */
export function countOf({ params }: RestCall, standard: number, max: number): number {
  const text = params.get('count');
  if (text === null || text === '') return standard;
  if (!/^\d{1,9}$/.test(text) || Number(text) < 1) throw new Refusal('malformed', 'count');
  return Math.min(Number(text), max);
}

/** A row as JSON text, from `[key, JSON text]`; keys whose text is `undefined` are left out. */
export function rowText(entries: readonly (readonly [key: string, text: string | undefined])[]): string {
  const fields = entries.filter(([, text]) => text !== undefined);
  return `{${fields.map(([key, text]) => `"${key}":${text}`).join(',')}}`;
}

/** Where in its past a book is to be looked at: now, or as of `staleMs` ago. */
export function bookMoment(
  market: InstrumentMarket,
  { now, staleMs }: RestCall,
): { readonly updateId: number; readonly time: number } {
  if (staleMs === undefined) return { updateId: market.updateId, time: market.updatedAt };
  const updateId = market.changes.idAt(now - staleMs);
  return { updateId, time: Math.min(market.updatedAt, now - staleMs) };
}

/**
 * A page of trades, newest first: before the trade with the id `cursor`, or before `to` (a time of day, UTC) of
 * `days_ago` days ago, else the latest. Throws `Refusal`.
 */
export function tradePage(market: InstrumentMarket, call: RestCall, digits: number): Print[] {
  const { params, now } = call;
  const count = countOf(call, 1, 500);
  const cursor = params.get('cursor');
  if (cursor !== null && cursor !== '') {
    const time = timeOfSequentialId(cursor, digits);
    if (time === undefined) throw new Refusal('malformed', 'cursor');
    // Ids have one length, so their order as text is their order.
    return tradesBefore(market, time + 1, count, (print) => sequentialId(print, digits) < cursor);
  }
  const daysAgo = Number(params.get('days_ago') ?? 0);
  if (!Number.isInteger(daysAgo) || daysAgo < 0 || daysAgo > 7) throw new Refusal('malformed', 'days_ago');
  const to = params.get('to');
  if ((to === null || to === '') && daysAgo === 0) return tradesBefore(market, now + 1, count);
  const found = /^(\d{2}):?(\d{2}):?(\d{2})$/.exec(to ?? '24:00:00');
  if (!found) throw new Refusal('malformed', 'to');
  const [hour = 0, minute = 0, second = 0] = found.slice(1).map(Number);
  const midnight = Math.floor(now / DAY) * DAY - daysAgo * DAY;
  const time = midnight + ((hour * 60 + minute) * 60 + second) * 1000;
  return tradesBefore(market, Math.min(time, now + 1), count);
}
