import '../../styles/chart.css';
import { type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { instrumentName } from '#shared/domain/instrument.ts';
import { ContextMenu } from '../../ui/context-menu.tsx';
import { useDesk } from '../../ui/desk-context.ts';
import { usePanelFault } from '../../ui/panel-fault.ts';
import { ChangeLine } from '../changes/change-line.tsx';
import { changingChart } from './changing-chart.ts';
import { ChartDialogs } from './chart-dialogs.tsx';
import { type ChartHome, useChartLook } from './chart-home.ts';
import { pressChartKey } from './chart-keys.ts';
import { createChartSession } from './chart-session.ts';
import { ChartLoading, OlderStrip, StaleStrip } from './chart-strip.tsx';
import { ChartTools } from './chart-tools.tsx';
import { IntervalBox } from './interval-box.tsx';
import { type MountedChart, mountChart } from './mount-chart.ts';
import { Provenance } from './provenance.tsx';
import { useChartMenu } from './use-chart-menu.ts';
import { useOfferedTools } from './use-offered-tools.ts';
import { useVisible } from './use-visible.ts';

/** A chart with its tools, whatever it stands in. */
export function ChartBody({ home }: { readonly home: ChartHome }) {
  const { t, i18n } = useTranslation();
  const desk = useDesk();
  const [look, changeLook] = useChartLook(home);
  const session = useMemo(createChartSession, []);
  const container = useRef<HTMLDivElement>(null);
  const legend = useRef<HTMLDivElement>(null);
  const side = useRef<HTMLDivElement>(null);
  const mounted = useRef<MountedChart>(undefined);
  const latest = useLatest({ home, look });
  const [atEdge, setAtEdge] = useState(false);
  const onFault = usePanelFault();
  const visibility = useVisible(container);
  const { instrument, interval } = useStore(desk.focus.store);
  const isChanging = useStore(changingChart, ({ id }) => id === home.id);
  const menu = useChartMenu({ desk, session, look, changeLook });
  useOfferedTools({ desk, home, session, look, changeLook });

  // A chart of another type is another chart.
  const { type } = look;
  useEffect(() => {
    void type;
    if (!container.current || !legend.current || !side.current) return undefined;
    const range = session.view?.range();
    const chart = mountChart({
      desk,
      holder: container.current,
      legend: legend.current,
      side: side.current,
      session,
      visibility,
      home: () => latest.current.home,
      look: () => latest.current.look,
      onEdge: setAtEdge,
      onFault,
    });
    if (range) session.view?.showRange(range);
    mounted.current = chart;
    return () => {
      mounted.current = undefined;
      chart.dispose();
    };
  }, [desk, session, type, onFault, visibility, latest]);
  useEffect(() => {
    void look;
    mounted.current?.applyLook();
  }, [look]);

  const label = t('chart.described', {
    instrument: instrumentName(instrument),
    interval: t(`interval.${interval}`),
  });
  const step = (price: number, steps: number) => {
    const tick = Number(desk.instruments.get(instrument)?.tickSize ?? 0) || price / 1_000;
    return Math.max(0, Number((price + steps * tick).toPrecision(12)));
  };
  const pointed = useRef<{ x: number; y: number }>(undefined);
  return (
    <div className="chart-frame" lang={i18n.language}>
      <ChartTools session={session} look={look} changeLook={changeLook} isCompact={home.isCompact} />
      <div className="chart">
        <div className="chart-over">
          <div ref={legend} className="chart-legend" data-testid="chart-legend" />
          <Provenance />
          {type === 'heikin' && (
            <span className="chart-note" title={t('charttype.heikin-explained')} data-testid="chart-heikin">
              {t('charttype.heikin-note')}
            </span>
          )}
          <div ref={side} className="side-legend" data-testid="chart-side-legend" />
        </div>
        <ContextMenu
          label={t('chart.title')}
          testId="chart-context"
          items={() =>
            menu(pointed.current && session.view?.priceAtPointer(pointed.current.x, pointed.current.y))
          }
        >
          <div
            ref={container}
            className="chart-canvas"
            role="img"
            aria-label={label}
            // biome-ignore lint/a11y/noNoninteractiveTabindex: the keys move and scale the chart.
            tabIndex={0}
            data-testid="chart"
            onPointerDownCapture={(event) => {
              pointed.current = { x: event.clientX, y: event.clientY };
            }}
            onKeyDown={(event) => {
              if (pressChartKey(event, session, interval, step)) {
                event.preventDefault();
                event.stopPropagation();
              }
            }}
          />
        </ContextMenu>
        <StaleStrip />
        <OlderStrip atEdge={atEdge} />
        <ChartLoading />
        <div className="chart-change">{isChanging && <ChangeLine place="chart" />}</div>
      </div>
      <ChartDialogs session={session} look={look} changeLook={changeLook} />
      <IntervalBox isMine={home.isLeading} />
    </div>
  );
}

function useLatest<Value>(value: Value): RefObject<Value> {
  const latest = useRef(value);
  latest.current = value;
  return latest;
}
