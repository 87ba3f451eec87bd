import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useDesk } from '../../../ui/desk-context.ts';
import { HealthGlyph } from '../../../ui/health-glyph.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { useCockpit } from '../cockpit-context.ts';
import { useMetricsFreshness } from '../use-metrics-freshness.ts';
import { MapDetails } from './map-details.tsx';
import { MapLine } from './map-line.tsx';
import { type MapRow, mapRows, rowAfter } from './map-rows.ts';

const ROW_HEIGHT = 24;

/** Venues → connections → streams: which is healthy, since when, how late, whose fault. */
export function MapPanel() {
  const { t } = useTranslation();
  return (
    <Panel name="map" title={t('map.title')} head={<WorstNow />}>
      <Tree />
    </Panel>
  );
}

function useRows(closed: ReadonlySet<string>): readonly MapRow[] {
  const { app, pulse } = useDesk();
  const { metrics, incidents } = useCockpit();
  const health = useStore(pulse, (state) => state.health);
  const answering = useStore(pulse, (state) => state.answering);
  const figures = useStore(metrics.store, (state) => state.view);
  const happened = useStore(incidents.store, (state) => state.view);
  return useMemo(
    () =>
      mapRows({
        venues: app.venues.map(({ id }) => id),
        health,
        metrics: figures,
        incidents: happened,
        closed,
        answering,
      }),
    [app, health, figures, happened, closed, answering],
  );
}

const NOTHING_CLOSED: ReadonlySet<string> = new Set();

/** How many streams are live, of how many: the one look. */
function WorstNow() {
  const { t } = useTranslation();
  const rows = useRows(NOTHING_CLOSED);
  const streams = rows.filter(({ level }) => level === 3);
  const live = streams.filter(({ kind }) => kind === 'live').length;
  const kind = streams.length === 0 ? 'idle' : live === streams.length ? 'live' : 'degraded';
  return (
    <span className="head-health" data-testid="map-summary">
      <HealthGlyph kind={kind} />
      <span>{t('map.summary', { live, total: streams.length })}</span>
    </span>
  );
}

function Tree() {
  const { t } = useTranslation();
  const { view } = useDesk();
  const subject = useStore(view.store, (state) => state.subject);
  const [closed, setClosed] = useState<ReadonlySet<string>>(NOTHING_CLOSED);
  const rows = useRows(closed);
  const fresh = useMetricsFreshness();
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 6,
  });
  const found = rows.findIndex((row) => row.id === subject);
  const at = Math.max(0, found);
  const row = rows[at];

  // What was selected elsewhere (the status bar, the timeline) comes into view here.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new subject scrolls, not every second's rows.
  useEffect(() => {
    if (found >= 0) virtual.scrollToIndex(found);
  }, [subject]);

  const toggle = (target: MapRow) => {
    const next = new Set(closed);
    if (!next.delete(target.id)) next.add(target.id);
    setClosed(next);
  };
  const press = (event: KeyboardEvent) => {
    if (row === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    const folds =
      (event.key === 'ArrowLeft' && row.isOpen === true) ||
      (event.key === 'ArrowRight' && row.isOpen === false) ||
      ((event.key === 'Enter' || event.key === ' ') && row.isOpen !== undefined);
    const to = folds ? undefined : rowAfter(rows, at, event.key);
    if (folds) toggle(row);
    else if (to !== undefined && rows[to]) view.select(rows[to].id);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <div className="map-row map-head" aria-hidden="true">
        {(['name', 'state', 'since', 'silence', 'p99', 'rate', 'gaps', 'score'] as const).map((name) => (
          <span key={name} className={`map-${name}`} title={t(`map.${name}-explained`)}>
            {t(`map.${name}`)}
          </span>
        ))}
      </div>
      <div
        ref={scroller}
        role="tree"
        className="map-scroll"
        tabIndex={0}
        aria-label={t('map.title')}
        aria-activedescendant={row && `${id}-${at}`}
        data-testid="map"
        data-fresh={fresh}
        onKeyDown={press}
      >
        <div role="presentation" className="relative" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const line = rows[index];
            return (
              line && (
                <MapLine
                  key={line.id}
                  id={`${id}-${index}`}
                  row={line}
                  top={start}
                  selected={index === at}
                  onSelect={() => view.select(line.id)}
                  onToggle={() => toggle(line)}
                />
              )
            );
          })}
        </div>
      </div>
      {row && <MapDetails row={row} />}
    </>
  );
}
