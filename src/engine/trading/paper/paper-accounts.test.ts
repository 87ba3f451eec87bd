import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Undo } from '#shared/base/emitter.ts';
import { accountId } from '#shared/domain/account.ts';
import { venueId } from '#shared/domain/instrument.ts';
import type { OrderRequest } from '#shared/domain/order-draft.ts';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import type { AccountList } from '../../accounts/account-list-options.ts';
import { createAccountRoom } from '../../accounts/account-room.ts';
import { withPaper } from '../../accounts/with-paper.ts';
import { createEventLog } from '../../health/event-log.ts';
import { createMarketList } from '../../market/market-list.ts';
import { createPaperAccounts } from './paper-accounts.ts';
import { COIN, PERP, scriptedMarket } from './test-kit/paper-stage.ts';

let dataDir = '';
const undo: Undo[] = [];

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'heartline-paper-'));
});

afterEach(() => {
  for (const one of undo.splice(0).reverse()) one();
  rmSync(dataDir, { recursive: true, force: true });
});

const BINANCE = venueId('binance');
const UPBIT = venueId('upbit');
const ACCOUNT = accountId('binance#paper0');

function open(environment: 'mainnet' | 'simulator' = 'mainnet', clock = createVirtualClock()) {
  const log = createEventLog(clock);
  const markets = createMarketList();
  const binance = scriptedMarket(clock, 'binance', [PERP]);
  const upbit = scriptedMarket(clock, 'upbit', [COIN]);
  for (const { market } of [binance, upbit]) markets.add(Object.assign(market, { dispose: () => undefined }));
  const venues = [
    { id: BINANCE, name: 'Binance' },
    { id: UPBIT, name: 'Upbit' },
  ];
  const paper = createPaperAccounts({ clock, dataDir, log, markets, venues, environment });
  undo.push(() => paper.dispose());
  return { clock, log, markets, paper, binance, upbit };
}

let count = 0;
const request = (wish: Partial<OrderRequest>): OrderRequest => {
  count += 1;
  return {
    account: ACCOUNT,
    instrument: PERP.id,
    clientOrderId: `paper${String(count).padStart(15, '0')}`,
    side: 'buy',
    type: 'limit',
    isMarket: false,
    timeInForce: 'GTC',
    quantity: '1',
    reduceOnly: false,
    closePosition: false,
    leg: 'both',
    notional: '1',
    ...wish,
  };
};
const sent = () => undefined;

