import { describe, expect, it } from 'vitest';
import { BITHUMB_COINS } from './bithumb/coins.ts';
import { COIN_FACTS } from './coin-facts.ts';
import type { Coin } from './coins.ts';
import { krwBasis } from './krw-coins.ts';
import { KrwRates } from './krw-rates.ts';
import { BITHUMB_BANDS, grainsOf, type PriceBand, tickAt, UPBIT_BANDS, unitNear } from './krw-ticks.ts';
import { createMarket } from './market.ts';
import { createCommonFactor, PricePath } from './price-path.ts';
import { hash32, hashText } from './random.ts';
import { MINUTE, START } from './test-kit/trace.ts';
import { UPBIT_COINS } from './upbit/coins.ts';
import { priceText } from './wire-text.ts';

const HOUR = 3_600_000;
const VENUES: readonly (readonly [string, readonly Coin[], readonly PriceBand[]])[] = [
  ['upbit', UPBIT_COINS, UPBIT_BANDS],
  ['bithumb', BITHUMB_COINS, BITHUMB_BANDS],
];

function wonMarket(venue: string, coins: readonly Coin[], seed: number, note?: (text: string) => void) {
  const market = createMarket({
    seed,
    startTime: START,
    coins,
    basisOf: krwBasis(venue),
    listener: {
      printed: ({ coin }, print) => note?.(`${coin.symbol} ${JSON.stringify(print)}`),
      topChanged: ({ coin, updateId }, time) => note?.(`${coin.symbol} ${updateId} ${time}`),
    },
  });
  market.instruments.all();
  return market;
}

/** Decimal text as a multiple of another, in whole numbers. */
function isMultiple(price: string, tick: string): boolean {
  const places = Math.max(...[price, tick].map((text) => text.split('.')[1]?.length ?? 0));
  const whole = (text: string) =>
    BigInt((text.split('.')[0] ?? '') + (text.split('.')[1] ?? '').padEnd(places, '0'));
  return whole(price) % whole(tick) === 0n;
}

describe('ticks of the won markets', () => {
  it('are those of the sheets, band by band', () => {
    const prices = [
      2_000_000, 1_000_000, 999_500, 500_000, 100_000, 50_000, 10_000, 5_000, 4_999, 1_000, 999, 100, 99.9,
      10, 9.99, 1, 0.999, 0.1, 0.05, 0.01, 0.001,
    ];
    expect(prices.map((price) => tickAt(UPBIT_BANDS, price))).toEqual([
      '1000',
      '1000',
      '500',
      '500',
      '100',
      '50',
      '10',
      '5',
      '1',
      '1',
      '1',
      '1',
      '0.1',
      '0.1',
      '0.01',
      '0.01',
      '0.001',
      '0.001',
      '0.0001',
      '0.0001',
      '0.00001',
    ]);
    expect(prices.map((price) => tickAt(BITHUMB_BANDS, price))).toEqual([
      '1000',
      '1000',
      '500',
      '500',
      '100',
      '50',
      '10',
      '5',
      '1',
      '1',
      '1',
      '1',
      '0.01',
      '0.01',
      '0.001',
      '0.001',
      '0.0001',
      '0.0001',
      '0.0001',
      '0.0001',
      '0.0001',
    ]);
  });

  it('grow with the price in whole units', () => {
    const unit = unitNear(UPBIT_BANDS, 7_700);
    const grains = grainsOf(UPBIT_BANDS, unit);
    expect([unit, ...[99, 4_999, 5_000, 9_995, 10_000, 49_990, 50_000].map(grains)]).toEqual([
      '1',
      1,
      1,
      5,
      5,
      10,
      10,
      50,
    ]);
  });

  it.each(VENUES)('of %s hold for every level and every trade, past and present', (venue, coins, bands) => {
    const market = wonMarket(venue, coins, 1);
    market.advanceTo(START + 2 * MINUTE);
    const off: string[] = [];
    let checked = 0;
    for (const instrument of market.instruments.made) {
      const { coin, tape } = instrument;
      const prices = [
        ...(instrument.levels('bid', 1000) ?? []).map(([price]) => price),
        ...(instrument.levels('ask', 1000) ?? []).map(([price]) => price),
        ...tape.between(START - HOUR, START + 2 * MINUTE).map(({ price }) => price),
      ];
      for (const price of prices) {
        const text = priceText(coin, price);
        checked++;
        if (!isMultiple(text, tickAt(bands, Number(text)))) off.push(`${coin.symbol} ${text}`);
      }
    }
    expect({ off, enough: checked > 20_000 }).toEqual({ off: [], enough: true });
  });

  it('are crossed on the way through a band, and books stay sound', () => {
    // A coin that stands right at a border: 10,000 won, where the tick doubles.
    const dot = UPBIT_COINS.find(({ path }) => path === 'DOT') as Coin;
    const wild = { ...dot, anchorPrice: 10_000, ownDeviation: 0.4 };
    const there = new PricePath(4, wild, createCommonFactor(4)).ticksAt(START + 10 * MINUTE);
    const coin = { ...wild, anchorPrice: 10_000 * (10_000 / there) };
    const seen = new Set<string>();
    const crossed: string[] = [];
    const market = createMarket({
      seed: 4,
      startTime: START,
      coins: [coin],
      listener: {
        printed: (_, { price }) => seen.add(tickAt(UPBIT_BANDS, price)),
        topChanged: ({ engine }) => {
          const [bid, ask] = [engine.bids.best?.price, engine.asks.best?.price];
          if (bid !== undefined && ask !== undefined && bid >= ask) crossed.push(`${bid} ${ask}`);
        },
      },
    });
    market.instruments.all();
    market.advanceTo(START + 60 * MINUTE);
    const levels = ['bid', 'ask'].flatMap(
      (side) => market.instruments.get(coin.symbol)?.levels(side as 'bid', 1000) ?? [],
    );
    const off = levels.filter(([price]) => !isMultiple(String(price), tickAt(UPBIT_BANDS, price)));
    expect({ seen: [...seen].sort(), crossed, off }).toEqual({ seen: ['10', '5'], crossed: [], off: [] });
  });
});

