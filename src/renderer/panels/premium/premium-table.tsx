import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { freshnessOf } from '#shared/domain/freshness.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import type { PremiumRow, PremiumView } from '#shared/domain/premium.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { useDesk } from '../../ui/desk-context.ts';
import { COLUMNS } from './premium-columns.ts';
import { PremiumDetails } from './premium-details.tsx';
import { PremiumLine } from './premium-line.tsx';
import { nextSorting, type Sorting, type SortKey, sortRows } from './sort-rows.ts';
import { wonText } from './won-text.ts';

const ROW_HEIGHT = 28;
const HEAD_HEIGHT = 40;

interface PremiumTableProps {
  readonly view: PremiumView;
  /** False while the executable figures are of another sum than the one chosen. */
  readonly isExecutableKnown: boolean;
  readonly filter: string;
  readonly coins: readonly string[];
  readonly comparable: readonly string[];
  readonly onAdd: (coin: string) => void;
}

/** Coin × (KRW venue, USDT venue). One tab stop for the rows; arrow keys move, Enter shows a leg on the desk. */
export function PremiumTable(props: PremiumTableProps) {
  const { view } = props;
  const { t } = useTranslation();
  const { pulse, settings, view: shownView } = useDesk();
  const [sorting, setSorting] = useState<Sorting>();
  const [activeKey, setActiveKey] = useState<string>();
  const scroller = useRef<HTMLDivElement>(null);
  const gridId = useId();
  // Judged on each beat: a silent engine's figures must not stand as if they were told now.
  const fresh = useStore(pulse, ({ now, engineSilentMs }) =>
    freshnessOf({ receivedAt: view.asOf, now, engineSilentMs, stream: 'live' }),
  );

  const query = props.filter.trim().toUpperCase();
  const shown = sortRows(
    view.rows.filter(({ coin }) => coin.toUpperCase().includes(query)),
    sorting,
  );
  const at = Math.max(
    0,
    shown.findIndex((row) => keyOf(row) === activeKey),
  );
  const active = shown[at];
  const rows = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => keyOf(shown[index]),
    overscan: 6,
    paddingStart: HEAD_HEIGHT,
    scrollPaddingStart: HEAD_HEIGHT,
  });

  const moveTo = (index: number) => {
    const next = Math.max(0, Math.min(shown.length - 1, index));
    setActiveKey(keyOf(shown[next]));
    rows.scrollToIndex(next);
  };
  const show = (instrument: InstrumentId | undefined) => {
    if (instrument === undefined) return;
    settings.change({ selected: instrument });
    shownView.show('desk');
  };
  const handleKey = (event: KeyboardEvent) => {
    // The buttons of the head have keys of their own.
    if (event.target !== event.currentTarget) return;
    if (event.key === 'ArrowDown') moveTo(at + 1);
    else if (event.key === 'ArrowUp') moveTo(at - 1);
    else if (event.key === 'Home') moveTo(0);
    else if (event.key === 'End') moveTo(shown.length - 1);
    else if (event.key === 'Enter') show(event.shiftKey ? active?.usdt : active?.krw);
    else return;
    event.preventDefault();
  };

  return (
    <>
      <div
        ref={scroller}
        role="grid"
        tabIndex={0}
        aria-label={t('premium.title')}
        aria-description={t('premium.keys')}
        aria-rowcount={shown.length + 1}
        aria-activedescendant={active && `${gridId}-${at}`}
        className="premium-grid"
        data-testid="premium-table"
        data-fresh={fresh}
        onKeyDown={handleKey}
      >
        <div className="premium-sheet" role="presentation" style={{ height: rows.getTotalSize() }}>
          <div role="row" aria-rowindex={1} className="premium-row premium-head">
            {COLUMNS.map((column) => (
              <Head
                key={column}
                column={column}
                sorting={sorting}
                notional={wonText(view.notionalKrw, currentLanguage())}
                onSort={(by) => setSorting(nextSorting(sorting, by))}
              />
            ))}
          </div>
          {rows.getVirtualItems().map(({ key, index, start }) => {
            const row = shown[index];
            if (row === undefined) return null;
            return (
              <PremiumLine
                key={key}
                id={`${gridId}-${index}`}
                row={row}
                index={index}
                top={start}
                isActive={index === at}
                isExecutableKnown={props.isExecutableKnown}
                onChoose={() => setActiveKey(keyOf(row))}
              />
            );
          })}
        </div>
        {shown.length === 0 && <Nothing {...props} query={query} />}
      </div>
      {active && <PremiumDetails row={active} view={view} onShow={show} />}
    </>
  );
}

function keyOf(row: PremiumRow | undefined): string {
  return row === undefined ? '' : `${row.krw} ${row.usdt}`;
}

interface HeadProps {
  readonly column: SortKey | 'history';
  readonly sorting: Sorting;
  readonly notional: string;
  readonly onSort: (by: SortKey) => void;
}

function Head({ column, sorting, notional, onSort }: HeadProps) {
  const { t } = useTranslation();
  const label = t(`premium.${column}`, { notional });
  if (column === 'history') {
    return (
      <span role="columnheader" title={t('premium.history-explained')}>
        {label}
      </span>
    );
  }
  const direction = sorting?.by !== column ? 'none' : sorting.descending ? 'descending' : 'ascending';
  return (
    <span role="columnheader" aria-sort={direction} data-column={column}>
      <button
        type="button"
        title={t(`premium.${column}-explained`, { notional })}
        data-sort={column}
        onClick={() => onSort(column)}
      >
        {label}
        {direction !== 'none' && (
          <svg aria-hidden="true" viewBox="0 0 8 6" className="sort-mark" data-direction={direction}>
            <path d="M0 6 4 0l4 6z" fill="currentColor" />
          </svg>
        )}
      </button>
    </span>
  );
}

/** Nothing to show: not listed yet, filtered out, or a coin that could be added. */
function Nothing({ query, coins, comparable, view, onAdd }: PremiumTableProps & { readonly query: string }) {
  const { t } = useTranslation();
  if (query === '') {
    return (
      <p className="panel-empty" role="status">
        {t(view.rows.length === 0 ? 'premium.waiting' : 'premium.empty')}
      </p>
    );
  }
  const addable = comparable.filter((coin) => coin.startsWith(query) && !coins.includes(coin)).slice(0, 6);
  return (
    <div className="panel-empty premium-nothing" role="status">
      <p>{addable.length > 0 ? t('premium.addable') : t('premium.nothing', { typed: query })}</p>
      <p className="premium-adds">
        {addable.map((coin) => (
          <button key={coin} type="button" className="button" onClick={() => onAdd(coin)}>
            {t('premium.add', { coin })}
          </button>
        ))}
      </p>
    </div>
  );
}
