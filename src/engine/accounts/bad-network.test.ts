import { describe, expect, test } from 'vitest';
import { instrumentId } from '#shared/domain/instrument.ts';
import type { FillReport, OrderReport } from '#shared/domain/order.ts';
import type { PositionReport } from '#venues/account.ts';
import { refusal, settled, stageAccount } from './test-kit/account-stage.ts';
import { plainAccountVenue, tokenAccountVenue } from './test-kit/plain-account-venue.ts';

const btc = instrumentId('plain:BTC-USDT-PERP');
const order = (venueOrderId: string, more: Partial<OrderReport> = {}): OrderReport => ({
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
  venueTime: 10,
  isConditional: false,
  ...more,
});
const fill = (id: string, venueTime = 10): FillReport => ({
  id,
  instrument: btc,
  venueOrderId: '1',
  side: 'buy',
  price: '100',
  quantity: '1',
  venueTime,
});
const usdt = (total: string) => [{ currency: 'USDT', total, free: total, used: '0' }];
const position = (quantity: string, more: Partial<PositionReport> = {}): PositionReport => ({
  instrument: btc,
  leg: 'both',
  quantity,
  entryPrice: '100',
  markPrice: '100',
  unrealisedPnl: '0',
  ...more,
});

async function live(...stage: Parameters<typeof stageAccount>) {
  const run = await stageAccount(...stage);
  await run.open();
  expect(run.told.states.at(-1)).toBe('live');
  run.told.states.length = 0;
  return run;
}

type Run = Awaited<ReturnType<typeof stageAccount>>;
const statuses = (run: Run) =>
  [...run.session.holdings.orders.values()].map(
    ({ order: { venueOrderId, status } }) => `${venueOrderId} ${status}`,
  );
const asked = (run: Run, path: string) => run.calls.filter((one) => one === path).length;
const quantities = (run: Run) =>
  [...run.session.holdings.positions.values()].flatMap(({ row }) => row?.quantity ?? []);

describe('an order REST lags behind', () => {
  test('is not called cancelled because one look-up did not find it', async () => {
    let looks = 0;
    const run = await live(plainAccountVenue, {
      order: () => {
        looks += 1;
        return looks <= 2 ? undefined : { order: order('1') };
      },
    });
    run.say({ kind: 'order', order: order('1') });
    const comparing = run.session.reconcile();
    await run.pass(10);
    await comparing;
    expect([statuses(run), looks]).toEqual([['1 NEW'], 3]);
  });

  test('that was taken for gone is open again once the venue lists it', async () => {
    const run = await live();
    run.say({ kind: 'order', order: order('1') });
    await run.pass(70);
    const gone = statuses(run);
    run.rest['openOrders'] = () => ({ rows: [order('1')] });
    await run.pass(70);
    expect([gone, statuses(run)]).toEqual([['1 CANCELED'], ['1 NEW']]);
  });
});

describe('a position REST lags behind', () => {
  test('keeps what the stream told just now, and is read again until both agree', async () => {
    const run = await live(plainAccountVenue, { positions: () => ({ rows: [position('1')] }) });
    // Without a liquidation price: it is read at once, and the answer is a second old.
    run.say({ kind: 'position', position: position('3'), venueTime: 20 });
    await settled();
    const meanwhile = quantities(run);
    run.rest['positions'] = () => ({ rows: [position('3', { liquidationPrice: '50' })] });
    await run.pass(1);
    const row = [...run.session.holdings.positions.values()][0]?.row;
    expect([meanwhile, row?.quantity, row?.liquidationPrice]).toEqual([['3'], '3', '50']);
  });

  test('is as REST says where the stream stays alone with its word', async () => {
    const run = await live(plainAccountVenue, { positions: () => ({ rows: [position('1')] }) });
    run.say({ kind: 'position', position: position('3'), venueTime: 20 });
    await run.pass(6);
    expect(quantities(run)).toEqual(['1']);
  });

  test('that was just opened stays though an older answer does not list it', async () => {
    const run = await live();
    run.say({ kind: 'position', position: position('3'), venueTime: 20 });
    await settled();
    expect(quantities(run)).toEqual(['3']);
  });
});

