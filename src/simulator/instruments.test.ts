import { describe, expect, it } from 'vitest';
import { BINANCE_COINS } from './binance/coins.ts';
import { BYBIT_COINS, bybitBasis } from './bybit/coins.ts';
import { createMarket, type MarketOptions } from './market.ts';
import { awakeMarket, coinsNamed, MINUTE, START } from './test-kit/trace.ts';

const SOL: MarketOptions = { seed: 5, startTime: START, coins: coinsNamed('SOLUSDT') };

/** Everything that can be seen of the market's only instrument. */
function seen(market: ReturnType<typeof createMarket>) {
  const [one] = market.instruments.all();
  if (!one) throw new Error('no instrument');
  return {
    bids: one.levels('bid', 5000),
    asks: one.levels('ask', 5000),
    prints: one.tape.latest(2000),
    candles: one.candles.latest('1m', market.now, 10),
    updateId: one.updateId,
    mark: one.mark,
  };
}

describe('an instrument nobody has asked for', () => {
  it('is not there, and costs nothing', () => {
    const market = createMarket({ seed: 5, startTime: START, coins: BINANCE_COINS });
    market.advanceTo(START + 10 * MINUTE);
    expect([...market.instruments.made]).toEqual([]);
    expect(market.instruments.coins.length).toBeGreaterThanOrEqual(50);
    expect([market.instruments.has('SOLUSDT'), market.instruments.get('NOPEUSDT')]).toEqual([
      true,
      undefined,
    ]);
  });

  it('is, when asked for within the first minute, what it had been from the start', () => {
    const early = awakeMarket(SOL);
    const late = createMarket(SOL);
    late.advanceTo(START + 41_237);
    early.advanceTo(START + 41_237);
    late.instruments.all();
    for (const market of [early, late]) market.advanceTo(START + 2 * MINUTE);
    expect(seen(late)).toEqual(seen(early));
  });

  it('is the same when asked for at the same time again, however that time was reached', () => {
    const [once, again] = [createMarket(SOL), createMarket(SOL)];
    once.advanceTo(START + 7.5 * MINUTE);
    for (let time = START; time < START + 7.5 * MINUTE; time += 1371) again.advanceTo(time);
    again.advanceTo(START + 7.5 * MINUTE);
    expect(seen(again)).toEqual(seen(once));
  });

  it('catches up without telling anybody, and then tells', () => {
    let told = 0;
    const market = createMarket({ ...SOL, listener: { printed: () => told++ } });
    market.advanceTo(START + 50_000);
    const [one] = market.instruments.all();
    expect([told, (one?.tape.last.time ?? 0) > START]).toEqual([0, true]);
    market.advanceTo(START + 2 * MINUTE);
    expect(told).toBeGreaterThan(10);
  });

  it('has a past without a hole in candles or ids, whenever it begins', () => {
    const market = createMarket(SOL);
    market.advanceTo(START + 33 * MINUTE);
    const [one] = market.instruments.all();
    if (!one) throw new Error('no instrument');
    market.advanceTo(START + 36 * MINUTE);
    const candles = one.candles.latest('1m', market.now, 60);
    expect(candles.map(({ openTime }) => openTime)).toEqual(
      candles.map((_, index) => (candles[0]?.openTime ?? 0) + index * MINUTE),
    );
    expect(candles.every(({ fills }) => fills > 0)).toBe(true);
    const ids = one.tape.latest(1000).map(({ id }) => id);
    expect(ids).toEqual(ids.map((_, index) => (ids[0] ?? 0) + index));
  });

  it('takes up the activity set before it was there', () => {
    const counts = [1, 20].map((multiplier) => {
      const market = createMarket(SOL);
      market.instruments.setActivity(multiplier);
      const [one] = market.instruments.all();
      const from = one?.tape.last.id ?? 0;
      market.advanceTo(START + 20_000);
      return (one?.tape.last.id ?? 0) - from;
    });
    expect(counts[1]).toBeGreaterThan((counts[0] ?? 0) * 5);
  });
});

describe('one coin on two venues', () => {
  it('follows one price, with a crowd of its own on each', () => {
    const venues = [
      awakeMarket({ seed: 3, startTime: START, coins: coinsNamed('BTCUSDT') }),
      ...(['linear', 'spot'] as const).map((category) =>
        awakeMarket({
          seed: 3,
          startTime: START,
          coins: BYBIT_COINS[category].filter(({ symbol }) => symbol === 'BTCUSDT'),
          basisOf: bybitBasis,
        }),
      ),
    ];
    const prices = venues.map((market) => {
      market.advanceTo(START + 2 * MINUTE);
      const [one] = market.instruments.all();
      return (one?.tape.last.price ?? 0) * (one?.coin.tick ?? 0);
    });
    const spread = Math.max(...prices) / Math.min(...prices) - 1;
    expect(spread).toBeGreaterThan(0);
    expect(spread).toBeLessThan(0.005);
    const prints = venues.map((market) =>
      market.instruments
        .get('BTCUSDT')
        ?.tape.latest(50)
        .map(({ time }) => time),
    );
    expect(prints[0]).not.toEqual(prints[1]);
    expect(prints[1]).not.toEqual(prints[2]);
  });
});
