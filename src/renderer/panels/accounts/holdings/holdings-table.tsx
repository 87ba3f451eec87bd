import { useVirtualizer } from '@tanstack/react-virtual';
import {
  type CSSProperties,
  type KeyboardEvent,
  memo,
  type ReactNode,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { AccountId, Dated } from '#shared/domain/account.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import { figureFreshness } from '../../../stores/account-freshness.ts';
import { useDesk } from '../../../ui/desk-context.ts';
import { type Column, nextSorting, type Sorting, sortRows } from './column.ts';
import { RowFreshProvider } from './row-fresh.ts';
import { TableHead } from './table-head.tsx';

const ROW_HEIGHT = 28;

export type HeldRow = Dated & { readonly account: AccountId; readonly instrument?: InstrumentId };

interface HoldingsTableProps<Row extends HeldRow> {
  /** Names the table. */
  readonly label: string;
  readonly testId: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  /** A row that no longer stands for anything, such as an order that has ended. */
  readonly isOver?: (row: Row) => boolean;
  /** In the place of rows where there are none. */
  readonly empty: ReactNode;
  /** Answers read once: their age says nothing, so they are shown as they were told. */
  readonly isPast?: boolean;
}

/** Rows of accounts. One tab stop; arrow keys move, Enter shows the row's instrument on the desk. */
export function HoldingsTable<Row extends HeldRow>(props: HoldingsTableProps<Row>) {
  const { columns, keyOf } = props;
  const { t } = useTranslation();
  const { settings, view } = useDesk();
  const [sorting, setSorting] = useState<Sorting>();
  const [activeKey, setActiveKey] = useState<string>();
  const scroller = useRef<HTMLDivElement>(null);
  const gridId = useId();
  const shown = useMemo(() => sortRows(props.rows, columns, sorting), [props.rows, columns, sorting]);
  const at = Math.max(
    0,
    shown.findIndex((row) => keyOf(row) === activeKey),
  );
  const active = shown[at];
  const rows = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => {
      const row = shown[index];
      return row === undefined ? index : keyOf(row);
    },
    overscan: 6,
    paddingStart: ROW_HEIGHT,
    scrollPaddingStart: ROW_HEIGHT,
  });
  const moveTo = (index: number) => {
    const next = Math.max(0, Math.min(shown.length - 1, index));
    const row = shown[next];
    if (row === undefined) return;
    setActiveKey(keyOf(row));
    rows.scrollToIndex(next);
  };
  const handleKey = (event: KeyboardEvent) => {
    // The buttons of the head have keys of their own.
    if (event.target !== event.currentTarget) return;
    if (event.key === 'ArrowDown') moveTo(at + 1);
    else if (event.key === 'ArrowUp') moveTo(at - 1);
    else if (event.key === 'Home') moveTo(0);
    else if (event.key === 'End') moveTo(shown.length - 1);
    else if (event.key === 'Enter' && active?.instrument !== undefined) {
      settings.change({ selected: active.instrument });
      view.show('desk');
    } else return;
    event.preventDefault();
  };
  const tracks = columns.map(({ track }) => track).join(' ');
  const leastWidth = columns.reduce((sum, { track }) => sum + Number(/\d+/.exec(track)?.[0] ?? 0), 0);
  return (
    <div
      ref={scroller}
      role="grid"
      tabIndex={0}
      aria-label={props.label}
      aria-description={t('holding.keys')}
      aria-rowcount={shown.length + 1}
      aria-activedescendant={active && `${gridId}-${at}`}
      className="holdings-grid"
      data-testid={props.testId}
      onKeyDown={handleKey}
    >
      <div
        className="holdings-sheet"
        role="presentation"
        style={{ height: rows.getTotalSize(), minWidth: leastWidth, '--tracks': tracks } as CSSProperties}
      >
        <TableHead
          columns={columns}
          sorting={sorting}
          onSort={(column) => setSorting(nextSorting(sorting, column))}
        />
        {rows.getVirtualItems().map(({ key, index, start }) => {
          const row = shown[index];
          if (row === undefined) return null;
          return (
            <TableRow
              key={key}
              id={`${gridId}-${index}`}
              rowKey={keyOf(row)}
              row={row}
              columns={columns as readonly Column<HeldRow>[]}
              index={index}
              top={start}
              isActive={index === at}
              isOver={props.isOver?.(row) ?? false}
              isPast={props.isPast ?? false}
              onChoose={setActiveKey}
            />
          );
        })}
      </div>
      {shown.length === 0 && (
        // A grid holds rows alone, also where it has only words to show.
        <div role="row" className="contents">
          <div role="gridcell" className="contents" aria-colspan={columns.length}>
            {props.empty}
          </div>
        </div>
      )}
    </div>
  );
}

interface TableRowProps {
  readonly id: string;
  readonly rowKey: string;
  readonly row: HeldRow;
  readonly columns: readonly Column<HeldRow>[];
  readonly index: number;
  readonly top: number;
  readonly isActive: boolean;
  readonly isOver: boolean;
  readonly isPast: boolean;
  readonly onChoose: (key: string) => void;
}

// Drawn again when its row is another object, not whenever any row of the table is.
const TableRow = memo(function TableRow(props: TableRowProps) {
  const { row, isPast } = props;
  const { holdings, pulse } = useDesk();
  const judge = (moving: boolean) => () =>
    isPast
      ? 'fresh'
      : figureFreshness(holdings.accounts.store.getState().view, row, pulse.getState(), moving);
  const held = useStore(pulse, judge(false));
  const moving = useStore(pulse, judge(true));
  const fresh = useMemo(() => ({ held, moving }), [held, moving]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid has the focus and the keys.
    <div
      id={props.id}
      role="row"
      aria-rowindex={props.index + 2}
      aria-selected={props.isActive}
      className="holdings-row"
      data-testid="holdings-row"
      data-key={props.rowKey}
      data-active={props.isActive || undefined}
      data-over={props.isOver || undefined}
      data-fresh={held}
      data-moving={moving}
      style={{ transform: `translateY(${props.top}px)` }}
      onClick={() => props.onChoose(props.rowKey)}
    >
      <RowFreshProvider value={fresh}>
        {props.columns.map(({ id, align, cell }) => (
          <span key={id} role="gridcell" data-column={id} data-align={align}>
            {cell(row)}
          </span>
        ))}
      </RowFreshProvider>
    </div>
  );
});
