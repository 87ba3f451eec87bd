import { plainNumber } from '#shared/base/decimal.ts';
import { scaleNumberLevels } from '#shared/base/number-levels.ts';
import { type Interval, openTimeAt } from '#shared/domain/interval.ts';
import type {
  BookSnapshotEvent,
  Candle,
  CandleEvent,
  MarkEvent,
  TickerEvent,
  TopEvent,
  TradeEvent,
} from '#shared/domain/market-data.ts';
import type { Listed } from './catalogue.ts';
import type { CcxtBook, CcxtCandle, CcxtFunding, CcxtTicker, CcxtTrade } from './exchange.ts';

/** What ccxt tells of one instrument as events of ours. What says nothing gives none. Throws `Misshapen` for impossible books. */
export interface EventReader {
  ticker(told: CcxtTicker | undefined, receivedAt: number): readonly TickerEvent[];
  top(told: CcxtTicker | undefined, receivedAt: number): readonly TopEvent[];
  trades(told: readonly CcxtTrade[], receivedAt: number): readonly TradeEvent[];
  book(told: CcxtBook, receivedAt: number): BookSnapshotEvent;
  candles(interval: Interval, told: readonly CcxtCandle[], receivedAt: number): readonly CandleEvent[];
  mark(told: CcxtTicker | CcxtFunding | undefined, receivedAt: number): readonly MarkEvent[];
}

/** As deep as anything here looks; ccxt's books go on to a thousand levels. */
export const BOOK_DEPTH = 200;

/** `venueNow` is the exchange's time where it says none of its own. */
export function createEventReader(listed: Listed, venueNow: () => number): EventReader {
  const { instrument, baseOf } = listed;
  const { id, priceScale, quantityScale } = instrument;
  let updateId = 0;
  let lastPrice = Number.NaN;
  const received = (timestamp: number | undefined, receivedAt: number) => ({
    instrument: id,
    venueTime: timestamp ?? Math.floor(venueNow()),
    receivedAt,
  });

  return {
    ticker(told, receivedAt) {
      if (told?.last === undefined) return [];
      return [
        {
          kind: 'ticker',
          ...received(told.timestamp, receivedAt),
          last: told.last,
          open: told.open ?? Number.NaN,
          high: told.high ?? Number.NaN,
          low: told.low ?? Number.NaN,
          volume: told.baseVolume ?? Number.NaN,
          quoteVolume: told.quoteVolume ?? Number.NaN,
        },
      ];
    },
    top(told, receivedAt) {
      if (told?.bid === undefined || told.ask === undefined) return [];
      updateId += 1;
      return [
        {
          kind: 'top',
          ...received(told.timestamp, receivedAt),
          // In the order they came: most exchanges count nothing here.
          updateId,
          bidPrice: told.bid,
          bidQuantity: baseOf(told.bidVolume ?? Number.NaN, told.bid),
          askPrice: told.ask,
          askQuantity: baseOf(told.askVolume ?? Number.NaN, told.ask),
        },
      ];
    },
    trades(told, receivedAt) {
      const events: TradeEvent[] = [];
      for (const { id: ownId, timestamp, price, amount, side } of told) {
        if (price === undefined || amount === undefined) continue;
        events.push({
          kind: 'trade',
          ...received(timestamp, receivedAt),
          // Where there is none, what is told of the trade is its name: told again it is the same one.
          id: ownId ?? `${timestamp ?? 0}:${plainNumber(price)}:${plainNumber(amount)}`,
          price,
          quantity: baseOf(amount, price),
          // Where the exchange does not say who came to whom, a falling price was sold.
          side: side === 'sell' || (side !== 'buy' && price < lastPrice) ? 'sell' : 'buy',
        });
        lastPrice = price;
      }
      return events;
    },
    book(told, receivedAt) {
      updateId += 1;
      const levelsOf = (side: CcxtBook['bids']) =>
        side.slice(0, BOOK_DEPTH).flatMap(([price, amount]) => {
          const quantity = baseOf(amount ?? 0, price ?? 0);
          return price === undefined || !(quantity > 0) ? [] : [price, quantity];
        });
      return {
        kind: 'book-snapshot',
        ...received(told.timestamp, receivedAt),
        lastUpdateId: updateId,
        ...scaleNumberLevels(levelsOf(told.bids), levelsOf(told.asks), { priceScale, quantityScale }),
      };
    },
    candles(interval, told, receivedAt) {
      const read = told.map(readCandle).filter((candle) => candle !== undefined);
      // A candle of another interval would pass for one of this: some exchanges tell both under one name.
      const own = read.filter(({ openTime }) => openTimeAt(interval, openTime) === openTime);
      return own.map((candle, index) => ({
        kind: 'candle',
        ...received(undefined, receivedAt),
        interval,
        // No exchange says in ccxt's words that a candle is over; the next one does.
        candle: { ...candle, closed: index < own.length - 1 },
      }));
    },
    mark(told, receivedAt) {
      if (told?.markPrice === undefined) return [];
      const { fundingRate, fundingTimestamp } = told as CcxtFunding;
      return [
        {
          kind: 'mark',
          ...received(told.timestamp, receivedAt),
          markPrice: told.markPrice,
          indexPrice: told.indexPrice ?? Number.NaN,
          ...(fundingRate === undefined ? {} : { fundingRate }),
          ...(fundingTimestamp === undefined ? {} : { nextFundingTime: fundingTimestamp }),
        },
      ];
    },
  };
}

/** `undefined` where a price is missing. */
export function readCandle([openTime, open, high, low, close, volume]: CcxtCandle): Candle | undefined {
  if (openTime === undefined || open === undefined || high === undefined) return undefined;
  if (low === undefined || close === undefined) return undefined;
  return { openTime, open, high, low, close, volume: volume ?? 0, closed: false };
}
