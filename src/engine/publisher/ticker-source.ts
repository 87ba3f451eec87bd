import type { WatchSource } from '#shared/contract/api.ts';
import type { TickerColumns } from '#shared/contract/columns.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import type { StreamKey } from '#shared/domain/stream-key.ts';
import type { TickerRow } from '../market/ticker-rows.ts';

/** State, latest only: rows that changed since the last take, as columns. */
export function createTickerSource(options: {
  readonly instruments: readonly InstrumentId[];
  readonly row: (instrument: InstrumentId) => TickerRow | undefined;
  /** See `PublisherOptions`. */
  readonly published?: ((stream: StreamKey, receivedAt: number) => void) | undefined;
  readonly onDispose: () => void;
}): WatchSource<TickerColumns> & { touch(instrument: InstrumentId): void } {
  const watched = new Set(options.instruments);
  // The first take brings every row that is known already.
  let dirty = new Set(options.instruments);

  return {
    touch(instrument) {
      if (watched.has(instrument)) dirty.add(instrument);
    },
    take() {
      if (dirty.size === 0) return undefined;
      const instruments = [...dirty].filter((instrument) => options.row(instrument) !== undefined);
      dirty = new Set();
      if (instruments.length === 0) return undefined;
      for (const instrument of instruments) {
        const row = options.row(instrument);
        if (!row) continue;
        options.published?.({ kind: 'ticker', instrument }, row.dayReceivedAt);
        options.published?.({ kind: 'top', instrument }, row.topReceivedAt);
      }
      const column = (pick: (row: TickerRow) => number) =>
        Float64Array.from(instruments, (instrument) => {
          const row = options.row(instrument);
          return row ? pick(row) : Number.NaN;
        });
      return {
        instruments,
        last: column((row) => row.last),
        open24h: column((row) => row.open24h),
        high24h: column((row) => row.high24h),
        low24h: column((row) => row.low24h),
        quoteVolume24h: column((row) => row.quoteVolume24h),
        bid: column((row) => row.bid),
        ask: column((row) => row.ask),
        mark: column((row) => row.mark),
        index: column((row) => row.index),
        fundingRate: column((row) => row.fundingRate),
        nextFundingTime: column((row) => row.nextFundingTime),
        lastReceivedAt: column((row) => row.lastReceivedAt),
        dayReceivedAt: column((row) => row.dayReceivedAt),
        topReceivedAt: column((row) => row.topReceivedAt),
        markReceivedAt: column((row) => row.markReceivedAt),
      };
    },
    dispose: options.onDispose,
  };
}
