import type { View } from '../../../stores/view.ts';

/** A step of the tour: which view it is in, what it points at, and the panel that brings it back where it was closed. */
export interface TourStep {
  readonly id: 'live' | 'search' | 'ticket' | 'trouble';
  readonly view: View;
  /** Test ids, the best first: what is not there is passed over. */
  readonly targets: readonly string[];
  readonly panel?: 'watchlist' | 'ticket';
}

export const TOUR: readonly TourStep[] = [
  { id: 'live', view: 'desk', targets: ['status-bar'] },
  { id: 'search', view: 'desk', targets: ['panel-watchlist', 'instrument-search'], panel: 'watchlist' },
  { id: 'ticket', view: 'desk', targets: ['proofs', 'panel-ticket'], panel: 'ticket' },
  { id: 'trouble', view: 'connections', targets: ['drill-button', 'panel-map'] },
];
