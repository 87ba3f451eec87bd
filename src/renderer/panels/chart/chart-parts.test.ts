import { describe, expect, it } from 'vitest';
import { instrumentId } from '#shared/domain/instrument.ts';
import { chanceOf, seedsOf } from '#shared/test-kit/seeds.ts';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import { createCandleFeed } from '../../stores/candle-feed.ts';
import type { HeldCandle } from '../../stores/candle-series.ts';
import { candleColumns, MINUTE, minutes } from '../../stores/test-kit/candle-columns.ts';
import { createFakeClient } from '../../stores/test-kit/fake-client.ts';
import { FIRST_LOOK, readLook } from './chart-look.ts';
import { loadBackTo, type Progress } from './go-to-date.ts';
import { createHeikinAshi } from './heikin-ashi.ts';
import { mainRow, type RowColours } from './main-rows.ts';
import { heightOfOther, percentText } from './percent-scale.ts';

const btc = instrumentId('binance:BTC-USDT-PERP');
const settle = async () => {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
};

function candle(
  index: number,
  [open, high, low, close]: readonly [number, number, number, number],
): HeldCandle {
  return { openTime: index * MINUTE, open, high, low, close, volume: 1, closed: true, provenance: 'live' };
}

describe('Heikin-Ashi', () => {
  it('averages, and begins anew after a hole', () => {
    const candles = [candle(0, [10, 20, 8, 16]), candle(1, [16, 18, 12, 14]), candle(5, [30, 36, 28, 34])];
    const averaged = createHeikinAshi();
    averaged.follow(candles, { kind: 'all' }, new Set([5 * MINUTE]));
    expect(averaged.candles).toEqual([
      { open: 13, close: 13.5, high: 20, low: 8 },
      { open: 13.25, close: 15, high: 18, low: 12 },
      { open: 32, close: 32, high: 36, low: 28 },
    ]);
  });

  it('followed tick by tick is what it is at once', () => {
    for (const seed of seedsOf(30)) {
      const chance = chanceOf(seed);
      const price = () => 50 + chance() * 100;
      const random = (index: number) => {
        const [open, close] = [price(), price()];
        return candle(index, [open, Math.max(open, close) + 1, Math.min(open, close) - 1, close]);
      };
      const held: HeldCandle[] = [random(0)];
      const followed = createHeikinAshi();
      followed.follow(held, { kind: 'all' }, new Set());
      for (let step = 0; step < 60; step += 1) {
        const index = chance() < 0.4 ? held.length : Math.floor(held.length * chance());
        held[index] = random(index);
        followed.follow(held, { kind: 'from', index }, new Set());
      }
      const whole = createHeikinAshi();
      whole.follow(held, { kind: 'all' }, new Set());
      expect(followed.candles).toEqual(whole.candles);
    }
  });
});

describe('a row of the chart', () => {
  const palette: RowColours = {
    panel: '#000000',
    raised: '#111111',
    line: '#222222',
    text: '#ffffff',
    dim: '#888888',
    faint: '#444444',
    up: '#00ff00',
    down: '#ff0000',
    accent: '#0000ff',
  };
  const one = candle(1, [10, 14, 9, 12]);
  const place = { candle: one, shown: one, before: 13, isLastBeforeHole: false };
  it('of a hollow candle is empty where it rose, and coloured by the close before', () => {
    expect(mainRow('hollow', place, palette)).toMatchObject({ color: '#00000000', borderColor: '#ff0000' });
    expect(mainRow('hollow', { ...place, before: 11 }, palette)).toMatchObject({ borderColor: '#00ff00' });
  });
  it('of a line ends before a hole and is paler over what was repaired', () => {
    const repaired = { ...place, candle: { ...one, provenance: 'backfilled' as const } };
    expect([
      mainRow('line', place, palette),
      mainRow('line', { ...place, isLastBeforeHole: true }, palette),
      mainRow('line', repaired, palette),
      mainRow('area', { ...place, isLastBeforeHole: true }, palette),
    ]).toEqual([
      { time: 60, value: 12, color: '#0000ff' },
      { time: 60, value: 12, color: '#00000000' },
      { time: 60, value: 12, color: '#0000ff73' },
      { time: 60, value: 12, lineColor: '#00000000', topColor: '#00000000', bottomColor: '#00000000' },
    ]);
  });
  it('of an averaged candle shows the averages', () => {
    const shown = { open: 1, high: 4, low: 0.5, close: 2 };
    expect(mainRow('heikin', { ...place, shown }, palette)).toEqual({ time: 60, ...shown });
  });
});

