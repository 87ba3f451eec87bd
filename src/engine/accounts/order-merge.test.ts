import { expect, test } from 'vitest';
import { accountId } from '#shared/domain/account.ts';
import { instrumentId } from '#shared/domain/instrument.ts';
import type { OrderReport } from '#shared/domain/order.ts';
import { mergeOrder, type Telling } from './order-merge.ts';

const TELLING: Telling = { account: accountId('binance#abc123'), source: 'stream', receivedAt: 1, told: 1 };

const WAITING: OrderReport = {
  instrument: instrumentId('binance:BTC-USDT-PERP'),
  venueOrderId: '2148719',
  clientOrderId: 'stop-1',
  side: 'sell',
  type: 'stop-market',
  timeInForce: 'GTC',
  status: 'PENDING_TRIGGER',
  venueStatus: 'NEW',
  triggerPrice: '80000.00',
  quantity: '0.010',
  filledQuantity: '0',
  reduceOnly: false,
  postOnly: false,
  venueTime: 1_000,
  isConditional: true,
};
const HANDED_OVER: OrderReport = {
  ...WAITING,
  status: 'EXPIRED',
  venueStatus: 'TRIGGERED order 8886775',
  venueTime: 2_000,
  becameOrderId: '8886775',
};

test('which order a conditional one became is kept, whichever report comes first and however often', () => {
  const merged = (reports: readonly OrderReport[]) => {
    const [first, ...later] = reports;
    if (first === undefined) throw new Error('nothing to merge');
    let { held } = mergeOrder(undefined, first, TELLING);
    for (const report of later) held = mergeOrder(held, report, TELLING).held;
    return [held.order.status, held.order.becameOrderId];
  };
  expect([
    merged([WAITING, HANDED_OVER]),
    merged([HANDED_OVER, WAITING]),
    merged([HANDED_OVER, WAITING, HANDED_OVER, WAITING]),
    merged([WAITING]),
  ]).toEqual([
    ['EXPIRED', '8886775'],
    ['EXPIRED', '8886775'],
    ['EXPIRED', '8886775'],
    ['PENDING_TRIGGER', undefined],
  ]);
});
