import { useTranslation } from 'react-i18next';
import { nextSort, type WatchColumn, type WatchKey, type WatchSort } from './watch-columns.ts';

interface WatchlistHeadProps {
  readonly columns: readonly WatchColumn[];
  readonly sort: WatchSort;
  readonly onSort: (sort: WatchSort) => void;
}

/** Names the columns; pressing one sorts by it, then the other way round, then as the person ordered them. */
export function WatchlistHead({ columns, sort, onSort }: WatchlistHeadProps) {
  const { t } = useTranslation();
  const ariaSort = (key: WatchKey) =>
    sort?.by !== key ? undefined : sort.descending ? 'descending' : 'ascending';
  const button = (key: WatchKey, label: string, title: string) => (
    <button
      type="button"
      tabIndex={-1}
      className="watch-sort"
      data-testid={`watch-sort-${key}`}
      title={title}
      onClick={() => onSort(nextSort(sort, key))}
    >
      {label}
      {sort?.by === key && <span aria-hidden="true">{sort.descending ? ' ↓' : ' ↑'}</span>}
    </button>
  );
  return (
    <div role="rowgroup" className="watch-head">
      <div role="row" aria-rowindex={1} className="watch-head-row">
        <span role="columnheader">
          <span className="sr-only">{t('watch.column-health')}</span>
        </span>
        <span role="columnheader" aria-sort={ariaSort('name')}>
          {button('name', t('watch.short-name'), t('watch.column-name'))}
        </span>
        {columns.map((column) =>
          column === 'spark' ? (
            <span key={column} role="columnheader" title={t('watch.column-spark')}>
              <span className="watch-sort">{t('watch.short-spark')}</span>
            </span>
          ) : (
            <span key={column} role="columnheader" aria-sort={ariaSort(column)}>
              {button(column, t(`watch.short-${column}`), t(`watch.column-${column}`))}
            </span>
          ),
        )}
      </div>
    </div>
  );
}