describe('the won market', () => {
  it('lists every coin of the simulated world, and the tether, on both venues', () => {
    for (const [, coins] of VENUES) {
      expect(coins.map(({ path }) => path).sort()).toEqual([...COIN_FACTS.keys(), 'USDT'].sort());
      expect(new Set(coins.map(({ quote, minNotional }) => `${quote} ${minNotional}`))).toEqual(
        new Set(['KRW 5000']),
      );
    }
  });

  it('keeps its resting orders at 5,000 won or more until somebody has taken of them', () => {
    const market = wonMarket('upbit', UPBIT_COINS, 2);
    const small: string[] = [];
    for (const instrument of market.instruments.made) {
      const { coin } = instrument;
      for (const side of ['bid', 'ask'] as const) {
        for (const [price, quantity] of instrument.levels(side, 1000) ?? []) {
          // Bids far below are allowed to lie under a minimum told at the price of now.
          if (price * coin.tick * quantity * coin.step < 2500) small.push(`${coin.symbol} ${price}`);
        }
      }
    }
    expect(small).toEqual([]);
  });

  it('counts a day of trading in whole numbers', () => {
    const market = wonMarket('upbit', UPBIT_COINS, 2);
    const inexact = [...market.instruments.made].filter(({ candles }) => {
      const day = candles.rollingDay();
      return !Number.isSafeInteger(day.notional) || !Number.isSafeInteger(day.volume);
    });
    expect(inexact.map(({ coin }) => coin.symbol)).toEqual([]);
  });

  it.each(VENUES)('of %s goes the same way for the same seed, and another for another', (venue, coins) => {
    const hashes = [5, 5, 6].map((seed) => {
      let hash = 0;
      const market = wonMarket(venue, coins.slice(0, 5), seed, (text) => {
        hash = hash32(hash, hashText(text));
      });
      market.advanceTo(START + MINUTE);
      return hash;
    });
    expect([hashes[1] === hashes[0], hashes[2] === hashes[0]]).toEqual([true, false]);
  });

  it('has a crowd of its own on each venue, around prices the premium tells apart', () => {
    const [upbit, bithumb] = VENUES.map(([venue, coins]) => wonMarket(venue, coins.slice(0, 1), 7));
    for (const market of [upbit, bithumb]) market?.advanceTo(START + MINUTE);
    const times = [upbit, bithumb].map((market) =>
      market?.instruments
        .get('KRW-BTC')
        ?.tape.latest(20)
        .map(({ time }) => time),
    );
    expect(times[0]).not.toEqual(times[1]);
  });
});

describe('the rate and the premium', () => {
  it('stay in their bounds, move slowly, and are the same for the same seed', () => {
    const rates = new KrwRates(11);
    const [fx, premiums, steps] = [[], [], []] as [number[], number[], number[]];
    for (let hour = 0; hour < 24 * 200; hour++) {
      const time = START + hour * HOUR;
      fx.push(rates.krwPerUsd(time));
      premiums.push(rates.premium('upbit', time), rates.premium('bithumb', time));
      steps.push(Math.abs(rates.krwPerUsd(time + MINUTE) / rates.krwPerUsd(time) - 1));
    }
    expect(Math.min(...fx)).toBeGreaterThan(1380);
    expect(Math.max(...fx)).toBeLessThan(1480);
    expect(Math.max(...fx) - Math.min(...fx)).toBeGreaterThan(30);
    expect(Math.min(...premiums)).toBeGreaterThan(-0.01);
    expect(Math.max(...premiums)).toBeLessThan(0.05);
    expect(Math.max(...premiums) - Math.min(...premiums)).toBeGreaterThan(0.03);
    expect(Math.max(...steps)).toBeLessThan(0.002);
    expect(new KrwRates(11).premium('bithumb', START + 5)).toBe(rates.premium('bithumb', START + 5));
    expect(rates.premium('bithumb', START)).not.toBe(rates.premium('upbit', START));
  });

  it.each(VENUES)('of %s make the won price: dollars × rate × (1 + premium)', (venue, coins) => {
    const seed = 9;
    const market = wonMarket(venue, coins, seed);
    market.advanceTo(START + 5 * MINUTE);
    const rates = new KrwRates(seed);
    const factor = rates.krwPerUsd(market.now) * (1 + rates.premium(venue, market.now));
    const common = createCommonFactor(seed);
    const far = [...market.instruments.made].flatMap(({ coin, engine }) => {
      const dollars =
        coin.path === 'USDT'
          ? 1
          : new PricePath(
              seed,
              { ...coin, anchorPrice: COIN_FACTS.get(coin.path)?.price ?? 1, tick: 1 },
              common,
            ).ticksAt(market.now);
      const middle = (((engine.bids.best?.price ?? 0) + (engine.asks.best?.price ?? 0)) / 2) * coin.tick;
      const grain = (coin.grainAt?.(middle / coin.tick) ?? 1) * coin.tick;
      // Books follow the fair price within what it moves in seconds, and within their ticks.
      const near = Math.max(0.004 * middle, 2.5 * grain);
      return Math.abs(middle - dollars * factor) > near
        ? [`${coin.symbol} ${middle} ${dollars * factor}`]
        : [];
    });
    expect(far).toEqual([]);
  });
});