describe('a listen key', () => {
  test('from before a sleep is not believed: a dead one would open a socket that says nothing', async () => {
    const run = await live(tokenAccountVenue);
    run.session.wake('resume');
    await settled();
    await run.open();
    expect([
      asked(run, 'token.create'),
      run.peers.last.url.split('/').at(-1),
      run.told.states.at(-1),
    ]).toEqual([2, 'token2', 'live']);
  });

  test('that could not be extended for as long as it lives is given up', async () => {
    const run = await live(tokenAccountVenue);
    run.rest['token.extend'] = refusal('rest.unreachable');
    await run.pass(3000);
    const kept = asked(run, 'token.create');
    await run.pass(700, true);
    expect([kept, asked(run, 'token.create'), run.told.states.at(-1)]).toEqual([1, 2, 'live']);
  });

  test('that expires while everything is read is replaced, and all of it read again', async () => {
    let answer: (rows: unknown) => void = () => undefined;
    const run = await stageAccount(tokenAccountVenue, {
      openOrders: () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
    });
    await run.open();
    run.say({ kind: 'token-expired' });
    await settled();
    answer({ rows: [order('1')] });
    run.rest['openOrders'] = () => ({ rows: [order('2')] });
    run.rest['order'] = () => ({
      order: order('1', { status: 'FILLED', filledQuantity: '2', venueTime: 20 }),
    });
    await settled();
    await run.open();
    await run.pass(1);
    expect([statuses(run), run.told.states.at(-1)]).toEqual([['1 FILLED', '2 NEW'], 'live']);
  });
});

describe('an account that is closed', () => {
  test('changes nothing any more, whatever of it is still under way', async () => {
    const run = await live(plainAccountVenue, { balances: () => usdt('5') });
    // The comparison found a difference, and gives the stream three seconds to tell it.
    run.rest['balances'] = () => usdt('6');
    run.session.reconcile().catch(() => undefined);
    await settled();
    run.session.dispose();
    const before = [run.told.holdings, run.calls.length];
    await run.pass(120);
    expect([run.told.holdings, run.calls.length]).toEqual(before);
  });
});

describe('history', () => {
  test('that cannot be read keeps the account degraded, instead of live and down in turn', async () => {
    const run = await stageAccount(plainAccountVenue, { closedOrders: refusal('venue.answer') });
    await run.open();
    await run.pass(120);
    const states = run.told.states.filter((state) => state === 'live').length;
    const tries = asked(run, 'closedOrders');
    run.rest['closedOrders'] = () => ({ rows: [order('0', { status: 'FILLED', filledQuantity: '2' })] });
    await run.pass(60);
    expect({ states, isQuiet: tries < 15, now: run.told.states.at(-1), orders: statuses(run) }).toEqual({
      states: 1,
      isQuiet: true,
      now: 'live',
      orders: ['0 FILLED'],
    });
  });

  test('of an interruption is read from its beginning, though the clock was set back an hour in it', async () => {
    const ranges: { readonly from: number; readonly to: number }[] = [];
    const run = await live(plainAccountVenue, {
      fills: (range) => {
        ranges.push(range as { from: number; to: number });
        return { rows: [] };
      },
    });
    await run.pass(70);
    run.peers.last.listener.closed({ code: 'socket.reset', detail: '' });
    run.setWall(-3_600_000);
    ranges.length = 0;
    await run.pass(5, true);
    const now = run.clock.now();
    expect([run.told.states.at(-1), ranges.every(({ from, to }) => from < now - 60_000 && to > now)]).toEqual(
      ['live', true],
    );
    expect(ranges.length).toBeGreaterThan(0);
  });

  test('of 5,000 fills and orders is taken in one go', async () => {
    const run = await stageAccount(plainAccountVenue, {
      fills: () => ({ rows: Array.from({ length: 5000 }, (_, index) => fill(`f${index}`, index)) }),
      closedOrders: () => ({
        rows: Array.from({ length: 5000 }, (_, index) =>
          order(`${index}`, { status: 'FILLED', filledQuantity: '2' }),
        ),
      }),
    });
    await run.open();
    const { orders, fills } = run.session.holdings;
    expect([orders.size, fills.size, fills.has(`${btc} f4999`), fills.has(`${btc} f3999`)]).toEqual([
      4000,
      1000,
      true,
      false,
    ]);
    expect(run.told.holdings).toBeLessThan(10);
  });
});

test('a busy stream in doubt is read again at a slowing pace, not four times a second for ever', async () => {
  const run = await live();
  const before = asked(run, 'balances');
  for (let second = 0; second < 60; second += 1) {
    for (let part = 0; part < 4; part += 1) {
      run.say({ kind: 'reread', what: 'balances', reason: 'fill' });
      run.clock.advance(250);
      await settled();
    }
  }
  const busy = asked(run, 'balances') - before;
  await run.pass(20);
  const quiet = asked(run, 'balances');
  run.say({ kind: 'reread', what: 'balances', reason: 'fill' });
  await settled();
  expect([busy < 30, asked(run, 'balances') - quiet]).toEqual([true, 1]);
});

