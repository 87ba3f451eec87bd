import { expect, test } from 'vitest';
import { accountId, type Balance } from '#shared/domain/account.ts';
import { type Price, worthOf } from './worth.ts';

const ACCOUNT = accountId('plain#abc123');
const balance = (currency: string, total: string, receivedAt = 50): Balance => ({
  account: ACCOUNT,
  currency,
  total,
  free: total,
  used: '0',
  source: 'rest',
  receivedAt,
});
const prices: Record<string, Price> = {
  BTC: { quote: 'USDT', price: '80000', receivedAt: 40 },
  XRP: { quote: 'KRW', price: '2000', receivedAt: 30 },
};
const basis = { source: 'KRW-USDT at Upbit', krwPerUsdt: '1400', receivedAt: 45 };
const worth = (rows: readonly Balance[], of: typeof basis | undefined) =>
  worthOf(ACCOUNT, rows, (currency) => prices[currency], of);

test('an account is worth the same in dollars and in won, by the basis that is named', () => {
  const rows = [
    balance('USDT', '100'),
    balance('BTC', '0.5'),
    balance('XRP', '700'),
    balance('KRW', '1400000'),
  ];
  expect(worth(rows, basis)).toEqual({
    account: ACCOUNT,
    usdt: '42100.00',
    krw: '58940000',
    unpriced: [],
    basis,
    oldestAt: 30,
    byCurrency: {
      USDT: { usdt: '100.00', krw: '140000' },
      BTC: { usdt: '40000.00', krw: '56000000' },
      XRP: { usdt: '1000.00', krw: '1400000' },
      KRW: { usdt: '1000.00', krw: '1400000' },
    },
  });
});

test('what has no price is named and left out, and nothing is said where nothing could be priced', () => {
  expect([
    worth([balance('ABC', '5'), balance('KRW', '10')], basis),
    worth([balance('ABC', '5')], basis),
  ]).toMatchObject([{ krw: '10', unpriced: ['ABC'] }, { unpriced: ['ABC'] }]);
  expect(worth([balance('ABC', '5')], basis)).not.toHaveProperty('usdt');
});

test('without a basis only what needs none is told', () => {
  expect([
    worth([balance('USDT', '1')], undefined),
    worth([balance('KRW', '1'), balance('USDT', '1')], undefined),
  ]).toEqual([
    { account: ACCOUNT, usdt: '1.00', unpriced: [], oldestAt: 50, byCurrency: { USDT: { usdt: '1.00' } } },
    {
      account: ACCOUNT,
      unpriced: [],
      oldestAt: 50,
      byCurrency: { KRW: { krw: '1' }, USDT: { usdt: '1.00' } },
    },
  ]);
});
