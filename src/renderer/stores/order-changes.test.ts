import { beforeEach, describe, expect, it } from 'vitest';
import { HeartlineError } from '#shared/base/errors.ts';
import { accountId } from '#shared/domain/account.ts';
import { instrumentId } from '#shared/domain/instrument.ts';
import type { Order } from '#shared/domain/order.ts';
import { createOrderChanges, type OrderChanges } from './order-changes.ts';
import { createFakeClient, type FakeClient } from './test-kit/fake-client.ts';

const order: Order = {
  account: accountId('binance#aaaaaa'),
  source: 'stream',
  receivedAt: 0,
  instrument: instrumentId('binance:BTC-USDT-PERP'),
  venueOrderId: '7',
  side: 'buy',
  type: 'limit',
  timeInForce: 'GTC',
  status: 'NEW',
  venueStatus: 'NEW',
  price: '82000',
  quantity: '0.1',
  filledQuantity: '0',
  reduceOnly: false,
  postOnly: false,
  venueTime: 0,
  isConditional: false,
};
const amend = { place: 'ladder', order, change: { price: '81000' } } as const;
const closed = new HeartlineError('contract.closed', 'the connection ended');

let client: FakeClient;
let changes: OrderChanges;
beforeEach(() => {
  client = createFakeClient();
  changes = createOrderChanges(client);
});
const sent = (name: string) => client.asked.filter((one) => one.name === name);
const token = (text: string) => client.answer('orders.intent', { token: text, expiresAt: 0 });

describe('an amendment', () => {
  it('is sent once, with a permission of its own, and nothing else while it is on its way', async () => {
    const first = changes.amend(amend);
    await token('token-one-000000');
    expect(sent('orders.amend').map(({ input }) => input)).toMatchObject([
      { token: 'token-one-000000', price: '81000', order: { venueOrderId: '7', isConditional: false } },
    ]);
    expect([await changes.amend(amend), await changes.cancel('ladder', order)]).toEqual([
      undefined,
      undefined,
    ]);
    await client.answer('orders.amend', { verdict: 'accepted' });
    expect(await first).toEqual({ kind: 'answered', answer: { verdict: 'accepted' } });
    expect(changes.store.getState()).toMatchObject({
      busy: new Set(),
      done: { what: 'amend', place: 'ladder' },
    });
  });

  it('whose answer was lost may have been done, and asked again it has the very same permission', async () => {
    const first = changes.amend(amend);
    await token('token-one-000000');
    await client.refuse('orders.amend', closed);
    expect(await first).toMatchObject({ kind: 'unheard' });
    const again = changes.amend(amend);
    await Promise.resolve();
    expect(sent('orders.intent')).toEqual([]);
    await client.refuse('orders.amend', new HeartlineError('intent.used', 'used'));
    expect(await again).toEqual({ kind: 'already' });
    // It was heard of now: the next one is another.
    void changes.amend(amend);
    await Promise.resolve();
    expect(sent('orders.intent')).toHaveLength(1);
  });

  it('that waits for its confirmation sends nothing, and gives way to the next', () => {
    changes.ask(amend);
    changes.ask({ ...amend, change: { price: '80000' } });
    expect([changes.store.getState().asked?.change, client.asked]).toEqual([{ price: '80000' }, []]);
    changes.drop();
    expect(changes.store.getState().asked).toBeUndefined();
  });
});

describe('a cancel', () => {
  it('needs no permission, and one whose answer was lost is not taken for done', async () => {
    const first = changes.cancel('orders', order);
    expect(sent('orders.intent')).toEqual([]);
    await client.refuse('orders.cancel', closed);
    expect(await first).toMatchObject({ kind: 'unheard' });
    const again = changes.cancel('orders', order);
    await client.answer('orders.cancel', { verdict: 'gone' });
    expect(await again).toEqual({ kind: 'answered', answer: { verdict: 'gone' } });
  });

  it('without a connection was not sent', async () => {
    client.become('closed');
    const asked = changes.cancel('orders', order);
    await client.refuse('orders.cancel', closed);
    expect(await asked).toMatchObject({ kind: 'not-sent' });
  });
});
