import type { CandlestickData, HistogramData, UTCTimestamp, WhitespaceData } from 'lightweight-charts';
import { type Interval, nextOpenTime } from '#shared/domain/interval.ts';
import type { HeldCandle } from '../../stores/candle-series.ts';
import type { Palette } from '../../ui/palette.ts';
import { seeThrough } from '../../ui/palette.ts';

/** A hole takes at most this many places on the axis; its label tells the true length. */
export const MOST_PLACES = 300;

export type CandleRow = CandlestickData<UTCTimestamp> | WhitespaceData<UTCTimestamp>;
export type VolumeRow = HistogramData<UTCTimestamp> | WhitespaceData<UTCTimestamp>;

export interface ChartRows {
  readonly candles: CandleRow[];
  readonly volumes: VolumeRow[];
}

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

/** A sign at one candle: a cap over what was built here, a tick under what was put right. Time in seconds. */
export interface CandleMark {
  readonly kind: 'cap' | 'tick';
  readonly time: number;
  readonly price: number;
}

export function candleMarks(candles: readonly HeldCandle[]): readonly CandleMark[] {
  const marks: CandleMark[] = [];
  for (const { provenance, openTime, high, low } of candles) {
    if (provenance === 'built') marks.push({ kind: 'cap', time: openTime / 1_000, price: high });
    else if (provenance === 'corrected') marks.push({ kind: 'tick', time: openTime / 1_000, price: low });
  }
  return marks;
}

export function volumeRow(candle: HeldCandle, palette: Palette): HistogramData<UTCTimestamp> {
  const colour = candle.close >= candle.open ? palette.up : palette.down;
  return { time: seconds(candle.openTime), value: candle.volume, color: seeThrough(colour, 0.38) };
}

/** Rows for the candles `[from, to)`, with empty places where some are missing before one of them. */
export function chartRows(
  candles: readonly HeldCandle[],
  interval: Interval,
  from: number,
  to: number,
  palette: Palette,
): ChartRows {
  const rows: ChartRows = { candles: [], volumes: [] };
  for (let index = from; index < to; index += 1) {
    const candle = candles[index];
    if (candle === undefined) continue;
    const before = candles[index - 1];
    if (before !== undefined) {
      for (const openTime of holePlaces(interval, nextOpenTime(interval, before.openTime), candle.openTime)) {
        rows.candles.push({ time: seconds(openTime) });
        rows.volumes.push({ time: seconds(openTime) });
      }
    }
    rows.candles.push(candleRow(candle, palette));
    rows.volumes.push(volumeRow(candle, palette));
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
