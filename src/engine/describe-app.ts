import type { AppDescription } from '#shared/contract/api.ts';
import type { MarketList } from './market/market-list.ts';

/** What a window is told of the desk it looks at: its markets are those of this moment. */
export function describeApp(
  app: Omit<AppDescription, 'venues' | 'startedAt'>,
  markets: MarketList,
  startedAt: number,
): AppDescription {
  return {
    ...app,
    venues: markets.all.map(({ venue: { id, name, intervals, sheet } }) => ({
      id,
      name,
      intervals,
      sheet,
      isAdded: id.startsWith('ccxt:'),
    })),
    startedAt,
  };
}
