import type { Desk } from '../../stores/desk.ts';
import type { ChartHome } from './chart-home.ts';
import type { ChartLook } from './chart-look.ts';
import type { ChartSession } from './chart-session.ts';
import type { Visibility } from './use-visible.ts';

/** Where a chart is brought to life, and whom it tells. */
export interface ChartPlace {
  readonly desk: Desk;
  readonly holder: HTMLElement;
  readonly legend: HTMLElement;
  readonly side: HTMLElement;
  readonly session: ChartSession;
  readonly visibility: Visibility;
  home(): ChartHome;
  look(): ChartLook;
  onEdge(inView: boolean): void;
  onFault(fault: unknown): void;
}
