import { FUNDING_PERIOD } from '../mark.ts';
import type { Desk } from './desk.ts';
import { settleFunding } from './funding.ts';
import { liquidateDue } from './liquidation.ts';

/** Lets the markets work on the accounts: triggers with every slice, liquidation every second, funding when it is due. */
export function watchMarkets(desk: Desk): void {
  const { markets, rules } = desk.options;
  for (const [category, market] of markets) {
    const hasPositions = rules.categories[category]?.kind === 'derivatives';
    market.onSliced((time) => {
      for (const account of desk.accounts) {
        for (const order of account.open.values()) {
          // What a trigger does to the map of open orders, its walk sees or does not need to see.
          if (order.view.category === category && desk.dealing.isDue(order)) desk.dealing.trigger(order);
        }
      }
      if (!hasPositions || time % 1000 !== 0) return;
      if (time % FUNDING_PERIOD === 0) settleFunding(desk, category, time, time);
      for (const account of desk.accounts) liquidateDue(desk, account);
    });
  }
}
