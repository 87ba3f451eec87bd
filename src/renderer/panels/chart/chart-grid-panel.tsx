import { memo, useCallback, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { instrumentName, venueOf } from '#shared/domain/instrument.ts';
import { useDesk } from '../../ui/desk-context.ts';
import { Menu } from '../../ui/menu.tsx';
import { Panel } from '../../ui/panel.tsx';
import { StandingMark } from '../../ui/standing-mark.tsx';
import { usePanel } from '../../workspace/panel-context.ts';
import { ScopedDesk } from '../../workspace/scoped-desk.tsx';
import { CellPicker } from './cell-picker.tsx';
import { ChartBody } from './chart-body.tsx';
import { type CellState, GRID_COUNTS, type GridState, readGrid } from './chart-grid.ts';
import type { ChartHome } from './chart-home.ts';

/** Per chart beside it: all cells together are drawn about as often as one chart alone would be. */
const DRAW_EVERY_MS = 11;

/** One to nine charts beside each other, each with its own instrument and interval, under one crosshair. */
export function ChartGridPanel() {
  const { t } = useTranslation();
  const panel = usePanel();
  const word = JSON.stringify(panel?.params['grid']);
  const [held, setHeld] = useState(() => ({ word, grid: readGrid(panel?.params['grid']) }));
  // Another layout, or a step back, brings its own.
  if (held.word !== word) setHeld({ word, grid: readGrid(panel?.params['grid']) });
  const [active, setActive] = useState(0);
  const { grid } = held;
  const latest = useRef({ panel, word, grid });
  latest.current = { panel, word, grid };
  const change = useCallback((changed: Partial<GridState>) => {
    const now = latest.current;
    const next = { ...now.grid, ...changed };
    setHeld({ word: now.panel === undefined ? now.word : JSON.stringify(next), grid: next });
    now.panel?.setParams({ grid: next });
  }, []);
  const changeCell = useCallback(
    (index: number, changed: Partial<CellState>) => {
      const { cells, syncInterval } = latest.current.grid;
      change({
        cells: cells.map((cell, at) => {
          if (at === index) return { ...cell, ...changed };
          return changed.interval !== undefined && syncInterval
            ? { ...cell, interval: changed.interval }
            : cell;
        }),
      });
    },
    [change],
  );
  const isLeading = useCallback(() => latest.current.panel?.isLeading() ?? true, []);
  const toggle = (name: 'syncCrosshair' | 'syncRange' | 'syncInterval') => ({
    id: name,
    label: t(`grid.${name}`),
    checked: grid[name],
    staysOpen: true,
    onSelect: () => change({ [name]: !grid[name] }),
  });
  return (
    <Panel
      name="charts"
      title={t('grid.title')}
      head={
        <>
          <div className="interval-switch" role="group" aria-label={t('grid.count')} data-testid="grid-count">
            {GRID_COUNTS.map((count) => (
              <button
                key={count}
                type="button"
                className={count === grid.count ? 'interval interval-current' : 'interval'}
                aria-pressed={count === grid.count}
                title={t('grid.charts', { count })}
                data-count={count}
                onClick={() => change({ count })}
              >
                {count}
              </button>
            ))}
          </div>
          <Menu
            button={t('grid.sync')}
            buttonClass="interval"
            label={t('grid.sync')}
            testId="grid-sync"
            items={[toggle('syncCrosshair'), toggle('syncRange'), toggle('syncInterval')]}
          />
        </>
      }
    >
      <div className="chart-grid" data-count={grid.count} data-testid="chart-grid">
        {grid.cells.slice(0, grid.count).map((cell, index) => (
          <GridCell
            // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its place.
            key={index}
            index={index}
            cell={cell}
            count={grid.count}
            syncsCrosshair={grid.syncCrosshair}
            syncsRange={grid.syncRange}
            panel={panel?.id ?? 'charts'}
            isVisible={panel?.isVisible ?? true}
            isPanelLeading={isLeading}
            isActive={active === index}
            onActive={setActive}
            onChange={changeCell}
          />
        ))}
      </div>
    </Panel>
  );
}

interface GridCellProps {
  readonly index: number;
  readonly cell: CellState;
  readonly count: number;
  readonly syncsCrosshair: boolean;
  readonly syncsRange: boolean;
  /** Its id. */
  readonly panel: string;
  readonly isVisible: boolean;
  readonly isPanelLeading: () => boolean;
  readonly isActive: boolean;
  readonly onActive: (index: number) => void;
  readonly onChange: (index: number, change: Partial<CellState>) => void;
}

/** A chart is much to draw: what happens in one cell is no news to the others. */
const GridCell = memo(function GridCell(props: GridCellProps) {
  const { index, cell, count, panel, isVisible, isPanelLeading, isActive, onActive } = props;
  const { syncsCrosshair, syncsRange } = props;
  const onChange = useCallback(
    (change: Partial<CellState>) => props.onChange(index, change),
    [props.onChange, index],
  );
  const home = useMemo(
    (): ChartHome => ({
      id: `${panel}/${index}`,
      kept: cell.look,
      keep: (look) => onChange({ look }),
      isLeading: () => isActive && isPanelLeading(),
      isVisible,
      syncsCrosshair,
      rangeGroup: syncsRange ? panel : undefined,
      drawEveryMs: count === 1 ? 0 : count * DRAW_EVERY_MS,
      isCompact: true,
    }),
    [
      panel,
      index,
      cell.look,
      onChange,
      isActive,
      isPanelLeading,
      isVisible,
      syncsCrosshair,
      syncsRange,
      count,
    ],
  );
  return (
    <section
      className={isActive ? 'chart-cell chart-cell-active' : 'chart-cell'}
      data-testid={`chart-cell-${index + 1}`}
      onPointerDownCapture={() => onActive(index)}
      onFocusCapture={() => onActive(index)}
    >
      <ScopedDesk
        link={cell.link}
        instrument={cell.instrument}
        interval={cell.interval}
        feeds={['candles']}
        onChoose={onChange}
      >
        <CellHead cell={cell} onChange={onChange} />
        <ChartBody home={home} />
      </ScopedDesk>
    </section>
  );
});

interface CellHeadProps {
  readonly cell: CellState;
  readonly onChange: (change: Partial<CellState>) => void;
}

function CellHead({ cell, onChange }: CellHeadProps) {
  const desk = useDesk();
  const { instrument } = useStore(desk.focus.store);
  const venue = desk.app.venues.find((one) => one.id === venueOf(instrument))?.name ?? venueOf(instrument);
  return (
    <header className="chart-cell-head">
      <strong data-testid="cell-instrument">{instrumentName(instrument)}</strong>
      <span className="text-dim">{venue}</span>
      <StandingMark instrument={instrument} />
      <CellPicker cell={cell} onChange={onChange} />
    </header>
  );
}