describe('paper accounts', () => {
  test('begin with the money of their venue, one at each, and are no money', () => {
    const { paper } = open();
    const changes: number[] = [];
    paper.onChange(() => changes.push(paper.all.length));
    const ids = [paper.add(BINANCE), paper.add(UPBIT), paper.add(UPBIT)];
    expect([
      ids,
      changes,
      paper.all.map(({ holdings, label, environment, isReal, mode, state }) => [
        [...holdings.balances.values()].map(({ row }) => `${row?.currency} ${row?.free}`),
        label,
        environment,
        isReal,
        mode,
        state.kind,
      ]),
      () => paper.add(venueId('bybit')),
    ]).toEqual([
      ['binance#paper0', 'upbit#paper0', 'upbit#paper0'],
      [1, 2],
      [
        [['USDT 100000'], 'Binance paper', 'paper', false, 'trade', 'live'],
        [['KRW 100000000'], 'Upbit paper', 'paper', false, 'trade', 'live'],
      ],
      expect.any(Function),
    ]);
    expect(() => paper.add(venueId('bybit'))).toThrow('no paper account can be had at bybit');
    expect(() => paper.of(accountId('bybit#paper0'))).toThrow('no such account');
  });

  test('offer what their market has, at the fees of the venue and the leverage everybody is told', async () => {
    const { paper } = open();
    const [perp, coin] = [paper.of(paper.add(BINANCE)), paper.of(paper.add(UPBIT))];
    await Promise.resolve();
    expect([
      perp.abilities(PERP.id).conditional,
      coin.abilities(COIN.id),
      perp.fees(PERP.id),
      coin.fees(COIN.id),
      perp.holdings.settings.get(PERP.id)?.setting.leverage,
    ]).toEqual([
      true,
      {
        conditional: false,
        immediate: ['IOC', 'FOK'],
        postOnly: true,
        reduceOnly: false,
        closePosition: false,
        amend: 'in-place',
      },
      { instrument: PERP.id, maker: '0.0002', taker: '0.0005' },
      { instrument: COIN.id, maker: '0.0005', taker: '0.0005' },
      '10',
    ]);
  });

  test('come back after a restart as they were, and nothing was filled meanwhile', async () => {
    const before = open();
    const account = before.paper.of(before.paper.add(BINANCE));
    before.binance.show(PERP.id, [[99, 10]], [[101, 5]]);
    await account.place(request({ quantity: '2', price: '101', timeInForce: 'IOC' }), sent);
    const resting = request({ quantity: '3', price: '99' });
    await account.place(resting, sent);
    await account.place(
      request({ type: 'stop-market', side: 'sell', triggerPrice: '95', reduceOnly: true }),
      sent,
    );
    before.binance.print(PERP.id, 99, 10, 'sell');
    before.paper.dispose();

    const clock = createVirtualClock(before.clock.now() + 3_600_000);
    const after = open('mainnet', clock);
    const again = after.paper.of(ACCOUNT);
    after.binance.show(PERP.id, [[99, 4]], [[101, 5]]);
    // It has lost its place in the line.
    after.binance.print(PERP.id, 99, 3, 'sell');
    const words = [...again.holdings.orders.values()].map(
      ({ order }) => `${order.status} ${order.filledQuantity}/${order.quantity}: ${order.venueStatus}`,
    );
    const twice = await again.place(resting, sent);
    after.binance.print(PERP.id, 99, 2, 'sell');
    const [position] = [...again.holdings.positions.values()];
    const found = await again.find({ ...resting, isConditional: false });
    expect([
      words,
      twice.verdict,
      position?.row?.quantity,
      found.order?.filledQuantity,
      again.holdings.fills.size,
      again.kept().ledger.balances,
      after.log.entries.map(({ code }) => code),
    ]).toEqual([
      [
        'FILLED 2/2: paper filled',
        'NEW 0/3: paper open; nothing was filled while Heartline was off',
        'PENDING_TRIGGER 0/1: paper waits for its trigger; nothing was filled while Heartline was off',
      ],
      'exists',
      '3',
      '1',
      2,
      // 100,000 − 202 · 0.05 % − 99 · 0.02 %
      { USDT: '99999.8792' },
      ['paper.restored'],
    ]);
  });

  test('are on the disk before a person is told, and soon after the market did something', async () => {
    const { paper, binance, clock } = open();
    const account = paper.of(paper.add(BINANCE));
    const kept = () => {
      const { orders } = JSON.parse(readFileSync(join(dataDir, 'paper.json'), 'utf8')).accounts.binance;
      return orders.map(({ status }: { status: string }) => status);
    };
    binance.show(PERP.id, [[99, 10]], [[101, 5]]);
    await account.place(request({ price: '100' }), sent);
    const placed = kept();
    binance.print(PERP.id, 98, 9, 'sell');
    const atOnce = kept();
    clock.advance(500);
    expect([placed, atOnce, kept()]).toEqual([['NEW'], ['NEW'], ['FILLED']]);
  });

  test('of the simulator are not those of the real prices', () => {
    open().paper.add(BINANCE);
    const simulated = open('simulator').paper;
    const none = simulated.all.length;
    simulated.add(UPBIT);
    expect([none, open().paper.all.map(({ venue }) => venue), readdirSync(dataDir).sort()]).toEqual([
      0,
      ['binance'],
      ['paper-simulator.json', 'paper.json'],
    ]);
  });

  test('that make no sense any more are set aside, and the others kept', () => {
    const first = open().paper;
    first.add(BINANCE);
    first.add(UPBIT);
    first.dispose();
    const path = join(dataDir, 'paper.json');
    const text = readFileSync(path, 'utf8').replace('"USDT":"100000"', '"USDT":"a lot"');
    writeFileSync(path, text);
    const { paper, log } = open();
    expect([
      paper.all.map(({ id }) => id),
      readFileSync(`${path}.broken`, 'utf8') === text,
      log.entries.map(({ code, details }) => [code, details['accounts'] ?? details['label']]),
    ]).toEqual([
      ['upbit#paper0'],
      true,
      [
        ['paper.broken', 'binance'],
        ['paper.restored', 'Upbit paper'],
      ],
    ]);
  });

  test('begin anew, or go, with what was open cancelled first', async () => {
    const { paper, binance } = open();
    paper.add(BINANCE);
    binance.show(PERP.id, [[99, 10]], [[101, 5]]);
    const told: string[] = [];
    const listen = () =>
      paper.of(ACCOUNT).onHoldings(({ orders }, before) => {
        for (const [name, { order }] of orders) {
          if (before.orders.get(name)?.order !== order) told.push(`${order.status} ${order.venueStatus}`);
        }
      });
    listen();
    await paper.of(ACCOUNT).place(request({ price: '101' }), sent);
    await paper.of(ACCOUNT).place(request({ price: '98' }), sent);
    told.length = 0;
    const old = paper.of(ACCOUNT);
    paper.reset(ACCOUNT);
    const anew = [paper.of(ACCOUNT).kept().ledger.balances, paper.of(ACCOUNT).holdings.orders.size];
    const late = await old.place(request({ price: '98' }), sent);
    listen();
    await paper.of(ACCOUNT).place(request({ price: '98' }), sent);
    paper.remove(ACCOUNT);
    expect([
      anew,
      late.verdict,
      told,
      paper.all.length,
      [...binance.held.keys()],
      open().paper.all.length,
    ]).toEqual([
      [{ USDT: '100000' }, 0],
      'unsent',
      [
        'CANCELED paper cancelled: the paper account begins anew',
        'NEW paper open',
        'CANCELED paper cancelled: the paper account was removed',
      ],
      0,
      [],
      0,
    ]);
  });
});

