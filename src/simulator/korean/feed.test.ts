import { beforeAll, describe, expect, it } from 'vitest';
import { BITHUMB_COINS } from '../bithumb/coins.ts';
import { BITHUMB_DIALECT } from '../bithumb/dialect.ts';
import { addPrint, emptyCandle } from '../candle.ts';
import type { Coin } from '../coins.ts';
import type { InstrumentMarket } from '../instrument-market.ts';
import { hash32, hashText } from '../random.ts';
import { plainDecimal } from '../test-kit/exact-json.ts';
import { KoreanStage, type StagedFrame } from '../test-kit/korean-stage.ts';
import { MINUTE, START } from '../test-kit/trace.ts';
import { UPBIT_COINS } from '../upbit/coins.ts';
import { UPBIT_DIALECT } from '../upbit/dialect.ts';
import { notionalText, priceText, quantityText } from '../wire-text.ts';
import type { Dialect } from './dialect.ts';

const CODES = ['KRW-BTC', 'KRW-PEPE', 'KRW-DOT', 'KRW-KAIA', 'KRW-USDT'];
const VENUES: readonly (readonly [string, Dialect, readonly Coin[], number])[] = [
  ['upbit', UPBIT_DIALECT, only(UPBIT_COINS), 30],
  ['bithumb', BITHUMB_DIALECT, only(BITHUMB_COINS), 15],
];

function only(coins: readonly Coin[]): Coin[] {
  return coins.filter(({ symbol }) => CODES.includes(symbol));
}

function instrumentOf(stage: KoreanStage, { stream }: StagedFrame): InstrumentMarket {
  return stage.market.instruments.get(stream.slice(stream.indexOf(':') + 1)) as InstrumentMarket;
}

/** The book as a client is to see it: exact decimals, quantities rounded where the venue rounds them. */
function trueUnits(market: InstrumentMarket, units: number, sizeDecimals: number | undefined): string[][] {
  const { coin } = market;
  const size = (steps: number) => {
    if (sizeDecimals === undefined || coin.quantityDecimals <= sizeDecimals) {
      return plainDecimal(quantityText(coin, steps));
    }
    const unit = 10 ** (coin.quantityDecimals - sizeDecimals);
    return plainDecimal(quantityText(coin, Math.round(steps / unit) * unit));
  };
  const side = (name: 'bid' | 'ask') =>
    (market.levels(name, units) ?? []).map(([price, steps]) => [
      plainDecimal(priceText(coin, price)),
      size(steps),
    ]);
  const [bids, asks] = [side('bid'), side('ask')];
  return Array.from({ length: Math.max(bids.length, asks.length) }, (_, rank) => [
    ...(asks[rank] ?? ['0', '0']),
    ...(bids[rank] ?? ['0', '0']),
  ]);
}

function unitsOf({ value }: StagedFrame): string[][] {
  // biome-ignore lint/suspicious/noExplicitAny: a frame's own shape.
  return value.orderbook_units.map((unit: any) => [
    unit.ask_price,
    unit.ask_size,
    unit.bid_price,
    unit.bid_size,
  ]);
}

