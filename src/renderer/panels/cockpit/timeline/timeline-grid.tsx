import { type KeyboardEvent, memo, useCallback, useId, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TimelineView } from '../../../stores/timeline.ts';
import { useDesk } from '../../../ui/desk-context.ts';
import { HealthGlyph } from '../../../ui/health-glyph.tsx';
import { formatUptime } from '../format-share.ts';
import { connectionName } from '../names.ts';
import { cellAt, mergeSpans, type StripCell } from './merge-spans.ts';
import { cellSentence, tickIn } from './strip-words.ts';

/** Spans narrower than this share of the strip cannot be told apart by eye. */
const LEAST_SHARE = 1 / 400;
/** From this share on there is room for the state's word. */
const WORD_SHARE = 0.06;
const TICKS = [0, 0.25, 0.5, 0.75, 1];

interface Row {
  readonly connection: string;
  readonly uptime: number;
  readonly cells: readonly StripCell[];
}

/** Where the keyboard stands: a time on a row, so that it stays there while the strip moves on under it. */
interface Cursor {
  readonly row: number;
  readonly at: number;
}

/** One tab stop: left and right go from state to state, up and down from connection to connection. */
export function TimelineGrid({ view }: { readonly view: TimelineView }) {
  const { t } = useTranslation();
  const { app, view: shown } = useDesk();
  const id = useId();
  const [cursor, setCursor] = useState<Cursor>({ row: 0, at: Number.POSITIVE_INFINITY });
  const [hovered, setHovered] = useState<string>();
  const width = view.to - view.from;
  const rows = useMemo<readonly Row[]>(
    () =>
      view.rows.map((row) => ({
        connection: row.connection,
        uptime: row.uptime,
        cells: mergeSpans(row.spans, view.from, view.to, width * LEAST_SHARE),
      })),
    [view, width],
  );
  const at = Math.min(cursor.row, rows.length - 1);
  const row = rows[at];
  const column = row === undefined ? -1 : cellAt(row.cells, cursor.at);
  const cell = row?.cells[column];

  const move = (event: KeyboardEvent) => {
    const to = step(event.key, rows, at, column, cursor.at);
    if (event.key === 'Enter' && row) shown.select(row.connection);
    else if (to) setCursor(to);
    else return;
    event.preventDefault();
  };
  const pick = useCallback(
    (picked: number, connection: string, { from }: StripCell) => {
      setCursor({ row: picked, at: from });
      shown.select(connection);
    },
    [shown],
  );
  const told = hovered ?? (row && cell ? cellSentence(app, row.connection, cell, view) : '');
  return (
    <>
      <div
        role="grid"
        className="strip-grid"
        tabIndex={0}
        aria-label={t('timeline.title')}
        aria-describedby={`${id}-keys`}
        aria-activedescendant={cell ? `${id}-${at}-${column}` : undefined}
        data-testid="timeline"
        onKeyDown={move}
        onPointerLeave={() => setHovered(undefined)}
      >
        {rows.map((one, index) => (
          <StripRow
            key={one.connection}
            id={`${id}-${index}`}
            row={one}
            name={connectionName(app, one.connection)}
            from={view.from}
            to={view.to}
            active={index === at ? column : -1}
            onHover={setHovered}
            index={index}
            onPick={pick}
          />
        ))}
      </div>
      <div className="strip-axis" aria-hidden="true">
        {TICKS.map((share) => (
          <span key={share}>{tickIn(width, view.from + width * share)}</span>
        ))}
      </div>
      <p className="strip-told" data-testid="timeline-told">
        {told}
      </p>
      <p id={`${id}-keys`} className="sr-only">
        {t('timeline.keys')}
      </p>
    </>
  );
}

function step(
  key: string,
  rows: readonly Row[],
  row: number,
  column: number,
  at: number,
): Cursor | undefined {
  const cells = rows[row]?.cells ?? [];
  switch (key) {
    case 'ArrowLeft':
      return { row, at: cells[Math.max(0, column - 1)]?.from ?? at };
    case 'ArrowRight':
      return { row, at: cells[Math.min(cells.length - 1, column + 1)]?.from ?? at };
    case 'ArrowUp':
      return { row: Math.max(0, row - 1), at };
    case 'ArrowDown':
      return { row: Math.min(rows.length - 1, row + 1), at };
    case 'Home':
      return { row, at: cells[0]?.from ?? at };
    case 'End':
      return { row, at: Number.POSITIVE_INFINITY };
    default:
      return undefined;
  }
}

interface StripRowProps {
  readonly id: string;
  readonly row: Row;
  readonly name: string;
  readonly from: number;
  readonly to: number;
  /** Index of the cell the keyboard stands on; -1: on another row. */
  readonly active: number;
  readonly onHover: (sentence: string) => void;
  readonly index: number;
  readonly onPick: (row: number, connection: string, cell: StripCell) => void;
}

const StripRow = memo(function StripRow(props: StripRowProps) {
  const { id, row, name, from, to, active, index: at, onHover, onPick } = props;
  const { t } = useTranslation();
  const { app } = useDesk();
  const width = to - from;
  return (
    <div role="row" className="strip-row" data-connection={row.connection}>
      <span role="rowheader" className="truncate">
        {name}
      </span>
      <div role="presentation" className="strip">
        {row.cells.map((cell, index) => {
          const share = (cell.to - cell.from) / width;
          const sentence = cellSentence(app, row.connection, cell, { from, to });
          const isWordy = cell.kind !== 'live' && share >= WORD_SHARE;
          return (
            // The keys are the grid's, which keeps the focus; a cell is only ever pointed at.
            // biome-ignore lint/a11y/useKeyWithClickEvents: see above.
            <span
              key={cell.from}
              id={`${id}-${index}`}
              role="gridcell"
              className="strip-cell"
              aria-label={sentence}
              aria-selected={index === active}
              data-kind={cell.kind}
              style={{ left: `${((cell.from - from) / width) * 100}%`, width: `${share * 100}%` }}
              onPointerEnter={() => onHover(sentence)}
              onClick={() => onPick(at, row.connection, cell)}
            >
              {isWordy && (
                <span className="strip-word">
                  <HealthGlyph kind={cell.kind} /> {t(`health.${cell.kind}`)}
                </span>
              )}
            </span>
          );
        })}
      </div>
      <span role="gridcell" className="strip-uptime value" title={t('timeline.uptime')}>
        {formatUptime(row.uptime)}
      </span>
    </div>
  );
});
