import type { CandleColumns, CandleUpdate } from '#shared/contract/columns.ts';
import { PROVENANCES, type Provenance } from '#shared/domain/market-data.ts';

export interface CandleRow {
  /** Minutes since the epoch. */
  readonly minute: number;
  readonly close: number;
  readonly closed?: boolean;
  readonly provenance?: Provenance;
}

export const MINUTE = 60_000;

export function candleColumns(rows: readonly CandleRow[]): CandleColumns {
  const of = (value: (row: CandleRow) => number) => Float64Array.from(rows, value);
  return {
    openTime: of((row) => row.minute * MINUTE),
    open: of((row) => row.close),
    high: of((row) => row.close),
    low: of((row) => row.close),
    close: of((row) => row.close),
    volume: of(() => 1),
    closed: Uint8Array.from(rows, (row) => (row.closed === false ? 0 : 1)),
    provenance: Uint8Array.from(rows, (row) => PROVENANCES.indexOf(row.provenance ?? 'history')),
  };
}

export function candleUpdate(...rows: CandleRow[]): CandleUpdate {
  return { candles: candleColumns(rows), receivedAt: 0, holes: new Float64Array() };
}

/** One candle per minute of `[from, to)`, its close the minute. */
export function minutes(from: number, to: number): CandleRow[] {
  return Array.from({ length: to - from }, (_, index) => ({ minute: from + index, close: from + index }));
}
