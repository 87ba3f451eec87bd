import { useVirtualizer } from '@tanstack/react-virtual';
import { type CSSProperties, useCallback, useEffect, useId, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import { venueOf } from '#shared/domain/instrument.ts';
import type { ScannedVenue } from '#shared/domain/scanner.ts';
import type { ScanFigures } from '../../stores/scanner.ts';
import { FIRST_GROUP } from '../../stores/watch-groups.ts';
import { ContextMenu } from '../../ui/context-menu.tsx';
import { useDesk } from '../../ui/desk-context.ts';
import { toggleInList } from '../watchlist/change-lists.ts';
import { useInstrumentEntries } from '../watchlist/instrument-entries.ts';
import { useRowKeys } from '../watchlist/use-row-keys.ts';
import { nextScanSort, SCAN_WIDTHS, type ScanColumn, type ScanKey, type ScanSort } from './scan-columns.ts';
import { ScannerRow } from './scanner-row.tsx';

const ROW_HEIGHT = 32;
const HEAD_HEIGHT = 22;
const STAR_WIDTH = 16;
const NAME_WIDTH = 84;
const GAP = 6;

interface ScannerRowsProps {
  readonly rows: readonly ScanFigures[];
  readonly venues: readonly ScannedVenue[];
  readonly columns: readonly ScanColumn[];
  readonly sort: ScanSort;
  readonly onSort: (sort: ScanSort) => void;
  readonly onWidth: (width: number) => void;
  readonly onHold: (isHeld: boolean) => void;
}

export function ScannerRows(props: ScannerRowsProps) {
  const { rows: shown, venues, columns, sort, onSort, onWidth, onHold } = props;
  const { t } = useTranslation();
  const desk = useDesk();
  const { focus, settings } = desk;
  const selected = useStore(focus.store, (state) => state.instrument);
  const watchlist = useStore(settings.store, (state) => state.watchlist);
  const watched = useMemo(() => new Set(watchlist), [watchlist]);
  const statusOf = useMemo(() => new Map(venues.map((status) => [status.venue, status])), [venues]);
  const ids = useMemo(() => shown.map(({ instrument }) => instrument), [shown]);
  const scroller = useRef<HTMLDivElement>(null);
  const gridId = useId();
  const entriesOf = useInstrumentEntries();

  const rows = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => ids[index] ?? index,
    scrollMargin: HEAD_HEIGHT,
    scrollPaddingStart: HEAD_HEIGHT,
    overscan: 6,
  });
  const { active, setCursor, handleKey } = useRowKeys({
    rows: ids,
    onShow: focus.choose,
    onMove: (index) => rows.scrollToIndex(index),
  });
  const select = useCallback(
    (instrument: InstrumentId) => {
      setCursor(instrument);
      focus.choose(instrument);
    },
    [focus, setCursor],
  );
  const watch = useCallback(
    (instrument: InstrumentId) => toggleInList(desk, FIRST_GROUP, instrument),
    [desk],
  );
  useEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() => onWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, [onWidth]);

  const style = useMemo(() => layoutOf(columns), [columns]);
  const menuFor = (pressed: Element) => {
    const row = pressed.closest<HTMLElement>('[data-instrument]')?.dataset['instrument'];
    const instrument = (row ?? active) as InstrumentId | undefined;
    return instrument === undefined ? [] : entriesOf(instrument);
  };
  const head = (key: ScanKey) => (
    <span
      key={key}
      role="columnheader"
      aria-sort={sort.by !== key ? undefined : sort.descending ? 'descending' : 'ascending'}
    >
      <button
        type="button"
        tabIndex={-1}
        className="watch-sort"
        data-testid={`scan-sort-${key}`}
        title={t(`scan.column-${key}`)}
        onClick={() => onSort(nextScanSort(sort, key))}
      >
        {t(`scan.short-${key}`)}
        {sort.by === key && <span aria-hidden="true">{sort.descending ? ' ↓' : ' ↑'}</span>}
      </button>
    </span>
  );
  const cursor = active === undefined ? -1 : ids.indexOf(active);
  return (
    <ContextMenu label={t('watch.row-menu')} testId="scan-row" items={menuFor}>
      <div
        ref={scroller}
        role="grid"
        tabIndex={0}
        aria-label={t('scan.title')}
        aria-description={t('scan.keys')}
        aria-rowcount={shown.length + 1}
        aria-activedescendant={cursor >= 0 ? `${gridId}-${cursor}` : undefined}
        className="watch-grid scan-grid"
        style={style}
        onKeyDown={handleKey}
        onPointerEnter={() => onHold(true)}
        onPointerLeave={() => onHold(false)}
      >
        <div role="rowgroup" className="watch-head">
          <div role="row" aria-rowindex={1} className="watch-head-row">
            <span role="columnheader">
              <span className="sr-only">{t('watchlist.title')}</span>
            </span>
            {head('name')}
            {columns.map(head)}
          </div>
        </div>
        <div role="rowgroup" className="watch-rows" style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map(({ key, index, start }) => {
            const row = shown[index];
            if (row === undefined) return null;
            const { instrument } = row;
            return (
              <ScannerRow
                key={key}
                id={`${gridId}-${index}`}
                row={row}
                status={statusOf.get(venueOf(instrument))}
                columns={columns}
                index={index}
                top={start - HEAD_HEIGHT}
                selected={instrument === selected}
                active={index === cursor}
                watched={watched.has(instrument)}
                onSelect={select}
                onWatch={watch}
              />
            );
          })}
        </div>
      </div>
    </ContextMenu>
  );
}

function layoutOf(columns: readonly ScanColumn[]): CSSProperties {
  const widths = columns.map((column) => SCAN_WIDTHS[column]);
  const least = widths.reduce((sum, width) => sum + width + GAP, STAR_WIDTH + GAP + NAME_WIDTH + 16);
  return {
    '--watch-columns': `${STAR_WIDTH}px minmax(0, 1fr) ${widths.map((width) => `${width}px`).join(' ')}`,
    '--watch-least': `${least}px`,
  } as CSSProperties;
}
