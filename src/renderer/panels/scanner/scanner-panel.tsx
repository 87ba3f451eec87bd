import { useCallback, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { openScanner, type Scanned } from '../../stores/scanner.ts';
import type { Watching } from '../../stores/watched.ts';
import { useDesk } from '../../ui/desk-context.ts';
import { Menu } from '../../ui/menu.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Pending } from '../../ui/pending.tsx';
import '../../styles/watch.css';
import { useKept } from '../watchlist/use-kept.ts';
import {
  SCAN_COLUMNS,
  type ScanColumn,
  type ScanSort,
  scanColumnsForWidth,
  scanColumnsIn,
  scanSortIn,
  toggledScan,
} from './scan-columns.ts';
import { filterIn, NO_FILTER, type ScanFilter } from './scan-filter.ts';
import { ScannerFilters } from './scanner-filters.tsx';
import { ScannerRows } from './scanner-rows.tsx';
import { ScannerTroubles, ScannerVenues } from './scanner-venues.tsx';
import { useScanRows } from './use-scan-rows.ts';

/** Every instrument of every venue by volume, move, funding and premium. The venues are read only while it is drawn. */
export function ScannerPanel() {
  const desk = useDesk();
  const [scanner, setScanner] = useState<Watching<Scanned>>();
  useEffect(() => {
    const opened = openScanner(desk.client);
    setScanner(opened);
    return opened.dispose;
  }, [desk]);
  return scanner ? <Scanner scanner={scanner} /> : null;
}

function Scanner({ scanner }: { readonly scanner: Watching<Scanned> }) {
  const { t } = useTranslation();
  const { view, error } = useStore(scanner.store);
  const { params, keep } = useKept();
  const [width, setWidth] = useState(0);
  const [text, setText] = useState('');
  const [isHeld, setHeld] = useState(false);
  const chosen = useMemo(() => scanColumnsIn(params), [params]);
  const columns = useMemo(() => chosen ?? scanColumnsForWidth(width), [chosen, width]);
  const sort = useMemo(() => scanSortIn(params), [params]);
  const filter = useMemo<ScanFilter>(() => ({ ...filterIn(params), text }), [params, text]);
  const { rows, count, quotes } = useScanRows(view, filter, sort, isHeld);
  const sortBy = useCallback(
    (next: ScanSort) => keep({ sort: next.by, descending: next.descending }),
    [keep],
  );
  const chooseColumns = (next: readonly ScanColumn[] | undefined) => keep({ columns: next });
  const isFiltered = rows.length !== count;
  return (
    <Panel name="scanner" title={t('scan.title')}>
      {view === undefined ? (
        <Pending error={error} waiting={t('scan.waiting')} onRetry={scanner.retry} />
      ) : (
        <>
          <ScannerFilters filter={filter} quotes={quotes} onText={setText} onChange={(patch) => keep(patch)}>
            <span className="scan-count text-dim" data-testid="scan-count">
              {isFiltered ? t('scan.count-of', { shown: rows.length, all: count }) : count}
            </span>
            <Menu
              button="⋯"
              buttonClass="head-button"
              label={t('watch.columns')}
              testId="scan-menu"
              items={[
                ...SCAN_COLUMNS.map((column) => ({
                  id: `column-${column}`,
                  label: t(`scan.column-${column}`),
                  checked: columns.includes(column),
                  staysOpen: true,
                  onSelect: () => chooseColumns(toggledScan(columns, column)),
                })),
                'separator' as const,
                {
                  id: 'column-auto',
                  label: t('watch.columns-auto'),
                  onSelect: () => chooseColumns(undefined),
                },
              ]}
            />
          </ScannerFilters>
          <ScannerVenues
            venues={view.venues}
            chosen={filter.venues}
            onChoose={(venues) => keep({ venues })}
          />
          <ScannerTroubles venues={view.venues} />
          {count > 0 && rows.length === 0 && (
            <p className="panel-empty" role="status" data-testid="scan-nothing">
              {t('scan.nothing')}{' '}
              <button
                type="button"
                className="button"
                onClick={() => {
                  setText('');
                  const { text: _, ...nothing } = NO_FILTER;
                  keep(nothing);
                }}
              >
                {t('scan.clear')}
              </button>
            </p>
          )}
          <ScannerRows
            rows={rows}
            venues={view.venues}
            columns={columns}
            sort={sort}
            onSort={sortBy}
            onWidth={setWidth}
            onHold={setHeld}
          />
        </>
      )}
    </Panel>
  );
}
