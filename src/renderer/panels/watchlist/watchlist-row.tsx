import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine';
import { memo, useEffect, useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { cleanText } from '#shared/base/clean-text.ts';
import { type InstrumentId, instrumentName, venueOf } from '#shared/domain/instrument.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { coinName } from '../../ui/coin-name.ts';
import { useDesk } from '../../ui/desk-context.ts';
import { HealthGlyph } from '../../ui/health-glyph.tsx';
import { StandingMark } from '../../ui/standing-mark.tsx';
import { type DraggedRow, dragRow, dropOnRow } from './drag-rows.ts';
import { SPARK_HEIGHT, SPARK_VIEW, SPARK_WIDTH } from './paint-spark.ts';
import type { WatchColumn } from './watch-columns.ts';
import type { WatchlistPainter } from './watchlist-painter.ts';

interface WatchlistRowProps {
  readonly id: string;
  readonly instrument: InstrumentId;
  readonly group: string;
  readonly columns: readonly WatchColumn[];
  readonly painter: WatchlistPainter;
  readonly index: number;
  readonly top: number;
  readonly selected: boolean;
  readonly active: boolean;
  readonly onSelect: (instrument: InstrumentId) => void;
  readonly onRemove: (instrument: InstrumentId) => void;
  /** Whether what is dragged may be put beside this row. */
  readonly takes: (row: DraggedRow) => boolean;
  readonly onDrop: (row: DraggedRow, beside: InstrumentId, isAfter: boolean) => void;
}

/** The still parts of a row; what moves is painted by the painter. */
export const WatchlistRow = memo(function WatchlistRow(props: WatchlistRowProps) {
  const { instrument, painter, index, columns, group, takes, onDrop } = props;
  const { t } = useTranslation();
  const { app, pulse, instruments } = useDesk();
  const kind = useStore(pulse, (state) =>
    state.answering ? state.index.instrumentKind(instrument) : 'stale',
  );
  const about = useStore(instruments.store, ({ known }) => known.get(instrument));
  const halted = about?.status === 'halted';
  const coin = about && coinName(about, currentLanguage());
  const row = useRef<HTMLDivElement>(null);
  const cells = useRef(new Map<WatchColumn, HTMLElement>());
  const spark = useRef<SVGSVGElement>(null);
  const old = useRef<HTMLSpanElement>(null);

  useLayoutEffect(() => {
    const shown = new Map([...cells.current].filter(([column]) => columns.includes(column)));
    return painter.keep(instrument, {
      columns: shown,
      spark: spark.current ?? undefined,
      old: old.current ?? undefined,
    });
  }, [painter, instrument, columns]);

  useEffect(() => {
    const element = row.current;
    if (!element) return undefined;
    return combine(
      dragRow(element, { instrument, group }),
      dropOnRow(element, { takes, onDrop: (dragged, isAfter) => onDrop(dragged, instrument, isAfter) }),
    );
  }, [instrument, group, takes, onDrop]);

  const keepCell = (column: WatchColumn) => (cell: HTMLElement | null) => {
    if (cell) cells.current.set(column, cell);
    else cells.current.delete(column);
  };
  // A venue may list what it likes: what reads from the right, or is no letter at all, stays in its own place.
  const name = cleanText(instrumentName(instrument), 80);
  const venue = app.venues.find((one) => one.id === venueOf(instrument))?.name ?? venueOf(instrument);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid has the focus and the keys (watchlist.tsx).
    <div
      ref={row}
      id={props.id}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={props.selected}
      className="watch-row"
      data-testid="watchlist-row"
      data-instrument={instrument}
      data-active={props.active || undefined}
      data-halted={halted || undefined}
      style={{ top: props.top }}
      onClick={() => props.onSelect(instrument)}
    >
      <span role="gridcell" className="watch-health" title={t(`health.${kind}`)}>
        <HealthGlyph kind={kind} alone />
      </span>
      <span role="gridcell" className="watch-name">
        <bdi className="truncate" title={name}>
          {name}
        </bdi>
        <span className="watch-venue">
          <StandingMark instrument={instrument} after=" · " />
          {venue}
          {coin !== undefined && (
            <>
              {' · '}
              <bdi>{cleanText(coin)}</bdi>
            </>
          )}
        </span>
      </span>
      {columns.map((column) => (
        <span key={column} role="gridcell" className={`watch-cell watch-${column}`}>
          {column === 'spark' ? (
            <svg
              ref={spark}
              aria-hidden="true"
              className="watch-line"
              viewBox={SPARK_VIEW}
              width={SPARK_WIDTH}
              height={SPARK_HEIGHT}
              data-testid="watchlist-spark"
            >
              <path />
            </svg>
          ) : (
            <span ref={keepCell(column)} className="value" data-testid={`watchlist-${column}`} />
          )}
          {column === 'last' && <span ref={old} className="age" data-testid="watchlist-old" />}
        </span>
      ))}
      <span role="gridcell" className="watch-act">
        <button
          type="button"
          tabIndex={-1}
          className="watch-remove"
          aria-label={t('watchlist.remove-named', { name })}
          title={t('watchlist.remove')}
          onClick={(event) => {
            event.stopPropagation();
            props.onRemove(instrument);
          }}
        >
          ×
        </button>
      </span>
    </div>
  );
});
