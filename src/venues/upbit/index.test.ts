import { describe, expect, test } from 'vitest';
import { instrumentId } from '#shared/domain/instrument.ts';
import type { BookSnapshotEvent } from '#shared/domain/market-data.ts';
import type { StreamKey } from '#shared/domain/stream-key.ts';
import { upbit } from './index.ts';

const instrument = instrumentId('upbit:BTC-KRW');
const headers = (values: Record<string, string>) => ({ get: (name: string) => values[name] ?? null });

describe('Upbit streams', () => {
  test.each<[StreamKey, string | undefined]>([
    [{ kind: 'ticker', instrument }, 'ticker KRW-BTC'],
    [{ kind: 'trade', instrument }, 'trade KRW-BTC'],
    [{ kind: 'top', instrument }, 'orderbook KRW-BTC'],
    [{ kind: 'book', instrument }, 'orderbook KRW-BTC'],
    [{ kind: 'mark', instrument }, undefined],
    [{ kind: 'candle', instrument, interval: '1s' }, 'candle.1s KRW-BTC'],
    [{ kind: 'candle', instrument, interval: '10m' }, 'candle.10m KRW-BTC'],
    [{ kind: 'candle', instrument, interval: '1h' }, 'candle.60m KRW-BTC'],
    [{ kind: 'candle', instrument, interval: '4h' }, 'candle.240m KRW-BTC'],
    [{ kind: 'candle', instrument, interval: '1d' }, undefined],
    [{ kind: 'candle', instrument, interval: '2h' }, undefined],
  ])('%j comes as %s', (key, channel) => {
    expect(upbit.channelOf(key)).toBe(channel);
  });

  test('one frame names everything wanted, each type once, codes in capitals', () => {
    const { subscribing } = upbit;
    const frame = subscribing.replaceFrame(
      ['orderbook KRW-BTC', 'trade KRW-BTC', 'orderbook KRW-ETH', 'candle.1m USDT-BTC'],
      7,
    );
    expect([subscribing.kind, JSON.parse(frame)]).toEqual([
      'replace',
      [
        { ticket: 'heartline-7' },
        { type: 'orderbook', codes: ['KRW-BTC', 'KRW-ETH'] },
        { type: 'trade', codes: ['KRW-BTC'] },
        { type: 'candle.1m', codes: ['USDT-BTC'] },
        { format: 'SIMPLE' },
      ],
    ]);
  });

  test('an idle socket is cut at 60 s: a PING goes out three times before, whatever comes in', () => {
    expect(upbit.ping).toEqual({ frame: 'PING', everyMs: 20_000, always: true });
  });

  test('what one connection may send leaves room for the PINGs', () => {
    const { limits } = upbit;
    expect(limits.sendsPerMinute + 60_000 / upbit.ping.everyMs).toBeLessThan(100);
    expect(limits.channelsPerFrame).toBe(limits.maxStreamsPerConnection);
  });

  test('the socket', () => {
    expect(upbit.socketUrl(upbit.environments.mainnet)).toBe('wss://api.upbit.com/websocket/v1');
  });

  test('every favourite has a symbol here', () => {
    expect(upbit.favourites.map(upbit.symbolOf).map(upbit.instrumentOf)).toEqual(upbit.favourites);
    expect(upbit.favourites.length).toBeGreaterThanOrEqual(8);
  });

  test('Remaining-Req tells what is left of the second, for the budget of the call', () => {
    expect(
      ['group=candles; min=599; sec=9', 'group=market; min=573; sec=0', '', 'sec=x'].map((value) =>
        upbit.budgetNotes({ scope: 'candle' }, headers({ 'remaining-req': value })),
      ),
    ).toEqual([[{ scope: 'candle', remaining: 9 }], [{ scope: 'candle', remaining: 0 }], [], []]);
  });
});

describe('Upbit book rule', () => {
  const snapshot = (time: number, receivedAt: number) =>
    ({ lastUpdateId: time, receivedAt }) as BookSnapshotEvent;
  const held = { lastUpdateId: 1_000, receivedAt: 50_000 };

  test.each([
    ['a newer frame', 1_001, 50_010, true],
    ['a frame of the same time', 1_000, 50_010, true],
    ['an older frame right after', 999, 50_010, false],
    ['an older frame when nothing newer came for long: the venue set its clock back', 999, 55_001, true],
  ])('%s takes the place of what is held: %#', (_, time, receivedAt, replaces) => {
    expect(upbit.book.supersedes(held, snapshot(time, receivedAt))).toBe(replaces);
  });
});