test('a paper account stands among the others in every table, and is in no total and at no stake', async () => {
  const { clock, markets, paper, binance } = open();
  const nothing = () => () => undefined;
  const list = {
    all: [],
    views: () => [],
    health: () => [],
    onChange: nothing,
    onTransition: nothing,
  } as unknown as AccountList;
  const room = createAccountRoom({
    clock,
    markets,
    accounts: withPaper(list, paper),
    keys: () => ({ state: 'open' }),
    onKeys: nothing,
    offered: [],
  });
  undo.push(() => room.dispose());
  paper.add(BINANCE);
  binance.show(PERP.id, [[99, 10]], [[101, 5]]);
  await paper.of(ACCOUNT).place(request({ quantity: '2', price: '101' }), sent);
  const open98 = request({ price: '98' });
  await paper.of(ACCOUNT).place(open98, sent);
  const take = <Name extends keyof typeof room.watches>(name: Name) => {
    const source = room.watches[name]({} as never, () => undefined);
    undo.push(() => source.dispose());
    return source.take();
  };
  const range = { account: ACCOUNT, from: 0, to: clock.now() + 1000 };
  const [accounts, balances, positions, orders, fills] = [
    take('accounts'),
    take('balances'),
    take('positions'),
    take('orders'),
    take('fills'),
  ];
  expect({
    accounts:
      accounts &&
      'accounts' in accounts &&
      accounts.accounts.map(({ id, environment, state }) => [id, environment, state.kind]),
    balances,
    positions: positions && 'rows' in positions && positions.rows.length,
    orders: orders && 'rows' in orders && orders.rows.length,
    fills: fills && 'rows' in fills && fills.rows.length,
    closed: (await room.requests['orders.closed'](range)).map(({ status }) => status),
    read: (await room.requests['fills.read'](range)).map(({ price }) => price),
    reconciled: await room.requests['accounts.reconcile']({ account: ACCOUNT }),
    exposure: room.exposureOf(BINANCE),
  }).toEqual({
    accounts: [['binance#paper0', 'paper', 'live']],
    balances: expect.not.objectContaining({
      total: expect.objectContaining({ usdt: expect.stringMatching(/[1-9]/) }),
    }),
    positions: 1,
    orders: 2,
    fills: 1,
    closed: ['FILLED'],
    read: ['101'],
    reconciled: {},
    exposure: 'none',
  });
});
