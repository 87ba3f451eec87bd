import i18next from 'i18next';
import type { Undo } from '#shared/base/emitter.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { formatPrice } from '../../ui/format-price.ts';
import { formatAge } from '../../ui/format-time.ts';
import { createPainter, mark } from '../../ui/painter.ts';
import { isMovable } from '../changes/move-order.ts';
import { nearestPrice } from '../trading/step-decimal.ts';
import { accountLines } from './account-lines.ts';
import { changingChart } from './changing-chart.ts';
import { chartAlertsOf } from './chart-alerts.ts';
import { onLookChange, readColours } from './chart-colours.ts';
import { candleFreshness, createLegend } from './chart-legend.ts';
import type { ChartPlace } from './chart-place.ts';
import { newDrawing } from './chart-session.ts';
import { crosshairs, ranges } from './chart-sync.ts';
import { createChartView } from './chart-view.ts';
import type { ChartViewEvents } from './chart-view-port.ts';
import { createComparedFeeds } from './compared-feeds.ts';
import { holdDrawings } from './drawings/drawings.ts';
import { measure } from './drawings/measure.ts';
import { measureLabel } from './drawings/measure-label.ts';
import { markFirstLiveCandle } from './first-live-candle.ts';
import { createPacedDraw } from './paced-draw.ts';
import { createSideLegend } from './side-legend.ts';

export interface MountedChart {
  /** The look has changed, all but the type. */
  applyLook(): void;
  readonly dispose: Undo;
}

