import { type Interval, nextOpenTime, nominalWidthMs, openTimeAt } from '#shared/domain/interval.ts';
import type { Candle, ProvenCandle } from '#shared/domain/market-data.ts';
import { aggregateCandles, largestDivisor } from './candle-aggregate.ts';
import { CLOSE_GRACE_MS } from './candle-close.ts';
import { fillSilence, tidyCandles } from './candle-tidy.ts';

type Loaded = Candle | ProvenCandle;

export interface RangeQuery {
  readonly interval: Interval;
  /** Open times, both inclusive. */
  readonly from: number;
  readonly to: number;
}

export interface PageQuery extends Pick<RangeQuery, 'interval'> {
  /** Without it, the latest up to `to`. */
  readonly from?: number;
  readonly to?: number;
  readonly limit: number;
}

export interface CandleLoader {
  /** Everything of a range, a page of the venue at a time, oldest first. Throws what the REST client throws. */
  range(
    query: RangeQuery,
    before?: { readonly openTime: number; readonly close: number },
  ): AsyncGenerator<readonly Loaded[]>;
  /** One page, at most `limit`. */
  page(query: PageQuery): Promise<readonly Loaded[]>;
}

export interface CandleLoaderOptions {
  /** What the venue answers for itself. */
  readonly intervals: readonly Interval[];
  readonly maxCandles: number;
  readonly omitsEmpty: boolean;
  /** See `VenueRest.candlesTellReach`. */
  readonly tellsReach: boolean;
  /** One call of the venue. */
  readonly load: (query: PageQuery) => Promise<readonly Candle[]>;
  /** Server-aligned wall time. */
  readonly now: () => number;
  /** Whether `now` was compared with the venue's: else nothing is concluded from the time after the last candle. */
  readonly isNowSure?: () => boolean;
  readonly onDropped: (interval: Interval, count: number) => void;
  /** An answer held less than was promised; the rest was asked for again. */
  readonly onShort: (interval: Interval) => void;
}

/** Pages of one range; a month of minutes asked for in one go would be a mistake of ours. */
const MOST_PAGES = 60;
/** A page of candles made of shorter ones costs at most so many calls. */
const PAGES_BUILT = 8;

/** Whether what was remembered up to `openTime` is near enough for the rest to be fetched and joined. */
export function isJoinable(openTime: number, now: number, interval: Interval, maxCandles: number): boolean {
  return (now - openTime) / nominalWidthMs(interval) <= Math.max(1500, 5 * maxCandles);
}

/** Candles over REST, whatever the venue's answers leave out, double, or cut short. */
export function createCandleLoader(options: CandleLoaderOptions): CandleLoader {
  const { maxCandles, omitsEmpty } = options;
  /** Whether the beginning of an answer can be judged: something stands there, or before it. */
  const isJudged = !omitsEmpty || options.tellsReach;

  async function tidied(query: PageQuery): Promise<{ candles: readonly Candle[]; isWhole: boolean }> {
    const { candles, dropped } = tidyCandles(await options.load(query));
    if (dropped > 0) options.onDropped(query.interval, dropped);
    const { from = 0, to = Number.POSITIVE_INFINITY } = query;
    const [first] = candles;
    return {
      // Some answer a little more than was asked for.
      candles: candles.filter(({ openTime }) => openTime >= from && openTime <= to),
      isWhole: first !== undefined && first.openTime < nextOpenTime(query.interval, from),
    };
  }

  /** A range that fits into one answer. What an answer lacks at its beginning is asked for again, as long as that helps. */
  async function whole(
    query: PageQuery & { from: number },
  ): Promise<{ candles: Candle[]; isWhole: boolean }> {
    const candles: Candle[] = [];
    let to = query.to;
    for (let asked = 0; asked < MOST_PAGES; asked += 1) {
      const part = await tidied({ ...query, ...(to !== undefined && { to }) });
      candles.unshift(...part.candles);
      const [first] = part.candles;
      if (part.isWhole || !isJudged || !first) return { candles, isWhole: part.isWhole || !isJudged };
      if (asked === 0) options.onShort(query.interval);
      to = first.openTime - 1;
    }
    return { candles, isWhole: false };
  }

  /** A period is over for a venue that tells no silence only when a late candle of it could no longer come. */
  const silentUntil = () =>
    options.isNowSure?.() === false ? Number.NEGATIVE_INFINITY : options.now() - CLOSE_GRACE_MS;

  async function* native(
    { interval, from, to }: RangeQuery,
    before?: { readonly openTime: number; readonly close: number },
  ): AsyncGenerator<readonly Loaded[]> {
    const window = (maxCandles - 1) * nominalWidthMs(interval);
    let last = before;
    let at = from;
    for (let page = 0; at <= to && page < MOST_PAGES; page += 1) {
      const end = Math.min(to, at + window);
      const { candles, isWhole } = await whole({ interval, from: at, to: end, limit: maxCandles });
      const newest = candles.at(-1);
      // Shorter than promised: what is missing at its end is asked for again, as long as that brings anything.
      const next =
        newest && !omitsEmpty && newest.openTime < end
          ? nextOpenTime(interval, newest.openTime)
          : nextOpenTime(interval, openTimeAt(interval, end));
      if (omitsEmpty) {
        // What lies before the first was not told: a hole, for silence would have been proven.
        if (!isWhole) last = undefined;
        const filled = fillSilence(candles, interval, Math.min(next, silentUntil()), last);
        const known = filled.at(-1);
        if (known) last = { openTime: nextOpenTime(interval, known.openTime), close: known.close };
        yield filled;
      } else yield candles;
      at = next;
    }
  }

  async function* range(
    query: RangeQuery,
    before?: { readonly openTime: number; readonly close: number },
  ): AsyncGenerator<readonly Loaded[]> {
    const source = sourceOf(query.interval);
    if (source === query.interval) {
      yield* native(query, before);
      return;
    }
    const from = openTimeAt(query.interval, query.from);
    const to = nextOpenTime(query.interval, openTimeAt(query.interval, query.to)) - 1;
    const parts: Loaded[] = [];
    for await (const page of native(
      { interval: source, from, to },
      before && { ...before, openTime: from },
    )) {
      parts.push(...page);
    }
    yield aggregateCandles(parts, source, query.interval).filter(({ openTime }) => openTime >= query.from);
  }

  function sourceOf(interval: Interval): Interval {
    if (options.intervals.includes(interval)) return interval;
    return largestDivisor(interval, options.intervals) ?? interval;
  }

  async function page(query: PageQuery): Promise<readonly Loaded[]> {
    const { interval } = query;
    const source = sourceOf(interval);
    if (source === interval) {
      const { candles } = await tidied({ ...query, limit: Math.min(query.limit, maxCandles) });
      return omitsEmpty
        ? fillSilence(candles, interval, Math.min((query.to ?? Infinity) + 1, silentUntil()))
        : candles;
    }
    const ratio = Math.round(nominalWidthMs(interval) / nominalWidthMs(source));
    const limit = Math.max(1, Math.min(query.limit, Math.floor((PAGES_BUILT * maxCandles) / ratio)));
    const to = query.to ?? options.now();
    let from = query.from;
    if (from === undefined) {
      from = openTimeAt(interval, to);
      for (let count = 1; count < limit; count += 1) from = openTimeAt(interval, from - 1);
    }
    const built: Loaded[] = [];
    for await (const part of range({ interval, from, to })) built.push(...part);
    return built.filter(({ openTime }) => openTime <= to).slice(0, limit);
  }

  return { range, page };
}