describe.each(VENUES)('the feed of %s', (venue, dialect, coins, units) => {
  it('tells the true book to the last digit in every frame', () => {
    const stage = new KoreanStage(dialect, coins);
    const seen = { fresh: 0, repeated: 0, padded: 0, zeroAtBest: 0 };
    const wrong: string[] = [];
    const lastText = new Map<string, string>();
    stage.onFrame = (frame) => {
      const market = instrumentOf(stage, frame);
      const isRepeat = lastText.get(frame.stream) === frame.text;
      lastText.set(frame.stream, frame.text);
      const told = unitsOf(frame);
      if (told.some((unit) => unit[0] === '0' || unit[2] === '0')) seen.padded++;
      if (frame.stream === 'orderbook:KRW-BTC' && (told[0]?.[1] === '0' || told[0]?.[3] === '0'))
        seen.zeroAtBest++;
      if (isRepeat) {
        seen.repeated++;
        return;
      }
      seen.fresh++;
      const truth = trueUnits(market, units, venue === 'bithumb' ? 4 : undefined);
      if (JSON.stringify(told) !== JSON.stringify(truth)) wrong.push(frame.text.slice(0, 200));
    };
    for (const code of CODES) stage.listen('orderbook', code, 'DEFAULT', units, venue === 'upbit' ? 0 : 1);
    stage.market.advanceTo(START + 3 * MINUTE);
    expect(wrong).toEqual([]);
    expect(seen.fresh).toBeGreaterThan(1000);
    // Books thinner than a frame are padded on one side; on Bithumb frames repeat and best levels show a size of 0.
    expect(seen.padded).toBeGreaterThan(50);
    if (venue === 'upbit') expect([seen.repeated, seen.zeroAtBest]).toEqual([0, 0]);
    else {
      const bitcoin = stage.frames.filter(({ stream }) => stream === 'orderbook:KRW-BTC').length;
      expect(seen.repeated / (seen.repeated + seen.fresh)).toBeGreaterThan(0.3);
      expect(seen.zeroAtBest / bitcoin).toBeGreaterThan(0.1);
      expect(seen.zeroAtBest / bitcoin).toBeLessThan(0.6);
    }
  });

  it('gives totals that are the sums of the units, stamps that never go back, and one frame per tenth of a second', () => {
    const stage = new KoreanStage(dialect, coins);
    const wrong: string[] = [];
    const last = new Map<string, { stamp: string; at: number }>();
    stage.onFrame = ({ stream, value }) => {
      const before = last.get(stream);
      if (before && (value.timestamp < before.stamp || stage.market.now - before.at < 100))
        wrong.push(stream);
      last.set(stream, { stamp: value.timestamp, at: stage.market.now });
      for (const side of ['ask', 'bid']) {
        const scaled = (text: string) =>
          BigInt(text.split('.')[0] + (text.split('.')[1] ?? '').padEnd(8, '0'));
        let sum = 0n;
        for (const unit of value.orderbook_units) sum += scaled(unit[`${side}_size`]);
        if (sum !== scaled(value[`total_${side}_size`])) wrong.push(`${stream} ${side}`);
      }
    };
    for (const code of CODES) stage.listen('orderbook', code, 'DEFAULT', units, venue === 'upbit' ? 0 : 1);
    stage.market.advanceTo(START + MINUTE);
    expect({ wrong, enough: stage.frames.length > 500 }).toEqual({ wrong: [], enough: true });
    const stamps = stage.frames.map(({ value }) => value.timestamp.length);
    expect(new Set(stamps)).toEqual(new Set([venue === 'upbit' ? 13 : 16]));
  });

  it('tells every trade once, in order, to the last digit', () => {
    const stage = new KoreanStage(dialect, coins);
    for (const code of CODES) stage.listen('trade', code);
    stage.market.advanceTo(START + 3 * MINUTE);
    for (const code of CODES) {
      const market = stage.market.instruments.get(code) as InstrumentMarket;
      const told = stage.frames
        .filter(({ stream }) => stream === `trade:${code}`)
        .map(({ value }) => [
          value.trade_price,
          value.trade_volume,
          value.ask_bid,
          value.trade_timestamp,
          value.sequential_id,
        ]);
      const truth = market.tape
        .between(START, START + 3 * MINUTE)
        .map((print) => [
          plainDecimal(priceText(market.coin, print.price)),
          plainDecimal(quantityText(market.coin, print.quantity)),
          print.buyerIsMaker ? 'ASK' : 'BID',
          String(print.time),
          venue === 'upbit'
            ? `${print.time}${String(print.id % 10_000).padStart(4, '0')}`
            : `${print.time}${String(print.id % 1_000_000).padStart(6, '0')}`,
        ]);
      expect(told).toEqual(truth);
      const ids = told.map((row) => row[4] as string);
      expect(new Set(ids).size).toBe(ids.length);
    }
    // Beyond what a double holds: read as numbers, neighbours of one millisecond are the same.
    const ids = stage.frames.map(({ value }) => value.sequential_id);
    expect(ids.every((id) => BigInt(id) > BigInt(Number.MAX_SAFE_INTEGER))).toBe(true);
  });

  it('tells a day that begins at the venue’s midnight and ends with the last trade', () => {
    const stage = new KoreanStage(dialect, coins);
    for (const code of CODES) stage.listen('ticker', code);
    stage.market.advanceTo(START + 2 * MINUTE);
    const { frames, market } = stage;
    const traded = CODES.filter((code) => frames.some(({ stream }) => stream === `ticker:${code}`));
    expect(traded.length).toBeGreaterThanOrEqual(3);
    for (const code of traded) {
      const frame = frames.filter(({ stream }) => stream === `ticker:${code}`).at(-1) as StagedFrame;
      const { value } = frame;
      const { coin, tape } = market.instruments.get(code) as InstrumentMarket;
      const offset = venue === 'upbit' ? 0 : 9 * 3_600_000;
      const midnight = Math.floor((START + offset) / 86_400_000) * 86_400_000 - offset;
      const prints = tape.between(midnight, Number(value.trade_timestamp));
      const day = emptyCandle(midnight, 0);
      for (const print of prints) addPrint(day, print);
      expect({
        open: value.opening_price,
        high: value.high_price,
        low: value.low_price,
        last: value.trade_price,
        volume: value.acc_trade_volume,
        value: value.acc_trade_price,
        bids: value.acc_bid_volume,
      }).toEqual({
        open: plainDecimal(priceText(coin, day.open)),
        high: plainDecimal(priceText(coin, day.high)),
        low: plainDecimal(priceText(coin, day.low)),
        last: plainDecimal(priceText(coin, day.close)),
        volume: plainDecimal(quantityText(coin, day.volume)),
        value: plainDecimal(notionalText(coin, day.notional)),
        bids: plainDecimal(quantityText(coin, day.takerVolume)),
      });
      const previous = tape.between(midnight - MINUTE, midnight - 1).at(-1);
      expect(value.prev_closing_price).toBe(plainDecimal(priceText(coin, previous?.price ?? 0)));
      expect(Number(value.highest_52_week_price)).toBeGreaterThanOrEqual(Number(value.high_price));
      expect(Number(value.lowest_52_week_price)).toBeLessThanOrEqual(Number(value.low_price));
      const wordOf = Math.sign(Number(value.signed_change_price));
      expect(value.change).toBe(wordOf > 0 ? 'RISE' : wordOf < 0 ? 'FALL' : 'EVEN');
    }
  });

  it('is the same for the same seed, however the market’s time is cut into steps', () => {
    const run = (step: number) => {
      const stage = new KoreanStage(dialect, coins);
      for (const code of CODES) for (const type of ['ticker', 'trade', 'orderbook']) stage.listen(type, code);
      for (let time = START; time < START + 20_000; time += step) stage.market.advanceTo(time);
      stage.market.advanceTo(START + 20_000);
      // Between two slices instruments report in another order, so each stream is compared alone.
      const hashes: Record<string, number> = {};
      for (const { stream, text } of stage.frames) {
        hashes[stream] = hash32(hashes[stream] ?? 0, hashText(text));
      }
      return hashes;
    };
    const once = run(20_000);
    expect(Object.keys(once).length).toBeGreaterThan(10);
    expect(run(137)).toEqual(once);
  });

  it('sends nothing while nothing happens', () => {
    const stage = new KoreanStage(dialect, coins);
    for (const code of CODES)
      for (const type of ['ticker', 'trade', 'orderbook', 'candle.1m']) stage.listen(type, code);
    stage.market.instruments.setActivity(0);
    stage.market.advanceTo(START + MINUTE);
    expect(stage.frames).toEqual([]);
  });
});

