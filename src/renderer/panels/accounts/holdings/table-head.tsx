import { useTranslation } from 'react-i18next';
import type { Column, Sorting } from './column.ts';

interface TableHeadProps<Row> {
  readonly columns: readonly Column<Row>[];
  readonly sorting: Sorting;
  readonly onSort: (column: Column<Row>) => void;
}

export function TableHead<Row>({ columns, sorting, onSort }: TableHeadProps<Row>) {
  const { t } = useTranslation();
  return (
    <div role="row" aria-rowindex={1} className="holdings-row holdings-head">
      {columns.map((column) => {
        const { id, align, by } = column;
        const label = t(`holding.${id}` as 'holding.instrument');
        if (by === undefined) {
          return (
            <span key={id} role="columnheader" data-column={id} data-align={align}>
              {label}
            </span>
          );
        }
        const direction = sorting?.by !== id ? 'none' : sorting.descending ? 'descending' : 'ascending';
        return (
          <span key={id} role="columnheader" aria-sort={direction} data-column={id} data-align={align}>
            <button type="button" data-sort={id} onClick={() => onSort(column)}>
              {label}
              {direction !== 'none' && (
                <svg aria-hidden="true" viewBox="0 0 8 6" className="sort-mark" data-direction={direction}>
                  <path d="M0 6 4 0l4 6z" fill="currentColor" />
                </svg>
              )}
            </button>
          </span>
        );
      })}
    </div>
  );
}
