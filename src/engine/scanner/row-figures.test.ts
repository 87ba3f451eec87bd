import { describe, expect, it } from 'vitest';
import { HeartlineError } from '#shared/base/errors.ts';
import { type InstrumentId, instrumentId, venueId } from '#shared/domain/instrument.ts';
import { type RowFigures, SPARK_POINTS, SPARK_STEP_MS } from '#shared/domain/scanner.ts';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import type { Market } from '../market/market.ts';
import { createMarketList } from '../market/market-list.ts';
import { createRowFigures } from './row-figures.ts';

const BTC = instrumentId('upbit:BTC-KRW');
const ETH = instrumentId('upbit:ETH-KRW');
const ABROAD = instrumentId('binance:BTC-USDT-PERP');

async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}

function openFigures(prices: Record<string, number>) {
  const clock = createVirtualClock(1_795_000_000_000);
  const markets = createMarketList();
  const asked: InstrumentId[] = [];
  let isOut = false;
  let busy = 0;
  let mostBusy = 0;
  const heard = new Map<string, number>();
  for (const venue of ['upbit', 'binance']) {
    markets.add({
      venue: { id: venueId(venue), name: venue },
      isPaused: false,
      row: (id: string) =>
        id in prices
          ? { last: prices[id], quoteVolume24h: 1, lastReceivedAt: heard.get(id) ?? clock.now() }
          : undefined,
      recallCandles: () => [],
      async loadCandles({ instrument, limit }: { instrument: InstrumentId; limit: number }) {
        asked.push(instrument);
        busy += 1;
        mostBusy = Math.max(mostBusy, busy);
        await Promise.resolve();
        busy -= 1;
        if (isOut) throw new HeartlineError('rest.timeout', 'no answer');
        const newest = Math.floor(clock.now() / SPARK_STEP_MS);
        return Array.from({ length: limit }, (_, at) => ({
          openTime: (newest - limit + 1 + at) * SPARK_STEP_MS,
          close: at + 1,
        }));
      },
      dispose: () => undefined,
    } as unknown as Market);
  }
  const figures = createRowFigures({ clock, markets, krwPerUsd: () => 1_000, scanned: () => [] });
  return {
    clock,
    figures,
    asked,
    heard,
    breakDown: () => {
      isOut = true;
    },
    mostBusy: () => mostBusy,
    open(instruments: readonly InstrumentId[], sparks: readonly InstrumentId[] = []) {
      return figures.watch({ instruments, sparks }, () => undefined);
    },
  };
}

const line = (told: RowFigures | undefined, row = 0) =>
  told?.points.slice(row * SPARK_POINTS, (row + 1) * SPARK_POINTS);

describe('lines of a day', () => {
  it('come from one page of history each, one after the other, and end with the price of now', async () => {
    const { clock, open, asked, mostBusy } = openFigures({ [BTC]: 99, [ETH]: 7 });
    const source = open([], [BTC, ETH]);
    await settled();
    clock.advance(1_000);
    await settled();
    const told = source.take();
    expect([asked, mostBusy()]).toEqual([[BTC, ETH], 1]);
    expect([line(told)?.[0], line(told)?.at(-2), line(told)?.at(-1), line(told, 1)?.at(-1)]).toEqual([
      1,
      SPARK_POINTS - 1,
      99,
      7,
    ]);
    // What is known is not asked for again, whoever looks.
    open([], [BTC]);
    await settled();
    expect(asked).toHaveLength(2);
  });

  it('begin with what comes where there is no past to be had, and are asked for again only after minutes', async () => {
    const { clock, open, asked, breakDown, figures } = openFigures({ [BTC]: 99 });
    breakDown();
    const source = open([], [BTC]);
    await settled();
    const told = source.take();
    expect([line(told)?.filter((point) => !Number.isNaN(point)), asked.length]).toEqual([
      Float64Array.of(99),
      1,
    ]);
    for (let second = 0; second < 11 * 60; second += 1) {
      clock.advance(1_000);
      figures.second();
      await settled();
    }
    expect(asked).toHaveLength(2);
  });
});

describe('premiums of a watchlist', () => {
  it('are of coins whose other side is followed, and of prices that are young', () => {
    const { open, heard, clock } = openFigures({ [BTC]: 1_020, [ABROAD]: 1, [ETH]: 5 });
    const known = open([BTC, ABROAD, ETH]).take();
    expect([...(known?.premium ?? [])].map((share) => Math.round(share * 1e6) / 1e6)).toEqual([
      0.02,
      0.02,
      Number.NaN,
    ]);
    heard.set(ABROAD, clock.now() - 61_000);
    expect([...(open([BTC, ABROAD]).take()?.premium ?? [])]).toEqual([Number.NaN, Number.NaN]);
  });
});
