import { describe, expect, it } from 'vitest';
import type { AccountId } from '#shared/domain/account.ts';
import { instrumentId } from '#shared/domain/instrument.ts';
import { TICKET_TYPES } from '#shared/domain/order-draft.ts';
import { draftOf, FRESH_FORM, forInstrument, missingFields, plainTyped } from './ticket-form.ts';

const account = 'binance#aaaaaa' as AccountId;
const instrument = instrumentId('binance:BTC-USDT-PERP');
const full = { ...FRESH_FORM, price: '83,860.2', triggerPrice: '84000', quantity: '0.05' };

describe('a number as it is typed', () => {
  it('loses its groups of three, and nothing that might mean something else', () => {
    expect(
      [
        '83,860.2',
        ' 116,539,000 ',
        '0,05',
        '1,5',
        '83,86',
        '12,3456',
        '１２３．５',
        '1e3',
        '',
        '-1',
        '0,500',
      ].map(plainTyped),
    ).toEqual(['83860.2', '116539000', '0,05', '1,5', '83,86', '12,3456', '123.5', '1e3', '', '-1', '0,500']);
  });
});

describe('the draft of a form', () => {
  it('has only what its type has, so that no hidden field can matter', () => {
    const form = { ...full, timeInForce: 'FOK' as const, postOnly: true };
    expect(
      TICKET_TYPES.map((type) => {
        const { price, triggerPrice, triggerBy, timeInForce, postOnly } = draftOf(
          { ...form, type },
          account,
          instrument,
        );
        return [type, price, triggerPrice, triggerBy, timeInForce, postOnly];
      }),
    ).toEqual([
      ['limit', '83860.2', undefined, undefined, 'GTC', true],
      ['market', undefined, undefined, undefined, 'GTC', false],
      ['stop-market', undefined, '84000', 'mark', 'GTC', false],
      ['stop', '83860.2', '84000', 'mark', 'GTC', false],
      ['take-profit-market', undefined, '84000', 'mark', 'GTC', false],
      ['take-profit', '83860.2', '84000', 'mark', 'GTC', false],
    ]);
  });

  it('closes a position whole, and never more than that', () => {
    const form = { ...full, type: 'market' as const, quantity: '', closePosition: true, reduceOnly: false };
    expect(draftOf(form, account, instrument)).toEqual({
      account,
      instrument,
      side: 'buy',
      type: 'market',
      quantity: { unit: 'percent', value: '100' },
      timeInForce: 'GTC',
      postOnly: false,
      reduceOnly: true,
      closePosition: true,
    });
  });
});

it('forgets prices, quantities and what was meant for a position when another instrument is chosen', () => {
  const form = { ...full, reduceOnly: true, closePosition: true, type: 'stop' as const, postOnly: true };
  expect(forInstrument(form)).toEqual({
    ...FRESH_FORM,
    type: 'stop',
    postOnly: true,
    price: '',
    triggerPrice: '',
    quantity: '',
  });
});

it('knows which fields are still empty, in the order they are filled', () => {
  expect([
    missingFields({ ...FRESH_FORM, type: 'stop' }),
    missingFields(FRESH_FORM),
    missingFields({ ...FRESH_FORM, type: 'market' }),
    missingFields({ ...FRESH_FORM, type: 'market', closePosition: true }),
    missingFields(full),
  ]).toEqual([['triggerPrice', 'price', 'quantity'], ['price', 'quantity'], ['quantity'], [], []]);
});
