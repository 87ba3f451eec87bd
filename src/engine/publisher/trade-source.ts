import type { WatchSource } from '#shared/contract/api.ts';
import type { TradeColumns } from '#shared/contract/columns.ts';
import type { TradeEvent } from '#shared/domain/market-data.ts';

/** More than this between two takes and the oldest are left out, and counted. */
const RING = 2000;

/** Events, appended: every trade once, oldest first, at most `RING` a batch. */
export function createTradeSource(options: {
  readonly recent: () => readonly TradeEvent[];
  readonly onDispose: () => void;
}): WatchSource<TradeColumns> & { push(trade: TradeEvent): void; restart(): void } {
  let pending: TradeEvent[] = [];
  let dropped = 0;
  let isFirst = true;

  return {
    push(trade) {
      if (isFirst) return; // the first take brings what the tape holds, this trade included
      pending.push(trade);
      if (pending.length > RING) {
        pending.shift();
        dropped += 1;
      }
    },
    restart() {
      isFirst = true;
      pending = [];
    },
    take() {
      const trades = isFirst ? options.recent() : pending;
      if (trades.length === 0) return undefined;
      const columns: TradeColumns = {
        restart: isFirst,
        ids: trades.map((trade) => trade.id),
        price: Float64Array.from(trades, (trade) => trade.price),
        quantity: Float64Array.from(trades, (trade) => trade.quantity),
        buy: Uint8Array.from(trades, (trade) => (trade.side === 'buy' ? 1 : 0)),
        venueTime: Float64Array.from(trades, (trade) => trade.venueTime),
        receivedAt: Float64Array.from(trades, (trade) => trade.receivedAt),
        dropped,
      };
      isFirst = false;
      pending = [];
      dropped = 0;
      return columns;
    },
    dispose: options.onDispose,
  };
}
