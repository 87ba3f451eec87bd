import { eachReadable } from '#shared/base/each-readable.ts';
import * as wire from '#shared/base/wire.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import type { MarkEvent, TickerEvent } from '#shared/domain/market-data.ts';
import type { TickerList } from '../venue.ts';
import { listIn, resultOf } from './rest-envelope.ts';
import { type Family, instrumentOf } from './symbols.ts';
import { time } from './wire-fields.ts';

/** One row of `/v5/market/tickers`. Throws `Misshapen`. */
export function readTickerRow(
  row: wire.WireObject,
  instrument: InstrumentId,
  venueTime: number,
  receivedAt: number,
): TickerEvent {
  return {
    kind: 'ticker',
    instrument,
    venueTime,
    receivedAt,
    last: wire.decimal(row, 'lastPrice'),
    open: wire.decimal(row, 'prevPrice24h'),
    high: wire.decimal(row, 'highPrice24h'),
    low: wire.decimal(row, 'lowPrice24h'),
    volume: wire.decimal(row, 'volume24h'),
    quoteVolume: wire.decimal(row, 'turnover24h'),
  };
}

/** Every instrument of a family. Throws `Misshapen` for an answer about another one. */
export function readTickerList(body: unknown, family: Family, receivedAt: number): TickerList {
  const result = resultOf(body);
  if (result['category'] !== family) {
    throw new wire.Misshapen(`category is not ${family}: ${wire.show(result['category'])}`);
  }
  const venueTime = time(body as wire.WireObject, 'time');
  const { rows, unread } = eachReadable(listIn(result), (row) => {
    if (!wire.isWireObject(row)) throw new wire.Misshapen(`no row: ${wire.show(row)}`);
    const instrument = instrumentOf(wire.text(row, 'symbol'), family);
    if (!instrument) return undefined;
    const ticker = readTickerRow(row, instrument, venueTime, receivedAt);
    const mark = family === 'linear' ? readMark(row, instrument, venueTime, receivedAt) : undefined;
    return mark ? [ticker, mark] : [ticker];
  });
  return { events: rows, unread };
}

/** Before its first trading day a contract has no mark; delivery contracts pay no funding: the texts are empty, the time 0. */
function readMark(
  row: wire.WireObject,
  instrument: InstrumentId,
  venueTime: number,
  receivedAt: number,
): MarkEvent | undefined {
  if (row['markPrice'] === '' || row['indexPrice'] === '') return undefined;
  const mark = {
    kind: 'mark',
    instrument,
    venueTime,
    receivedAt,
    markPrice: wire.decimal(row, 'markPrice'),
    indexPrice: wire.decimal(row, 'indexPrice'),
  } as const;
  if (row['fundingRate'] === '') return mark;
  const fundingRate = wire.signedDecimal(row, 'fundingRate');
  const nextFundingTime = row['nextFundingTime'] === '' ? 0 : time(row, 'nextFundingTime');
  return nextFundingTime > 0 ? { ...mark, fundingRate, nextFundingTime } : { ...mark, fundingRate };
}
