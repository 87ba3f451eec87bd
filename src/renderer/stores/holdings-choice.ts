import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AccountId } from '#shared/domain/account.ts';
import type { VenueId } from '#shared/domain/instrument.ts';

export const HOLDINGS_TABS = ['positions', 'orders', 'balances', 'fills', 'closed'] as const;
export type HoldingsTab = (typeof HOLDINGS_TABS)[number];

export interface HoldingsChoice {
  readonly tab: HoldingsTab;
  readonly venue: VenueId | undefined;
  readonly account: AccountId | undefined;
  /** Leaves out balances worth less than one USDT. */
  readonly hidesDust: boolean;
  readonly worthIn: 'usdt' | 'krw';
  /** Positions and orders are drawn on the chart. */
  readonly drawsLines: boolean;
}

export type HoldingsChoiceStore = StoreApi<HoldingsChoice>;

/** What the person chose among what is held: kept while the window is open, also while another view is shown. */
export function createHoldingsChoice(): HoldingsChoiceStore {
  return createStore<HoldingsChoice>()(() => ({
    tab: 'positions',
    venue: undefined,
    account: undefined,
    hidesDust: false,
    worthIn: 'usdt',
    drawsLines: true,
  }));
}
