import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Drawing, DrawingKind, DrawingPoint } from '#shared/domain/drawing.ts';
import type { ChartView } from './chart-view-port.ts';
import type { ChartTool } from './drawings/drawing-pointer.ts';
import type { Drawings } from './drawings/drawings.ts';

/** What is open over a chart. */
export type ChartDialog = 'indicators' | 'drawings' | 'compare' | 'go-to' | 'table';

export interface SessionState {
  readonly tool: ChartTool | undefined;
  readonly selected: string | undefined;
  readonly dialog: ChartDialog | undefined;
  readonly drawings: readonly Drawing[];
  readonly drawingFault: unknown;
  /** What the last picture came to: saved under a name, copied, or why not. */
  readonly said: string | undefined;
}

/** What one chart is about at the moment and does not remember. */
export interface ChartSession {
  readonly store: StoreApi<SessionState>;
  /** As drawn now; `undefined` before. */
  view: ChartView | undefined;
  kept: Drawings | undefined;
}

export function createChartSession(): ChartSession {
  const store = createStore<SessionState>()(() => ({
    tool: undefined,
    selected: undefined,
    dialog: undefined,
    drawings: [],
    drawingFault: undefined,
    said: undefined,
  }));
  return { store, view: undefined, kept: undefined };
}

/** A new drawing, not kept yet. */
export function newDrawing(kind: DrawingKind, points: readonly DrawingPoint[], held: number): Drawing {
  const inks = ['blue', 'amber', 'violet', 'teal', 'rose'] as const;
  const ink = inks[held % inks.length] ?? 'blue';
  return {
    id: crypto.randomUUID(),
    kind,
    name: '',
    ink,
    locked: false,
    hidden: false,
    // Times are whole: a point between two candles is where a pixel was.
    points: points.map(({ time, price }) => ({ time: Math.round(time), price })),
  };
}
