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
import { countLive, type MapRow, mapRows, rowAfter, rowOf, unfolded } from './map-rows.ts';

const ROW_HEIGHT = 24;

/** Venues → connections → streams: which is healthy, since when, how late, whose fault. */
export function MapPanel() {
  const { t } = useTranslation();
  return (
    <Panel name="map" title={t('map.title')} head={<LiveCount />}>
      <Tree />
    </Panel>
  );
}

function useRows(turned: ReadonlySet<string>): readonly MapRow[] {
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
        turned,
        answering,
      }),
    [app, health, figures, happened, turned, answering],
  );
}

/** How many streams are live, of how many: the one look. */
function LiveCount() {
  const { t } = useTranslation();
  const { pulse } = useDesk();
  const health = useStore(pulse, (state) => state.health);
  const answering = useStore(pulse, (state) => state.answering);
  const { live, total } = countLive(health, answering);
  return (
    <span className="head-health" data-testid="map-summary">
      <HealthGlyph kind={total === 0 ? 'idle' : live === total ? 'live' : 'degraded'} />
      <span>{t('map.summary', { live, total })}</span>
    </span>
  );
}

const NONE_TURNED: ReadonlySet<string> = new Set();

function Tree() {
  const { t } = useTranslation();
  const { view } = useDesk();
  const subject = useStore(view.store, (state) => state.subject);
  const [turned, setTurned] = useState<ReadonlySet<string>>(NONE_TURNED);
  const rows = useRows(turned);
  const fresh = useMetricsFreshness();
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 6,
  });
  const at = rowOf(rows, subject);
  const row = rows[at];
  const isFound = row?.id === subject;

  // What was selected elsewhere (the status bar, the timeline, the heat) is unfolded and comes into view here.
  useEffect(() => {
    if (subject === undefined) return;
    setTurned((held) => unfolded(held, subject));
  }, [subject]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new subject scrolls, not every second's rows.
  useEffect(() => {
    if (isFound) virtual.scrollToIndex(at);
  }, [subject, isFound]);

  const toggle = (target: MapRow) => {
    const next = new Set(turned);
    if (!next.delete(target.id)) next.add(target.id);
    setTurned(next);
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