describe('candle streams of Upbit', () => {
  const quiet = UPBIT_COINS.filter(({ symbol }) => ['KRW-KAIA', 'KRW-BTC'].includes(symbol));
  const TYPES = ['candle.1s', 'candle.1m', 'candle.3m', 'candle.60m'];

  const stage = new KoreanStage(UPBIT_DIALECT, quiet);
  const times: number[] = [];

  beforeAll(() => {
    for (const type of TYPES) for (const { symbol } of quiet) stage.listen(type, symbol);
    stage.onFrame = () => times.push(stage.market.now);
    stage.market.advanceTo(START + 63 * MINUTE);
  });

  it('end as the true candles, corrections included, and are absent where nothing traded', () => {
    for (const type of ['candle.1m', 'candle.3m', 'candle.60m']) {
      for (const { symbol } of quiet) {
        const { candles, coin } = stage.market.instruments.get(symbol) as InstrumentMarket;
        const last = new Map<string, StagedFrame['value']>();
        for (const { stream, value } of stage.frames) {
          if (stream === `${type}:${symbol}`) last.set(value.candle_date_time_utc, value);
        }
        const interval = type === 'candle.60m' ? '1h' : (type.slice('candle.'.length) as '1m');
        const truth = candles
          .from(interval, START, stage.market.now - 2 * MINUTE, 100)
          .filter(({ fills }) => fills > 0);
        for (const candle of truth) {
          const told = last.get(new Date(candle.openTime).toISOString().slice(0, 19));
          expect([
            told?.opening_price,
            told?.high_price,
            told?.low_price,
            told?.trade_price,
            told?.candle_acc_trade_volume,
            told?.candle_acc_trade_price,
          ]).toEqual([
            ...[candle.open, candle.high, candle.low, candle.close].map((price) =>
              plainDecimal(priceText(coin, price)),
            ),
            plainDecimal(quantityText(coin, candle.volume)),
            plainDecimal(notionalText(coin, candle.notional)),
          ]);
        }
        expect(truth.length).toBeGreaterThan(0);
        const empty = candles.from('1m', START, stage.market.now, 200).filter(({ fills }) => fills === 0);
        if (type === 'candle.1m') {
          const told = empty.filter(({ openTime }) =>
            last.has(new Date(openTime).toISOString().slice(0, 19)),
          );
          expect(told).toEqual([]);
          if (symbol === 'KRW-KAIA') expect(empty.length).toBeGreaterThan(0);
        }
      }
    }
  });

  it('come at most once a second, without a closed flag, and now and then correct the candle before', () => {
    let corrections = 0;
    for (const type of TYPES) {
      for (const { symbol } of quiet) {
        const own = stage.frames
          .map((frame, index) => ({ frame, at: times[index] as number }))
          .filter(({ frame }) => frame.stream === `${type}:${symbol}`);
        const perSecond = new Map<number, number>();
        for (const [index, { frame, at }] of own.entries()) {
          const before = own[index - 1]?.frame.value.candle_date_time_utc ?? '';
          const isCorrection = frame.value.candle_date_time_utc < before;
          if (isCorrection) corrections++;
          else perSecond.set(at, (perSecond.get(at) ?? 0) + 1);
          expect(at % 1000).toBe(0);
          expect(Object.keys(frame.value)).not.toContain('closed');
        }
        expect(Math.max(...perSecond.values())).toBe(1);
      }
    }
    expect(corrections).toBeGreaterThan(2);
  });
});

