import { describe, expect, test } from 'vitest';
import { instrumentId } from '#shared/domain/instrument.ts';
import type { BookSnapshotEvent } from '#shared/domain/market-data.ts';
import type { StreamKey } from '#shared/domain/stream-key.ts';
import { bithumb } from './index.ts';

const instrument = instrumentId('bithumb:BTC-KRW');
const headers = (values: Record<string, string>) => ({ get: (name: string) => values[name] ?? null });

describe('Bithumb streams', () => {
  test.each<[StreamKey, string | undefined]>([
    [{ kind: 'ticker', instrument }, 'ticker KRW-BTC'],
    [{ kind: 'trade', instrument }, 'trade KRW-BTC'],
    [{ kind: 'top', instrument }, 'orderbook KRW-BTC'],
    [{ kind: 'book', instrument }, 'orderbook KRW-BTC'],
    [{ kind: 'mark', instrument }, undefined],
    [{ kind: 'candle', instrument, interval: '1m' }, undefined],
    [{ kind: 'candle', instrument, interval: '1d' }, undefined],
  ])('%j comes as %s', (key, channel) => {
    expect(bithumb.channelOf(key)).toBe(channel);
  });

  test('one frame names everything wanted, each type once, codes in capitals', () => {
    const { subscribing } = bithumb;
    const frame = subscribing.replaceFrame(
      ['orderbook KRW-BTC', 'trade KRW-BTC', 'orderbook KRW-ETH', 'ticker BTC-ETH'],
      7,
    );
    expect([subscribing.kind, JSON.parse(frame)]).toEqual([
      'replace',
      [
        { ticket: 'heartline-7' },
        { type: 'orderbook', codes: ['KRW-BTC', 'KRW-ETH'] },
        { type: 'trade', codes: ['KRW-BTC'] },
        { type: 'ticker', codes: ['BTC-ETH'] },
        { format: 'DEFAULT' },
      ],
    ]);
  });

  test('an idle socket is cut at 60 s: a PING goes out three times before, whatever comes in', () => {
    expect(bithumb.ping).toEqual({ frame: 'PING', everyMs: 20_000, always: true });
  });

  test('what one connection may send leaves room for the PINGs', () => {
    const { limits } = bithumb;
    expect(limits.sendsPerMinute + 60_000 / bithumb.ping.everyMs).toBeLessThan(100);
    expect(limits.channelsPerFrame).toBe(limits.maxStreamsPerConnection);
  });

  test('the socket', () => {
    expect(bithumb.socketUrl(bithumb.environments.mainnet)).toBe('wss://ws-api.bithumb.com/websocket/v1');
  });

  test('every favourite has a symbol here', () => {
    expect(bithumb.favourites.map(bithumb.symbolOf).map(bithumb.instrumentOf)).toEqual(bithumb.favourites);
    expect(bithumb.favourites.length).toBeGreaterThanOrEqual(8);
  });

  test('x-ratelimit-remaining tells what is left of the bucket the call was charged to', () => {
    expect(
      ['149', '0', '', 'many'].map((value) =>
        bithumb.budgetNotes({ scope: 'candle' }, headers({ 'x-ratelimit-remaining': value })),
      ),
    ).toEqual([[{ scope: 'candle', remaining: 149 }], [{ scope: 'candle', remaining: 0 }], [], []]);
  });

  test('the venue streams no candles: they are said to be made here', () => {
    expect([bithumb.sheet.means.candle, bithumb.rest.candlesOmitEmpty]).toEqual(['synthesised', true]);
    expect(bithumb.intervals).toEqual(expect.arrayContaining([...bithumb.rest.candleIntervals]));
  });
});

describe('Bithumb book rule', () => {
  const snapshot = (time: number, receivedAt: number) =>
    ({ lastUpdateId: time, receivedAt }) as BookSnapshotEvent;
  const held = { lastUpdateId: 1_000, receivedAt: 50_000 };

  test.each([
    ['a newer frame', 1_001, 50_010, true],
    ['a frame of the same time', 1_000, 50_010, true],
    ['an older frame right after', 999, 50_010, false],
    ['an older frame when nothing newer came for long: the venue set its clock back', 999, 55_001, true],
  ])('%s takes the place of what is held: %#', (_, time, receivedAt, replaces) => {
    expect(bithumb.book.supersedes(held, snapshot(time, receivedAt))).toBe(replaces);
  });
});
