import { useVirtualizer } from '@tanstack/react-virtual';
import { type CSSProperties, useCallback, useEffect, useId, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import { errorText } from '../../i18n/text-for.ts';
import { createRowFigures, type RowFiguresStore } from '../../stores/row-figures.ts';
import { groupAt, placeRow, removeRow } from '../../stores/watch-groups.ts';
import { ContextMenu } from '../../ui/context-menu.tsx';
import { useDesk } from '../../ui/desk-context.ts';
import { Empty } from '../../ui/empty.tsx';
import { usePanelFault } from '../../ui/panel-fault.ts';
import { focusSearch } from '../welcome/focus-search.ts';
import { addToList, carryToList } from './change-lists.ts';
import { type DraggedRow, dropOnList } from './drag-rows.ts';
import { useInstrumentEntries } from './instrument-entries.ts';
import { useRowKeys } from './use-row-keys.ts';
import { useRowOrder } from './use-row-order.ts';
import { COLUMN_WIDTHS, NAME_WIDTH, type WatchColumn, type WatchSort } from './watch-columns.ts';
import { WatchlistHead } from './watchlist-head.tsx';
import { createWatchlistPainter, type WatchlistPainter } from './watchlist-painter.ts';
import { WatchlistRow } from './watchlist-row.tsx';

const ROW_HEIGHT = 32;
const HEAD_HEIGHT = 22;
const GLYPH_WIDTH = 12;
const GAP = 6;

interface WatchlistRowsProps {
  readonly group: string;
  readonly columns: readonly WatchColumn[];
  readonly sort: WatchSort;
  readonly onSort: (sort: WatchSort) => void;
  readonly onWidth: (width: number) => void;
}

interface Tools {
  readonly painter: WatchlistPainter;
  readonly extras: RowFiguresStore;
}

/** Sources of premiums and lines, and the painter of the rows: as long as the panel is drawn. */
export function WatchlistRows(props: WatchlistRowsProps) {
  const desk = useDesk();
  const onFault = usePanelFault();
  const [tools, setTools] = useState<Tools>();
  useEffect(() => {
    const extras = createRowFigures(desk.client, desk.clock);
    const { tickers, pulse, instruments, settings } = desk;
    const painter = createWatchlistPainter(
      { tickers, pulse, instruments, settings, extras: extras.store },
      onFault,
    );
    setTools({ painter, extras });
    return () => {
      painter.dispose();
      extras.dispose();
    };
  }, [desk, onFault]);
  return tools ? <Rows {...props} {...tools} /> : null;
}

function Rows({ group, columns, sort, onSort, onWidth, painter, extras }: WatchlistRowsProps & Tools) {
  const { t } = useTranslation();
  const desk = useDesk();
  const { settings, tickers, focus } = desk;
  const listed = useStore(settings.store, (state) => groupAt(state, group).instruments);
  const selected = useStore(focus.store, (state) => state.instrument);
  const error = useStore(tickers.store, (state) => state.error);
  const { rows: shown, hold } = useRowOrder(listed, sort, extras.store);
  const scroller = useRef<HTMLDivElement>(null);
  const gridId = useId();
  const entriesOf = useInstrumentEntries();
  const isManual = sort === undefined;

  // What the panel shows is followed as long as it is shown.
  useEffect(() => tickers.hold(listed), [tickers, listed]);

  const rows = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => shown[index] ?? index,
    scrollMargin: HEAD_HEIGHT,
    scrollPaddingStart: HEAD_HEIGHT,
    overscan: 4,
  });
  const visible = rows.getVirtualItems();

  const hasPremium = columns.includes('premium') || sort?.by === 'premium';
  const lines = columns.includes('spark') ? visible.map(({ index }) => shown[index]).join(' ') : '';
  useEffect(() => {
    extras.follow(
      hasPremium ? listed : [],
      lines === '' ? [] : (lines.split(' ').filter(Boolean) as InstrumentId[]),
    );
  }, [extras, hasPremium, listed, lines]);

  const remove = useCallback(
    (instrument: InstrumentId) =>
      settings.change(removeRow(settings.store.getState(), group, instrument) ?? {}),
    [settings, group],
  );
  const place = useCallback(
    (instrument: InstrumentId, before: InstrumentId | undefined) =>
      settings.change(placeRow(settings.store.getState(), group, instrument, before) ?? {}),
    [settings, group],
  );
  const { active, setCursor, handleKey } = useRowKeys({
    rows: shown,
    onShow: focus.choose,
    onRemove: remove,
    onPlace: isManual ? place : undefined,
    onMove: (index) => rows.scrollToIndex(index),
  });
  const select = useCallback(
    (instrument: InstrumentId) => {
      setCursor(instrument);
      focus.choose(instrument);
    },
    [focus, setCursor],
  );
  // In an order that the market makes, a row has no place of the person's.
  const takes = useCallback((row: DraggedRow) => isManual || row.group !== group, [isManual, group]);
  const drop = useCallback(
    (row: DraggedRow, beside?: InstrumentId, isAfter = true) => {
      const { instruments } = groupAt(settings.store.getState(), group);
      const at = beside === undefined ? instruments.length : instruments.indexOf(beside) + Number(isAfter);
      if (row.group === group) place(row.instrument, instruments[at]);
      else if (row.group === undefined) addToList(desk, group, row.instrument, isManual ? at : undefined);
      else carryToList(desk, row.instrument, row.group, group);
    },
    [desk, settings, group, place, isManual],
  );

  useEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() => onWidth(element.clientWidth));
    observer.observe(element);
    const undoDrop = dropOnList(element, { takes, onDrop: (row) => drop(row) });
    return () => {
      observer.disconnect();
      undoDrop();
    };
  }, [onWidth, takes, drop]);

  const style = useMemo(() => layoutOf(columns), [columns]);
  const menuFor = (pressed: Element) => {
    const row = pressed.closest<HTMLElement>('[data-instrument]')?.dataset['instrument'];
    const instrument = (row ?? active) as InstrumentId | undefined;
    if (instrument === undefined) return [];
    return [
      ...entriesOf(instrument),
      'separator' as const,
      {
        id: 'remove',
        label: t('watchlist.remove'),
        hint: 'Del',
        danger: true,
        onSelect: () => remove(instrument),
      },
    ];
  };

  const cursor = active === undefined ? -1 : shown.indexOf(active);
  return (
    <ContextMenu label={t('watch.row-menu')} testId="watch-row" items={menuFor}>
      <div
        ref={scroller}
        role="grid"
        tabIndex={0}
        aria-label={t('watchlist.title')}
        aria-description={t('watchlist.keys')}
        aria-rowcount={shown.length + 1}
        aria-activedescendant={cursor >= 0 ? `${gridId}-${cursor}` : undefined}
        className="watch-grid"
        style={style}
        data-compact={columns.join() === 'last,change' || undefined}
        onKeyDown={handleKey}
        onPointerEnter={() => hold(true)}
        onPointerLeave={() => hold(false)}
      >
        {error && <p className="panel-fault">{errorText(error)}</p>}
        {!error && shown.length === 0 && (
          <Empty
            what={t('empty.watchlist')}
            why={t('empty.watchlist-why')}
            next={{ label: t('empty.watchlist-do'), onDo: focusSearch }}
          />
        )}
        {!error && shown.length > 0 && (
          <>
            <WatchlistHead columns={columns} sort={sort} onSort={onSort} />
            <div role="rowgroup" className="watch-rows" style={{ height: rows.getTotalSize() }}>
              {visible.map(({ key, index, start }) => {
                const instrument = shown[index];
                if (instrument === undefined) return null;
                return (
                  <WatchlistRow
                    key={key}
                    id={`${gridId}-${index}`}
                    instrument={instrument}
                    group={group}
                    columns={columns}
                    painter={painter}
                    index={index}
                    top={start - HEAD_HEIGHT}
                    selected={instrument === selected}
                    active={index === cursor}
                    onSelect={select}
                    onRemove={remove}
                    takes={takes}
                    onDrop={drop}
                  />
                );
              })}
            </div>
          </>
        )}
      </div>
    </ContextMenu>
  );
}

/** Widths of the columns, and the least width of a row: narrower panels scroll sideways. */
function layoutOf(columns: readonly WatchColumn[]): CSSProperties {
  const widths = columns.map((column) => COLUMN_WIDTHS[column]);
  const least = widths.reduce((sum, width) => sum + width + GAP, GLYPH_WIDTH + GAP + NAME_WIDTH + 16);
  return {
    '--watch-columns': `${GLYPH_WIDTH}px minmax(0, 1fr) ${widths.map((width) => `${width}px`).join(' ')}`,
    '--watch-least': `${least}px`,
  } as CSSProperties;
}
