import type { CandlestickData, HistogramData, UTCTimestamp, WhitespaceData } from 'lightweight-charts';
import { type Interval, nextOpenTime } from '#shared/domain/interval.ts';
import type { HeldCandle } from '../../stores/candle-series.ts';
import type { Palette } from '../../ui/palette.ts';
import { seeThrough } from '../../ui/palette.ts';

/** A hole takes at most this many places on the axis; its label tells the true length. */
export const MOST_PLACES = 300;

function seconds(openTime: number): UTCTimestamp {
  return (openTime / 1_000) as UTCTimestamp;
}

/** A repaired candle is hollow: its prices are true, but nobody watched it happen. */
export function candleRow(candle: HeldCandle, palette: Palette): CandlestickData<UTCTimestamp> {
  const { open, high, low, close } = candle;
  const row = { time: seconds(candle.openTime), open, high, low, close };
  if (candle.provenance !== 'backfilled') return row;
  const line = close >= open ? palette.up : palette.down;
  return { ...row, color: seeThrough(palette.panel, 0), borderColor: line, wickColor: line };
}

/**
 * A sign at one candle: a cap over what was built here, a tick under what was put right, a ring under what was repaired
 * where its body cannot be hollow to say so. Time in seconds.
 */
export interface CandleMark {
  readonly kind: 'cap' | 'tick' | 'ring';
  readonly time: number;
  readonly price: number;
}

/** Signs of the candles from `from` on. `at`: where they stand on the shape that is drawn. */
export function candleMarks(
  candles: readonly HeldCandle[],
  from = 0,
  hasRings = false,
  at: (candle: HeldCandle) => { readonly top: number; readonly bottom: number } = ({ high, low }) => ({
    top: high,
    bottom: low,
  }),
): CandleMark[] {
  const marks: CandleMark[] = [];
  for (let index = from; index < candles.length; index += 1) {
    const candle = candles[index] as HeldCandle;
    const time = candle.openTime / 1_000;
    if (candle.provenance === 'built') marks.push({ kind: 'cap', time, price: at(candle).top });
    else if (candle.provenance === 'corrected') marks.push({ kind: 'tick', time, price: at(candle).bottom });
    else if (hasRings && candle.provenance === 'backfilled') {
      marks.push({ kind: 'ring', time, price: at(candle).bottom });
    }
  }
  return marks;
}

export function volumeRow(candle: HeldCandle, palette: Palette): HistogramData<UTCTimestamp> {
  const colour = candle.close >= candle.open ? palette.up : palette.down;
  return { time: seconds(candle.openTime), value: candle.volume, color: seeThrough(colour, 0.38) };
}

/** Rows for the candles `[from, to)`, with empty places where some are missing before one of them. */
export function placedRows<Row extends { readonly time: unknown }>(
  candles: readonly HeldCandle[],
  interval: Interval,
  from: number,
  to: number,
  rowAt: (index: number) => Row | undefined,
): (Row | WhitespaceData<UTCTimestamp>)[] {
  const rows: (Row | WhitespaceData<UTCTimestamp>)[] = [];
  for (let index = from; index < to; index += 1) {
    const candle = candles[index];
    const row = rowAt(index);
    if (candle === undefined || row === undefined) continue;
    const before = candles[index - 1];
    if (before !== undefined) {
      for (const openTime of holePlaces(interval, nextOpenTime(interval, before.openTime), candle.openTime)) {
        rows.push({ time: seconds(openTime) });
      }
    }
    rows.push(row);
  }
  return rows;
}

/** Open times in `[from, to)` drawn as empty places. */
export function holePlaces(interval: Interval, from: number, to: number): readonly number[] {
  const places: number[] = [];
  let openTime = from;
  while (openTime < to && places.length < MOST_PLACES) {
    places.push(openTime);
    openTime = nextOpenTime(interval, openTime);
  }
  return places;
}
