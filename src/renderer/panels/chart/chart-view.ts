import {
  CandlestickSeries,
  ColorType,
  CrosshairMode,
  createChartEx,
  type DeepPartial,
  HistogramSeries,
  LineStyle,
  TickMarkType,
  type Time,
  type TimeScaleOptions,
} from 'lightweight-charts';
import type { Undo } from '#shared/base/emitter.ts';
import type { Instrument } from '#shared/domain/instrument.ts';
import type { CandleSeries, SeriesChange } from '../../stores/candle-series.ts';
import { formatDecimal } from '../../ui/format-number.ts';
import { formatPrice } from '../../ui/format-price.ts';
import { formatDay, formatFull, formatMinute, formatMonth } from '../../ui/format-time.ts';
import { type Palette, type StatusPalette, seeThrough } from '../../ui/palette.ts';
import type { AccountLine } from './account-lines.ts';
import { CandleMarks } from './candle-marks.ts';
import { candleMarks, candleRow, chartRows, holePlaces, volumeRow } from './candle-rows.ts';
import { planSplit } from './candle-split.ts';
import { dragOrderLines, type OrderLineEvents } from './drag-order-lines.ts';
import { HoleBands } from './hole-bands.ts';
import { LocalTimeScale } from './local-time-scale.ts';
import { OrderHandles } from './order-handles.ts';
import { createPriceLines } from './price-lines.ts';

const FONT = "'Inter Variable', 'Pretendard Variable', system-ui, sans-serif";
const VOLUME_SHARE = 0.18;
const FIRST_VIEW = 140;
const ROOM_RIGHT = 8;
/** Older candles are asked for when fewer than this are left outside the view. */
const OLDER_MARGIN = 60;
/** Smallest price step drawn while the venue's own is not known. */
const UNKNOWN_STEP = 1e-8;

export interface ChartEvents extends OrderLineEvents {
  /** Open time under the crosshair, ms epoch; `undefined` when it left. */
  onHover(openTime: number | undefined): void;
  /** The view has come near the oldest candle held. */
  onNearOldest(): void;
  /** A click on the candles: the price at that height, as the screen can tell it. */
  onPrice(price: number): void;
  /** Whether the oldest candle held is in view. */
  onEdge(inView: boolean): void;
}

export interface ChartView {
  restyle(palette: StatusPalette): void;
  /** Shows another series from its beginning. */
  begin(series: CandleSeries): void;
  /** How prices of this instrument are written; `undefined` while that is not known. */
  formatPrices(instrument: Instrument | undefined): void;
  /** Draws what a change touched. Call on the arrival of a batch, not inside an animation frame: the library has its own. */
  draw(change: SeriesChange): void;
  /** Positions and orders. */
  showLines(lines: readonly AccountLine[]): void;
  /** Words of the hole labels depend on the language. */
  relabel(): void;
  scrollBy(candles: number): void;
  zoomBy(factor: number): void;
  readonly dispose: Undo;
}