describe('percents', () => {
  it('have a sign, fewer digits the larger they are, and none without a base', () => {
    expect([
      percentText(101.234, 100),
      percentText(99.999, 100),
      percentText(50, 100),
      percentText(350, 100),
      percentText(5_000, 100),
      percentText(5, 0),
    ]).toEqual(['+1.23%', '0.00%', '−50.00%', '+250.0%', '+4,900%', '']);
  });
  it('put another instrument where it begins at the same point', () => {
    expect([heightOfOther(2, 2, 500), heightOfOther(2.2, 2, 500), heightOfOther(1, undefined, 5)]).toEqual([
      500,
      550,
      Number.NaN,
    ]);
  });
});

describe('what a layout remembers of a chart', () => {
  it('is taken where it makes sense', () => {
    const [a, b, c, d, e] = ['A', 'B', 'C', 'D', 'E'].map((base) => `binance:${base}-USDT`);
    expect([
      readLook(undefined),
      readLook({
        type: 'x',
        scale: 'log',
        auto: 'no',
        volume: false,
        compare: [a, a, 'nonsense', b, c, d, e, 7],
      }),
    ]).toEqual([FIRST_LOOK, { ...FIRST_LOOK, scale: 'log', volume: false, compare: [a, b, c, d] }]);
  });
});

describe('going to a date', () => {
  async function feedFrom(minute: number) {
    const client = createFakeClient();
    const feed = createCandleFeed(client, createVirtualClock());
    feed.follow(btc, '1m');
    const page = (from: number, to: number, hasOlder: boolean) => {
      client.asked.at(-1)?.resolve({ candles: candleColumns(minutes(from, to)), hasOlder });
      return settle();
    };
    await page(minute, minute + 100, true);
    return { feed, page, client };
  }

  it('loads page after page, tells how far it is, and ends where the date is held', async () => {
    const { feed, page } = await feedFrom(1_000);
    const told: Progress[] = [];
    const way = loadBackTo(
      feed,
      750 * MINUTE,
      (progress) => told.push(progress),
      new AbortController().signal,
    );
    await page(900, 1_000, true);
    await page(800, 900, true);
    await page(700, 800, true);
    expect(await way).toEqual({ kind: 'there' });
    expect([...new Set(told.map(({ share }) => share))]).toEqual([0, 0.4, 0.8]);
  });

  it('says when the venue has nothing older', async () => {
    const { feed, page } = await feedFrom(1_000);
    const way = loadBackTo(feed, 0, () => undefined, new AbortController().signal);
    await page(900, 1_000, false);
    expect(await way).toEqual({ kind: 'oldest', oldest: 900 * MINUTE });
  });

  it('can be given up, and asks for nothing more then', async () => {
    const { feed, page, client } = await feedFrom(1_000);
    const giveUp = new AbortController();
    const way = loadBackTo(feed, 0, () => undefined, giveUp.signal);
    giveUp.abort();
    const asked = client.asked.length;
    await page(900, 1_000, true);
    expect([await way, client.asked.length <= asked]).toEqual([{ kind: 'left' }, true]);
  });

  it('ends with what went wrong, or where the chart shows something else', async () => {
    const one = await feedFrom(1_000);
    const failed = loadBackTo(one.feed, 0, () => undefined, new AbortController().signal);
    one.client.asked.at(-1)?.reject(new Error('no') as never);
    await settle();
    const other = await feedFrom(1_000);
    const left = loadBackTo(other.feed, 0, () => undefined, new AbortController().signal);
    other.feed.follow(btc, '5m');
    expect([(await failed).kind, await left]).toEqual(['failed', { kind: 'left' }]);
  });

  it('is refused where more candles would be needed than a chart can hold', async () => {
    const { feed } = await feedFrom(200_000);
    expect(await loadBackTo(feed, 0, () => undefined, new AbortController().signal)).toEqual({
      kind: 'too-far',
      needed: 200_000,
    });
  });
});
