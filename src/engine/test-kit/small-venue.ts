import { type InstrumentId, instrumentId, venueId } from '#shared/domain/instrument.ts';
import type { BookSnapshotEvent } from '#shared/domain/market-data.ts';
import type { RestCall, Venue } from '#venues/venue.ts';
import { plainVenue } from './plain-venue.ts';

// The plain venue with a market behind it, without a socket, a thread or a clock of its own: it moves when told to.

const COINS = ['BTC', 'ETH'] as const;

/** `alpha:BTC-USDT-PERP`. */
export function smallInstruments(id: string): readonly InstrumentId[] {
  return COINS.map((coin) => instrumentId(`${id}:${coin}-USDT-PERP`));
}

/** A venue of the plain protocol under its own name, whose REST answers are told by {@link SmallMarket}. */
export function smallVenue(id: string): Venue {
  const call = <Answer>(
    path: string,
    parse: (body: never, receivedAt: number) => Answer,
  ): RestCall<Answer> => ({
    path,
    scope: 'all',
    weight: 1,
    parse: parse as (body: unknown, receivedAt: number) => Answer,
  });
  const at = <Row extends object>(rows: readonly Row[], receivedAt: number) =>
    rows.map((row) => ({ ...row, receivedAt }));
  return {
    ...plainVenue,
    id: venueId(id),
    name: id,
    limits: { ...plainVenue.limits, maxStreamsPerConnection: 50 },
    favourites: smallInstruments(id),
    intervals: ['1m', '5m'],
    canaryOf: () => ({ kind: 'book', instrument: instrumentId(`${id}:BTC-USDT-PERP`) }),
    instrumentOf: (symbol) => instrumentId(`${id}:${symbol}`),
    symbolOf: (instrument) => instrument.slice(id.length + 1),
    tradeFollows: (previousId, next) => Number(next) === Number(previousId) + 1,
    refusalOf: (status, headers) =>
      status === 429
        ? {
            code: 'rate-limit',
            message: 'slower',
            retryAfterMs: Number(headers.get('retry-after') ?? 1) * 1000,
          }
        : undefined,
    rest: {
      maxCandles: 500,
      candleIntervals: ['1m'],
      serverTime: () => call('/time', ({ time }: { time: number }) => time),
      instruments: () => call('/instruments', (rows: never[]) => rows),
      candles: ({ instrument, from, to, limit }) =>
        call(`/candles?${instrument}&${from ?? ''}&${to ?? ''}&${limit}`, (rows: never[]) => rows),
      trades: (instrument, limit) => call(`/trades?${instrument}&${limit}`, at) as never,
      bookSnapshot: (instrument) =>
        call(`/book?${instrument}`, (body: BookSnapshotEvent, receivedAt) => ({
          ...body,
          bids: Float64Array.from(body.bids),
          asks: Float64Array.from(body.asks),
          receivedAt,
        })),
    },
  };
}
