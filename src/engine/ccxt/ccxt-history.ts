import type { InstrumentId } from '#shared/domain/instrument.ts';
import { nextOpenTime, openTimeAt } from '#shared/domain/interval.ts';
import type { Candle, TradeEvent } from '#shared/domain/market-data.ts';
import type { VenueRest } from '#venues/venue.ts';
import type { CcxtRest } from './ccxt-rest.ts';
import { createEventReader, readCandle } from './event-reader.ts';
import type { CcxtExchange } from './exchange.ts';
import type { StreamPlan } from './stream-plan.ts';
import type { StreamSources } from './stream-source.ts';

/** The past of one exchange, where ccxt can ask for it: otherwise there is none, and that is no failure. */
export interface CcxtHistory {
  trades(instrument: InstrumentId): Promise<readonly TradeEvent[]>;
  candles(query: Parameters<VenueRest['candles']>[0]): Promise<readonly Candle[]>;
}

const BACKLOG = 200;

export function createCcxtHistory(options: {
  readonly exchange: CcxtExchange;
  readonly plan: StreamPlan;
  readonly rest: CcxtRest;
  readonly sources: StreamSources;
  readonly now: () => number;
  readonly venueNow: () => number;
}): CcxtHistory {
  const { exchange, plan, rest, sources } = options;
  return {
    async trades(instrument) {
      if (!plan.canPoll.trade) return [];
      const listed = await sources.listed(instrument);
      const told = await rest.call(() => exchange.fetchTrades(listed.symbol, undefined, BACKLOG));
      // Kraken names trades on its stream and not here: told twice, they would count twice.
      if (plan.means.trade === 'native' && told.some(({ id }) => id === undefined)) return [];
      const trades = createEventReader(listed, options.venueNow).trades(told, options.now());
      return trades.toSorted((a, b) => a.venueTime - b.venueTime);
    },
    async candles({ instrument, interval, from, to, limit, now }) {
      if (!plan.canPoll.candle || exchange.timeframes?.[interval] === undefined) return [];
      const { symbol } = await sources.listed(instrument);
      let since = from;
      if (since === undefined && to !== undefined) {
        since = openTimeAt(interval, to);
        for (let count = 1; count < limit; count += 1) since = openTimeAt(interval, since - 1);
      }
      const told = await rest.call(() => exchange.fetchOHLCV(symbol, interval, since, limit));
      const read = told.map(readCandle).filter((candle) => candle !== undefined);
      // Only the last one can still be open.
      return read.map((candle, index) => ({
        ...candle,
        closed: index < read.length - 1 || nextOpenTime(interval, candle.openTime) <= now,
      }));
    },
  };
}
