import { expect, test } from 'vitest';
import { HeartlineError } from '#shared/base/errors.ts';
import { accountId } from '#shared/domain/account.ts';
import { instrumentId } from '#shared/domain/instrument.ts';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import type { AccountEndpoints, SignedCall } from '#venues/account.ts';
import { accountsAt } from '#venues/account-registry.ts';
import { createVenueAccount, type VenueAccountOptions } from './venue-account.ts';

const ROW = {
  symbol: 'BTCUSDT',
  side: 'SELL',
  timeInForce: 'GTC',
  price: '950',
  reduceOnly: true,
  updateTime: 5,
};
const ALGO = {
  ...ROW,
  algoId: 7,
  clientAlgoId: 'mine',
  orderType: 'STOP',
  quantity: '1',
  triggerPrice: '960',
  algoStatus: 'FINISHED',
  actualOrderId: '99',
};
const REGULAR = {
  ...ROW,
  orderId: 99,
  clientOrderId: 'made-by-the-venue',
  type: 'LIMIT',
  origQty: '1',
  executedQty: '1',
  avgPrice: '951',
  status: 'FILLED',
};

/** An account at a venue that answers as the test says. */
function accountAt(id: 'binance' | 'bithumb', answer: (call: SignedCall<unknown>) => unknown) {
  const venue = accountsAt((one) => (one.id === id ? ({} as AccountEndpoints) : undefined))[0]?.venue;
  if (venue === undefined) throw new Error('no such venue');
  const client = {
    call: async (call: SignedCall<unknown>) => call.parse(answer(call), 0),
  };
  const list = { sessionOf: () => ({ client }), of: () => ({}), onChange: () => () => undefined };
  const account = accountId(`${id}#abc123`);
  return createVenueAccount({
    clock: createVirtualClock(),
    list: list as unknown as VenueAccountOptions['list'],
    account,
    venue: venue as VenueAccountOptions['venue'],
    clockOffsetMs: () => 0,
  });
}

test('a conditional order that was triggered is found as what it became, under the id it was placed with', async () => {
  const asked: string[] = [];
  const account = accountAt('binance', ({ path, params }) => {
    asked.push(`${path} ${params['clientAlgoId'] ?? params['orderId']}`);
    return path === 'algoOrder' ? ALGO : REGULAR;
  });
  const instrument = instrumentId('binance:BTC-USDT-PERP');
  const ref = { account: account.id, instrument, clientOrderId: 'mine', isConditional: true };
  const { order } = await account.find(ref);
  expect([
    asked,
    order?.venueOrderId,
    order?.clientOrderId,
    order?.status,
    order?.filledQuantity,
    order?.isConditional,
  ]).toEqual([['algoOrder mine', 'order 99'], '99', 'mine', 'FILLED', '1', false]);
});

test('an order that is still being registered is there, one that is not known is not, and an outage says neither', async () => {
  const instrument = instrumentId('bithumb:BTC-KRW');
  const ends = [];
  for (const [code, venueCode, status] of [
    ['venue.error', 'order_not_ready', 422],
    ['not-found', 'order_not_found', 404],
    ['venue.error', '500', 500],
  ] as const) {
    const account = accountAt('bithumb', () => {
      throw new HeartlineError(`account.${code}`, 'words', { details: { venueCode, status } });
    });
    const ref = { account: account.id, instrument, clientOrderId: 'mine', isConditional: false };
    const found = await account.find(ref).catch(() => 'no answer' as const);
    ends.push([venueCode, found === 'no answer' ? found : [found.order, 'isThere' in found]]);
  }
  expect(ends).toEqual([
    ['order_not_ready', [undefined, true]],
    ['order_not_found', [undefined, false]],
    ['500', 'no answer'],
  ]);
});