/** Brings a chart to life: everything it shows, from the stores it is shown of, past React. */
export function mountChart(place: ChartPlace): MountedChart {
  const { desk, holder, session, visibility, onFault } = place;
  const alerts = chartAlertsOf(desk);
  const painterOfLegend = createLegend(desk, place.legend);
  const side = createSideLegend(place.side, (dialog) => session.store.setState({ dialog }));
  let shownColours = readColours(holder);
  let hovered: number | undefined;

  const aboutNow = () => {
    const { instrument } = desk.candles.store.getState();
    return instrument && desk.instruments.get(instrument);
  };
  const snap = (point: number) => {
    const about = aboutNow();
    return about && nearestPrice(about, point);
  };
  const events: ChartViewEvents = {
    onHover(openTime, price, isOwn) {
      hovered = openTime;
      painter.request();
      const home = place.home();
      if (!isOwn || !home.syncsCrosshair) return;
      const { instrument } = desk.candles.store.getState();
      const crosshair = openTime === undefined ? undefined : { time: openTime, price };
      crosshairs.emit({ source: home.id, instrument, crosshair });
    },
    onNearOldest: () => desk.candles.loadOlder(),
    onEdge: place.onEdge,
    onPrice(point) {
      const { instrument } = desk.candles.store.getState();
      const price = snap(point);
      if (instrument && price !== undefined) desk.pricePicks.emit({ instrument, price, from: 'chart' });
    },
    onRange(range) {
      const { rangeGroup: group, id: source } = place.home();
      if (group !== undefined) ranges.emit({ source, group, range });
    },
    snap,
    onOrderMove(order, price, isTrigger) {
      changingChart.setState({ id: place.home().id });
      const change = isTrigger ? { triggerPrice: price } : { price };
      if (isMovable(order)) desk.orderChanges.ask({ place: 'chart', order, change });
    },
    onOrderCancel(order) {
      changingChart.setState({ id: place.home().id });
      void desk.orderChanges.cancel('chart', order);
    },
    onDraw(kind, points) {
      const drawing = newDrawing(kind, points, session.store.getState().drawings.length);
      session.kept?.put(drawing);
      session.store.setState({ selected: drawing.id });
    },
    onMove: (drawing) =>
      session.kept?.put({
        ...drawing,
        points: drawing.points.map(({ time, price }) => ({ time: Math.round(time), price })),
      }),
    onSelect: (selected) => session.store.setState({ selected }),
    onToolDone: () => session.store.setState({ tool: undefined }),
    onAlert(point) {
      const { instrument } = desk.candles.store.getState();
      const price = snap(point);
      if (instrument && price !== undefined) alerts?.addPrice(instrument, price);
    },
    onAlertMove(id, point) {
      const price = snap(point);
      if (price !== undefined) alerts?.movePrice(id, price);
    },
    onAlertRemove: (id) => alerts?.remove(id),
    holeLabel: (count, from, to) =>
      i18next.t('chart.hole', { count, length: formatAge(to - from, currentLanguage()) }),
    levelLabel: (price, level) => (level === undefined ? price : `${level} · ${price}`),
    measureLabel: (from, to) =>
      measureLabel(measure(from, to, desk.candles.store.getState().series.interval), aboutNow()),
    tool: () => session.store.getState().tool,
    isMagnetic: () => place.look().magnet,
    sketch: (kind, points) => newDrawing(kind, points, session.store.getState().drawings.length),
  };
  const chart = createChartView(holder, place.look().type, shownColours, events);
  session.view = chart;
  const paint = () => {
    if (!visibility.isVisible()) return;
    if (isBehind) catchUp();
    const { series, instrument } = desk.candles.store.getState();
    painterOfLegend.paint(hovered);
    side.paint({
      series,
      hovered,
      indicators: chart.indicators.drawn,
      compared: compared.readings(hovered),
      colours: shownColours,
      priceText: (price) => formatPrice(instrument && desk.instruments.get(instrument), price),
    });
    mark(holder, 'fresh', candleFreshness(desk));
    mark(holder, 'candles', String(series.candles.length));
  };
  const painter = createPainter(paint, onFault, holder);
  const compared = createComparedFeeds(desk, chart, painter.request);
  const guarded = (work: () => void) => {
    try {
      work();
    } catch (fault) {
      onFault(fault);
    }
  };

  const paintLines = () => {
    if (!visibility.isVisible()) return;
    const shown = accountLines(desk, place.home().isCompact);
    chart.showLines(shown);
    mark(holder, 'lines', shown.length === 0 ? undefined : String(shown.length));
  };
  const lines = createPainter(paintLines, onFault, holder);
  const showAlerts = () => {
    const { instrument } = desk.candles.store.getState();
    const shown = instrument === undefined ? [] : (alerts?.linesOf(instrument) ?? []);
    chart.showAlerts(shown);
    mark(holder, 'alerts', shown.length === 0 ? undefined : String(shown.length));
  };
  const showDrawings = () => {
    const { drawings } = session.store.getState();
    chart.showDrawings(place.look().drawings ? drawings : []);
    mark(holder, 'drawings', drawings.length === 0 ? undefined : String(drawings.length));
  };

  let letGo: Undo = () => undefined;
  const holdOf = () => {
    const { instrument } = desk.candles.store.getState();
    if (instrument === undefined) return;
    const previous = letGo;
    const { drawings, undo } = holdDrawings(desk.client, instrument);
    session.kept = drawings;
    const take = () => {
      const { drawings: held, fault } = drawings.store.getState();
      session.store.setState({ drawings: held, drawingFault: fault });
    };
    const undoTake = drawings.store.subscribe(take);
    take();
    letGo = () => {
      undoTake();
      undo();
    };
    previous();
  };

  let drawn = desk.candles.store.getState().series;
  let heldFor = desk.candles.store.getState().instrument;
  let isBehind = false;
  const drawer = createPacedDraw(
    (change) => {
      chart.draw(change);
      painter.request();
    },
    onFault,
    holder,
    () => place.home().drawEveryMs ?? 0,
  );
  const catchUp = () => {
    isBehind = false;
    drawer.forget();
    guarded(() => chart.draw({ kind: 'all' }));
  };
  const begin = () => {
    const state = desk.candles.store.getState();
    drawn = state.series;
    drawer.forget();
    chart.begin(drawn);
    chart.formatPrices(state.instrument && desk.instruments.get(state.instrument));
    if (state.history.kind === 'ready') chart.draw({ kind: 'all' });
    if (state.instrument !== heldFor) session.store.setState({ selected: undefined, tool: undefined });
    heldFor = state.instrument;
    holdOf();
    showAlerts();
    compared.follow(place.look().compare, drawn.interval);
    painter.request();
  };
  const applyLook = () => {
    chart.applyLook(place.look());
    compared.follow(place.look().compare, drawn.interval);
    showDrawings();
    painter.request();
  };
  chart.applyLook(place.look());
  begin();
  showDrawings();
  visibility.onShow = () => {
    if (isBehind) catchUp();
    painter.request();
    lines.request();
  };

  const restyle = () => {
    shownColours = readColours(holder);
    chart.restyle(shownColours);
  };
  const relabel = () => {
    chart.relabel();
    painter.request();
  };
  i18next.on('languageChanged', relabel);
  const undos: Undo[] = [
    desk.candles.store.subscribe(({ series }) => {
      if (series !== drawn) guarded(begin);
    }),
    desk.candles.changes.on(({ change, live }) =>
      guarded(() => {
        // Nobody sees it: it is drawn at once when somebody does.
        if (visibility.isVisible()) drawer.take(change);
        else isBehind = true;
        if (live) markFirstLiveCandle();
        const oldest = drawn.candles[0]?.openTime;
        if (change.kind === 'all' && oldest !== undefined) compared.reach(oldest);
      }),
    ),
    desk.pulse.subscribe(painter.request),
    desk.pulse.subscribe(lines.request),
    desk.holdings.positions.store.subscribe(lines.request),
    desk.holdings.orders.store.subscribe(lines.request),
    desk.holdingsChoice.subscribe(lines.request),
    desk.instruments.store.subscribe(({ known }) => {
      const { instrument } = desk.candles.store.getState();
      chart.formatPrices(instrument && known.get(instrument));
    }),
    session.store.subscribe((state, before) => {
      if (state.drawings !== before.drawings) showDrawings();
      if (state.selected !== before.selected) chart.select(state.selected);
      if (state.tool === undefined && before.tool !== undefined) chart.cancelDrawing();
      mark(holder, 'tool', state.tool);
    }),
    crosshairs.on(({ source, instrument, crosshair }) => {
      const home = place.home();
      if (source === home.id || !home.syncsCrosshair || !visibility.isVisible()) return;
      const isSame = instrument === desk.candles.store.getState().instrument;
      hovered = chart.showCrosshair(
        crosshair && { time: crosshair.time, price: isSame ? crosshair.price : undefined },
      );
      painter.request();
      mark(holder, 'synced', crosshair === undefined ? undefined : String(crosshair.time));
    }),
    ranges.on(({ source, group, range }) => {
      const home = place.home();
      if (source !== home.id && group === home.rangeGroup) chart.showRange(range);
    }),
    onLookChange(holder, restyle),
    ...(alerts ? [alerts.subscribe(showAlerts)] : []),
    () => i18next.off('languageChanged', relabel),
  ];
  return {
    applyLook,
    dispose() {
      visibility.onShow = undefined;
      session.view = undefined;
      session.kept = undefined;
      for (const undo of undos) undo();
      letGo();
      compared.dispose();
      painter.dispose();
      drawer.dispose();
      lines.dispose();
      side.clear();
      chart.dispose();
    },
  };
}
