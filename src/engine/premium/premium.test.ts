import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Instrument, instrumentId, venueOf } from '#shared/domain/instrument.ts';
import { type PremiumLeg, premiumOf } from './premium.ts';
import { pairUp } from './premium-pairs.ts';
import { walkBook } from './walk-book.ts';

/** Levels as price, quantity in plain numbers, at two digits after the point. */
function side(...levels: readonly (readonly [number, number])[]) {
  return {
    levels: Float64Array.from(
      levels.flatMap(([price, quantity]) => [Math.round(price * 100), Math.round(quantity * 100)]),
    ),
    priceScale: 2,
    quantityScale: 2,
  };
}

function leg(last: number, change: Partial<PremiumLeg> = {}): PremiumLeg {
  return {
    last,
    bids: side([last, 1000]),
    asks: side([last, 1000]),
    takerFee: 0,
    coinsPerBase: 1,
    ...change,
  };
}

const rates = { krwPerUsd: 1400, krwPerUsdt: 1420 };

describe('walking a book', () => {
  test('takes level by level and says what it got where the book ends', () => {
    const asks = side([10, 1], [11, 2]);
    expect([walkBook(asks, 2), walkBook(asks, 5), walkBook(side(), 1)]).toEqual([
      { notional: 21, quantity: 2 },
      { notional: 32, quantity: 3 },
      { notional: 0, quantity: 0 },
    ]);
  });
});

describe('the premium', () => {
  test('is told in the official dollar and in tether side by side, and the two may differ in sign', () => {
    const { official, tether } = premiumOf(leg(141_400), leg(100), rates, 1_000_000);
    expect([official, tether]).toEqual([expect.closeTo(0.01, 10), expect.closeTo(141_400 / 142_000 - 1, 10)]);
    expect(Math.sign(official)).not.toBe(Math.sign(tether));
  });

  test('costs the spread and both fees when it is executed, in either direction', () => {
    const krw = leg(140_000, { bids: side([139_900, 50]), asks: side([140_100, 50]), takerFee: 0.0005 });
    const usdt = leg(100, { bids: side([99.9, 50]), asks: side([100.1, 50]), takerFee: 0.001 });
    const { official, executableIn, executableOut, filledShare } = premiumOf(krw, usdt, rates, 1_400_000);
    expect({ official, executableIn, executableOut, filledShare }).toEqual({
      official: 0,
      executableIn: expect.closeTo((139_900 * 0.9995) / (100.1 * 1.001 * 1400) - 1, 10),
      executableOut: expect.closeTo((99.9 * 0.999 * 1400) / (140_100 * 1.0005) - 1, 10),
      filledShare: 1,
    });
  });

  test('compares the same number of coins where one venue counts in thousands', () => {
    const bundle = leg(12, { coinsPerBase: 1000 });
    const { official } = premiumOf(leg(16.8), bundle, rates, 1_000_000);
    expect(official).toBeCloseTo(0, 10);
  });

  test('cuts both sides to what the thinner visible book holds, and says which part that was', () => {
    const thin = leg(140_000, { bids: side([140_000, 2]), asks: side([140_000, 2]) });
    const { filledShare, executableIn } = premiumOf(thin, leg(100), rates, 1_400_000);
    expect([filledShare, executableIn]).toEqual([expect.closeTo(0.2, 10), expect.closeTo(0, 10)]);
  });

  test('is unknown, not zero, where a figure is missing', () => {
    const none = leg(140_000, { bids: side(), asks: side() });
    expect(premiumOf(none, leg(100), { krwPerUsd: Number.NaN, krwPerUsdt: 1400 }, 1_000_000)).toEqual({
      official: Number.NaN,
      tether: 0,
      executableIn: Number.NaN,
      executableOut: Number.NaN,
      filledShare: 0,
    });
  });

  test('never promises a round trip that pays: in and out together lose at least the spreads and fees', () => {
    const price = fc.double({ min: 1, max: 1e6, noNaN: true });
    const share = fc.double({ min: 0, max: 0.01, noNaN: true });
    fc.assert(
      fc.property(price, share, share, share, (last, spread, fee, premium) => {
        const around = (middle: number) => ({
          bids: { ...side([middle * (1 - spread), 1e9]) },
          asks: { ...side([middle * (1 + spread), 1e9]) },
          takerFee: fee,
        });
        const here = last * 1400 * (1 + premium);
        const figures = premiumOf(leg(here, around(here)), leg(last, around(last)), rates, 1e6);
        // Prices of the books are rounded to two digits: a little slack for the cheapest coins.
        expect((1 + figures.executableIn) * (1 + figures.executableOut)).toBeLessThanOrEqual(1 + 0.02 / last);
      }),
    );
  });
});

function instrument(id: string, change: Partial<Instrument> = {}): Instrument {
  const of = instrumentId(id);
  const [base = '', quote = '', end] = id.slice(id.indexOf(':') + 1).split('-');
  return {
    id: of,
    venue: venueOf(of),
    kind: end === 'PERP' ? 'perpetual' : end === undefined ? 'spot' : 'future',
    base,
    quote,
    status: 'trading',
    tickSize: '1',
    priceScale: 0,
    quantityStep: '1',
    quantityScale: 0,
    minQuantity: '1',
    ...change,
  };
}

describe('pairing up', () => {
  test('sets each KRW venue against each USDT venue, the perpetual before spot, thousands as what they are', () => {
    const list = [
      instrument('upbit:BTC-KRW'),
      instrument('bithumb:BTC-KRW'),
      instrument('upbit:PEPE-KRW'),
      instrument('upbit:GONE-KRW', { status: 'halted' }),
      instrument('bybit:BTC-USDT'),
      instrument('bybit:BTC-USDT-PERP'),
      instrument('bybit:BTC-USDT-261225'),
      instrument('binance:BTC-USDT-PERP'),
      instrument('binance:1000PEPE-USDT-PERP'),
      instrument('binance:GONE-USDT-PERP'),
    ];
    expect(pairUp(list, []).map(({ krw, usdt, usdtCoinsPerBase }) => [krw, usdt, usdtCoinsPerBase])).toEqual([
      ['upbit:BTC-KRW', 'bybit:BTC-USDT-PERP', 1],
      ['upbit:BTC-KRW', 'binance:BTC-USDT-PERP', 1],
      ['bithumb:BTC-KRW', 'bybit:BTC-USDT-PERP', 1],
      ['bithumb:BTC-KRW', 'binance:BTC-USDT-PERP', 1],
      ['upbit:PEPE-KRW', 'binance:1000PEPE-USDT-PERP', 1000],
    ]);
    expect(pairUp(list, ['PEPE', 'NONE']).map(({ coin }) => coin)).toEqual(['PEPE']);
  });
});
