import { type Interval, nextOpenTime, nominalWidthMs, openTimeAt } from '#shared/domain/interval.ts';
import type { Candle, ProvenCandle } from '#shared/domain/market-data.ts';

const DAY = nominalWidthMs('1d');

/** Whether candles of `short` tile every candle of `long` exactly. */
export function divides(short: Interval, long: Interval): boolean {
  if (short === '1M' || short === '1w' || short === long) return false;
  // Weeks and months begin on a day, at no multiple of their length.
  const length = long === '1M' || long === '1w' ? DAY : nominalWidthMs(long);
  return nominalWidthMs(short) < nominalWidthMs(long) && length % nominalWidthMs(short) === 0;
}

/** The longest of `among` that tiles `of`; `undefined` where none does. */
export function largestDivisor(of: Interval, among: readonly Interval[]): Interval | undefined {
  return among
    .filter((candidate) => divides(candidate, of))
    .toSorted((a, b) => nominalWidthMs(b) - nominalWidthMs(a))[0];
}

/** A candle nothing was traded in. */
export function flatCandle(openTime: number, price: number, closed = true): ProvenCandle {
  return {
    openTime,
    open: price,
    high: price,
    low: price,
    close: price,
    volume: 0,
    closed,
    provenance: 'built',
  };
}

/** One candle of several that follow one another, oldest first. `undefined` of none. */
export function foldCandles(openTime: number, parts: readonly Candle[], closed: boolean): Candle | undefined {
  // Where nothing was traded only the price before is told: it is no open, high or low of a longer time.
  const traded = parts.filter((part) => part.volume > 0);
  const [first] = traded;
  const last = traded.at(-1);
  if (!first || !last) {
    const price = parts.at(-1)?.close;
    if (price === undefined) return undefined;
    return { openTime, open: price, high: price, low: price, close: price, volume: 0, closed };
  }
  return {
    openTime,
    open: first.open,
    high: traded.reduce((high, part) => Math.max(high, part.high), first.high),
    low: traded.reduce((low, part) => Math.min(low, part.low), first.low),
    close: last.close,
    volume: traded.reduce((volume, part) => volume + part.volume, 0),
    closed,
  };
}

/**
 * Candles of `of` made of the shorter ones of `from`, oldest first, marked as built. One that lacks any of its parts is
 * left out, except at the end, where the time is not over. `parts` are oldest first and begin where a candle does.
 */
export function aggregateCandles(
  parts: readonly Candle[],
  from: Interval,
  of: Interval,
): readonly ProvenCandle[] {
  const groups = Map.groupBy(parts, (part) => openTimeAt(of, part.openTime));
  const lastOpenTime = parts.at(-1)?.openTime;
  const built: ProvenCandle[] = [];
  for (const [openTime, group] of groups) {
    const end = nextOpenTime(of, openTime);
    const isLast = lastOpenTime !== undefined && lastOpenTime < end;
    const isWhole = isGapless(group, from, openTime) && (isLast || endOf(group, from) === end);
    if (!isWhole) continue;
    const closed = endOf(group, from) === end && group.every((part) => part.closed);
    const candle = foldCandles(openTime, group, closed);
    if (candle) built.push({ ...candle, provenance: 'built' });
  }
  return built;
}

function isGapless(group: readonly Candle[], from: Interval, openTime: number): boolean {
  let due = openTime;
  for (const part of group) {
    if (part.openTime !== due) return false;
    due = nextOpenTime(from, due);
  }
  return true;
}

function endOf(group: readonly Candle[], from: Interval): number {
  return nextOpenTime(from, group.at(-1)?.openTime ?? 0);
}

/**
 * The candle of `of` that opens at `openTime`, of the longest parts known from `from` on: `tiers` are longest first, and
 * the last reaches the present. `undefined` when nothing is known; what is missing in between is left out and told by `isWhole`.
 */
export function coverCandle(
  of: Interval,
  openTime: number,
  from: number,
  tiers: readonly { readonly interval: Interval; get(openTime: number): Candle | undefined }[],
  until: number,
): { readonly candle: Candle; readonly isWhole: boolean } | undefined {
  const parts: Candle[] = [];
  const end = Math.min(until, nextOpenTime(of, openTime));
  const step = tiers.at(-1)?.interval ?? '1m';
  let isWhole = true;
  let at = from;
  while (at < end) {
    const found = tiers
      .filter(({ interval }) => openTimeAt(interval, at) === at)
      .map(({ interval, get }) => ({ part: get(at), next: nextOpenTime(interval, at) }))
      // A part that is not over ends the candle: it must be the last, so it is taken of the shortest only.
      .find(({ part, next }) => part !== undefined && (part.closed || next >= end));
    if (found?.part) parts.push(found.part);
    else isWhole = false;
    at = found?.next ?? nextOpenTime(step, at);
  }
  const candle = foldCandles(openTime, parts, false);
  return candle && { candle, isWhole };
}
