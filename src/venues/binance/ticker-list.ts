import { eachReadable } from '#shared/base/each-readable.ts';
import * as wire from '#shared/base/wire.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import type { MarkEvent, TickerEvent } from '#shared/domain/market-data.ts';
import type { RestCall, TickerList } from '../venue.ts';
import { instrumentOf } from './symbols.ts';

/** Every contract's 24 h figures, and its mark price with funding (venue's "Market Data Endpoints", state of 2026-11). */
export function tickerLists(scope: string): readonly RestCall<TickerList>[] {
  return [
    { path: '/fapi/v1/ticker/24hr', scope, weight: 40, parse: (body, at) => readList(body, at, readTicker) },
    { path: '/fapi/v1/premiumIndex', scope, weight: 10, parse: (body, at) => readList(body, at, readMark) },
  ];
}

/** One row of `ticker/24hr`. Throws `Misshapen`. */
export function readTicker(row: wire.WireObject, instrument: InstrumentId, receivedAt: number): TickerEvent {
  return {
    kind: 'ticker',
    instrument,
    venueTime: wire.count(row, 'closeTime'),
    receivedAt,
    last: wire.decimal(row, 'lastPrice'),
    open: wire.decimal(row, 'openPrice'),
    high: wire.decimal(row, 'highPrice'),
    low: wire.decimal(row, 'lowPrice'),
    volume: wire.decimal(row, 'volume'),
    quoteVolume: wire.decimal(row, 'quoteVolume'),
  };
}

/** One row of `premiumIndex`. Delivery contracts pay no funding: their rate is an empty text and their next time 0. */
function readMark(row: wire.WireObject, instrument: InstrumentId, receivedAt: number): MarkEvent {
  const mark = {
    kind: 'mark',
    instrument,
    venueTime: wire.count(row, 'time'),
    receivedAt,
    markPrice: wire.decimal(row, 'markPrice'),
    indexPrice: wire.decimal(row, 'indexPrice'),
  } as const;
  const nextFundingTime = wire.count(row, 'nextFundingTime');
  if (row['lastFundingRate'] === '' || nextFundingTime === 0) return mark;
  return { ...mark, fundingRate: wire.signedDecimal(row, 'lastFundingRate'), nextFundingTime };
}

function readList<Event extends TickerEvent | MarkEvent>(
  body: unknown,
  receivedAt: number,
  read: (row: wire.WireObject, instrument: InstrumentId, receivedAt: number) => Event,
): TickerList {
  if (!Array.isArray(body)) throw new wire.Misshapen(`no list: ${wire.show(body)}`);
  const { rows, unread } = eachReadable(body, (row) => {
    if (!wire.isWireObject(row)) throw new wire.Misshapen(`no object: ${wire.show(row)}`);
    const instrument = instrumentOf(wire.text(row, 'symbol'));
    return instrument && [read(row, instrument, receivedAt)];
  });
  return { events: rows, unread };
}
