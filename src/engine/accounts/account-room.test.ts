import { afterEach, expect, test } from 'vitest';
import { createEmitter } from '#shared/base/emitter.ts';
import { HeartlineError } from '#shared/base/errors.ts';
import { Secret } from '#shared/base/secret.ts';
import type { BalancesUpdate, OrdersUpdate, PositionsUpdate } from '#shared/contract/account-views.ts';
import type { WatchSource } from '#shared/contract/api.ts';
import { accountId } from '#shared/domain/account.ts';
import { instrumentId, venueId } from '#shared/domain/instrument.ts';
import type { OrderReport } from '#shared/domain/order.ts';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import type { Credentials, SignedCall } from '#venues/account.ts';
import { createEventLog } from '../health/event-log.ts';
import type { Market, MarketChange } from '../market/market.ts';
import { createMarketList } from '../market/market-list.ts';
import { createFakeSockets } from '../test-kit/fake-socket.ts';
import { createAccountList } from './account-list.ts';
import { createAccountRoom } from './account-room.ts';
import type { KeyRecord } from './key-shelf.ts';
import { settled } from './test-kit/account-stage.ts';
import { plainAccountVenue } from './test-kit/plain-account-venue.ts';

const MAIN = accountId('plain#aaaaaa');
const btc = instrumentId('plain:BTC-USDT-PERP');
const record = (more: Partial<KeyRecord> = {}): KeyRecord => ({
  id: MAIN,
  venue: venueId('plain'),
  environment: 'simulator',
  label: 'Main',
  mode: 'trade',
  rights: { read: 'yes', trade: 'yes', withdraw: 'no', transfer: 'no', ipBound: 'no', checkedAt: 1 },
  keyTail: 'abcd',
  addedAt: 1,
  ...more,
});
const key = (): Credentials => ({ apiKey: new Secret('key'), secret: new Secret('secret') });
const order = (venueOrderId: string, venueTime: number, more: Partial<OrderReport> = {}): OrderReport => ({
  instrument: btc,
  venueOrderId,
  side: 'buy',
  type: 'limit',
  timeInForce: 'GTC',
  status: 'NEW',
  venueStatus: 'New',
  price: '100',
  quantity: '2',
  filledQuantity: '0',
  reduceOnly: false,
  postOnly: false,
  venueTime,
  isConditional: false,
  ...more,
});

const undo: (() => void)[] = [];
afterEach(() => {
  for (const one of undo.splice(0)) one();
});

async function open(records: readonly KeyRecord[] = [record()], market?: Market) {
  const clock = createVirtualClock();
  const peers = createFakeSockets();
  const log = createEventLog(clock);
  const markets = createMarketList();
  if (market) markets.add(market);
  const changed = createEmitter<void>();
  const shelf = { records, credentials: new Map([[MAIN, key()]]) };
  const disposed: string[] = [];
  const rechecked: string[] = [];
  const asked: SignedCall<unknown>['params'][] = [];
  const answers: Record<string, unknown> = { balances: [{ currency: 'USDT', total: '5', used: '0' }] };
  const list = createAccountList({
    clock,
    log,
    shelf: {
      get records() {
        return shelf.records;
      },
      credentialsOf: (id) => shelf.credentials.get(id),
      onChange: (listener) => changed.on(listener),
    },
    places: [{ venue: plainAccountVenue, name: 'Plain', endpoints: { rest: '', ws: 'ws://127.0.0.1:1' } }],
    environment: 'simulator',
    openSocket: peers.open,
    clientFor: (_place, credentials) => ({
      async call<Answer>({ path, params }: SignedCall<Answer>) {
        asked.push(params);
        if (answers['fault'] instanceof Error) throw answers['fault'];
        const known = answers[path] ?? (path === 'facts' ? {} : { rows: [] });
        return known as Answer;
      },
      signing: () => ({ credentials, now: 0, hmacSha256: () => '', jwt: () => '', uuid: () => '' }),
      gauges: () => [],
      dispose: () => void disposed.push('client'),
    }),
    clockOffsetMs: () => 0,
    measureClock: async () => undefined,
    onRefusal: (account) => void rechecked.push(account),
  });
  const room = createAccountRoom({
    clock,
    markets,
    accounts: list,
    keys: () => ({ state: 'open', backend: { kind: 'memory' } }),
    onKeys: (listener) => changed.on(listener),
    offered: [],
  });
  undo.push(
    () => room.dispose(),
    () => list.dispose(),
  );
  const watch = <Update>(openIt: (changed: () => void) => WatchSource<Update>) => {
    const source = openIt(() => undefined);
    undo.push(() => source.dispose());
    return source;
  };
  return {
    clock,
    peers,
    log,
    list,
    room,
    shelf,
    disposed,
    rechecked,
    asked,
    answers,
    watch,
    changed: () => changed.emit(),
    async connect() {
      peers.last.listener.opened();
      peers.last.say('[{"kind":"logged-in"},{"kind":"ready"}]');
      await settled();
    },
    say: (...news: readonly object[]) => peers.last.say(JSON.stringify(news)),
    second() {
      clock.advance(1000);
      list.second();
      room.second();
    },
  };
}

