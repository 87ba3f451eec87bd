import { type Freshness, freshnessOf } from '#shared/domain/freshness.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import { type StreamKey, streamKeyText } from '#shared/domain/stream-key.ts';
import type { Desk } from './desk.ts';

type Sources = Pick<Desk, 'pulse' | 'tickers'>;

/** The last price comes from the ticker or from a trade: the livelier of the two streams vouches for it. */
export function lastFreshness(sources: Sources, instrument: InstrumentId): Freshness {
  const row = sources.tickers.store.getState().rows.get(instrument);
  if (row === undefined || Number.isNaN(row.last)) return 'unknown';
  const byTicker = judge(sources, { kind: 'ticker', instrument }, row.lastReceivedAt);
  if (byTicker === 'fresh') return byTicker;
  const trade: StreamKey = { kind: 'trade', instrument };
  // Nothing is known of a trade stream that is not subscribed, so it vouches for nothing.
  if (sources.pulse.getState().index.stream(streamKeyText(trade)) === undefined) return byTicker;
  return judge(sources, trade, row.lastReceivedAt) === 'fresh' ? 'fresh' : byTicker;
}

/** The 24 h figures. */
export function dayFreshness(sources: Sources, instrument: InstrumentId): Freshness {
  const row = sources.tickers.store.getState().rows.get(instrument);
  return judge(sources, { kind: 'ticker', instrument }, row?.dayReceivedAt);
}

/** Best bid and ask. */
export function topFreshness(sources: Sources, instrument: InstrumentId): Freshness {
  const row = sources.tickers.store.getState().rows.get(instrument);
  return judge(sources, { kind: 'top', instrument }, row?.topReceivedAt);
}

/** Mark price, index and funding. */
export function markFreshness(sources: Sources, instrument: InstrumentId): Freshness {
  const row = sources.tickers.store.getState().rows.get(instrument);
  return judge(sources, { kind: 'mark', instrument }, row?.markReceivedAt);
}

function judge({ pulse }: Sources, key: StreamKey, receivedAt: number | undefined): Freshness {
  const { index, now, engineSilentMs } = pulse.getState();
  return freshnessOf({ receivedAt, now, engineSilentMs, stream: index.stream(streamKeyText(key))?.state });
}

const ORDER: readonly Freshness[] = ['fresh', 'late', 'stale', 'unknown'];

/** A figure made of two is no fresher than the older of them. */
export function lessFresh(one: Freshness, other: Freshness): Freshness {
  return ORDER.indexOf(one) >= ORDER.indexOf(other) ? one : other;
}
