import { describe, expect, it } from 'vitest';
import { INTERVALS, nextOpenTime } from '#shared/domain/interval.ts';
import { addPrint, emptyCandle } from './candle.ts';
import type { DepthDiff } from './depth-chain.ts';
import type { Print } from './print.ts';
import { awakeMarket, coinsNamed, MINUTE, START, tracedMarket } from './test-kit/trace.ts';

const COINS = coinsNamed('BTCUSDT', 'XRPUSDT', 'NEARUSDT');

describe('a seeded market', () => {
  it('goes the same way twice, however its time is cut into steps', () => {
    const once = tracedMarket(5, COINS);
    once.market.advanceTo(START + 3 * MINUTE);
    const again = tracedMarket(5, COINS);
    for (let time = START; time < START + 3 * MINUTE; time += 137) again.market.advanceTo(time);
    again.market.advanceTo(START + 3 * MINUTE);
    expect(once.count()).toBeGreaterThan(500);
    // The number of steps between slices leaves instruments in another order of reporting, so each is compared alone.
    for (const coin of COINS) {
      const left = once.market.instruments.get(coin.symbol);
      const right = again.market.instruments.get(coin.symbol);
      expect(right?.tape.latest(5000)).toEqual(left?.tape.latest(5000));
      expect(right?.levels('bid', 2000)).toEqual(left?.levels('bid', 2000));
      expect(right?.levels('ask', 2000)).toEqual(left?.levels('ask', 2000));
      expect(right?.updateId).toBe(left?.updateId);
    }
  });

  it('reports the same trace for the same seed and another for another', () => {
    const hashes = [5, 5, 6].map((seed) => {
      const { market, hash } = tracedMarket(seed, COINS);
      market.advanceTo(START + MINUTE);
      return hash();
    });
    expect(hashes[1]).toBe(hashes[0]);
    expect(hashes[2]).not.toBe(hashes[0]);
  });

  it('has the same past for the same seed, whenever it is started', () => {
    const early = awakeMarket({ seed: 9, startTime: START, coins: COINS });
    const late = awakeMarket({ seed: 9, startTime: START + 3_600_000, coins: COINS });
    const minute = Math.floor(START / MINUTE) - 1;
    for (const instrument of early.instruments.all()) {
      const { symbol } = instrument.coin;
      expect(late.instruments.get(symbol)?.candles.minute(minute)).toEqual(instrument.candles.minute(minute));
    }
  });

  it('keeps several hundred levels on each side after an hour, and never crosses', () => {
    const crossed: string[] = [];
    const market = awakeMarket({
      seed: 2,
      startTime: START,
      coins: COINS,
      listener: {
        topChanged: ({ coin, engine }) => {
          const bid = engine.bids.best?.price ?? 0;
          const ask = engine.asks.best?.price ?? Number.POSITIVE_INFINITY;
          if (bid >= ask) crossed.push(`${coin.symbol} ${bid} ${ask}`);
        },
      },
    });
    market.advanceTo(START + 60 * MINUTE);
    expect(crossed).toEqual([]);
    for (const { engine } of market.instruments.all()) {
      expect(Math.min(engine.bids.levelCount, engine.asks.levelCount)).toBeGreaterThanOrEqual(500);
    }
  });
});

