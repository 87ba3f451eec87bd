import { expect, it } from 'vitest';
import { accountId } from '#shared/domain/account.ts';
import { instrumentId } from '#shared/domain/instrument.ts';
import type { Order } from '#shared/domain/order.ts';
import { ordersByRow } from './ladder-orders.ts';
import { createLadderScale } from './ladder-scale.ts';

const account = accountId('binance#aaaaaa');
const btc = instrumentId('binance:BTC-USDT-PERP');
const order = (venueOrderId: string, otherwise: Partial<Order>): Order => ({
  account,
  source: 'stream',
  receivedAt: 0,
  instrument: btc,
  venueOrderId,
  side: 'buy',
  type: 'limit',
  timeInForce: 'GTC',
  status: 'NEW',
  venueStatus: 'NEW',
  price: '82000.3',
  quantity: '0.1',
  filledQuantity: '0',
  reduceOnly: false,
  postOnly: false,
  venueTime: 0,
  isConditional: false,
  ...otherwise,
});

it('stand in the row of their price, what is left of them added up by side', () => {
  const scale = createLadderScale({ tickSize: '0.1' }, 1, 10, 82_000);
  const { price: _, ...unpriced } = order('8', {});
  const rows = ordersByRow(
    scale,
    [
      order('1', { quantity: '0.30', filledQuantity: '0.1', status: 'PARTIALLY_FILLED' }),
      order('2', { price: '82000.9', quantity: '0.005' }),
      order('3', { side: 'sell', price: '81999.5' }),
      // Waits for its trigger: it stands there, not at the price it will have.
      order('4', { type: 'stop', isConditional: true, triggerPrice: '83000', price: '83100' }),
      order('5', { status: 'CANCELED' }),
      order('6', { account: accountId('binance#bbbbbb') }),
      order('7', { instrument: instrumentId('binance:ETH-USDT-PERP') }),
      unpriced,
    ],
    account,
    btc,
  );
  expect(
    [...rows].map(([row, { orders, buy, sell }]) => [row, orders.map((one) => one.venueOrderId), buy, sell]),
  ).toEqual([
    [820_000, ['1', '2', '3'], '0.205', '0.1'],
    [830_000, ['4'], '0.1', undefined],
  ]);
});
