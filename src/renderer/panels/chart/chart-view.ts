import { LineStyle, PriceScaleMode, type UTCTimestamp } from 'lightweight-charts';
import type { DrawingPoint } from '#shared/domain/drawing.ts';
import type { Instrument } from '#shared/domain/instrument.ts';
import type { AlertLine } from '../../stores/alert-lines.ts';
import type { CandleSeries } from '../../stores/candle-series.ts';
import { CandleMarks } from './candle-marks.ts';
import { type CandleMark, candleMarks } from './candle-rows.ts';
import type { SplitPlan } from './candle-split.ts';
import type { ChartColours } from './chart-colours.ts';
import type { ChartType, ScaleMode } from './chart-look.ts';
import {
  chartColours,
  createPriceChart,
  FIRST_VIEW,
  FONT,
  marginsOf,
  ROOM_RIGHT,
  VOLUME_SHARE,
} from './chart-options.ts';
import type { ChartView, ChartViewEvents } from './chart-view-port.ts';
import { createCompareLayer } from './compare-layer.ts';
import { dragOrderLines } from './drag-order-lines.ts';
import { createChartPlaces } from './drawings/chart-places.ts';
import { DrawingLayer } from './drawings/drawing-layer.ts';
import { watchDrawingPointer } from './drawings/drawing-pointer.ts';
import { snapPoint } from './drawings/snap-point.ts';
import { HoleBands } from './hole-bands.ts';
import { bandsOf, indexAt } from './hole-places.ts';
import { createIndicatorLayer } from './indicators/indicator-layer.ts';
import { createMainSeries, markPrices } from './main-series.ts';
import { createNavigation } from './navigation.ts';
import { OrderHandles } from './order-handles.ts';
import { plainPrice, priceFormatOf } from './price-formats.ts';
import { createAlertPriceLines, createPriceLines } from './price-lines.ts';
import { watchAlertLines } from './watch-alert-lines.ts';

/** Older candles are asked for when fewer than this are left outside the view. */
const OLDER_MARGIN = 60;
const NOTHING: SplitPlan = { kind: 'nothing', liveFrom: 0 };