test('orders come whole first, then as they change; one that ended stays a minute', async () => {
  const run = await open();
  await run.connect();
  const now = run.clock.now();
  run.say({ kind: 'order', order: order('1', now) }, { kind: 'order', order: order('2', now) });
  const orders = run.watch<OrdersUpdate>((changed) => run.room.watches.orders({}, changed));
  const first = orders.take();
  run.say({ kind: 'order', order: order('1', now + 1, { status: 'CANCELED', venueStatus: 'Cancelled' }) });
  const second = orders.take();
  const nothing = orders.take();
  run.clock.advance(61_000);
  const third = orders.take();
  expect({
    first: [first?.restart, first?.rows.map(({ venueOrderId }) => venueOrderId)],
    second: [second?.restart, second?.rows.map(({ venueOrderId, status }) => `${venueOrderId} ${status}`)],
    nothing,
    third,
  }).toEqual({
    first: [true, ['1', '2']],
    second: [false, ['1 CANCELED']],
    nothing: undefined,
    third: { restart: false, rows: [], removed: [`${MAIN} ${btc} 1`] },
  });
});

test('an account of another environment rests: no socket is opened for it', async () => {
  const run = await open([record({ environment: 'mainnet' })]);
  expect([run.list.views()[0]?.state, run.peers.sockets.length, run.list.health()[0]?.state]).toEqual([
    { kind: 'resting' },
    0,
    { kind: 'idle' },
  ]);
});

test('locked keys take the account out, its figures stay with their age; unlocked it is back', async () => {
  const run = await open();
  await run.connect();
  run.shelf.credentials.clear();
  run.changed();
  const locked = {
    state: run.list.views()[0]?.state,
    closed: [run.disposed, run.peers.last.terminated],
    usdt: run.list.all[0]?.holdings.balances.get('USDT')?.row?.total,
    asked: await Promise.resolve(run.room.requests['accounts.reconcile']({ account: MAIN })).catch(
      (fault) => fault.code,
    ),
  };
  run.shelf.credentials.set(MAIN, key());
  run.changed();
  await settled();
  await run.connect();
  expect([locked, run.list.views()[0]?.state]).toEqual([
    { state: { kind: 'locked' }, closed: [['client'], true], usdt: '5', asked: 'account.closed' },
    { kind: 'live' },
  ]);
});

test('a rotated key gets a session of its own, a removed one leaves nothing', async () => {
  const run = await open();
  await run.connect();
  run.shelf.credentials.set(MAIN, key());
  run.changed();
  await settled();
  await run.connect();
  const rotated = [run.disposed.length, run.list.views()[0]?.state];
  run.shelf.records = [];
  run.changed();
  expect([rotated, run.list.views(), run.list.health(), run.disposed.length]).toEqual([
    [1, { kind: 'live' }],
    [],
    [],
    2,
  ]);
});

test('a key that was refused and is found good again is used at once', async () => {
  const run = await open();
  await run.connect();
  run.answers['fault'] = new HeartlineError('account.wrong-key', 'no', { details: { venueCode: '1' } });
  const asking = run.list
    .sessionOf(MAIN)
    .reconcile()
    .catch(() => undefined);
  await settled();
  await asking;
  run.shelf.records = [record({ refusal: 'wrong-key' })];
  run.changed();
  const refused = run.list.views()[0]?.state.kind;
  run.answers['fault'] = undefined;
  run.shelf.records = [record()];
  run.changed();
  await settled();
  await run.connect();
  await settled();
  expect([refused, run.list.views()[0]?.state.kind]).toEqual(['refused', 'live']);
});

test('a private connection shows among the others by its label, and what is at stake is said', async () => {
  const run = await open();
  await run.connect();
  const nothing = run.room.exposureOf(venueId('plain'));
  run.say({ kind: 'order', order: order('1', run.clock.now()) });
  const orders = run.room.exposureOf(venueId('plain'));
  run.say({
    kind: 'position',
    position: {
      instrument: btc,
      leg: 'both',
      quantity: '1',
      entryPrice: '1',
      unrealisedPnl: '0',
      liquidationPrice: '1',
    },
    venueTime: 9,
  });
  expect([
    run.list.health().map(({ id, state, streams }) => [id, state.kind, streams.length]),
    [nothing, orders, run.room.exposureOf(venueId('plain')), run.room.exposureOf(venueId('other'))],
  ]).toEqual([[['plain/account:Main', 'live', 0]], ['none', 'order', 'position', 'none']]);
});

