import { useId, useMemo, useRef, useState } from 'react';
import { usePanel } from '../../workspace/panel-context.ts';
import { type ChartLook, readLook } from './chart-look.ts';

/** Where a chart stands: in a panel of its own, or in a cell among others. */
export interface ChartHome {
  readonly id: string;
  /** As it was remembered. */
  readonly kept: unknown;
  keep(look: ChartLook): void;
  /** Keys without another aim go to it. */
  isLeading(): boolean;
  readonly isVisible: boolean;
  readonly syncsCrosshair: boolean;
  /** Charts of one group are moved together; absent: it moves alone. */
  readonly rangeGroup?: string | undefined;
  /** How soon it is drawn again while its market moves, ms; absent: with every news. */
  readonly drawEveryMs?: number;
  /** Little room: tools are in one menu. */
  readonly isCompact: boolean;
}

/** The home of a chart that has its panel to itself. */
export function usePanelHome(): ChartHome {
  const panel = usePanel();
  const id = useId();
  return useMemo(
    () => ({
      id: panel?.id ?? id,
      kept: panel?.params['chart'],
      keep: (look) => panel?.setParams({ chart: look }),
      isLeading: () => panel?.isLeading() ?? true,
      isVisible: panel?.isVisible ?? true,
      syncsCrosshair: true,
      isCompact: false,
    }),
    [panel, id],
  );
}

/** The look of this chart, kept with the layout. One that comes with another layout is taken over. */
export function useChartLook(home: ChartHome): readonly [ChartLook, (change: Partial<ChartLook>) => void] {
  const word = JSON.stringify(home.kept);
  const [held, setHeld] = useState(() => ({ word, look: readLook(home.kept) }));
  const own = useRef<string>(undefined);
  if (held.word !== word) {
    setHeld({ word, look: own.current === word ? held.look : readLook(home.kept) });
  }
  const latest = useRef(held.look);
  latest.current = held.look;
  const change = (changed: Partial<ChartLook>) => {
    const look = { ...latest.current, ...changed };
    latest.current = look;
    own.current = JSON.stringify(look);
    setHeld((before) => ({ ...before, look }));
    home.keep(look);
  };
  return [held.look, change];
}
