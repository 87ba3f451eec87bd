import { describe, expect, it } from 'vitest';
import type { StreamState } from '#shared/domain/connection.ts';
import { instrumentId } from '#shared/domain/instrument.ts';
import type { Desk } from './desk.ts';
import { dayFreshness, lastFreshness, lessFresh, markFreshness } from './ticker-freshness.ts';
import type { TickerRow } from './tickers.ts';

const btc = instrumentId('binance:BTC-USDT-PERP');

function sources(row: Partial<TickerRow>, streams: Readonly<Record<string, StreamState>>) {
  const pulse = {
    now: 100_000,
    engineSilentMs: 0,
    index: { stream: (key: string) => (streams[key] ? { state: streams[key] } : undefined) },
  };
  const state = { rows: new Map([[btc, row]]) };
  return {
    pulse: { getState: () => pulse },
    tickers: { store: { getState: () => state } },
  } as unknown as Desk;
}

describe('the figures of a row', () => {
  it('are each dated by their own stream', () => {
    const desk = sources(
      { last: 1, lastReceivedAt: 99_900, dayReceivedAt: 60_000, markReceivedAt: 99_000 },
      { [`ticker ${btc}`]: 'live', [`mark ${btc}`]: 'stale' },
    );
    expect([lastFreshness(desk, btc), dayFreshness(desk, btc), markFreshness(desk, btc)]).toEqual([
      'fresh',
      'stale',
      'stale',
    ]);
  });

  it('let a live trade stream vouch for the last price when the ticker is dead, but not for an old price', () => {
    const streams = { [`ticker ${btc}`]: 'stale', [`trade ${btc}`]: 'live' } as const;
    const fresh = sources({ last: 1, lastReceivedAt: 99_900 }, streams);
    const old = sources({ last: 1, lastReceivedAt: 50_000 }, streams);
    const alone = sources({ last: 1, lastReceivedAt: 99_900 }, { [`ticker ${btc}`]: 'stale' });
    expect([fresh, old, alone].map((desk) => lastFreshness(desk, btc))).toEqual(['fresh', 'stale', 'stale']);
  });

  it('are unknown while there is no figure, and a change is no fresher than the older of its two', () => {
    expect([
      lastFreshness(sources({ last: Number.NaN, lastReceivedAt: 99_900 }, {}), btc),
      lastFreshness(sources({}, {}), instrumentId('binance:ETH-USDT-PERP')),
      lessFresh('fresh', 'late'),
      lessFresh('unknown', 'stale'),
    ]).toEqual(['unknown', 'unknown', 'late', 'unknown']);
  });
});
