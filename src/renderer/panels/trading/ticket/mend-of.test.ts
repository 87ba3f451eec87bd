import { expect, it } from 'vitest';
import type { Denial } from '#shared/domain/order-check.ts';
import { FRESH_FORM, type TicketForm } from '../../../stores/ticket-form.ts';
import { fieldOf, mendOf } from './mend-of.ts';

const about = { base: 'BTC', quote: 'USDT' };
const limit: TicketForm = { ...FRESH_FORM, price: '83860.25', quantity: '0.0504' };
const mend = (denial: Partial<Denial> & Pick<Denial, 'rule'>, form: TicketForm = limit) =>
  mendOf({ limit: '', value: '', ...denial }, form, about);

it('puts what would pass into the field it is about, in its own unit', () => {
  expect([
    mend({ rule: 'collar', passes: '88053.2', unit: 'USDT' }),
    mend({ rule: 'lot', passes: '0.05', unit: 'BTC' }),
    mend({ rule: 'max-notional', passes: '10000', unit: 'USDT' }),
    mend({ rule: 'trigger-side', passes: '84000', unit: 'USDT' }, { ...limit, type: 'stop' }),
    mend({ rule: 'shape', limit: 'percent', passes: '100', unit: '%' }, { ...limit, unit: 'percent' }),
    mend({ rule: 'funds', passes: '12480.22', unit: 'USDT' }),
  ]).toEqual([
    { price: '88053.2' },
    { quantity: '0.05', unit: 'base' },
    { quantity: '10000', unit: 'quote' },
    { triggerPrice: '84000' },
    { quantity: '100' },
    { quantity: '100', unit: 'percent' },
  ]);
});

it('takes of two prices the one that costs less, and finds the trigger by its value', () => {
  const tick = { rule: 'tick', value: '83860.25', passes: '83860.2 / 83860.3', unit: 'USDT' } as const;
  const stop: TicketForm = { ...limit, type: 'stop', price: '80000', triggerPrice: '83860.25' };
  expect([mend(tick), mend(tick, { ...limit, side: 'sell' }), mend(tick, stop)]).toEqual([
    { price: '83860.2' },
    { price: '83860.3' },
    { triggerPrice: '83860.2' },
  ]);
});

it('leaves out what the venue does not have', () => {
  expect([
    mend({ rule: 'ability', value: 'post-only', passes: 'GTC' }),
    mend({ rule: 'ability', value: 'stop', passes: 'limit' }),
    mend({ rule: 'ability', value: 'FOK', passes: 'GTC' }),
    mend({ rule: 'ability', value: 'reduce-only' }),
  ]).toEqual([{ postOnly: false }, { type: 'limit' }, { timeInForce: 'GTC' }, { reduceOnly: false }]);
});

it('offers nothing where no field could be set so, or nothing would pass', () => {
  expect([
    mend({ rule: 'collar' }),
    mend({ rule: 'repeat', passes: '1', unit: 's' }),
    mend({ rule: 'unknown-order', passes: '0' }),
    mend({ rule: 'slippage', passes: '84000', unit: 'USDT' }, { ...limit, type: 'market' }),
    mend({ rule: 'lot', passes: '0', unit: 'BTC' }),
    mend({ rule: 'lot', passes: '0.05', unit: 'BTC' }, { ...limit, closePosition: true }),
  ]).toEqual([undefined, undefined, undefined, undefined, undefined, undefined]);
});

it('marks the field a shape is about as wrong', () => {
  expect(
    ['price', 'triggerPrice', 'quantity', 'percent', 'postOnly'].map((name) =>
      fieldOf({ rule: 'shape', limit: name, value: 'x' }, limit),
    ),
  ).toEqual(['price', 'triggerPrice', 'quantity', 'quantity', undefined]);
});
