import { describe, expect, it } from 'vitest';
import { HeartlineError } from '#shared/base/errors.ts';
import type { AccountsView } from '#shared/contract/account-views.ts';
import { type AccountState, accountId, type Balance, type Position } from '#shared/domain/account.ts';
import { instrumentId } from '#shared/domain/instrument.ts';
import { figureFreshness } from './account-freshness.ts';
import { createHoldings, openBalances } from './holdings.ts';
import { createFakeClient } from './test-kit/fake-client.ts';

const account = accountId('binance#aaaaaa');

function position(quantity: string, otherwise: Partial<Position> = {}): Position {
  return {
    account,
    instrument: instrumentId('binance:BTC-USDT-PERP'),
    leg: 'both',
    quantity,
    entryPrice: '100',
    unrealisedPnl: '1',
    isEstimated: false,
    source: 'stream',
    receivedAt: 5,
    ...otherwise,
  };
}

const held = (currency: string, total: string): Balance => ({
  account,
  currency,
  total,
  free: total,
  used: '0',
  source: 'rest',
  receivedAt: 5,
});

describe('rows of accounts', () => {
  it('join what comes to what is held: changed in place, removed by key, both legs of a hedge apart', () => {
    const client = createFakeClient();
    const { positions } = createHoldings(client);
    const told = () => [...(positions.store.getState().view?.values() ?? [])].map(({ quantity }) => quantity);
    client.tell('positions', {
      restart: true,
      rows: [position('1', { leg: 'long' }), position('-2', { leg: 'short' })],
      removed: [],
    });
    const first = told();
    client.tell('positions', { restart: false, rows: [position('3', { leg: 'long' })], removed: [] });
    const second = told();
    client.tell('positions', {
      restart: false,
      rows: [],
      removed: ['binance#aaaaaa binance:BTC-USDT-PERP short'],
    });
    expect([first, second, told()]).toEqual([['1', '-2'], ['3', '-2'], ['3']]);
  });

  it('begin anew after a reconnect: what closed meanwhile does not stay behind', () => {
    const client = createFakeClient();
    const { positions } = createHoldings(client);
    client.tell('positions', { restart: true, rows: [position('1')], removed: [] });
    client.tell('positions', { restart: true, rows: [], removed: [] });
    expect(positions.store.getState().view?.size).toBe(0);
  });

  it('are forgotten when the engine refuses them, so that nothing old stands as if it were told', () => {
    const client = createFakeClient();
    const { positions } = createHoldings(client);
    client.tell('positions', { restart: true, rows: [position('1')], removed: [] });
    const error = new HeartlineError('internal', 'no');
    client.opened.find(({ name }) => name === 'positions')?.onRefusal?.(error);
    expect(positions.store.getState()).toEqual({ view: undefined, error });
  });

  it('of balances come with what they are worth, which a batch without a total leaves as it was', () => {
    const client = createFakeClient();
    const { store, dispose } = openBalances(client);
    const worth = { account, usdt: '5', unpriced: [] };
    client.tell('balances', {
      restart: true,
      rows: [held('USDT', '5')],
      removed: [],
      worth: [worth],
      total: { usdt: '5', unpriced: [] },
    });
    client.tell('balances', { restart: false, rows: [held('USDT', '6')], removed: [], worth: [] });
    const { view } = store.getState();
    expect({
      totals: [...(view?.rows.values() ?? [])].map(({ total }) => total),
      worth: view?.worth.get(account),
      total: view?.total,
    }).toEqual({ totals: ['6'], worth, total: { usdt: '5', unpriced: [] } });
    dispose();
    expect(client.opened.map(({ name }) => name)).toEqual([]);
  });
});

describe('a figure of an account', () => {
  const view = (state: AccountState): AccountsView =>
    ({ accounts: [{ id: account, state, since: 100 }] }) as unknown as AccountsView;
  const cause = { code: 'timeout', detail: '' } as const;
  const judge = (state: AccountState, receivedAt = 50, moving = false) =>
    figureFreshness(
      view(state),
      { account, source: 'rest', receivedAt },
      { now: 100_000, engineSilentMs: 0 },
      moving,
    );

  it('is believed in live alone, however long nothing happened', () => {
    expect({
      live: judge({ kind: 'live' }),
      degraded: judge({ kind: 'degraded', cause }),
      connecting: judge({ kind: 'connecting' }),
      waiting: judge({ kind: 'waiting', retryAt: 0, attempt: 1, cause }),
      refused: judge({ kind: 'refused', reason: 'expired', detail: '' }),
      locked: judge({ kind: 'locked' }),
      resting: judge({ kind: 'resting' }),
    }).toEqual({
      live: 'fresh',
      degraded: 'late',
      connecting: 'stale',
      waiting: 'stale',
      refused: 'stale',
      locked: 'stale',
      resting: 'stale',
    });
  });

  it('read before all is read again is stale, read since then only late', () => {
    expect([judge({ kind: 'loading' }, 50), judge({ kind: 'loading' }, 150)]).toEqual(['stale', 'late']);
  });

  it('that follows the market grows old by itself', () => {
    expect([
      judge({ kind: 'live' }, 99_000, true),
      judge({ kind: 'live' }, 90_000, true),
      judge({ kind: 'live' }, 50, true),
    ]).toEqual(['fresh', 'late', 'stale']);
  });

  it('of an account nobody knows, or of an engine that is silent, is stale', () => {
    const row = { account: accountId('bybit#bbbbbb'), source: 'rest', receivedAt: 5 } as const;
    expect([
      figureFreshness(view({ kind: 'live' }), row, { now: 10, engineSilentMs: 0 }),
      figureFreshness(view({ kind: 'live' }), { ...row, account }, { now: 10, engineSilentMs: 9_000 }),
    ]).toEqual(['stale', 'stale']);
  });
});