test('what the log says of an account never holds its key', async () => {
  const run = await open();
  await run.connect();
  run.peers.last.listener.closed({ code: 'socket.reset', detail: 'cut' });
  const text = JSON.stringify([run.log.entries, run.list.views(), run.list.health()]);
  expect([run.log.entries.map(({ code }) => code), text.includes('secret'), text.includes('"key"')]).toEqual([
    ['account.live', 'account.down'],
    false,
    false,
  ]);
});

test('a key of another account in the place of the old one brings its own figures, and none of the old ones', async () => {
  const run = await open();
  await run.connect();
  const now = run.clock.now();
  run.say({
    kind: 'fill',
    fill: {
      id: '1',
      instrument: btc,
      venueOrderId: '1',
      side: 'buy',
      price: '1',
      quantity: '1',
      venueTime: now,
    },
  });
  const before = run.list.all[0]?.holdings.fills.size;
  run.shelf.records = [record({ keyTail: 'wxyz' })];
  run.shelf.credentials.set(MAIN, key());
  run.changed();
  const { fills, balances } = run.list.all[0]?.holdings ?? {};
  expect([before, fills?.size, balances?.size]).toEqual([1, 0, 0]);
});

test('the total keeps an account that is only read anew after its socket was replaced', async () => {
  const run = await open();
  await run.connect();
  const balances = run.watch<BalancesUpdate>((changed) => run.room.watches.balances({}, changed));
  const live = balances.take()?.total?.usdt;
  run.answers['balances'] = new Promise(() => undefined);
  run.peers.last.listener.closed({ code: 'socket.reset', detail: '' });
  run.clock.advance(2000);
  await run.connect();
  run.second();
  const state = run.list.views()[0]?.state.kind;
  const fresh = run.watch<BalancesUpdate>((changed) => run.room.watches.balances({}, changed));
  expect([live, state, fresh.take()?.total?.usdt]).toEqual(['5.00', 'loading', '5.00']);
});

test('a position goes back to the venue’s own figures when its mark price stops coming', async () => {
  const row = { mark: Number.NaN, markReceivedAt: Number.NaN };
  let tell: (change: MarketChange) => void = () => undefined;
  const run = await open([record()], {
    venue: { id: 'plain' },
    row: () => row,
    hold: () => () => undefined,
    onChange(listener: (change: MarketChange) => void) {
      tell = listener;
      return () => undefined;
    },
    instruments: async () => [],
    dispose: () => undefined,
  } as unknown as Market);
  run.answers['positions'] = {
    rows: [
      {
        instrument: btc,
        leg: 'both',
        quantity: '1',
        entryPrice: '100',
        markPrice: '100',
        unrealisedPnl: '0',
      },
    ],
  };
  await run.connect();
  let told = 0;
  const positions = run.room.watches.positions({}, () => {
    told += 1;
  }) as WatchSource<PositionsUpdate>;
  undo.push(() => positions.dispose());
  positions.take();
  run.clock.advance(100);
  row.mark = 110;
  row.markReceivedAt = run.clock.now();
  tell({ kind: 'ticker', instrument: btc } as MarketChange);
  run.clock.advance(300);
  const estimated = positions.take()?.rows[0];
  told = 0;
  for (let second = 0; second < 12; second += 1) {
    run.peers.last.listener.pulse('pong');
    run.second();
  }
  const stale = positions.take()?.rows[0];
  expect([
    estimated?.unrealisedPnl,
    estimated?.isEstimated,
    told > 0,
    stale?.unrealisedPnl,
    stale?.isEstimated,
  ]).toEqual(['10', true, true, '0', false]);
});

test('history is asked for in the venue’s time, which may be an hour ahead', async () => {
  const hour = 3_600_000;
  const run = await open([record()], {
    venue: { id: 'plain' },
    clockOffsetMs: hour,
    row: () => undefined,
    hold: () => () => undefined,
    onChange: () => () => undefined,
    instruments: async () => [],
    dispose: () => undefined,
  } as unknown as Market);
  await run.connect();
  const now = run.clock.now();
  const fill = { id: '1', instrument: btc, venueOrderId: '1', side: 'buy', price: '1', quantity: '1' };
  run.answers['fills'] = { rows: [{ ...fill, venueTime: now + hour - 1000 }] };
  const fills = await run.room.requests['fills.read']({ account: MAIN, from: now - 60_000, to: now });
  expect([fills.length, run.asked.at(-1)]).toEqual([1, { from: now + hour - 60_000, to: now + hour }]);
});
