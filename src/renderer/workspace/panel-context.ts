import { createContext, useContext } from 'react';
import type { PanelParams } from './panel-params.ts';

/** The docked panel a component is drawn in. */
export interface PanelHandle {
  readonly id: string;
  /** Kept with the layout, JSON only. */
  readonly params: PanelParams;
  /** Merges; `undefined` removes a key. */
  setParams(patch: PanelParams): void;
  /** Whether it is the one of its kind that was last worked on: keys without another aim go there. */
  isLeading(): boolean;
  /** Whether its tab is in front. */
  readonly isVisible: boolean;
  /** Where its head stands; `undefined` while its tab is not in front. */
  readonly head: HTMLElement | undefined;
}

const PanelContext = createContext<PanelHandle | undefined>(undefined);

export const PanelProvider = PanelContext.Provider;

/** `undefined` in a view without docking. */
export function usePanel(): PanelHandle | undefined {
  return useContext(PanelContext);
}
