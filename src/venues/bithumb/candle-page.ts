import { HeartlineError } from '#shared/base/errors.ts';
import { msOfUtcText, utcText } from '#shared/base/utc-text.ts';
import * as wire from '#shared/base/wire.ts';
import { numeric } from '#shared/base/wire-number.ts';
import { type Interval, nextOpenTime, openTimeAt } from '#shared/domain/interval.ts';
import type { Candle } from '#shared/domain/market-data.ts';

export interface CandleWindow {
  readonly interval: Interval;
  /** Open times, ms epoch, both inclusive. */
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly limit: number;
  readonly now: number;
}

/**
 * What is asked for → the open times one page may hold. The venue pages backwards only, so many candles up to an end:
 * where a beginning is given, the end is set as many candles later, and of what the page brings from before only the
 * last is kept, as proof of how far it reaches.
 */
export function windowOf(query: {
  readonly interval: Interval;
  readonly from?: number;
  readonly to?: number;
  readonly limit: number;
  readonly now: number;
}): CandleWindow {
  const { interval, from, limit, now } = query;
  if (from === undefined) return { interval, from, to: query.to, limit, now };
  let last = openTimeAt(interval, from);
  if (last < from) last = nextOpenTime(interval, last);
  for (let count = 1; count < limit; count++) last = nextOpenTime(interval, last);
  return { interval, from, to: Math.min(query.to ?? last, last), limit, now };
}

/** The venue reads the end of a page as a time in Seoul. */
const SEOUL_MS = 9 * 60 * 60_000;

/**
 * The end as the venue wants it: whole seconds, Seoul time. A second beyond the last open time wanted, so that it does
 * not matter whether the end is part of the page. Absent where it lies in the future: the latest candles are meant.
 */
export function endOf({ to, now }: CandleWindow): string | undefined {
  if (to === undefined || (now > 0 && to >= now)) return undefined;
  return utcText((Math.floor(to / 1_000) + 1) * 1_000 + SEOUL_MS).replace('T', ' ');
}

/**
 * One page → candles, oldest first, each once, none outside the window but the last before it. A page may be short: times without a trade have
 * no candle here. What another candle follows has ended, whatever the clock says. Throws `venue.answer`.
 */
export function readCandles(body: unknown, symbol: string, window: CandleWindow): readonly Candle[] {
  if (!Array.isArray(body)) throw new wire.Misshapen(`no list: ${wire.show(body)}`);
  const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY } = window;
  const rows = new Map<number, { readonly candle: Omit<Candle, 'closed'>; readonly toldAt: number }>();
  for (const row of body) {
    const read = readRow(row, symbol, window.interval);
    const { openTime } = read.candle;
    if (openTime > to) continue;
    // Twice the same: the one that holds the later trade.
    if (read.toldAt >= (rows.get(openTime)?.toldAt ?? 0)) rows.set(openTime, read);
  }
  const sorted = [...rows.values()].map(({ candle }) => candle).sort((a, b) => a.openTime - b.openTime);
  const before = sorted.filter(({ openTime }) => openTime < from).length;
  const page =
    window.from === undefined
      ? sorted.slice(-window.limit)
      : sorted.slice(Math.max(0, before - 1), before + window.limit);
  const last = sorted.at(-1);
  return page.map((candle) => ({
    ...candle,
    closed: candle !== last || nextOpenTime(window.interval, candle.openTime) <= window.now,
  }));
}

function readRow(row: unknown, symbol: string, interval: Interval) {
  if (!wire.isWireObject(row)) throw new wire.Misshapen(`a candle is no object: ${wire.show(row)}`);
  if (row['market'] !== symbol) throw new wire.Misshapen(`a candle of ${wire.show(row['market'])}`);
  const openTime = msOfUtcText(wire.text(row, 'candle_date_time_utc'));
  if (openTime === undefined || openTimeAt(interval, openTime) !== openTime) {
    throw new wire.Misshapen(
      `a candle off the grid of ${interval}: ${wire.show(row['candle_date_time_utc'])}`,
    );
  }
  const candle = {
    openTime,
    open: numeric(row, 'opening_price'),
    high: numeric(row, 'high_price'),
    low: numeric(row, 'low_price'),
    close: numeric(row, 'trade_price'),
    volume: numeric(row, 'candle_acc_trade_volume'),
  };
  if (candle.high < candle.low) throw new wire.Misshapen('a candle whose high is below its low');
  return { candle, toldAt: row['timestamp'] === undefined ? 0 : numeric(row, 'timestamp') };
}

/** Throws `limit.invalid` for what is no count; more than the venue gives becomes the most it gives. */
export function clamp(limit: number, most: number): number {
  if (!Number.isInteger(limit) || limit < 1) {
    throw new HeartlineError('limit.invalid', `not a number of rows: ${limit}`, { details: { limit } });
  }
  return Math.min(limit, most);
}
