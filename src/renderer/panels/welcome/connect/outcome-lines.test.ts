import { expect, it } from 'vitest';
import { outcomeLines } from './outcome-lines.ts';

it('promises an order only with a key that may trade, at a venue where its fate can be settled', () => {
  const told = (
    [
      ['trade', 'full', 'mainnet'],
      ['trade', 'limited', 'simulator'],
      ['trade', 'none', 'mainnet'],
      ['read-only', 'full', 'testnet'],
    ] as const
  ).map(([kind, orderSafety, environment]) =>
    outcomeLines(kind, { orderSafety }, environment).map(({ id, can }) => `${can ? '+' : '-'}${id}`),
  );
  expect(told).toEqual([
    ['+watch', '+account', '+order', '+settle', '-no-withdraw', '-real-locked'],
    ['+watch', '+account', '+order', '-settle-person', '-no-withdraw', '-play'],
    ['+watch', '+account', '-no-order-venue', '-no-withdraw'],
    ['+watch', '+account', '-no-order-read', '-no-withdraw', '-play'],
  ]);
});