export function createChartView(
  container: HTMLElement,
  initialPalette: StatusPalette,
  holeLabel: (count: number, fromTime: number, toTime: number) => string,
  events: ChartEvents,
): ChartView {
  let palette = initialPalette;
  let series: CandleSeries | undefined;
  let liveFrom = 0;
  let lastDrawn = -Infinity;
  let begun = false;

  const timeScale: DeepPartial<TimeScaleOptions> = {
    timeVisible: true,
    rightOffset: ROOM_RIGHT,
    barSpacing: 7,
    minBarSpacing: 0.5,
    tickMarkFormatter: formatTick,
  };
  const chart = createChartEx<Time, LocalTimeScale>(container, new LocalTimeScale(), {
    autoSize: true,
    layout: { attributionLogo: false, fontFamily: FONT, fontSize: 11 },
    crosshair: { mode: CrosshairMode.Normal },
    rightPriceScale: { scaleMargins: { top: 0.1, bottom: VOLUME_SHARE + 0.04 } },
    timeScale,
    localization: { timeFormatter: (time: Time) => formatFull(Number(time) * 1_000).slice(0, 16) },
  });
  // Volumes first, so that candles are painted over them.
  const volumeOptions = { priceScaleId: 'volume', lastValueVisible: false, priceLineVisible: false };
  const frozenVolume = chart.addSeries(HistogramSeries, volumeOptions);
  const liveVolume = chart.addSeries(HistogramSeries, volumeOptions);
  // The library's own price label tells the last candle in view: scrolled back, an old price would pass for the last.
  const candleOptions = { lastValueVisible: false, priceLineVisible: false };
  const frozen = chart.addSeries(CandlestickSeries, candleOptions);
  const live = chart.addSeries(CandlestickSeries, candleOptions);
  const lastPrice = live.createPriceLine({ price: 0, lineStyle: LineStyle.Dashed, lineWidth: 1 });
  const accountLines = createPriceLines(live, initialPalette);
  chart.priceScale('volume').applyOptions({ scaleMargins: { top: 1 - VOLUME_SHARE, bottom: 0 } });
  const bands = new HoleBands();
  chart.panes()[0]?.attachPrimitive(bands);
  const heightOf = (price: number) => live.priceToCoordinate(price) ?? frozen.priceToCoordinate(price);
  const marks = new CandleMarks(heightOf);
  chart.panes()[0]?.attachPrimitive(marks);
  const handles = new OrderHandles(initialPalette, heightOf);
  chart.panes()[0]?.attachPrimitive(handles);
  const priceAt = (y: number) => live.coordinateToPrice(y) ?? frozen.coordinateToPrice(y);
  const undoDrag = dragOrderLines({ container, handles, heightOf, priceAt, ...events });

  const showBands = () => {
    const { interval } = series ?? { interval: '1m' as const };
    bands.show(
      (series?.holes() ?? []).flatMap((hole) => {
        // A hole is drawn where its places are, which is less than its length when that is very long.
        const places = holePlaces(interval, hole.from, hole.to);
        const first = places[0];
        const last = places.at(-1);
        if (first === undefined || last === undefined) return [];
        return [
          { first: first / 1_000, last: last / 1_000, label: holeLabel(hole.count, hole.from, hole.to) },
        ];
      }),
    );
  };
  const showLastPrice = () => {
    const last = series?.candles.at(-1);
    const visible = { lineVisible: last !== undefined, axisLabelVisible: last !== undefined };
    const color = last && last.close < last.open ? palette.down : palette.up;
    lastPrice.applyOptions({ ...visible, price: last?.close ?? 0, color });
  };
  const drawAgain = (both: boolean) => {
    showLastPrice();
    if (!series) return;
    const { candles, interval } = series;
    if (both) {
      const rows = chartRows(candles, interval, 0, liveFrom, palette);
      frozen.setData(rows.candles);
      frozenVolume.setData(rows.volumes);
    }
    const rows = chartRows(candles, interval, liveFrom, candles.length, palette);
    live.setData(rows.candles);
    liveVolume.setData(rows.volumes);
    showBands();
  };

  const draw = (change: SeriesChange) => {
    if (!series) return;
    const { candles, interval } = series;
    const plan = planSplit(change, candles, interval, liveFrom, lastDrawn);
    liveFrom = plan.liveFrom;
    if (plan.kind === 'append') {
      for (let index = plan.index; index < candles.length; index += 1) {
        const candle = candles[index];
        if (!candle) continue;
        live.update(candleRow(candle, palette));
        liveVolume.update(volumeRow(candle, palette));
      }
      showLastPrice();
    } else if (plan.kind !== 'nothing') {
      drawAgain(plan.kind === 'both');
    }
    if (plan.kind !== 'nothing') marks.show(candleMarks(candles));
    lastDrawn = candles.at(-1)?.openTime ?? -Infinity;
    if (!begun && candles.length > 0) {
      begun = true;
      chart.priceScale('right').applyOptions({ autoScale: true });
      chart.timeScale().setVisibleLogicalRange({
        from: candles.length - FIRST_VIEW,
        to: candles.length + ROOM_RIGHT,
      });
    }
  };

  chart.subscribeCrosshairMove(({ time }) => {
    events.onHover(time === undefined ? undefined : Number(time) * 1_000);
  });
  chart.subscribeClick(({ point }) => {
    const price = point && live.coordinateToPrice(point.y);
    if (price !== null && price !== undefined) events.onPrice(price);
  });
  chart.timeScale().subscribeVisibleLogicalRangeChange((range) => {
    if (!begun || range === null) return;
    if (range.from < OLDER_MARGIN) events.onNearOldest();
    events.onEdge(range.from < 0);
  });
  // The canvas was measured with whatever font stood in; once ours has come, measure again.
  void document.fonts.ready.then(() => chart.applyOptions({ layout: { fontFamily: FONT } }));

  const restyle = (next: StatusPalette) => {
    palette = next;
    chart.applyOptions(chartColours(palette));
    for (const candlesticks of [frozen, live]) candlesticks.applyOptions(candleColours(palette));
    bands.restyle(palette);
    marks.restyle(palette);
    accountLines.restyle(next);
    handles.restyle(next);
    drawAgain(true);
  };
  restyle(initialPalette);

  return {
    restyle,
    begin(next) {
      series = next;
      liveFrom = 0;
      lastDrawn = -Infinity;
      begun = false;
      marks.show([]);
      drawAgain(true);
    },
    formatPrices(instrument) {
      const priceFormat = {
        type: 'custom',
        minMove: Number(instrument?.tickSize ?? UNKNOWN_STEP),
        // The axis computes its prices: without known decimals the noise of that is cut, not the price.
        formatter: (price: number) =>
          instrument
            ? formatPrice(instrument, price)
            : formatDecimal(Number(price.toPrecision(9)), undefined),
      } as const;
      frozen.applyOptions({ priceFormat });
      live.applyOptions({ priceFormat });
    },
    draw,
    showLines(lines) {
      accountLines.show(lines);
      handles.show(lines);
    },
    relabel: showBands,
    scrollBy(candles) {
      const scale = chart.timeScale();
      scale.scrollToPosition(scale.scrollPosition() + candles, false);
    },
    zoomBy(factor) {
      const range = chart.timeScale().getVisibleLogicalRange();
      if (!range) return;
      chart
        .timeScale()
        .setVisibleLogicalRange({ from: range.to - (range.to - range.from) * factor, to: range.to });
    },
    dispose() {
      undoDrag();
      chart.remove();
    },
  };
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

function chartColours(palette: Palette) {
  const line = seeThrough(palette.line, 0.7);
  const crosshair = {
    color: palette.dim,
    labelBackgroundColor: palette.faint,
    style: LineStyle.Dashed,
  } as const;
  return {
    layout: { background: { type: ColorType.Solid, color: palette.panel }, textColor: palette.dim },
    grid: { vertLines: { color: line }, horzLines: { color: line } },
    rightPriceScale: { borderColor: palette.line },
    timeScale: { borderColor: palette.line },
    crosshair: { vertLine: crosshair, horzLine: crosshair },
  } as const;
}

function candleColours(palette: Palette) {
  const { up, down } = palette;
  return {
    upColor: up,
    downColor: down,
    borderUpColor: up,
    borderDownColor: down,
    wickUpColor: up,
    wickDownColor: down,
  };
}
