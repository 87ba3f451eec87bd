import { describe, expect, test } from 'vitest';
import { instrumentId } from '#shared/domain/instrument.ts';
import type { FillReport, OrderReport } from '#shared/domain/order.ts';
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
const fill = (id: string): FillReport => ({
  id,
  instrument: btc,
  venueOrderId: '1',
  side: 'buy',
  price: '100',
  quantity: '1',
  venueTime: 10,
});
const usdt = (total: string) => [{ currency: 'USDT', total, free: total, used: '0' }];

async function live(...stage: Parameters<typeof stageAccount>) {
  const run = await stageAccount(...stage);
  await run.open();
  expect(run.told.states.at(-1)).toBe('live');
  run.told.states.length = 0;
  return run;
}

const statuses = (run: Awaited<ReturnType<typeof stageAccount>>) =>
  [...run.session.holdings.orders.values()].map(
    ({ order: { venueOrderId, status } }) => `${venueOrderId} ${status}`,
  );

describe('an account', () => {
  test('connects: socket, login, subscription, everything over REST, live', async () => {
    const run = await stageAccount(plainAccountVenue, {
      balances: () => usdt('5'),
      openOrders: () => ({ rows: [order('1')] }),
      fills: () => ({ rows: [fill('f1')] }),
      closedOrders: () => ({ rows: [order('0', { status: 'FILLED', filledQuantity: '2' })] }),
    });
    await run.open();
    expect({
      states: run.told.states,
      sent: run.peers.last.sent,
      usdt: run.session.holdings.balances.get('USDT')?.row?.total,
      orders: statuses(run),
      fills: [...run.session.holdings.fills.keys()],
    }).toEqual({
      states: ['loading', 'live'],
      sent: ['login', 'subscribe'],
      usdt: '5',
      orders: ['1 NEW', '0 FILLED'],
      fills: [`${btc} f1`],
    });
  });

  test('takes what is streamed while REST is read, and lets the older answer lose', async () => {
    let answer: (rows: unknown) => void = () => undefined;
    const run = await stageAccount(plainAccountVenue, {
      openOrders: () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
      order: () => ({ order: order('2', { status: 'CANCELED', venueTime: 30 }) }),
    });
    await run.open();
    run.say({ kind: 'order', order: order('1', { status: 'FILLED', filledQuantity: '2', venueTime: 20 }) });
    run.say({ kind: 'order', order: order('3') });
    answer({ rows: [order('1')] });
    await settled();
    expect([run.told.states.at(-1), statuses(run)]).toEqual(['live', ['1 FILLED', '3 NEW']]);
  });

  test('loses no fill over fifty reconnects', async () => {
    const fills: FillReport[] = [];
    const run = await live(plainAccountVenue, { fills: () => ({ rows: fills }) });
    for (let round = 0; round < 50; round += 1) {
      run.peers.last.listener.closed({ code: 'socket.reset', detail: '' });
      fills.push(fill(`missed ${round}`));
      await run.pass(40, true);
      run.say({ kind: 'fill', fill: fill(`streamed ${round}`) });
    }
    expect([run.session.holdings.fills.size, run.told.states.at(-1)]).toEqual([100, 'live']);
  });

  test('asks for an order by its id that is no longer listed, and closes one the venue does not know', async () => {
    let open = [order('1'), order('2')];
    const run = await live(plainAccountVenue, {
      openOrders: () => ({ rows: open }),
      order: ({ venueOrderId }) =>
        venueOrderId === '1'
          ? {
              order: order('1', { status: 'FILLED', filledQuantity: '2', venueTime: 50 }),
              fills: [fill('f1')],
            }
          : undefined,
    });
    open = [];
    run.peers.last.listener.closed({ code: 'socket.reset', detail: '' });
    await run.pass(2);
    await run.open();
    // It is asked twice: what looks orders up may be behind.
    await run.pass(3);
    expect([statuses(run), run.session.holdings.fills.size]).toEqual([['1 FILLED', '2 CANCELED'], 1]);
  });

  test('compares with the venue every minute, and counts what it had to mend', async () => {
    let total = '5';
    const position = { instrument: btc, leg: 'both', quantity: '1', entryPrice: '1', unrealisedPnl: '0' };
    const run = await live(plainAccountVenue, {
      balances: () => usdt(total),
      positions: () => ({ rows: total === '5' ? [] : [position] }),
    });
    total = '6';
    await run.pass(70);
    expect({
      mended: run.told.mended,
      states: run.told.states,
      total: run.session.holdings.balances.get('USDT')?.row,
    }).toMatchObject({
      mended: ['balance USDT', `position ${btc} both`],
      states: [],
      total: { total: '6', source: 'rest' },
    });
  });

  test('reads again what the stream leaves in doubt', async () => {
    const run = await live();
    run.rest['positions'] = () => ({
      rows: [{ instrument: btc, leg: 'both', quantity: '1', entryPrice: '7', unrealisedPnl: '0' }],
    });
    run.say({ kind: 'position', position: { instrument: btc, leg: 'both', quantity: '1' }, venueTime: 20 });
    await settled();
    expect([...run.session.holdings.positions.values()].map(({ row }) => row?.entryPrice)).toEqual(['7']);
  });
});

