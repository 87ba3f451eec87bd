import { describe, expect, it } from 'vitest';
import { chanceOf, replayOf, seedsOf } from '#shared/test-kit/seeds.ts';
import type { HeldCandle } from '../../../stores/candle-series.ts';
import { INDICATOR_KINDS, type IndicatorChoice, newIndicator, readIndicators } from './indicator-kinds.ts';
import { createIndicatorTrack, isAcrossHole } from './indicator-track.ts';
import { sessionStart } from './session-start.ts';

const HOUR = 3_600_000;

/** A walk of candles, some of them without a trade. */
function walk(seed: number, count: number): HeldCandle[] {
  const chance = chanceOf(seed);
  let price = 100;
  return Array.from({ length: count }, (_, index) => {
    const open = price;
    const close = Math.max(1, open + (chance() - 0.5) * 6);
    price = close;
    return {
      openTime: index * HOUR,
      open,
      close,
      high: Math.max(open, close) + chance(),
      low: Math.min(open, close) - chance() / 2,
      volume: chance() < 0.1 ? 0 : chance() * 40,
      closed: true,
      provenance: 'live' as const,
    };
  });
}

function choiceOf(kind: IndicatorChoice['kind'], numbers: IndicatorChoice['numbers'] = {}): IndicatorChoice {
  return { ...newIndicator(kind, []), numbers };
}

