import ccxt from 'ccxt';
import { describe, expect, test } from 'vitest';
import type { CcxtExchange, CcxtModule } from './exchange.ts';
import { offeredIds } from './load-ccxt.ts';
import { planStreams, sheetOf } from './stream-plan.ts';

function exchange(has: readonly string[], id = 'some', more: object = {}): CcxtExchange {
  return {
    id,
    name: 'Some',
    has: Object.fromEntries(has.map((name) => [name, true])),
    timeframes: { '1m': '1', '5m': '5', '2w': '2w' },
    rateLimit: 100,
    options: {},
    ...more,
  } as unknown as CcxtExchange;
}

describe('how an exchange of ccxt is asked', () => {
  test.each([
    [['watchTicker', 'fetchTicker'], { ticker: 'native' }],
    [['fetchTickers'], { ticker: 'polled' }],
    [['watchOrderBook', 'fetchBidsAsks'], { book: 'native', top: 'synthesised' }],
    [['fetchOrderBook', 'fetchBidsAsks'], { book: 'polled', top: 'polled' }],
    [['fetchOrderBook'], { top: 'synthesised' }],
    [['watchTrades', 'fetchOHLCV'], { trade: 'native', candle: 'synthesised' }],
    [['fetchTrades', 'fetchOHLCV'], { trade: 'polled', candle: 'polled' }],
    [['watchOHLCV'], { candle: 'native', trade: 'missing' }],
    [['swap', 'fetchFundingRate'], { mark: 'polled' }],
    [['fetchFundingRate', 'watchMarkPrice'], { mark: 'missing' }],
    [[], { ticker: 'missing', top: 'missing', trade: 'missing', book: 'missing', candle: 'missing' }],
  ])('with %j it has %j', (has, means) => {
    expect(planStreams(exchange(has)).means).toMatchObject(means);
  });

  test('polls no faster than twice its limit, and says how old a polled figure may be', () => {
    const slow = exchange(['fetchTicker', 'fetchOrderBook', 'watchTrades'], 'slow', { rateLimit: 4000 });
    const plan = planStreams(slow);
    expect([plan.pollMs.ticker, plan.pollMs.book, sheetOf(slow, plan).freshnessBoundMs]).toEqual([
      8000,
      8000,
      { ticker: 24_000, book: 24_000, top: 24_000 },
    ]);
  });

  test('believes a book that is checked against the exchange’s checksum, and no other', () => {
    const proofOf = (options: object) => {
      const checked = exchange(['watchOrderBook'], 'some', { options });
      return sheetOf(checked, planStreams(checked)).bookProof;
    };
    expect([proofOf({ watchOrderBook: { checksum: true } }), proofOf({ watchOrderBook: {} })]).toEqual([
      'sequence',
      'none',
    ]);
  });

  test('is known for every exchange that is offered, and none of them claims to be fit for orders', () => {
    const module = ccxt as unknown as CcxtModule;
    const ids = offeredIds(module);
    const sheets = ids.map((id) => {
      const Exchange = module.pro[id];
      if (!Exchange) throw new Error(id);
      const one = new Exchange({});
      return sheetOf(one, planStreams(one));
    });
    expect(ids.length).toBeGreaterThan(60);
    expect(ids).not.toContain('bybit');
    expect(new Set(sheets.map(({ orderSafety }) => orderSafety))).toEqual(new Set(['none']));
    const without = sheets.filter(({ means }) => means.ticker === 'missing' && means.trade === 'missing');
    expect(without).toEqual([]);
  });
});
