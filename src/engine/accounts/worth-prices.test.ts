import { expect, test } from 'vitest';
import { instrumentId, venueId } from '#shared/domain/instrument.ts';
import type { Market } from '../market/market.ts';
import { createMarketList } from '../market/market-list.ts';
import { createWorthPrices } from './worth-prices.ts';

/** A market where won and dollars meet. */
function tether(venue: string, name: string) {
  const row = { last: 1400, lastReceivedAt: 0 };
  const id = instrumentId(`${venue}:USDT-KRW`);
  const market = {
    venue: { id: venue, name },
    row: () => row,
    hold: () => () => undefined,
    onChange: () => () => undefined,
    instruments: async () => [{ id, venue, kind: 'spot', base: 'USDT', quote: 'KRW' }],
    dispose: () => undefined,
  } as unknown as Market;
  return { row, market };
}

test('the basis is the first venue’s, unless its price stood still while another’s went on', async () => {
  const [upbit, bithumb] = [tether('upbit', 'Upbit'), tether('bithumb', 'Bithumb')];
  const markets = createMarketList();
  markets.add(upbit.market);
  markets.add(bithumb.market);
  const prices = createWorthPrices(markets);
  prices.hold(new Map([[venueId('upbit'), new Set(['KRW'])]]));
  await new Promise<void>((resolve) => setImmediate(resolve));
  upbit.row.lastReceivedAt = 1_000_000;
  bithumb.row.lastReceivedAt = 1_030_000;
  const near = prices.basis()?.source;
  bithumb.row.lastReceivedAt = 4_600_000;
  const stale = prices.basis()?.source;
  expect([near, stale]).toEqual(['KRW-USDT at Upbit', 'KRW-USDT at Bithumb']);
});
