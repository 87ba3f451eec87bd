import type { Undo } from '#shared/base/emitter.ts';
import type { Focus } from '../stores/focus.ts';

export interface ChartChoice {
  readonly id: string;
  /** In the person's language. */
  readonly title: string;
  readonly isCurrent?: boolean;
}

/** What commands ask of a chart's tools. */
export interface ChartCommands {
  /** Drawings: choosing one takes it in hand. */
  listTools(): readonly ChartChoice[];
  chooseTool(id: string): void;
  /** `isCurrent`: is drawn. */
  listIndicators(): readonly ChartChoice[];
  toggleIndicator(id: string): void;
  /** Linear, logarithmic, percent. */
  listScales(): readonly ChartChoice[];
  chooseScale(id: string): void;
  /** Candles, Heikin-Ashi, line. */
  listTypes(): readonly ChartChoice[];
  chooseType(id: string): void;
  goToDate(): void;
  takePicture(): void;
  compare(): void;
}

/** A chart on the desk. */
export interface OfferedChart {
  /** Whether it is the one last worked on. */
  readonly isLeading: () => boolean;
  readonly focus: Focus;
  /** Intervals its instrument's venue has. */
  readonly intervals: () => readonly string[];
}

interface Offers<One extends { readonly isLeading: () => boolean }> {
  offer(one: One): Undo;
  /** The one last worked on, else the first; `undefined` where none is shown. */
  leading(): One | undefined;
}

function createOffers<One extends { readonly isLeading: () => boolean }>(): Offers<One> {
  const held = new Set<One>();
  return {
    offer(one) {
      held.add(one);
      return () => held.delete(one);
    },
    leading: () => [...held].find((one) => one.isLeading()) ?? [...held][0],
  };
}

/** The charts that are shown, for commands that are about one. */
export const charts: Offers<OfferedChart> = createOffers();

/** Their tools, offered by charts that have them. */
export const chartTools: Offers<ChartCommands & { readonly isLeading: () => boolean }> = createOffers();
