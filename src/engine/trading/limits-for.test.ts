import { expect, test } from 'vitest';
import { venueId } from '#shared/domain/instrument.ts';
import { limitsFor } from './limits-for.ts';
import { ACCOUNT, limits } from './test-kit/small-order.ts';

test('each limit is the account’s own, else its venue’s, else the general one, wider or stricter', () => {
  const trading = {
    limits,
    venues: { binance: { collarPercent: 2, maxOpenOrders: 5 }, bybit: { collarPercent: 1 } },
    accounts: { [ACCOUNT]: { maxOpenOrders: 200, maxNotional: undefined as never } },
  };
  expect(limitsFor(trading, ACCOUNT, venueId('binance'))).toEqual({
    ...limits,
    collarPercent: 2,
    maxOpenOrders: 200,
  });
});
