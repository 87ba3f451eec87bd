import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { OrderDraft } from '#shared/domain/order-draft.ts';
import { guard } from './guard.ts';
import { prepare } from './prepare.ts';
import {
  draft,
  guardState,
  held,
  holding,
  limits,
  market,
  wonHeld,
  wonMarket,
} from './test-kit/small-order.ts';

const ID = 'abcdefghij0123456789';
const perpSight = { market: market(), held: held(), limits };
const wonSight = { market: wonMarket(), held: wonHeld(), limits };

function prepared(over: Parameters<typeof draft>[0], sight: Parameters<typeof prepare>[1] = perpSight) {
  const made = prepare(draft(over), sight, ID);
  return made.kind === 'prepared' ? made.request : made.denials;
}

/** Quantity, price and notional of what would leave, or the rules that stand in its way. */
function brief(over: Parameters<typeof draft>[0], sight: Parameters<typeof prepare>[1] = perpSight) {
  const made = prepare(draft(over), sight, ID);
  if (made.kind === 'denied')
    return made.denials.map(({ rule, limit, value }) => `${rule} ${limit} ${value}`);
  const { quantity, price, notional } = made.request;
  return [quantity, price, notional];
}

const percent = (value: string) => ({ unit: 'percent', value }) as const;
const quote = (value: string) => ({ unit: 'quote', value }) as const;

test('a limit leaves as typed', () => {
  expect(prepared({ amount: '0.50', price: '999.90', postOnly: true })).toEqual({
    account: draft().account,
    instrument: draft().instrument,
    clientOrderId: ID,
    side: 'buy',
    type: 'limit',
    isMarket: false,
    timeInForce: 'GTX',
    quantity: '0.5',
    price: '999.9',
    reduceOnly: false,
    closePosition: false,
    leg: 'both',
    notional: '499.95',
  });
});

test('a market order leaves as a limit for an instant at the slippage cap, rounded towards the market', () => {
  const sight = {
    ...perpSight,
    market: market({ asks: [['1000.3', '5']], bids: [['999.7', '5']] }),
  };
  const { price: _typed, ...bare } = draft({ type: 'market', timeInForce: 'GTC' });
  const both = (['buy', 'sell'] as const).map((side) => prepare({ ...bare, side }, sight, ID));
  expect(both.map((made) => made.kind === 'prepared' && made.request)).toMatchObject([
    { type: 'limit', isMarket: true, timeInForce: 'IOC', price: '1010.3', notional: '1010.3' },
    { type: 'limit', isMarket: true, timeInForce: 'IOC', price: '989.8', notional: '989.8' },
  ]);
});

test('without a book there is no cap, and no market order', () => {
  const sight = { ...perpSight, market: market({ isBookValid: false }) };
  expect(prepared({ type: 'market' }, sight)).toEqual([
    { rule: 'slippage', limit: 'unknown', value: 'market', unit: 'USDT' },
  ]);
});