function batch(choice: IndicatorChoice, candles: readonly HeldCandle[]): readonly (readonly number[])[] {
  const track = createIndicatorTrack(choice);
  track.follow(candles, { kind: 'all' });
  return track.values;
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The textbook, written out: nothing is shared with what is tested. Indexed by candle; undefined where there is no value. */
const textbook = {
  sma: (closes: readonly number[], n: number) =>
    closes.map((_, at) => (at < n - 1 ? undefined : mean(closes.slice(at - n + 1, at + 1)))),
  ema(closes: readonly number[], n: number) {
    let held = closes[0] ?? 0;
    const share = 2 / (n + 1);
    return closes.map((close) => {
      held += (close - held) * share;
      return held;
    });
  },
  deviation: (closes: readonly number[], n: number) =>
    closes.map((_, at) => {
      if (at < n - 1) return undefined;
      const window = closes.slice(at - n + 1, at + 1);
      const middle = mean(window);
      return Math.sqrt(mean(window.map((value) => (value - middle) ** 2)));
    }),
  /** Wilder's: a plain mean first, then each next weighs one part in n. */
  wilder(values: readonly number[], n: number) {
    let held: number | undefined;
    return values.map((value, at) => {
      if (at < n - 1) return undefined;
      held = held === undefined ? mean(values.slice(0, n)) : (held * (n - 1) + value) / n;
      return held;
    });
  },
};

function expectClose(
  actual: readonly number[] | undefined,
  expected: readonly (number | undefined)[],
  what: string,
) {
  const wrong = expected.flatMap((value, at) => {
    const got = actual?.[at] ?? Number.NaN;
    const right =
      value === undefined ? Number.isNaN(got) : Math.abs(got - value) < 1e-8 * Math.max(1, Math.abs(value));
    return right ? [] : [`${what} at ${at}: ${got}, not ${value}`];
  });
  expect(wrong.slice(0, 3)).toEqual([]);
}

describe('indicators are what the textbook says', () => {
  const candles = walk(7, 400);
  const closes = candles.map(({ close }) => close);

  it('SMA and EMA, an EMA only once it has had its whole period', () => {
    expectClose(batch(choiceOf('sma', { period: 9 }), candles)[0], textbook.sma(closes, 9), 'sma');
    const ema = textbook.ema(closes, 9).map((value, at) => (at < 8 ? undefined : value));
    expectClose(batch(choiceOf('ema', { period: 9 }), candles)[0], ema, 'ema');
  });

  it('Bollinger: the mean and so many deviations (of the whole) around it', () => {
    const values = batch(choiceOf('bollinger', { period: 20, width: 2.5 }), candles);
    const middle = textbook.sma(closes, 20);
    const deviation = textbook.deviation(closes, 20);
    const band = (sign: number) =>
      middle.map((value, at) =>
        value === undefined ? undefined : value + sign * 2.5 * (deviation[at] ?? 0),
      );
    expectClose(values[0], band(1), 'upper');
    expectClose(values[1], middle, 'middle');
    expectClose(values[2], band(-1), 'lower');
  });

  it('RSI by Wilder', () => {
    const changes = closes.slice(1).map((close, at) => close - (closes[at] ?? 0));
    const gains = textbook.wilder(
      changes.map((change) => Math.max(0, change)),
      14,
    );
    const losses = textbook.wilder(
      changes.map((change) => Math.max(0, -change)),
      14,
    );
    const rsi = gains.map((gain, at) =>
      gain === undefined ? undefined : 100 - 100 / (1 + gain / (losses[at] ?? 0)),
    );
    expectClose(batch(choiceOf('rsi', { period: 14 }), candles)[0], [undefined, ...rsi], 'rsi');
  });

  it('MACD, its signal and what lies between them', () => {
    const slow = textbook.ema(closes, 26);
    const line = textbook.ema(closes, 12).map((value, at) => value - (slow[at] ?? 0));
    const signal = textbook.ema(line.slice(25), 9);
    const values = batch(choiceOf('macd'), candles);
    expectClose(
      values[0],
      line.map((value, at) => (at < 25 ? undefined : value)),
      'macd',
    );
    const told = line.map((_, at) => (at < 33 ? undefined : signal[at - 25]));
    expectClose(values[1], told, 'signal');
    expectClose(
      values[2],
      told.map((value, at) => (value === undefined ? undefined : (line[at] ?? 0) - value)),
      'histogram',
    );
  });

  it('ATR by Wilder', () => {
    const ranges = candles.map(({ high, low }, at) => {
      const before = candles[at - 1]?.close;
      return before === undefined
        ? high - low
        : Math.max(high - low, Math.abs(high - before), Math.abs(low - before));
    });
    expectClose(batch(choiceOf('atr', { period: 10 }), candles)[0], textbook.wilder(ranges, 10), 'atr');
  });

  it('Stochastic: where the close stands between the highest and the lowest, smoothed twice', () => {
    const raw = candles.map((candle, at) => {
      if (at < 13) return Number.NaN;
      const window = candles.slice(at - 13, at + 1);
      const lowest = Math.min(...window.map(({ low }) => low));
      const highest = Math.max(...window.map(({ high }) => high));
      return ((candle.close - lowest) / (highest - lowest)) * 100;
    });
    const k = raw.map((_, at) => (at < 15 ? Number.NaN : mean(raw.slice(at - 2, at + 1))));
    const d = k.map((_, at) => (at < 17 ? undefined : mean(k.slice(at - 2, at + 1))));
    const values = batch(choiceOf('stochastic'), candles);
    expectClose(
      values[0],
      k.map((value, at) => (at < 17 ? undefined : value)),
      'k',
    );
    expectClose(values[1], d, 'd');
  });

  it('VWAP: money over coins since the session began, candles without a trade not weighing', () => {
    for (const session of ['day', 'kst', 'week'] as const) {
      const expected = candles.map((candle, at) => {
        const from = sessionStart(session, candle.openTime);
        const own = candles.slice(0, at + 1).filter(({ openTime }) => openTime >= from);
        const coins = own.reduce((sum, { volume }) => sum + volume, 0);
        const money = own.reduce(
          (sum, { high, low, close, volume }) => sum + ((high + low + close) / 3) * volume,
          0,
        );
        if (coins > 0) return money / coins;
        return mean(own.map(({ high, low, close }) => (high + low + close) / 3));
      });
      expectClose(batch({ ...choiceOf('vwap'), session }, candles)[0], expected, session);
    }
  });
});

describe('a session', () => {
  it('of the day begins at 00:00 UTC, which is 09:00 in Seoul; of Seoul at 15:00 UTC; of the week on Monday', () => {
    const at = Date.UTC(2026, 6, 15, 16, 30);
    expect(
      (['day', 'kst', 'week'] as const).map((session) => new Date(sessionStart(session, at)).toISOString()),
    ).toEqual(['2026-07-15T00:00:00.000Z', '2026-07-15T15:00:00.000Z', '2026-07-13T00:00:00.000Z']);
  });
});

describe('values kept up with a live candle', () => {
  it('are those of everything reckoned at once, whatever the ticks, repairs and proofs in between', () => {
    for (const seed of seedsOf(40)) {
      const chance = chanceOf(seed);
      const whole = walk(seed + 1000, 120);
      for (const kind of INDICATOR_KINDS) {
        const choice = choiceOf(kind, { period: 2 + Math.floor(chance() * 12) });
        const track = createIndicatorTrack(choice);
        const held: HeldCandle[] = whole.slice(0, 30);
        track.follow(held, { kind: 'all' });
        for (let at = 30; at < whole.length; at += 1) {
          const final = whole[at] as HeldCandle;
          for (let tick = Math.floor(chance() * 4); tick >= 0; tick -= 1) {
            const close = tick === 0 ? final.close : final.open + (chance() - 0.5) * 8;
            const high = Math.max(final.high, close);
            const volume = tick === 0 ? final.volume : final.volume * chance();
            held[at] = tick === 0 ? final : { ...final, close, high, volume, closed: false };
            track.follow(held, { kind: 'from', index: at });
          }
          // The venue proves the candle before, with the next one having begun.
          if (chance() < 0.3) {
            held[at - 1] = { ...(held[at - 1] as HeldCandle), provenance: 'verified' };
            track.follow(held, { kind: 'from', index: at - 1 });
          }
          if (chance() < 0.05) {
            const where = Math.floor(chance() * at);
            held[where] = {
              ...(held[where] as HeldCandle),
              close: 50 + chance() * 100,
              provenance: 'corrected',
            };
            track.follow(held, { kind: 'from', index: where });
          }
        }
        const expected = batch(choice, held);
        for (const [line, values] of expected.entries()) {
          expectClose(
            track.values[line],
            values.map((value) => (Number.isNaN(value) ? undefined : value)),
            `${kind} ${JSON.stringify(choice.numbers)} ${replayOf(seed, 'src/renderer/panels/chart/indicators/run-indicator.test.ts')}`,
          );
        }
      }
    }
  });

  it('touch only the newest candle with a tick, and nothing when a candle is only proven', () => {
    const held = walk(3, 50);
    const track = createIndicatorTrack(choiceOf('ema', { period: 5 }));
    const first = track.follow(held, { kind: 'all' });
    held[48] = { ...(held[48] as HeldCandle), provenance: 'verified' };
    const proven = track.follow(held, { kind: 'from', index: 48 });
    held[49] = { ...(held[49] as HeldCandle), close: 1 };
    const ticked = track.follow(held, { kind: 'from', index: 49 });
    held[48] = { ...(held[48] as HeldCandle), close: 1 };
    const repaired = track.follow(held, { kind: 'from', index: 48 });
    expect([first, proven, ticked, repaired]).toEqual([0, undefined, 49, 0]);
  });
});

describe('a value that reaches across a hole', () => {
  it('is told until the window is behind it; a VWAP until its session ends', () => {
    const hole = { from: 10 * HOUR, to: 12 * HOUR, count: 2 };
    const across = (choice: IndicatorChoice) =>
      [0, 1, 3, 4, 11, 12, 13].filter((after) => isAcrossHole(choice, (12 + after) * HOUR, hole, after));
    expect({
      sma: across(choiceOf('sma', { period: 5 })),
      ema: across(choiceOf('ema', { period: 4 })),
      vwap: across(choiceOf('vwap')),
    }).toEqual({ sma: [0, 1, 3], ema: [0, 1, 3, 4, 11], vwap: [0, 1, 3, 4, 11] });
  });
});

describe('what a layout remembers of indicators', () => {
  it('is taken where it makes sense, and bounded', () => {
    expect(
      readIndicators([
        { id: 'a', kind: 'ema', numbers: { period: 50, evil: 3 }, session: 'kst', ink: 'rose' },
        { id: 'a', kind: 'sma' },
        { id: 'b', kind: 'sma', numbers: { period: 'x' }, ink: '#fff' },
        { id: 'c', kind: 'nonsense' },
        null,
        'ema',
      ]),
    ).toEqual([
      { id: 'a', kind: 'ema', numbers: { period: 50 }, session: 'kst', ink: 'rose' },
      { id: 'b', kind: 'sma', numbers: {}, session: 'day', ink: 'blue' },
    ]);
    expect([readIndicators('x'), readIndicators(undefined)]).toEqual([[], []]);
  });
});
