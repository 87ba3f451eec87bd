import Big from 'big.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AccountStage } from '../test-kit/account-stage.ts';
import { coinsNamed } from '../test-kit/trace.ts';
import { UPBIT_COINS } from '../upbit/coins.ts';
import type { Account } from './account.ts';
import { plain } from './account-views.ts';
import type { DeskRules } from './desk-rules.ts';
import { BINANCE_DESK, BYBIT_DESK, UPBIT_DESK } from './venue-rules.ts';

const ZERO = new Big(0);
const NAMES = ['trade', 'revocable'] as const;

const command = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('place' as const),
      who: fc.constantFrom(...NAMES),
      which: fc.nat({ max: 1 }),
      side: fc.constantFrom('buy' as const, 'sell' as const),
      type: fc.constantFrom('limit' as const, 'limit' as const, 'market' as const),
      timeInForce: fc.constantFrom(
        'GTC' as const,
        'GTC' as const,
        'IOC' as const,
        'FOK' as const,
        'GTX' as const,
      ),
      grains: fc.integer({ min: -12, max: 12 }),
      notional: fc.integer({ min: 40, max: 60_000 }),
      reduceOnly: fc.boolean(),
      inQuote: fc.boolean(),
      stop: fc.option(fc.integer({ min: 1, max: 8 }), { freq: 6, nil: undefined }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom('cancel' as const, 'amend' as const),
      who: fc.constantFrom(...NAMES),
      which: fc.nat(),
      grains: fc.integer({ min: -12, max: 12 }),
      steps: fc.integer({ min: 1, max: 400 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 900 }) }),
  },
);
type Command = typeof command extends fc.Arbitrary<infer One> ? One : never;

function run(stage: AccountStage, symbols: readonly string[], unit: number, one: Command): void {
  if (one.kind === 'wait') {
    stage.advance(one.ms);
    return;
  }
  const account = stage.account(one.who);
  if (one.kind !== 'place') {
    const orders = account.openOrders();
    const order = orders[one.which % Math.max(1, orders.length)];
    if (!order) return;
    if (one.kind === 'cancel') stage.desk.cancel(account, order);
    else {
      const price = stage.price(order.symbol, order.side, one.grains);
      stage.desk.amend(account, order, {
        ...(one.steps % 2 === 0 && order.price ? { price } : {}),
        ...(one.steps % 3 > 0 ? { quantity: stage.quantity(order.symbol, one.steps) } : {}),
      });
    }
    return;
  }
  const symbol = symbols[one.which] as string;
  const { side, type, timeInForce, reduceOnly, grains } = one;
  const { coin } = stage.instrument(symbol);
  const price = stage.price(symbol, side, grains);
  const steps = Math.max(1, Math.round((one.notional * unit) / Number(price) / coin.step));
  const isTotal = type === 'market' && one.inQuote && side === 'buy' && unit > 1;
  stage.place(account, {
    symbol,
    side,
    type,
    reduceOnly: reduceOnly && unit === 1,
    ...(type === 'limit' ? { price, timeInForce } : {}),
    ...(isTotal
      ? { quoteQuantity: new Big(one.notional * unit) }
      : { quantity: stage.quantity(symbol, steps) }),
    ...(one.stop === undefined
      ? {}
      : { trigger: { price: stage.price(symbol, side, one.stop), kind: 'stop' as const } }),
  });
}

/** What is wrong with a ledger, in words; nothing when all adds up. */
function faultsOf(stage: AccountStage, account: Account, kind: 'spot' | 'derivatives'): string[] {
  const faults: string[] = [];
  const same = (name: string, left: Big, right: Big) => {
    if (!left.eq(right)) faults.push(`${name}: ${left.toFixed()} is not ${right.toFixed()}`);
  };
  const sums = new Map<string, Big>(
    Object.entries(stage.deposits).map(([currency, total]) => [currency, new Big(total)]),
  );
  const add = (name: string, change: Big) => sums.set(name, (sums.get(name) ?? ZERO).plus(change));
  const byOrder = new Map<number, Big>();
  const positions = new Map<string, Big>();
  const { cash } = stage.desk.rules;
  for (const fill of account.fills()) {
    const { coin } = stage.instrument(fill.symbol);
    const signed = fill.side === 'buy' ? fill.quantity : fill.quantity.times(-1);
    const notional = signed.times(fill.price);
    byOrder.set(fill.order.number, (byOrder.get(fill.order.number) ?? ZERO).plus(fill.quantity));
    add(fill.feeCurrency, fill.fee.times(-1));
    add(coin.quote, notional.times(-1));
    if (kind === 'spot') add(coin.base, signed);
    positions.set(fill.symbol, (positions.get(fill.symbol) ?? ZERO).plus(signed));
  }
  if (kind === 'derivatives') {
    // What is bound in open positions comes back to the wallet.
    for (const { quantity, markPrice, unrealisedPnl, symbol } of account.positions()) {
      add(cash, quantity.times(markPrice).minus(unrealisedPnl));
      same(`position ${symbol}`, quantity, positions.get(symbol) ?? ZERO);
      positions.delete(symbol);
    }
    for (const [symbol, sum] of positions) same(`closed position ${symbol}`, ZERO, sum);
  }
  for (const { currency, total, used } of account.balances()) {
    same(currency, total, sums.get(currency) ?? ZERO);
    if (total.lt(0)) faults.push(`${currency} is below zero`);
    if (used.lt(0)) faults.push(`${currency} has less than nothing locked`);
    if (kind === 'spot' && used.gt(total)) faults.push(`${currency} has more locked than there is`);
  }
  for (const order of [...account.openOrders(), ...account.closedOrders()]) {
    same(`order ${order.number}`, order.filled, byOrder.get(order.number) ?? ZERO);
    if (order.quantity?.lt(order.filled)) faults.push(`order ${order.number} is filled beyond its quantity`);
    const { resting } = account.ownOrder(order.number) ?? {};
    const { coin } = stage.instrument(order.symbol);
    const isInBook = order.status === 'new' || order.status === 'partially-filled';
    const rest = resting ? stage.quantity(order.symbol, resting.quantity) : ZERO;
    same(
      `rest of ${order.number} ${coin.symbol}`,
      rest,
      isInBook ? (order.quantity ?? ZERO).minus(order.filled) : ZERO,
    );
  }
  return faults;
}

