import { createStore } from 'zustand/vanilla';
import type { Desk } from '../../stores/desk.ts';

export interface GuideState {
  /** Which of the tour's steps is shown. */
  readonly tour: number | undefined;
  readonly connecting: boolean;
}

/** What leads a newcomer through the desk, one thing at a time: there is one window it is shown in. */
export const guide = createStore<GuideState>()(() => ({ tour: undefined, connecting: false }));

/** From the beginning, from wherever it is asked for: the palette, the settings, the strip. */
export function startTour(desk: Pick<Desk, 'view'>): void {
  desk.view.show('desk');
  guide.setState({ tour: 0, connecting: false });
}

/** Closed at any step, it counts as seen. */
export function endTour(desk: Pick<Desk, 'view' | 'settings'>): void {
  guide.setState({ tour: undefined });
  desk.view.show('desk');
  if (desk.settings.store.getState().welcome === 'new') desk.settings.change({ welcome: 'done' });
}

/** The guided way to an exchange of one's own. */
export function connectExchange(): void {
  guide.setState({ tour: undefined, connecting: true });
}
