import { HeartlineError } from '#shared/base/errors.ts';
import type { CheckedRequest } from '#shared/contract/api.ts';
import type { CandlePage } from '#shared/contract/columns.ts';
import type { Market } from '../market/market.ts';
import { candleColumns } from './candle-source.ts';

/** One page of history. Throws `instrument.unknown`, `interval.unknown`, and what the REST client throws. */
export async function loadCandlePage(
  market: Market,
  query: CheckedRequest<'candles.load'>,
  now: number,
): Promise<CandlePage> {
  const { instrument, interval, before, limit } = query;
  if (!market.venue.intervals.includes(interval)) {
    throw new HeartlineError('interval.unknown', `${market.venue.name} has no ${interval} candles`, {
      details: { interval, venue: market.venue.name, known: market.venue.intervals.join(' ') },
    });
  }
  await market.check(instrument);
  const candles = await market.loadCandles({
    instrument,
    interval,
    limit,
    ...(before === undefined ? {} : { to: Math.min(before - 1, now) }),
  });
  return {
    candles: candleColumns(candles.map((candle) => ({ provenance: 'history' as const, ...candle }))),
    // A page may be shorter than asked for; only one with nothing in it ends the past.
    hasOlder: candles.length > 0,
  };
}
