import { expect, it } from 'vitest';
import type { ConnectionHealth, ConnectionState } from '#shared/domain/connection.ts';
import { venueId } from '#shared/domain/instrument.ts';
import { venueHealth } from './venue-health.ts';

const cause = { code: 'socket.closed', detail: '' } as const;
const waiting: ConnectionState = { kind: 'waiting', attempt: 1, retryAt: 5, cause, exhausted: false };

function connection(
  id: string,
  state: ConnectionState,
  change: Partial<ConnectionHealth> = {},
): ConnectionHealth {
  const venue = venueId(id.slice(0, id.indexOf('/')));
  return { id, venue, state, since: 0, epoch: 1, reconnects: 0, failedFrames: 0, streams: [], ...change };
}

function told(...connections: ConnectionHealth[]) {
  const { kind, worst, roundTripMs, connections: own } = venueHealth(connections, 'binance');
  return [kind, worst?.id, roundTripMs, own.length];
}

it('is as well as its worst connection, and as far away as its farthest', () => {
  const good = connection('binance/public', { kind: 'live' }, { roundTripMs: 12 });
  const slow = connection('binance/market', { kind: 'live' }, { roundTripMs: 80 });
  const down = connection('binance/market', waiting);
  const foreign = connection('bybit/linear', waiting, { roundTripMs: 900 });
  const idle = connection('binance/spare', { kind: 'idle' });
  expect([
    told(good, slow, foreign),
    told(good, down, foreign),
    told(good, idle),
    told(idle),
    told(foreign),
  ]).toEqual([
    ['live', 'binance/public', 80, 2],
    ['waiting', 'binance/market', 12, 2],
    ['live', 'binance/public', 12, 2],
    ['idle', undefined, undefined, 1],
    ['idle', undefined, undefined, 0],
  ]);
});

it('says so when one stream of many has gone silent', () => {
  const stream = { stream: 'book binance:BTC-USDT-PERP', since: 0, perSecond: 0, gaps: 0, resyncs: 0 };
  const streams = [
    { ...stream, state: 'live' as const },
    { ...stream, state: 'stale' as const },
  ];
  expect(told(connection('binance/public', { kind: 'live' }, { streams }))[0]).toBe('stale');
});

it('does not call the market dead because a key is refused, and tells of the account beside it', () => {
  const market = connection('binance/public', { kind: 'live' }, { roundTripMs: 3 });
  const refused = connection('binance/account:Main', { kind: 'failed', cause: { code: 'auth', detail: '' } });
  const fine = connection('binance/account:Other', { kind: 'live' }, { roundTripMs: 300 });
  const resting = connection('binance/account:Old', { kind: 'idle' });
  const seen = [
    [market, refused, fine],
    [market, fine, resting],
  ].map((connections) => {
    const { kind, roundTripMs, account } = venueHealth(connections, 'binance');
    return [kind, roundTripMs, account?.kind, account?.connection.id];
  });
  expect(seen).toEqual([
    ['live', 3, 'failed', 'binance/account:Main'],
    ['live', 3, undefined, undefined],
  ]);
});