describe('numbers', () => {
  test.each<[string, string | undefined]>([
    ['', undefined],
    ['0', undefined],
    ['-1', undefined],
    ['1e3', undefined],
    ['NaN', undefined],
    ['0x10', undefined],
    ['1.2.3', undefined],
    ['1,5', undefined],
    ['1,00', undefined],
    ['1,000.5', '1000.5'],
    ['１２．５', '12.5'],
    [' 12 ', '12'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['007', '7'],
  ])('%j is not guessed at', (value, passes) => {
    expect(prepared({ amount: value })).toEqual([
      {
        rule: 'shape',
        limit: 'quantity',
        value: value === '' ? 'none' : value,
        ...(passes !== undefined && { passes }),
      },
    ]);
  });

  test('everything that is missing is told at once', () => {
    const { price: _price, ...bare } = draft({ type: 'stop', postOnly: true, amount: 'much' });
    const made = prepare(bare, perpSight, ID);
    expect(made.kind === 'denied' && made.denials.map(({ rule, limit }) => `${rule} ${limit}`)).toEqual([
      'shape postOnly',
      'shape triggerPrice',
      'shape price',
      'shape quantity',
    ]);
  });
});

describe('quantities', () => {
  test.each<[string, unknown, unknown]>([
    [
      'contracts are base',
      brief({ quantity: { unit: 'contracts', value: '0.25' } }),
      ['0.25', '1000', '250'],
    ],
    [
      'a total is divided by the limit and floored',
      brief({ quantity: quote('100'), price: '999.9' }),
      ['0.1', '999.9', '99.99'],
    ],
    [
      'of a market buy by the cap: no more than it is spent',
      brief({ quantity: quote('1010'), type: 'market' }),
      ['1', '1010', '1010'],
    ],
    [
      'of a market sell by the best bid: no more than it is sold',
      brief({ quantity: quote('999.9'), type: 'market', side: 'sell' }),
      ['1', '990', '990'],
    ],
    ['a total less than a step', brief({ quantity: quote('0.5') }), ['min-quantity 0.002 0.0005']],
    ['all that margin and fee allow', brief({ quantity: percent('100') }), ['9.95', '1000', '9950']],
    ['half of it', brief({ quantity: percent('50') }), ['4.975', '1000', '4975']],
    [
      'without a known leverage one to one',
      brief(
        { quantity: percent('100') },
        { ...perpSight, held: wonHeld({ free: { currency: 'USDT', quantity: '1000' } }) },
      ),
      ['0.999', '1000', '999'],
    ],
    ['more than all', brief({ quantity: percent('100.1') }), ['shape percent 100.1']],
    [
      'of nothing',
      brief(
        { quantity: percent('10') },
        { ...perpSight, held: held({ free: { currency: 'USDT', quantity: '0' } }) },
      ),
      ['funds 0 10 %'],
    ],
    [
      'of what is not known',
      brief({ quantity: percent('10') }, { ...perpSight, held: held({ free: undefined }) }),
      ['funds unknown 10 %'],
    ],
    [
      'of the position, where it reduces',
      brief(
        { quantity: percent('50'), side: 'sell', reduceOnly: true },
        { ...perpSight, held: held(holding('0.301')) },
      ),
      ['0.15', '1000', '150'],
    ],
    [
      'of a position on the same side',
      brief({ quantity: percent('50'), reduceOnly: true }, { ...perpSight, held: held(holding('1')) }),
      ['reduce-only 0 50 %'],
    ],
    [
      'won: what the free won pay for with the fee',
      brief({ quantity: percent('100'), price: '700' }, wonSight),
      ['1427.85749982', '700', '999500.249874'],
    ],
    [
      'won: the free coins',
      brief({ quantity: percent('50'), price: '700', side: 'sell' }, wonSight),
      ['250.06172839', '700', '175043.209873'],
    ],
  ])('%s', (_name, made, expected) => {
    expect(made).toEqual(expected);
  });
});

describe('closing', () => {
  const long = { ...perpSight, held: held(holding('1.2345')) };
  const close = { side: 'sell', closePosition: true, amount: '' } as const;

  test('at market is a reduce-only order for what the position is now', () => {
    expect(prepared({ ...close, type: 'market' }, long)).toMatchObject({
      quantity: '1.2345',
      reduceOnly: true,
      closePosition: false,
      isMarket: true,
      leg: 'both',
    });
  });

  test('by a trigger keeps the flag of the venue, where it has one', () => {
    const stop = { ...close, type: 'stop-market', triggerPrice: '950' } as const;
    const without = {
      ...long,
      held: { ...long.held, abilities: { ...long.held.abilities, closePosition: false } },
    };
    expect([prepared(stop, long), prepared(stop, without)]).toMatchObject([
      {
        closePosition: true,
        reduceOnly: true,
        triggerPrice: '950',
        triggerBy: 'last',
        timeInForce: 'GTC',
        notional: '1172.775',
      },
      { closePosition: false, reduceOnly: true },
    ]);
  });

  test('what is not open is denied', () => {
    expect(prepared({ ...close, type: 'market' })).toEqual([
      { rule: 'reduce-only', limit: '0', value: 'close-position', unit: 'BTC' },
    ]);
  });

  test('is nothing a spot market could do', () => {
    expect([
      prepared({ ...close, type: 'market' }, wonSight),
      prepared({ side: 'sell', reduceOnly: true, quantity: percent('50'), price: '700' }, wonSight),
    ]).toEqual([
      [{ rule: 'ability', limit: 'none', value: 'close-position' }],
      [{ rule: 'ability', limit: 'none', value: 'reduce-only' }],
    ]);
  });

  test('in a hedged account takes from the other leg', () => {
    const legs = held({
      isHedged: true,
      positions: [
        { leg: 'long', quantity: '2', entryPrice: '900' },
        { leg: 'short', quantity: '-3', entryPrice: '900' },
      ],
    });
    const sight = { ...perpSight, held: legs };
    const both = (['buy', 'sell'] as const).flatMap((side) => [
      prepared({ side }, sight),
      prepared({ ...close, side, type: 'market' }, sight),
    ]);
    expect(both.map((made) => 'leg' in made && [made.leg, made.quantity])).toEqual([
      ['long', '1'],
      ['short', '3'],
      ['short', '1'],
      ['long', '2'],
    ]);
  });
});

test('whatever is drafted, no more leaves than was meant, and what the guard approves is what was prepared', () => {
  const drafts: fc.Arbitrary<OrderDraft> = fc
    .record({
      side: fc.constantFrom('buy' as const, 'sell' as const),
      type: fc.constantFrom('limit' as const, 'market' as const, 'stop-market' as const),
      quantity: fc.record({
        unit: fc.constantFrom('quote' as const, 'percent' as const),
        value: fc.integer({ min: 1, max: 99_999 }).map((cents) => (cents / 100).toFixed(2)),
      }),
      price: fc.integer({ min: 9500, max: 10_400 }).map((tenths) => (tenths / 10).toFixed(1)),
      triggerPrice: fc.integer({ min: 9500, max: 10_400 }).map((tenths) => (tenths / 10).toFixed(1)),
      reduceOnly: fc.boolean(),
    })
    .map((some) => draft(some));
  fc.assert(
    fc.property(drafts, fc.boolean(), (one, isLong) => {
      const state = guardState({ held: held(holding(isLong ? '1.5' : '-1.5')) });
      const made = prepare(one, state, ID);
      if (made.kind === 'denied') return;
      const { request } = made;
      const { unit, value } = one.quantity;
      const worst =
        request.isMarket && one.side === 'sell' ? 999.9 : Number(request.price ?? request.triggerPrice);
      if (unit === 'quote')
        expect(Number(request.quantity) * worst).toBeLessThanOrEqual(Number(value) + 1e-9);
      const verdict = guard(request, state);
      const rules = verdict.kind === 'denied' ? verdict.denials.map(({ rule }) => rule) : [];
      // What is worked out here fits the steps; and percent the money and the position as well.
      const own = ['shape', 'tick', 'lot', ...(unit === 'percent' ? ['funds', 'reduce-only'] : [])];
      expect(rules.filter((rule) => own.includes(rule))).toEqual([]);
    }),
  );
});