describe('bad input:', () => {
  test.each([
    ['a wrong key', 'account.wrong-key', 'wrong-key'],
    ['a wrong secret', 'account.wrong-secret', 'wrong-secret'],
    ['an expired key', 'account.expired', 'expired'],
    ['another address', 'account.address', 'address'],
    ['a key that may not read', 'account.permission', 'no-read'],
    ['a key of another environment', 'account.wrong-key', 'wrong-key'],
  ])('%s is refused with words, left alone for a minute, and asked again', async (_, code, reason) => {
    const run = await stageAccount(plainAccountVenue, { balances: refusal(code, 'the venue’s words') });
    run.peers.last.listener.opened();
    run.say({ kind: 'login-refused', venueCode: '10003', message: 'invalid' });
    await settled();
    const refused = run.told.states.at(-1);
    const calls = run.calls.length;
    await run.pass(40);
    const quiet = run.calls.length - calls;
    run.rest['balances'] = () => [];
    await run.pass(40, true);
    expect([refused, quiet, run.told.states.at(-1)]).toEqual([
      `refused ${reason}: the venue’s words`,
      0,
      'live',
    ]);
  });

  test('a key revoked while running is refused, and its figures stay with their age', async () => {
    const run = await live(plainAccountVenue, { balances: () => usdt('5') });
    run.rest['balances'] = refusal('account.wrong-key', 'revoked');
    run.peers.last.listener.closed({ code: 'auth', detail: '401' });
    await settled();
    expect([
      run.told.states,
      run.session.holdings.balances.get('USDT')?.row?.total,
      run.peers.last.terminated,
    ]).toEqual([['degraded auth', 'refused wrong-key: revoked'], '5', true]);
  });

  test('a clock off by an hour is measured, said, and tried again within seconds', async () => {
    const run = await stageAccount(plainAccountVenue, {
      balances: refusal('account.clock', 'timestamp ahead'),
    });
    await run.open();
    const said = run.told.states.at(-1);
    run.rest['balances'] = () => [];
    await run.pass(12, true);
    expect([said, run.told.clockAsked, run.told.states.at(-1)]).toEqual([
      'refused clock: timestamp ahead',
      1,
      'live',
    ]);
  });

  test('a listen-key endpoint that is down leaves figures by REST every five seconds, until it is back', async () => {
    const run = await stageAccount(tokenAccountVenue, {
      'token.create': refusal('rest.unreachable'),
      balances: () => usdt('5'),
    });
    await run.pass(4);
    const without = run.told.states.at(-1);
    const asked = run.calls.filter((path) => path === 'balances').length;
    await run.pass(20);
    const polls = run.calls.filter((path) => path === 'balances').length - asked;
    const row = run.session.holdings.balances.get('USDT')?.row;
    run.rest['token.create'] = () => 'token';
    await run.pass(31);
    await run.open();
    expect({ without, polls, row, after: run.told.states.at(-1), url: run.peers.last.url }).toMatchObject({
      without: 'degraded socket.refused',
      polls: 4,
      row: { total: '5', source: 'rest' },
      after: 'live',
      url: 'ws://127.0.0.1:1/private/token',
    });
  });

  test('a private socket that stands and tells nothing is noticed by what REST knows, and replaced', async () => {
    const run = await live(tokenAccountVenue);
    run.rest['openOrders'] = () => ({ rows: [order('9')] });
    await run.pass(31);
    expect({
      mute: run.told.mute,
      states: run.told.states,
      sockets: run.peers.sockets.map(({ url, terminated }) => [url.split('/').at(-1), terminated]),
      orders: statuses(run),
    }).toEqual({
      mute: [`order ${btc} 9`],
      states: ['degraded socket.silent'],
      sockets: [
        ['token1', true],
        ['token2', false],
      ],
      orders: ['9 NEW'],
    });
    await run.open();
    expect(run.told.states.at(-1)).toBe('live');
  });

  test('a private socket that tells it a second after REST is not mute', async () => {
    const run = await live();
    run.rest['openOrders'] = () => ({ rows: [order('9')] });
    await run.pass(26);
    run.say({ kind: 'order', order: order('9') });
    await run.pass(20);
    expect([run.told.mute, run.peers.sockets.length]).toEqual([[], 1]);
  });

  test('silence of an account where nothing happens is no trouble, for an hour', async () => {
    const run = await live(plainAccountVenue, {
      balances: () => usdt('5'),
      openOrders: () => ({ rows: [order('1')] }),
    });
    await run.pass(3600);
    expect([run.told.states, run.told.mute, run.told.mended, run.peers.sockets.length]).toEqual([
      [],
      [],
      [],
      1,
    ]);
  });

  test('a venue that answers nothing at all is waited for, and comes back', async () => {
    const run = await stageAccount(plainAccountVenue, { balances: refusal('rest.unreachable') });
    run.peers.last.listener.closed({ code: 'socket.refused', detail: '' });
    await run.pass(5);
    const waiting = run.told.states.at(-1);
    run.rest['balances'] = () => usdt('1');
    await run.pass(60, true);
    expect([waiting, run.told.states.at(-1)]).toEqual(['waiting socket.refused', 'live']);
  });

  test('REST that fails under a stream that stands is said, and over when it answers', async () => {
    const run = await live(plainAccountVenue, { balances: () => usdt('5') });
    run.rest['balances'] = refusal('rest.timeout');
    await run.pass(30);
    run.rest['balances'] = () => usdt('5');
    await run.pass(20);
    expect(run.told.states).toEqual(['degraded timeout', 'live']);
  });

  test('a status nobody knows is told, and the orders are read again', async () => {
    const run = await live();
    run.rest['openOrders'] = () => ({ rows: [order('4')] });
    run.say({ kind: 'failed', reason: 'unknown order status: "Nonsense"', isAlarming: true });
    await settled();
    expect([run.told.unreadable, statuses(run)]).toEqual([['unknown order status: "Nonsense"'], ['4 NEW']]);
  });
});