describe('formats of Upbit', () => {
  it('spell the same values in long and short keys, plain and wrapped', () => {
    const stage = new KoreanStage(UPBIT_DIALECT, only(UPBIT_COINS));
    for (const format of ['DEFAULT', 'SIMPLE', 'JSON_LIST', 'SIMPLE_LIST'] as const) {
      for (const type of ['ticker', 'trade', 'orderbook', 'candle.1s'])
        stage.listen(type, 'KRW-BTC', format, 5);
    }
    stage.market.advanceTo(START + 5000);
    for (const type of ['ticker', 'trade', 'orderbook', 'candle.1s']) {
      const [long, short, list, shortList] = stage.frames.filter(
        ({ stream }) => stream === `${type}:KRW-BTC`,
      );
      const values = (value: unknown): unknown =>
        value !== null && typeof value === 'object' ? Object.values(value).map(values) : value;
      expect(values(short?.value)).toEqual(values(long?.value));
      expect(values(list?.value[0])).toEqual(values(long?.value));
      expect(values(shortList?.value[0])).toEqual(values(long?.value));
      expect([list?.value.length, shortList?.value.length]).toEqual([1, 1]);
    }
    const book = stage.frames.find(({ stream }) => stream.startsWith('orderbook'))?.text ?? '';
    expect(book).toMatch(/"ask_price":\d\.\d+E8,"bid_price":\d\.\d+E8,"ask_size":\d+\.\d{8},/);
    const simple = stage.frames.filter(({ stream }) => stream.startsWith('orderbook'))[1]?.text ?? '';
    expect(simple).toMatch(/"ap":\d{9},"bp":\d{9},/);
  });
});
