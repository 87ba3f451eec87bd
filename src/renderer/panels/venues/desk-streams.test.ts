import { expect, it } from 'vitest';
import type { HealthView } from '#shared/contract/api.ts';
import type { ConnectionHealth, StreamHealth } from '#shared/domain/connection.ts';
import { instrumentId, venueId } from '#shared/domain/instrument.ts';
import { deskStreams, streamsOf } from './desk-streams.ts';

function stream(text: string, change: Partial<StreamHealth> = {}): StreamHealth {
  return { stream: text, state: 'live', since: 0, perSecond: 1, gaps: 0, resyncs: 0, ...change };
}

function view(...streams: readonly StreamHealth[][]): HealthView {
  const connections = streams.map(
    (own, at): ConnectionHealth => ({
      id: `binance/${at}`,
      venue: venueId('binance'),
      state: { kind: 'live' },
      since: 0,
      epoch: 1,
      reconnects: 0,
      failedFrames: 0,
      streams: own,
    }),
  );
  return { asOf: 0, engine: { memoryMb: 1, eventLoopDelayMs: 1 }, connections, clockOffsetMs: {} };
}

const btc = instrumentId('binance:BTC-USDT-PERP');

it('names what comes over a socket once, what the desk is about first, and no more than one recording takes', () => {
  const many = Array.from({ length: 250 }, (_, at) => stream(`ticker binance:C${at}-USDT-PERP`));
  const told = deskStreams(
    view(
      [stream('ticker binance:ETH-USDT-PERP'), stream(`book ${btc}`)],
      // Two sockets while one is renewed.
      [stream(`book ${btc}`), stream(`trade ${btc}`, { source: 'rest' }), stream(`ticker ${btc}`), ...many],
    ),
    btc,
  );
  expect([told.slice(0, 3), told.length, streamsOf(told, btc), deskStreams(undefined, btc)]).toEqual([
    [`book ${btc}`, `ticker ${btc}`, 'ticker binance:ETH-USDT-PERP'],
    200,
    [`book ${btc}`, `ticker ${btc}`],
    [],
  ]);
});
