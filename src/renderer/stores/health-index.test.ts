import { describe, expect, it } from 'vitest';
import type { HealthView } from '#shared/contract/api.ts';
import type { Cause, ConnectionHealth, ConnectionState, StreamState } from '#shared/domain/connection.ts';
import { connectionKind } from '#shared/domain/health-kind.ts';
import { instrumentId, venueId } from '#shared/domain/instrument.ts';
import { indexHealth } from './health-index.ts';

const btc = instrumentId('binance:BTC-USDT-PERP');
const eth = instrumentId('binance:ETH-USDT-PERP');
const cause: Cause = { code: 'socket.silent', detail: '' };

function connection(
  state: ConnectionState,
  streams: Readonly<Record<string, StreamState>>,
): ConnectionHealth {
  return {
    id: 'binance/market',
    venue: venueId('binance'),
    state,
    since: 0,
    epoch: 1,
    reconnects: 0,
    failedFrames: 0,
    streams: Object.entries(streams).map(([stream, streamState]) => ({
      stream,
      state: streamState,
      since: 0,
      perSecond: 1,
      gaps: 0,
      resyncs: 0,
    })),
  };
}

function view(...connections: ConnectionHealth[]): HealthView {
  return { asOf: 0, engine: { memoryMb: 1, eventLoopDelayMs: 0 }, connections, clockOffsetMs: {} };
}

describe('health', () => {
  it('of an instrument is the worst of its streams, over all connections', () => {
    const index = indexHealth(
      view(
        connection({ kind: 'live' }, { [`ticker ${btc}`]: 'live', [`ticker ${eth}`]: 'live' }),
        connection({ kind: 'live' }, { [`book ${btc}`]: 'late' }),
      ),
    );
    expect([btc, eth, instrumentId('binance:SOL-USDT-PERP')].map((id) => index.instrumentKind(id))).toEqual([
      'late',
      'live',
      'connecting',
    ]);
  });

  it('never calls a stream live on a connection that is not up', () => {
    const states: ConnectionState[] = [
      { kind: 'idle' },
      { kind: 'connecting', attempt: 1 },
      { kind: 'subscribing' },
      { kind: 'live' },
      { kind: 'degraded', cause },
      { kind: 'stale', cause },
      { kind: 'waiting', attempt: 1, retryAt: 0, cause, exhausted: false },
      { kind: 'paused', cause },
    ];
    const seen = states.map((state) => {
      const index = indexHealth(view(connection(state, { [`ticker ${btc}`]: 'live' })));
      return [state.kind, index.stream(`ticker ${btc}`)?.state, index.instrumentKind(btc)];
    });
    expect(seen).toEqual([
      ['idle', 'late', 'idle'],
      ['connecting', 'late', 'connecting'],
      ['subscribing', 'live', 'live'],
      ['live', 'live', 'live'],
      ['degraded', 'live', 'live'],
      ['stale', 'stale', 'stale'],
      ['waiting', 'stale', 'waiting'],
      ['paused', 'stale', 'paused'],
    ]);
  });

  it('of a connection is the worst of its streams plus its own; used-up attempts are called failed', () => {
    const waiting = { kind: 'waiting', attempt: 6, retryAt: 0, cause, exhausted: true } as const;
    expect([
      connectionKind(connection({ kind: 'live' }, { a: 'live', b: 'stale', c: 'late' })),
      connectionKind(connection({ kind: 'live' }, {})),
      connectionKind(connection({ kind: 'degraded', cause }, { a: 'live' })),
      connectionKind(connection(waiting, { a: 'live' })),
    ]).toEqual(['stale', 'live', 'degraded', 'failed']);
  });
});