/** A chart of one shape: candles, volume, indicators, what is drawn on it, and everything that can be taken hold of. */
export function createChartView(
  container: HTMLElement,
  type: ChartType,
  initial: ChartColours,
  events: ChartViewEvents,
): ChartView {
  let colours = initial;
  let series: CandleSeries | undefined;
  let about: Instrument | undefined;
  let scaleMode: ScaleMode = 'linear';
  let percentBase: number | undefined;
  let begun = false;
  let marked: CandleMark[] = [];
  let alerts: readonly AlertLine[] = [];

  const chart = createPriceChart(container);
  const main = createMainSeries(chart, type, initial.palette);
  const indicators = createIndicatorLayer(chart, initial);
  const compare = createCompareLayer(chart, initial.inks);
  const lastPrice = main.live.createPriceLine({ price: 0, lineStyle: LineStyle.Dashed, lineWidth: 1 });
  const accountLines = createPriceLines(main.live, initial.palette);
  const alertLines = createAlertPriceLines(main.live, initial.palette);
  chart.priceScale('volume').applyOptions({ scaleMargins: { top: 1 - VOLUME_SHARE, bottom: 0 } });

  const places = createChartPlaces(chart, main, () => series?.interval ?? '1m');
  // What stands beyond the pane lies under another one, where nobody could mean it.
  const heightOf = (price: number) => {
    const height = main.heightOf(price);
    return height === null || height < 0 || height > places.height ? null : height;
  };
  const bands = new HoleBands();
  const marks = new CandleMarks(heightOf);
  const handles = new OrderHandles(initial.palette, heightOf);
  const layer = new DrawingLayer(initial.palette, initial.inks, places, {
    price: (price, level) => events.levelLabel(plainPrice(about, price), level),
    measure: events.measureLabel,
  });
  for (const primitive of [bands, layer, marks, handles]) chart.panes()[0]?.attachPrimitive(primitive);

  const onStep = (price: number) => Number(events.snap(price) ?? price);
  const snap = (point: DrawingPoint) => {
    const candles = series?.candles ?? [];
    const candle = candles[indexAt(candles, point.time)];
    const isThere = events.isMagnetic() && candle?.openTime === point.time;
    return snapPoint(point, isThere ? candle : undefined, main.heightOf, onStep);
  };
  const isOrder = (x: number, y: number) => handles.under(x, y) !== undefined;
  const isTool = () => events.tool() !== undefined;
  const undoOrders = dragOrderLines({
    container,
    handles,
    heightOf,
    priceAt: main.priceAt,
    isBusy: isTool,
    ...events,
  });
  const undoAlerts = watchAlertLines({
    container,
    lines: () => alerts,
    heightOf,
    priceAt: main.priceAt,
    isFree: (x, y) => places.holds(x, y) && !isTool() && !isOrder(x, y),
    show: (id, price) => alertLines.ghost(id, price === undefined ? undefined : onStep(price)),
    onMove: events.onAlertMove,
    onRemove: events.onAlertRemove,
  });
  const isAlert = (y: number) => alerts.some(({ price }) => Math.abs((heightOf(price) ?? -99) - y) <= 5);
  const pointer = watchDrawingPointer({
    ...events,
    container,
    layer,
    places,
    snap,
    isTaken: (x, y) => isOrder(x, y) || isAlert(y),
  });

  const showBands = () => bands.show(bandsOf(series, events.holeLabel));
  const showMarks = (from: number) => {
    const candles = series?.candles ?? [];
    const time = (candles[from]?.openTime ?? 0) / 1_000;
    // A tick of the newest candle looks at no other.
    const kept = from === 0 ? [] : marked.slice(0, marked.findLastIndex((one) => one.time < time) + 1);
    marked = [
      ...kept,
      ...candleMarks(candles, from, type !== 'candles', (candle) => markPrices(type, candle)),
    ];
    marks.show(marked);
  };
  let lastWord = '';
  const showLastPrice = () => {
    const last = series?.candles.at(-1);
    const visible = { lineVisible: last !== undefined, axisLabelVisible: last !== undefined };
    const { up, down } = colours.palette;
    const price = last?.close ?? 0;
    const color = last && last.close < last.open ? down : up;
    const word = `${visible.lineVisible} ${price} ${color}`;
    if (word === lastWord) return;
    lastWord = word;
    lastPrice.applyOptions({ ...visible, price, color });
  };
  const edge = () => {
    const from = chart.timeScale().getVisibleRange()?.from;
    const candles = series?.candles ?? [];
    const time = from === undefined ? (candles[0]?.openTime ?? 0) : Number(from) * 1_000;
    return { main: candles, from: time, base: candles[indexAt(candles, time)]?.close };
  };
  const formatAll = () => {
    const shown = priceFormatOf(about, scaleMode === 'percent' ? percentBase : undefined);
    main.formatPrices(shown);
    indicators.formatPrices(shown, priceFormatOf(about, undefined));
  };
  const moveBase = () => {
    const now = edge();
    if (now.base === percentBase) return;
    percentBase = now.base;
    compare.redraw(now);
    if (scaleMode === 'percent') formatAll();
  };
  const redrawAll = () => {
    showLastPrice();
    showBands();
    showMarks(0);
    compare.redraw(edge());
  };
  const firstView = () => {
    const count = series?.candles.length ?? 0;
    chart.priceScale('right').applyOptions({ autoScale: true });
    chart.timeScale().setVisibleLogicalRange({ from: count - FIRST_VIEW, to: count + ROOM_RIGHT });
  };

  chart.subscribeCrosshairMove(({ time, point, sourceEvent }) => {
    const price = point === undefined ? null : main.priceAt(point.y);
    const at = time === undefined ? undefined : Number(time) * 1_000;
    events.onHover(at, price ?? undefined, sourceEvent !== undefined || time === undefined);
  });
  chart.subscribeClick(({ point, paneIndex }) => {
    const price = point && (paneIndex ?? 0) === 0 ? main.priceAt(point.y) : null;
    if (price !== null && price !== undefined && !isTool()) events.onPrice(price);
  });
  const navigation = createNavigation(chart, container, () => series, events.onRange);
  chart.timeScale().subscribeVisibleLogicalRangeChange((range) => {
    if (!begun || range === null) return;
    if (range.from < OLDER_MARGIN) events.onNearOldest();
    events.onEdge(range.from < 0);
    moveBase();
    navigation.tell();
  });
  // The canvas was measured with whatever font stood in; once ours has come, measure again.
  void container.ownerDocument.fonts.ready.then(() => chart.applyOptions({ layout: { fontFamily: FONT } }));

  const restyle = (next: ChartColours) => {
    colours = next;
    const { palette, inks } = next;
    chart.applyOptions(chartColours(palette));
    main.restyle(palette);
    indicators.restyle(next);
    compare.restyle(inks);
    bands.restyle(palette);
    marks.restyle(palette);
    accountLines.restyle(palette);
    alertLines.restyle(palette);
    handles.restyle(palette);
    layer.restyle(palette, inks);
    redrawAll();
  };
  restyle(initial);

  return {
    restyle,
    begin(next) {
      series = next;
      begun = false;
      marked = [];
      main.begin(next);
      indicators.begin(next, NOTHING);
      redrawAll();
    },
    formatPrices(instrument) {
      about = instrument;
      formatAll();
    },
    draw(change) {
      if (!series) return;
      const plan = main.draw(change);
      indicators.draw(change, plan);
      if (plan.kind === 'append') {
        showLastPrice();
        showMarks(plan.index);
      } else if (plan.kind !== 'nothing') redrawAll();
      if (!begun && series.candles.length > 0) {
        begun = true;
        firstView();
      }
    },
    applyLook(look) {
      scaleMode = look.scale;
      chart.priceScale('right').applyOptions({
        mode: look.scale === 'log' ? PriceScaleMode.Logarithmic : PriceScaleMode.Normal,
        autoScale: look.auto,
        invertScale: look.inverted,
        scaleMargins: marginsOf(look.volume),
      });
      main.showVolume(look.volume);
      indicators.choose(look.indicators);
      percentBase = edge().base;
      formatAll();
    },
    showLines(lines) {
      accountLines.show(lines);
      handles.show(lines);
    },
    showAlerts(lines) {
      alerts = lines;
      alertLines.show(lines);
    },
    showDrawings: (drawings) => layer.show(drawings),
    select: (id) => layer.select(id),
    cancelDrawing: () => pointer.cancel(),
    showCompared: (entries) => compare.show(entries, edge()),
    tickCompared: (index) => compare.tick(index, edge()),
    indicators,
    comparedAt: compare.percentAt,
    relabel: showBands,
    ...navigation.moves,
    reset: firstView,
    showCrosshair(crosshair) {
      const candles = series?.candles ?? [];
      const candle = crosshair && candles[indexAt(candles, crosshair.time + 1) - 1];
      const price = crosshair?.price ?? candle?.close ?? 0;
      // The library throws where nothing of the chart is in view.
      if (candle === undefined || main.heightOf(price) === null) {
        chart.clearCrosshairPosition();
        return undefined;
      }
      chart.setCrosshairPosition(price, (candle.openTime / 1_000) as UTCTimestamp, main.live);
      return candle.openTime;
    },
    picture: () => chart.takeScreenshot(true, false),
    priceAtPointer(clientX, clientY) {
      const { left, top } = container.getBoundingClientRect();
      const isOn = places.holds(clientX - left, clientY - top);
      return isOn ? (main.priceAt(clientY - top) ?? undefined) : undefined;
    },
    dispose() {
      undoOrders();
      undoAlerts();
      pointer();
      navigation.dispose();
      chart.remove();
    },
  };
}
