import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { instrumentName, venueOf } from '#shared/domain/instrument.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { useDesk } from '../../ui/desk-context.ts';
import { formatAge } from '../../ui/format-time.ts';
import { LiveText } from '../../ui/live-text.tsx';
import { createPainter, mark } from '../../ui/painter.ts';
import { readStatusPalette } from '../../ui/palette.ts';
import { Panel } from '../../ui/panel.tsx';
import { usePanelFault } from '../../ui/panel-fault.ts';
import { StandingMark } from '../../ui/standing-mark.tsx';
import { ChangeLine } from '../changes/change-line.tsx';
import { isMovable } from '../changes/move-order.ts';
import { nearestPrice } from '../trading/step-decimal.ts';
import { accountLines } from './account-lines.ts';
import { candleFreshness, createLegend, readCountdown } from './chart-legend.ts';
import { ChartLoading, OlderStrip, StaleStrip } from './chart-strip.tsx';
import { type ChartView, createChartView } from './chart-view.ts';
import { DayFigures } from './day-figures.tsx';
import { markFirstLiveCandle } from './first-live-candle.ts';
import { IntervalBox } from './interval-box.tsx';
import { IntervalSwitch } from './interval-switch.tsx';
import { LinesSwitch } from './lines-switch.tsx';
import { Provenance } from './provenance.tsx';

export function ChartPanel() {
  const { t } = useTranslation();
  const desk = useDesk();
  const selected = useStore(desk.settings.store, (state) => state.selected);
  const venue = desk.app.venues.find((one) => one.id === venueOf(selected))?.name ?? venueOf(selected);
  return (
    <Panel
      name="chart"
      title={t('chart.title')}
      head={
        <>
          <strong className="chart-instrument" data-testid="chart-instrument">
            {instrumentName(selected)}
          </strong>
          <span className="text-dim">{venue}</span>
          <StandingMark instrument={selected} />
          <IntervalSwitch />
          <LinesSwitch />
          <LiveText
            className="text-dim"
            testId="chart-countdown"
            read={() => readCountdown(desk)}
            wake={[desk.pulse]}
          />
          <DayFigures />
        </>
      }
    >
      <ChartBody />
      <IntervalBox />
    </Panel>
  );
}

function ChartBody() {
  const { t, i18n } = useTranslation();
  const desk = useDesk();
  const container = useRef<HTMLDivElement>(null);
  const legend = useRef<HTMLDivElement>(null);
  const view = useRef<ChartView>(undefined);
  const [atEdge, setAtEdge] = useState(false);
  const onFault = usePanelFault();
  const selected = useStore(desk.settings.store, (state) => state.selected);
  const interval = useStore(desk.settings.store, (state) => state.interval);

  useEffect(() => {
    if (!container.current || !legend.current) return undefined;
    const holder = container.current;
    const painterOfLegend = createLegend(desk, legend.current);
    let hovered: number | undefined;
    const painter = createPainter(() => {
      painterOfLegend.paint(hovered);
      mark(holder, 'fresh', candleFreshness(desk));
      mark(holder, 'candles', String(desk.candles.store.getState().series.candles.length));
    }, onFault);

    const snap = (point: number) => {
      const { instrument } = desk.candles.store.getState();
      const about = instrument && desk.instruments.get(instrument);
      return about && nearestPrice(about, point);
    };
    const holeLabel = (count: number, from: number, to: number) =>
      i18n.t('chart.hole', { count, length: formatAge(to - from, currentLanguage()) });
    const chart = createChartView(holder, readStatusPalette(), holeLabel, {
      onHover(openTime) {
        hovered = openTime;
        painter.request();
      },
      onNearOldest: () => desk.candles.loadOlder(),
      onEdge: setAtEdge,
      onPrice(point) {
        const { instrument } = desk.candles.store.getState();
        const price = snap(point);
        if (instrument && price !== undefined) desk.pricePicks.emit({ instrument, price, from: 'chart' });
      },
      snap,
      onOrderMove(order, price, isTrigger) {
        const change = isTrigger ? { triggerPrice: price } : { price };
        if (isMovable(order)) desk.orderChanges.ask({ place: 'chart', order, change });
      },
      onOrderCancel: (order) => void desk.orderChanges.cancel('chart', order),
    });
    view.current = chart;

    let drawn = desk.candles.store.getState().series;
    const begin = () => {
      const state = desk.candles.store.getState();
      drawn = state.series;
      chart.begin(drawn);
      chart.formatPrices(state.instrument && desk.instruments.get(state.instrument));
      if (state.history.kind === 'ready') chart.draw({ kind: 'all' });
      painter.request();
    };
    begin();
    const lines = createPainter(() => {
      const shown = accountLines(desk);
      chart.showLines(shown);
      mark(holder, 'lines', shown.length === 0 ? undefined : String(shown.length));
    }, onFault);
    const guarded = (work: () => void) => {
      try {
        work();
      } catch (fault) {
        onFault(fault);
      }
    };
    const undos = [
      desk.candles.store.subscribe(({ series }) => {
        if (series !== drawn) guarded(begin);
      }),
      desk.candles.changes.on(({ change, live }) =>
        guarded(() => {
          chart.draw(change);
          if (live) markFirstLiveCandle();
          painter.request();
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
      onLookChange(() => chart.restyle(readStatusPalette())),
    ];
    const relabel = () => {
      chart.relabel();
      painter.request();
    };
    i18n.on('languageChanged', relabel);
    return () => {
      i18n.off('languageChanged', relabel);
      for (const undo of undos) undo();
      painter.dispose();
      lines.dispose();
      chart.dispose();
    };
  }, [desk, onFault, i18n]);

  const handleKey = (event: KeyboardEvent) => {
    const step = event.shiftKey ? 50 : 5;
    if (event.key === 'ArrowLeft') view.current?.scrollBy(-step);
    else if (event.key === 'ArrowRight') view.current?.scrollBy(step);
    else if (event.key === '+' || event.key === '=') view.current?.zoomBy(0.8);
    else if (event.key === '-') view.current?.zoomBy(1.25);
    else return;
    event.preventDefault();
  };
  const label = t('chart.described', {
    instrument: instrumentName(selected),
    interval: t(`interval.${interval}`),
  });
  return (
    <div className="chart">
      <div className="chart-over">
        <div ref={legend} className="chart-legend" data-testid="chart-legend" />
        <Provenance />
      </div>
      <div
        ref={container}
        className="chart-canvas"
        role="img"
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the keys move and scale the chart.
        tabIndex={0}
        data-testid="chart"
        onKeyDown={handleKey}
      />
      <StaleStrip />
      <OlderStrip atEdge={atEdge} />
      <ChartLoading />
      <div className="chart-change">
        <ChangeLine place="chart" />
      </div>
    </div>
  );
}

/** Theme and direction colours are attributes of the document; the canvas must be told when they change. */
function onLookChange(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme', 'data-direction'] });
  return () => observer.disconnect();
}
