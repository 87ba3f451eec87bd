import { describe, expect, test } from 'vitest';
import { instrumentId } from '#shared/domain/instrument.ts';
import type { Candle } from '#shared/domain/market-data.ts';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import { createCandleFeed } from '../market/candle-feed.ts';
import { createCandleSource } from './candle-source.ts';

const candle = (minute: number, close: number, closed: boolean): Candle => ({
  openTime: minute * 60_000,
  open: 1,
  high: 9,
  low: 1,
  close,
  volume: 1,
  closed,
});

describe('candle source', () => {
  test('conflates a candle to its latest state, and never loses a close that the next candle overtook', () => {
    const instrument = instrumentId('binance:BTC-USDT-PERP');
    const feed = createCandleFeed({
      instrument,
      interval: '1m',
      clock: createVirtualClock(),
      maxCandles: 10,
      now: () => undefined,
      endsByClock: false,
      isTrusted: () => true,
      loader: {
        page: () => new Promise(() => undefined),
        range: () => {
          throw new Error('nothing is missing');
        },
      },
      onChange: (openTimes) => source.touch(openTimes),
      onRepaired: () => undefined,
      onFault: () => undefined,
    });
    const source = createCandleSource({ feed: () => feed, onDispose: () => undefined });
    const apply = (one: Candle) =>
      feed.apply({ kind: 'candle', instrument, interval: '1m', venueTime: 0, receivedAt: 77, candle: one });
    apply(candle(1, 2, false));
    apply(candle(1, 3, false));
    apply(candle(1, 4, true));
    apply(candle(2, 5, false));
    const update = source.take();
    expect({
      openTime: [...(update?.candles.openTime ?? [])],
      close: [...(update?.candles.close ?? [])],
      closed: [...(update?.candles.closed ?? [])],
      receivedAt: update?.receivedAt,
      again: source.take(),
    }).toEqual({
      openTime: [60_000, 120_000],
      close: [4, 5],
      closed: [1, 0],
      receivedAt: 77,
      again: undefined,
    });
  });
});