describe('candles', () => {
  it('are the fold of their prints, in the past and live, the minute of the start included', () => {
    const market = awakeMarket({ seed: 4, startTime: START, coins: COINS });
    const end = START + 4 * MINUTE;
    market.advanceTo(end);
    for (const { candles, tape } of market.instruments.all()) {
      const first = Math.floor(START / MINUTE) - 3;
      const last = Math.floor(end / MINUTE);
      for (let minute = first; minute <= last; minute++) {
        const prints = tape.between(minute * MINUTE, minute * MINUTE + MINUTE - 1);
        const folded = emptyCandle(minute * MINUTE, candles.minute(minute - 1).close);
        for (const print of prints) addPrint(folded, print);
        expect(candles.minute(minute)).toEqual(folded);
      }
    }
  });

  it('of every interval are the fold of their minutes', () => {
    const market = awakeMarket({ seed: 4, startTime: START, coins: coinsNamed('NEARUSDT') });
    market.advanceTo(START + 2 * MINUTE);
    const candles = market.instruments.all()[0]?.candles;
    if (!candles) throw new Error('no instrument');
    for (const interval of INTERVALS) {
      if (interval === '1s') continue;
      for (const candle of candles.latest(interval, market.now, 3)) {
        const from = Math.max(candle.openTime, candles.onboardTime);
        const until = Math.min(nextOpenTime(interval, candle.openTime), market.now + 1);
        let [high, low, volume, notional, fills] = [0, Number.POSITIVE_INFINITY, 0, 0, 0];
        for (let time = from; time < until; time += MINUTE) {
          const minute = candles.minute(time / MINUTE);
          high = Math.max(high, minute.high);
          low = Math.min(low, minute.low);
          volume += minute.volume;
          notional += minute.notional;
          fills += minute.fills;
        }
        const { open, close } = candle;
        expect({ interval, ...candle }).toMatchObject({ interval, high, low, volume, notional, fills });
        expect(open).toBe(candles.minute(from / MINUTE).open);
        expect(close).toBe(candles.minute(Math.floor((until - 1) / MINUTE)).close);
        expect(Number.isSafeInteger(notional)).toBe(true);
      }
    }
  });

  it('join: a minute of the past opens where the one before it closed', () => {
    const market = awakeMarket({ seed: 8, startTime: START, coins: coinsNamed('BTCUSDT') });
    const candles = market.instruments.get('BTCUSDT')?.candles.latest('1m', START - MINUTE, 500) ?? [];
    const jumps = candles.filter((candle, index) => index > 0 && candle.open !== candles[index - 1]?.close);
    expect({ count: candles.length, jumps: jumps.length }).toEqual({ count: 500, jumps: 0 });
  });

  it('that nothing traded in are flat, and the rolling day is the fold of its minutes', () => {
    const market = awakeMarket({ seed: 4, startTime: START, coins: coinsNamed('NEARUSDT') });
    market.skipTo(START + 3 * MINUTE);
    const candles = market.instruments.get('NEARUSDT')?.candles;
    const minute = Math.floor(START / MINUTE) + 1;
    expect(candles?.minute(minute)).toEqual(
      emptyCandle(minute * MINUTE, candles?.minute(minute - 1).close ?? Number.NaN),
    );
    const day = candles?.rollingDay();
    const now = Math.floor(market.now / MINUTE) * MINUTE;
    const folded = candles?.fold(now - 1440 * MINUTE, now + MINUTE, now - 1440 * MINUTE);
    expect(day).toEqual(folded);
  });

  it('do not exist before the instrument does', () => {
    const market = awakeMarket({ seed: 4, startTime: START, coins: coinsNamed('NEARUSDT') });
    const candles = market.instruments.get('NEARUSDT')?.candles;
    const onboard = candles?.onboardTime ?? 0;
    expect(START - onboard).toBeGreaterThan(90 * 1440 * MINUTE);
    expect(candles?.from('1m', 0, onboard - 1, 10)).toEqual([]);
    expect(candles?.from('1m', 0, START, 2).map((candle) => candle.openTime)).toEqual([
      onboard,
      onboard + MINUTE,
    ]);
  });
});

describe('prints', () => {
  it('count without holes over past and present, fills too, at times that never go back', () => {
    const market = awakeMarket({ seed: 3, startTime: START, coins: COINS });
    market.advanceTo(START + 2 * MINUTE);
    for (const { tape } of market.instruments.all()) {
      const latest = tape.latest(1000);
      const prints = tape.fromId((latest[0] as Print).id - 500, 1500);
      const faults = prints.filter((print, index) => {
        const before = prints[index - 1];
        if (!before) return false;
        return (
          print.id !== before.id + 1 || print.firstFill !== before.lastFill + 1 || print.time < before.time
        );
      });
      expect({ count: prints.length, faults }).toEqual({ count: 1500, faults: [] });
      const fills = tape.latestFills(800);
      const holes = fills.filter((fill, index) => index > 0 && fill.id !== (fills[index - 1]?.id ?? 0) + 1);
      expect({ count: fills.length, holes }).toEqual({ count: 800, holes: [] });
    }
  });
});

describe('depth diffs', () => {
  it('chain, and turn a snapshot into the true book after every one of thousands of updates', () => {
    const market = awakeMarket({ seed: 11, startTime: START, coins: coinsNamed('BTCUSDT') });
    const instrument = market.instruments.get('BTCUSDT');
    if (!instrument) throw new Error('no instrument');
    instrument.setActivity(20);
    const chain = instrument.openChain();
    const bids = new Map(instrument.levels('bid', 5000));
    const asks = new Map(instrument.levels('ask', 5000));
    let lastId = instrument.updateId;
    const seen: DepthDiff[] = [];
    const books = new Map<number, { bids: unknown; asks: unknown }>();
    const apply = (side: Map<number, number>, levels: DepthDiff['bids']) => {
      for (const [price, quantity] of levels) {
        if (quantity === 0) side.delete(price);
        else side.set(price, quantity);
      }
    };
    for (let time = START + 100; time < START + 2 * MINUTE; time += 100) {
      market.advanceTo(time);
      const diff = chain.cut();
      if (!diff) continue;
      expect(diff.previousLastId).toBe(lastId);
      expect(diff.firstId).toBeGreaterThan(lastId);
      lastId = diff.lastId;
      apply(bids, diff.bids);
      apply(asks, diff.asks);
      const held = {
        bids: [...bids].sort((a, b) => b[0] - a[0]),
        asks: [...asks].sort((a, b) => a[0] - b[0]),
      };
      expect(held).toEqual({ bids: instrument.levels('bid', 5000), asks: instrument.levels('ask', 5000) });
      seen.push(diff);
      if (seen.length % 100 === 0) books.set(diff.lastId, held);
    }
    expect(seen.length).toBeGreaterThan(1000);
    // And the book as of an older update is what it was then.
    for (const [id, book] of books) {
      expect({ bids: instrument.levels('bid', 5000, id), asks: instrument.levels('ask', 5000, id) }).toEqual(
        book,
      );
    }
    expect(instrument.levels('bid', 5, lastId + 1)).toBeUndefined();
  });
});
