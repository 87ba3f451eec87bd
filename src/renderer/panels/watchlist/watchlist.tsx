import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import { errorText } from '../../i18n/text-for.ts';
import { useDesk } from '../../ui/desk-context.ts';
import { Panel } from '../../ui/panel.tsx';
import { usePanelFault } from '../../ui/panel-fault.ts';
import { createWatchlistPainter, type WatchlistPainter } from './watchlist-painter.ts';
import { WatchlistRow } from './watchlist-row.tsx';

const ROW_HEIGHT = 32;

export function Watchlist() {
  const { t } = useTranslation();
  const { settings } = useDesk();
  const count = useStore(settings.store, (state) => state.watchlist.length);
  return (
    <Panel
      name="watchlist"
      title={t('watchlist.title')}
      head={
        <span className="ml-auto text-dim" title={t('watchlist.keys')}>
          {count}
        </span>
      }
    >
      <Rows />
    </Panel>
  );
}

function Rows() {
  const { t } = useTranslation();
  const desk = useDesk();
  const { settings, tickers } = desk;
  const watchlist = useStore(settings.store, (state) => state.watchlist);
  const selected = useStore(settings.store, (state) => state.selected);
  const error = useStore(tickers.store, (state) => state.error);
  const [painter, setPainter] = useState<WatchlistPainter>();
  const [cursor, setCursor] = useState(0);
  const scroller = useRef<HTMLDivElement>(null);
  const gridId = useId();
  const onFault = usePanelFault();

  useEffect(() => {
    const made = createWatchlistPainter(desk, onFault);
    setPainter(made);
    return made.dispose;
  }, [desk, onFault]);

  const rows = useVirtualizer({
    count: watchlist.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => watchlist[index] ?? index,
    overscan: 4,
  });

  const active = Math.min(cursor, watchlist.length - 1);
  const moveTo = (index: number) => {
    const next = Math.max(0, Math.min(watchlist.length - 1, index));
    setCursor(next);
    rows.scrollToIndex(next);
  };
  const select = (instrument: InstrumentId | undefined) => {
    if (instrument !== undefined) settings.change({ selected: instrument });
  };
  const remove = (instrument: InstrumentId | undefined) => {
    if (instrument === undefined) return;
    settings.change({ watchlist: watchlist.filter((other) => other !== instrument) });
  };
  const shift = (by: 1 | -1) => {
    const to = active + by;
    const moving = watchlist[active];
    if (moving === undefined || to < 0 || to >= watchlist.length) return;
    settings.change({ watchlist: watchlist.toSpliced(active, 1).toSpliced(to, 0, moving) });
    moveTo(to);
  };
  const handleKey = (event: KeyboardEvent) => {
    if (event.altKey && event.key === 'ArrowDown') shift(1);
    else if (event.altKey && event.key === 'ArrowUp') shift(-1);
    else if (event.key === 'ArrowDown') moveTo(active + 1);
    else if (event.key === 'ArrowUp') moveTo(active - 1);
    else if (event.key === 'Home') moveTo(0);
    else if (event.key === 'End') moveTo(watchlist.length - 1);
    else if (event.key === 'Enter') select(watchlist[active]);
    else if (event.key === 'Delete') remove(watchlist[active]);
    else return;
    event.preventDefault();
  };

  if (error) return <p className="panel-fault">{errorText(error)}</p>;
  if (watchlist.length === 0) return <p className="panel-empty">{t('watchlist.empty')}</p>;
  return (
    <div
      ref={scroller}
      role="grid"
      tabIndex={0}
      aria-label={t('watchlist.title')}
      aria-description={t('watchlist.keys')}
      aria-rowcount={watchlist.length}
      aria-activedescendant={`${gridId}-${active}`}
      className="watch-grid"
      onKeyDown={handleKey}
    >
      <div role="rowgroup" className="relative" style={{ height: rows.getTotalSize() }}>
        {painter &&
          rows.getVirtualItems().map(({ key, index, start }) => {
            const instrument = watchlist[index];
            if (instrument === undefined) return null;
            return (
              <WatchlistRow
                key={key}
                id={`${gridId}-${index}`}
                instrument={instrument}
                painter={painter}
                index={index}
                top={start}
                selected={instrument === selected}
                active={index === active}
                onSelect={() => {
                  setCursor(index);
                  select(instrument);
                }}
                onRemove={() => remove(instrument)}
              />
            );
          })}
      </div>
    </div>
  );
}