test('the second page of a snapshot that fails leaves what was known, and the whole is read anew', async () => {
  const second = {
    method: 'GET',
    section: 'p',
    path: 'page2',
    params: {},
    scope: 'all',
    weight: 1,
    parse: () => 0,
  };
  const run = await live(plainAccountVenue, {
    openOrders: () => ({ rows: [order('1')], next: second }),
    page2: () => ({ rows: [order('2')] }),
  });
  run.rest['page2'] = refusal('rest.timeout');
  await run.pass(70);
  const failed = [run.told.states.at(-1), statuses(run)];
  run.rest['page2'] = () => ({ rows: [order('2')] });
  await run.pass(40);
  expect([failed, run.told.states.at(-1), statuses(run)]).toEqual([
    ['degraded timeout', ['1 NEW', '2 NEW']],
    'live',
    ['1 NEW', '2 NEW'],
  ]);
});

test('what is held for an order is read when one comes, changes or goes, where the stream never says it', async () => {
  const run = await live(plainAccountVenue, {
    balances: () => [{ currency: 'USDT', total: '100', free: '100', used: '0' }],
  });
  run.rest['balances'] = () => [{ currency: 'USDT', total: '100', free: '90', used: '10' }];
  run.say({ kind: 'order', order: order('1') });
  await settled();
  const once = [run.session.holdings.balances.get('USDT')?.row?.used, asked(run, 'balances')];
  run.say({ kind: 'order', order: order('1') });
  await run.pass(1);
  expect([once, asked(run, 'balances')]).toEqual([['10', 2], 2]);
});

test('while the stream is believed, the past is not read every minute, but at once when something differed', async () => {
  let total = '5';
  const run = await live(plainAccountVenue, { balances: () => usdt(total) });
  const first = asked(run, 'closedOrders');
  await run.pass(30 * 60);
  const quiet = asked(run, 'closedOrders') - first;
  total = '6';
  await run.pass(70);
  const differed = asked(run, 'closedOrders') - first - quiet;
  const compared = asked(run, 'closedOrders');
  await run.session.reconcile();
  expect([quiet <= 4, quiet >= 2, differed >= 1, asked(run, 'closedOrders') - compared]).toEqual([
    true,
    true,
    true,
    1,
  ]);
});

test('a frame nobody can read may have been a fill: the past is read with the next comparison', async () => {
  const run = await live();
  await run.pass(65);
  const before = asked(run, 'fills');
  run.rest['fills'] = () => ({ rows: [fill('unread')] });
  run.say({ kind: 'failed', reason: 'not an execution' });
  await run.pass(75);
  expect([asked(run, 'fills') - before, run.session.holdings.fills.size]).toEqual([1, 1]);
});

test('fills of the past day are asked for once at the start: at some venues they are the dearest of all', async () => {
  const run = await live();
  await run.pass(5);
  // A little more than a day, which this venue answers in two ranges.
  expect([asked(run, 'fills'), asked(run, 'closedOrders')]).toEqual([2, 2]);
});

test('a balance that changed without a word of the stream has the fills behind it read soon, not in ten minutes', async () => {
  const run = await live(plainAccountVenue, { balances: () => usdt('100') });
  run.say({
    kind: 'balance',
    balance: { currency: 'USDT', total: '100', free: '100', used: '0' },
    venueTime: 1,
  });
  await run.pass(65);
  // The stream is mute from here on; but for one more reading of what it left in doubt.
  run.rest['balances'] = () => usdt('99');
  run.rest['fills'] = () => ({ rows: [fill('silent')] });
  run.say({ kind: 'reread', what: 'balances', reason: 'an order before' });
  await run.pass(10);
  expect([...run.session.holdings.fills.keys()]).toEqual([`${btc} silent`]);
});

test('what a gap hid is read with the share of the budget that is kept for it, the history of a day is not', async () => {
  const run = await live();
  const atStart = [run.urgent.includes('fills'), run.urgent.includes('closedOrders')];
  run.peers.last.listener.closed({ code: 'socket.reset', detail: '' });
  await run.pass(40, true);
  expect([atStart, run.urgent.includes('fills'), run.urgent.includes('closedOrders')]).toEqual([
    [true, false],
    true,
    true,
  ]);
});