describe('a listen key', () => {
  const made = (run: Awaited<ReturnType<typeof stageAccount>>) =>
    run.calls.filter((path) => path === 'token.create').length;

  test('is asked for once, however often it is wanted meanwhile', async () => {
    let answer: (token: unknown) => void = () => undefined;
    const run = await stageAccount(tokenAccountVenue, {
      'token.create': () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
    });
    run.session.wake('resume');
    run.session.wake('link');
    await run.pass(3);
    answer('token');
    await settled();
    expect([made(run), run.peers.sockets.length]).toEqual([1, 1]);
  });

  test('is kept alive, and replaced with everything compared when it cannot be', async () => {
    const run = await live(tokenAccountVenue);
    await run.pass(1801);
    const kept = [run.calls.filter((path) => path === 'token.extend').length, made(run)];
    run.rest['token.extend'] = refusal('account.listen-key');
    run.rest['balances'] = () => usdt('8');
    await run.pass(1800);
    await run.open();
    expect({
      kept,
      made: made(run),
      url: run.peers.last.url.split('/').at(-1),
      total: run.session.holdings.balances.get('USDT')?.row?.total,
      state: run.told.states.at(-1),
    }).toEqual({ kept: [1, 1], made: 2, url: 'token2', total: '8', state: 'live' });
  });

  test('that the venue calls expired is replaced at once', async () => {
    const run = await live(tokenAccountVenue);
    run.say({ kind: 'token-expired' });
    await settled();
    await run.open();
    expect([made(run), run.told.states]).toEqual([2, ['degraded auth', 'loading', 'live']]);
  });
});

test('a socket is replaced before the venue would end it, and everything compared', async () => {
  const run = await live();
  await run.pass(23 * 3600 + 5, true);
  expect([run.peers.sockets.length, run.told.states.at(-1)]).toEqual([2, 'live']);
});

test('after sleep nothing that was open is believed', async () => {
  const run = await live();
  run.session.wake('resume');
  await settled();
  const asleep = run.told.states.at(-1);
  await run.open();
  expect([asleep, run.told.states.at(-1), run.peers.sockets.length]).toEqual(['degraded resume', 'live', 2]);
});
