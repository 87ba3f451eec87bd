import { describe, expect, test } from 'vitest';
import { instrumentId } from '#shared/domain/instrument.ts';
import type { StreamKey } from '#shared/domain/stream-key.ts';
import { binance } from './index.ts';

const instrument = instrumentId('binance:BTC-USDT-PERP');

describe('Binance streams', () => {
  test.each<[StreamKey, string, string, number | undefined]>([
    [{ kind: 'ticker', instrument }, 'market', 'btcusdt@ticker', 2_000],
    [{ kind: 'top', instrument }, 'public', 'btcusdt@bookTicker', undefined],
    [{ kind: 'trade', instrument }, 'market', 'btcusdt@aggTrade', undefined],
    [{ kind: 'book', instrument }, 'public', 'btcusdt@depth@100ms', undefined],
    [{ kind: 'mark', instrument }, 'market', 'btcusdt@markPrice@1s', 1_000],
    [{ kind: 'candle', instrument, interval: '1M' }, 'market', 'btcusdt@kline_1M', undefined],
  ])('%j comes by %s as %s', (key, route, channel, rhythmMs) => {
    expect([binance.routeOf(key), binance.channelOf(key), binance.rhythmOf(key)]).toEqual([
      route,
      channel,
      rhythmMs,
    ]);
  });

  test('sockets are routed and wrapped', () => {
    expect(binance.socketUrl(binance.environments.mainnet, 'market')).toBe(
      'wss://fstream.binance.com/market/stream',
    );
    expect(binance.socketUrl(binance.environments.demo, 'public')).toBe(
      'wss://demo-fstream.binance.com/public/stream',
    );
  });

  test('subscribe frames', () => {
    expect([
      binance.subscribing.subscribeFrame(['btcusdt@depth@100ms', 'ethusdt@bookTicker'], 1),
      binance.subscribing.unsubscribeFrame(['ethusdt@bookTicker'], 2),
    ]).toEqual([
      '{"method":"SUBSCRIBE","params":["btcusdt@depth@100ms","ethusdt@bookTicker"],"id":1}',
      '{"method":"UNSUBSCRIBE","params":["ethusdt@bookTicker"],"id":2}',
    ]);
  });

  test('every favourite has a symbol here', () => {
    expect(binance.favourites.map(binance.symbolOf).map(binance.instrumentOf)).toEqual(binance.favourites);
    expect(binance.favourites.length).toBeGreaterThanOrEqual(8);
  });
});

describe('Binance book rule', () => {
  const delta = (first: number, last: number, previous: number) => ({
    kind: 'book-delta' as const,
    instrument,
    venueTime: 0,
    receivedAt: 0,
    priceScale: 0,
    quantityScale: 0,
    firstUpdateId: first,
    lastUpdateId: last,
    previousUpdateId: previous,
    bids: new Float64Array(0),
    asks: new Float64Array(0),
  });

  test.each([
    ['ends before the snapshot', 90, 99, 89, 'stale'],
    ['ends with it', 90, 100, 89, 'applied'],
    ['holds it', 95, 105, 94, 'applied'],
    ['starts with it', 100, 105, 99, 'applied'],
    ['starts right after it and names it', 101, 105, 100, 'applied'],
    ['starts later but names it', 103, 105, 100, 'applied'],
    ['starts after a hole', 101, 105, 99, 'early'],
  ])('the first change that %s', (_, first, last, previous, verdict) => {
    expect(binance.book.bridge(100, delta(first, last, previous))).toBe(verdict);
  });

  test.each([
    ['came before', 90, 99, 89, 'stale'],
    ['comes again', 95, 100, 94, 'stale'],
    ['names its predecessor', 101, 105, 100, 'applied'],
    ['skips numbers but names its predecessor', 103, 105, 100, 'applied'],
    ['names another', 101, 105, 99, 'gap'],
  ])('a later change that %s', (_, first, last, previous, verdict) => {
    expect(binance.book.follow(100, delta(first, last, previous))).toBe(verdict);
  });
});
