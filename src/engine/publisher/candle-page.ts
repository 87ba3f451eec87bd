import { HeartlineError } from '#shared/base/errors.ts';
import type { CheckedRequest } from '#shared/contract/api.ts';
import type { CandlePage } from '#shared/contract/columns.ts';
import type { Candle, ProvenCandle } from '#shared/domain/market-data.ts';
import type { Market } from '../market/market.ts';
import { candleColumns } from './candle-source.ts';

/** So much from disk opens a chart at once; the stream's own feed brings what has happened since. */
const ENOUGH = 300;

/**
 * One page of history: from disk where that knows it, else from the venue, else whatever disk there is.
 * Throws `instrument.unknown`, `interval.unknown`, and what the REST client throws.
 */
export async function loadCandlePage(
  market: Market,
  asked: CheckedRequest<'candles.load'>,
  now: number,
): Promise<CandlePage> {
  const { instrument, interval, before, limit } = asked;
  if (!market.venue.intervals.includes(interval)) {
    throw new HeartlineError('interval.unknown', `${market.venue.name} has no ${interval} candles`, {
      details: { interval, venue: market.venue.name, known: market.venue.intervals.join(' ') },
    });
  }
  const to = before === undefined ? {} : { to: Math.min(before - 1, now) };
  const query = { instrument, interval, limit, ...to };
  const known = market.recallCandles?.(query) ?? [];
  if (known.length >= Math.min(limit, ENOUGH)) return pageOf(known);
  try {
    await market.check(instrument);
    return pageOf(await market.loadCandles(query));
  } catch (fault) {
    const isUnknown = fault instanceof HeartlineError && fault.code === 'instrument.unknown';
    // Old candles are better than none; the stream's health tells that nothing live stands behind them.
    if (known.length === 0 || isUnknown) throw fault;
    return pageOf(known);
  }
}

function pageOf(candles: readonly (Candle | ProvenCandle)[]): CandlePage {
  return {
    candles: candleColumns(candles.map((candle) => ({ provenance: 'history' as const, ...candle }))),
    // A page may be shorter than asked for; only one with nothing in it ends the past.
    hasOlder: candles.length > 0,
  };
}
