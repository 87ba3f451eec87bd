import { createContext, useContext } from 'react';
import type { Freshness } from '#shared/domain/freshness.ts';

/** How far the figures of the row around may be believed. `moving`: those that follow the market. */
export interface RowFresh {
  readonly held: Freshness;
  readonly moving: Freshness;
}

const RowFreshContext = createContext<RowFresh>({ held: 'fresh', moving: 'fresh' });

export const RowFreshProvider = RowFreshContext.Provider;

export function useRowFresh(): RowFresh {
  return useContext(RowFreshContext);
}
