import {
  ColorType,
  CrosshairMode,
  createChartEx,
  type DeepPartial,
  type IChartApiBase,
  LineStyle,
  TickMarkType,
  type Time,
  type TimeScaleOptions,
} from 'lightweight-charts';
import { formatDay, formatFull, formatMinute, formatMonth } from '../../ui/format-time.ts';
import { type Palette, seeThrough } from '../../ui/palette.ts';
import { LocalTimeScale } from './local-time-scale.ts';

export const FONT = "'Inter Variable', 'Pretendard Variable', system-ui, sans-serif";
export const VOLUME_SHARE = 0.18;
/** Candles in view at first, and empty places beside the newest. */
export const FIRST_VIEW = 140;
export const ROOM_RIGHT = 8;

const TIME_SCALE: DeepPartial<TimeScaleOptions> = {
  timeVisible: true,
  rightOffset: ROOM_RIGHT,
  barSpacing: 7,
  minBarSpacing: 0.2,
  tickMarkFormatter: formatTick,
};

export function createPriceChart(container: HTMLElement): IChartApiBase<Time> {
  return createChartEx<Time, LocalTimeScale>(container, new LocalTimeScale(), {
    autoSize: true,
    layout: { attributionLogo: false, fontFamily: FONT, fontSize: 11 },
    crosshair: { mode: CrosshairMode.Normal },
    rightPriceScale: { scaleMargins: marginsOf(true) },
    timeScale: TIME_SCALE,
    localization: { timeFormatter: (time: Time) => formatFull(Number(time) * 1_000).slice(0, 16) },
  });
}

/** Room the prices leave above and below, of which the volume takes its part. */
export function marginsOf(hasVolume: boolean): { readonly top: number; readonly bottom: number } {
  return { top: 0.1, bottom: hasVolume ? VOLUME_SHARE + 0.04 : 0.06 };
}

function formatTick(time: Time, type: TickMarkType): string {
  const at = Number(time) * 1_000;
  switch (type) {
    case TickMarkType.Year:
      return formatMonth(at).slice(0, 4);
    case TickMarkType.Month:
      return formatMonth(at);
    case TickMarkType.DayOfMonth:
      return formatDay(at);
    default:
      return formatMinute(at);
  }
}

export function chartColours(palette: Palette) {
  const line = seeThrough(palette.line, 0.7);
  const crosshair = {
    color: palette.dim,
    labelBackgroundColor: palette.faint,
    style: LineStyle.Dashed,
  } as const;
  return {
    layout: {
      background: { type: ColorType.Solid, color: palette.panel },
      textColor: palette.dim,
      panes: { separatorColor: palette.line, separatorHoverColor: seeThrough(palette.dim, 0.3) },
    },
    grid: { vertLines: { color: line }, horzLines: { color: line } },
    rightPriceScale: { borderColor: palette.line },
    timeScale: { borderColor: palette.line },
    crosshair: { vertLine: crosshair, horzLine: crosshair },
  } as const;
}
