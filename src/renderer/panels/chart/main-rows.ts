import type { CandlestickData, LineData, UTCTimestamp, WhitespaceData } from 'lightweight-charts';
import { assertNever } from '#shared/base/assert-never.ts';
import type { HeldCandle } from '../../stores/candle-series.ts';
import { type Palette, seeThrough } from '../../ui/palette.ts';
import { candleRow } from './candle-rows.ts';
import type { ChartType } from './chart-look.ts';
import type { ShownPrices } from './heikin-ashi.ts';

/** A candle, bar or point of a line, or an empty place. */
export type MainRow =
  | CandlestickData<UTCTimestamp>
  | LineData<UTCTimestamp>
  | (LineData<UTCTimestamp> & { lineColor?: string; topColor?: string; bottomColor?: string })
  | WhitespaceData<UTCTimestamp>;

export interface RowPlace {
  readonly candle: HeldCandle;
  /** What is drawn of it: the candle itself, or the averaged one. */
  readonly shown: ShownPrices;
  /** Close of the candle before; `undefined` at the beginning and after a hole. */
  readonly before: number | undefined;
  /** What follows is a hole: a line ends here. */
  readonly isLastBeforeHole: boolean;
}

export interface RowColours extends Palette {
  readonly accent: string;
}

/** Lines have a point for each candle and are drawn between them; the others stand alone. */
export function isLine(type: ChartType): boolean {
  return type === 'line' || type === 'area';
}

const NONE = '#00000000';
const AREA_TOP = 0.28;
/** A line over what nobody watched happen. */
const REPAIRED = 0.45;

export function mainRow(type: ChartType, place: RowPlace, palette: RowColours): MainRow {
  const { candle, shown, before, isLastBeforeHole } = place;
  const time = (candle.openTime / 1_000) as UTCTimestamp;
  const { open, high, low, close } = shown;
  const colour = close >= open ? palette.up : palette.down;
  switch (type) {
    case 'candles':
      return candleRow(candle, palette);
    case 'heikin':
      return { time, open, high, low, close };
    case 'bars':
      return { time, open, high, low, close, color: colour };
    case 'hollow': {
      // The colour tells the way from the close before, the filling the way within.
      const line = close >= (before ?? open) ? palette.up : palette.down;
      const color = close >= open ? seeThrough(palette.panel, 0) : line;
      return { time, open, high, low, close, color, borderColor: line, wickColor: line };
    }
    case 'line':
    case 'area': {
      const own = candle.provenance === 'backfilled' ? seeThrough(palette.accent, REPAIRED) : palette.accent;
      const line = isLastBeforeHole ? NONE : own;
      if (type === 'line') return { time, value: close, color: line };
      const topColor = isLastBeforeHole ? NONE : seeThrough(palette.accent, AREA_TOP);
      return { time, value: close, lineColor: line, topColor, bottomColor: NONE };
    }
    default:
      return assertNever(type);
  }
}
