import { describe, expect, test } from 'vitest';
import { instrumentId } from '#shared/domain/instrument.ts';
import { INTERVALS } from '#shared/domain/interval.ts';
import type { StreamKey } from '#shared/domain/stream-key.ts';
import { bybit } from './index.ts';

const perpetual = instrumentId('bybit:BTC-USDT-PERP');
const usdc = instrumentId('bybit:BTC-USDC-PERP');
const spot = instrumentId('bybit:BTC-USDT');

describe('Bybit streams', () => {
  test.each<[StreamKey, string, string | undefined, number | undefined]>([
    [{ kind: 'ticker', instrument: perpetual }, 'linear', 'tickers.BTCUSDT', undefined],
    [{ kind: 'mark', instrument: perpetual }, 'linear', 'tickers.BTCUSDT', undefined],
    [{ kind: 'top', instrument: usdc }, 'linear', 'orderbook.1.BTCPERP', 4_000],
    [{ kind: 'book', instrument: perpetual }, 'linear', 'orderbook.200.BTCUSDT', undefined],
    [{ kind: 'trade', instrument: spot }, 'spot', 'publicTrade.BTCUSDT', undefined],
    [{ kind: 'ticker', instrument: spot }, 'spot', 'tickers.BTCUSDT', undefined],
    [{ kind: 'candle', instrument: spot, interval: '4h' }, 'spot', 'kline.240.BTCUSDT', undefined],
    [{ kind: 'mark', instrument: spot }, 'spot', undefined, undefined],
    [{ kind: 'candle', instrument: spot, interval: '8h' }, 'spot', undefined, undefined],
  ])('%j comes by %s as %s', (key, route, channel, rhythmMs) => {
    expect([bybit.routeOf(key), bybit.channelOf(key), bybit.rhythmOf(key)]).toEqual([
      route,
      channel,
      rhythmMs,
    ]);
  });

  test('candles come in just the intervals that are named', () => {
    const streamed = INTERVALS.filter(
      (interval) => bybit.channelOf({ kind: 'candle', instrument: spot, interval }) !== undefined,
    );
    expect(streamed).toEqual(bybit.intervals);
  });

  test('each family has its socket; demo trading sees the real market', () => {
    const { mainnet, demo } = bybit.environments;
    expect([bybit.socketUrl(mainnet, 'linear'), bybit.socketUrl(demo, 'spot')]).toEqual([
      'wss://stream.bybit.com/v5/public/linear',
      'wss://stream.bybit.com/v5/public/spot',
    ]);
  });

  test('requests carry their number as text', () => {
    expect([
      bybit.subscribing.subscribeFrame(['orderbook.200.BTCUSDT', 'tickers.BTCUSDT'], 1),
      bybit.subscribing.unsubscribeFrame(['tickers.BTCUSDT'], 2),
    ]).toEqual([
      '{"req_id":"1","op":"subscribe","args":["orderbook.200.BTCUSDT","tickers.BTCUSDT"]}',
      '{"req_id":"2","op":"unsubscribe","args":["tickers.BTCUSDT"]}',
    ]);
  });

  test('one bad channel refuses the whole request, so it is halved; spot takes ten at most', () => {
    expect([bybit.subscribing.refusesWhole, bybit.limits.channelsPerFrame]).toEqual([true, 10]);
  });

  test('every favourite has a symbol here', () => {
    const names = bybit.favourites.map((id) => [
      bybit.symbolOf(id),
      bybit.routeOf({ kind: 'book', instrument: id }),
    ]);
    expect(names.map(([symbol = '', route]) => bybit.instrumentOf(symbol, route))).toEqual(bybit.favourites);
    expect(bybit.favourites.length).toBeGreaterThanOrEqual(8);
  });

  test.each(['linear', 'spot'])('the canary of %s sings there', (route) => {
    expect(bybit.routeOf(bybit.canaryOf(route))).toBe(route);
  });
});

describe('Bybit book rule', () => {
  const delta = (u: number) => ({
    kind: 'book-delta' as const,
    instrument: spot,
    venueTime: 0,
    receivedAt: 0,
    priceScale: 0,
    quantityScale: 0,
    firstUpdateId: u,
    lastUpdateId: u,
    bids: new Float64Array(0),
    asks: new Float64Array(0),
  });

  test.each([
    ['older than', 99, 'stale', 'stale'],
    ['the same as', 100, 'stale', 'stale'],
    ['right after', 101, 'applied', 'applied'],
    ['a step beyond', 102, 'early', 'gap'],
  ])('a change %s what is held', (_, u, first, later) => {
    expect([bybit.book.bridge(100, delta(u)), bybit.book.follow(100, delta(u))]).toEqual([first, later]);
  });
});
