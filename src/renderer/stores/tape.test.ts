import { describe, expect, it } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { ConnectionState, StreamState } from '#shared/domain/connection.ts';
import { instrumentId } from '#shared/domain/instrument.ts';
import type { Pulse } from './pulse.ts';
import { createTape } from './tape.ts';
import { isBreak } from './tape-ring.ts';
import { createFakeClient } from './test-kit/fake-client.ts';

const btc = instrumentId('binance:BTC-USDT-PERP');

function begin() {
  const client = createFakeClient();
  let asOf = 0;
  const healthOf = (state: StreamState, connection: ConnectionState['kind'], epoch: number) => {
    asOf += 1_000;
    const stream = { state, connection: { state: { kind: connection }, epoch } };
    return { now: asOf, health: { asOf }, index: { stream: () => stream } } as unknown as Pulse;
  };
  const pulse = createStore<Pulse>()(() => healthOf('live', 'live', 1));
  const { store, follow } = createTape(client, pulse);
  follow(btc);
  const health = (state: StreamState, connection: ConnectionState['kind'] = 'live', epoch = 1) =>
    pulse.setState(healthOf(state, connection, epoch));
  const trades = (ids: readonly string[], restart = false) => {
    const column = Float64Array.from(ids, Number);
    const buy = Uint8Array.from(ids, () => 1);
    const times = { venueTime: column, receivedAt: column };
    client.tell('trades', { restart, ids, price: column, quantity: column, buy, ...times, dropped: 0 });
  };
  const rows = () => {
    const { ring } = store.getState();
    return Array.from({ length: ring.length }, (_, at) => {
      const row = ring.at(at);
      return row === undefined || isBreak(row) ? 'break' : row.id;
    });
  };
  health('live');
  trades(['1', '2'], true);
  health('live');
  return { client, health, trades, rows };
}

describe('the tape', () => {
  it('marks a silent stream once, where it fell silent, and heals when the whole tape comes anew', () => {
    const { health, trades, rows } = begin();
    health('stale');
    health('stale');
    trades(['7']);
    health('stale');
    health('live');
    const marked = rows();
    trades(['1', '2', '3', '7'], true);
    health('live');
    expect([marked, rows()]).toEqual([
      ['7', 'break', '2', '1'],
      ['7', '3', '2', '1'],
    ]);
  });

  it('marks a reconnect that was over before the engine spoke of it, unless the past came with it', () => {
    const missed = begin();
    missed.trades(['9']);
    missed.health('live', 'live', 2);
    const mended = begin();
    mended.trades(['1', '2', '5', '9'], true);
    mended.health('live', 'live', 2);
    expect([missed.rows(), mended.rows()]).toEqual([
      ['break', '9', '2', '1'],
      ['9', '5', '2', '1'],
    ]);
  });

  it('marks the loss of the window’s own link, and a lost connection', () => {
    const link = begin();
    link.client.become('waiting');
    link.health('live');
    const connection = begin();
    connection.health('live', 'waiting');
    expect([link.rows(), connection.rows()]).toEqual([
      ['break', '2', '1'],
      ['break', '2', '1'],
    ]);
  });
});