function lawOf(
  seen: Set<string>,
  rules: DeskRules,
  kind: 'spot' | 'derivatives',
  symbols: readonly string[],
  unit: number,
) {
  const coins =
    unit > 1 ? UPBIT_COINS.filter((coin) => symbols.includes(coin.symbol)) : coinsNamed(...symbols);
  const bases = Object.fromEntries(
    coins.map((coin) => [coin.base, String(Math.ceil(20_000 / (coin.anchorPrice / unit)))]),
  );
  return fc.property(fc.array(command, { minLength: 10, maxLength: 60 }), (commands) => {
    const stage = new AccountStage({
      rules,
      coins,
      balances: { [rules.cash]: String(60_000 * unit), ...(kind === 'spot' ? bases : {}) },
    });
    for (const one of commands) {
      run(stage, symbols, unit, one);
      for (const name of NAMES) expect(faultsOf(stage, stage.account(name), kind)).toEqual([]);
    }
    for (const event of stage.events) {
      if (event.kind === 'fill') seen.add(event.fill.isMaker ? 'maker' : 'taker');
      if (event.kind === 'order')
        seen.add(event.order.ended ?? (event.amended ? 'amended' : event.order.status));
    }
  });
}

const SPOT_ALONE: DeskRules = {
  ...BYBIT_DESK,
  categories: { spot: { ...BYBIT_DESK.categories['spot'] } as never },
};

/** What has to come up in a law's runs: one about nothing proves nothing. */
const COMMON = ['maker', 'taker', 'amended', 'user', 'ioc', 'fok', 'post-only', 'untriggered'];

describe('an account, whatever it does', () => {
  it('owns what it was given and what its fills made of it: positions', () => {
    const seen = new Set<string>();
    fc.assert(lawOf(seen, BINANCE_DESK, 'derivatives', ['BTCUSDT', 'NEARUSDT'], 1), { numRuns: 100 });
    expect(COMMON.filter((one) => !seen.has(one))).toEqual([]);
  });

  it('owns what it was given and what its fills made of it: spot with fees in quote', () => {
    const seen = new Set<string>();
    fc.assert(lawOf(seen, UPBIT_DESK, 'spot', ['KRW-BTC', 'KRW-XRP'], 1430), { numRuns: 100 });
    expect(COMMON.concat('remainder').filter((one) => !seen.has(one))).toEqual([]);
  });

  it('owns what it was given and what its fills made of it: spot with fees in what is bought', () => {
    const seen = new Set<string>();
    fc.assert(lawOf(seen, SPOT_ALONE, 'spot', ['BTCUSDT', 'NEARUSDT'], 1), { numRuns: 100 });
    expect(COMMON.filter((one) => !seen.has(one))).toEqual([]);
  });

  it('is the same for the same seed and the same deeds', () => {
    fc.assert(
      fc.property(fc.array(command, { minLength: 10, maxLength: 40 }), (commands) => {
        const [once, again] = [1, 2].map(() => {
          const stage = new AccountStage({ rules: BINANCE_DESK, coins: coinsNamed('BTCUSDT', 'NEARUSDT') });
          for (const one of commands) run(stage, ['BTCUSDT', 'NEARUSDT'], 1, one);
          const account = stage.account();
          return plain([account.balances(), account.positions(), account.fills(), account.closedOrders()]);
        });
        expect(again).toEqual(once);
      }),
      { numRuns: 8 },
    );
  });
});
