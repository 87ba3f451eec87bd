import { createStore, type StoreApi } from 'zustand/vanilla';

export interface PremiumChoice {
  readonly notionalKrw: number;
  /** Coins asked for beside those chosen by themselves. */
  readonly added: readonly string[];
}

export type PremiumChoiceStore = StoreApi<PremiumChoice>;

const FIRST_NOTIONAL_KRW = 10_000_000;

/** What the person chose in the premium view: kept while the window is open, also while another view is shown. */
export function createPremiumChoice(): PremiumChoiceStore {
  return createStore<PremiumChoice>()(() => ({ notionalKrw: FIRST_NOTIONAL_KRW, added: [] }));
}
