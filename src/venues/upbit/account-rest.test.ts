import { describe, expect, test } from 'vitest';
import { Secret } from '#shared/base/secret.ts';
import { instrumentId } from '#shared/domain/instrument.ts';
import { upbitAccount } from './account.ts';

const { rest } = upbitAccount;
const BTC = instrumentId('upbit:BTC-KRW');
const NOW = 1_795_000_000_000;

/** In the shape of the venue's reference, amounts as text. */
const ORDER = {
  uuid: '3b67e543-8ad3-48d0-8451-0dad315cae73',
  market: 'KRW-USDT',
  side: 'ask',
  ord_type: 'limit',
  price: '1375.00',
  state: 'wait',
  created_at: '2026-11-18T16:44:00+09:00',
  volume: '5.37759400',
  remaining_volume: '5.37759400',
  executed_volume: '0.0',
  reserved_fee: '0',
  remaining_fee: '0',
  paid_fee: '0',
  locked: '5.377594',
  executed_funds: '0',
  trades_count: 0,
  identifier: 'bot-1',
};
const CREATED = Date.parse('2026-11-18T07:44:00Z');
const REPORT = {
  instrument: 'upbit:USDT-KRW',
  venueOrderId: ORDER.uuid,
  clientOrderId: 'bot-1',
  side: 'sell',
  type: 'limit',
  timeInForce: 'GTC',
  status: 'NEW',
  venueStatus: 'wait',
  price: '1375',
  quantity: '5.377594',
  filledQuantity: '0',
  reduceOnly: false,
  postOnly: false,
  createdAt: CREATED,
  venueTime: CREATED,
  isConditional: false,
};

describe('an account of Upbit over REST', () => {
  test('holds what is free and what is locked, exactly', () => {
    const call = rest.balances();
    const body = [
      { currency: 'KRW', balance: '1000000.12345678901234567', locked: '58029.0', avg_buy_price: '0' },
      {
        currency: 'BTC',
        balance: '0.00000001',
        locked: '0',
        avg_buy_price: '101000000',
        unit_currency: 'KRW',
      },
    ];
    expect([call.path, call.params, call.parse(body)]).toEqual([
      'accounts',
      {},
      [
        {
          currency: 'KRW',
          total: '1058029.12345678901234567',
          free: '1000000.12345678901234567',
          used: '58029',
        },
        { currency: 'BTC', total: '0.00000001', free: '0.00000001', used: '0' },
      ],
    ]);
  });

  test('lists what waits and what is reserved, page by page', () => {
    const [wait, watch] = rest.openOrders(BTC);
    expect([wait?.params, watch?.params['state']]).toEqual([
      { market: 'KRW-BTC', state: 'wait', page: 1, limit: 100, order_by: 'desc' },
      'watch',
    ]);
    const full = wait?.parse(
      Array.from({ length: 100 }, () => ORDER),
      NOW,
    );
    expect([full?.rows.length, full?.next?.params['page']]).toEqual([100, 2]);
    expect(full?.next?.parse([ORDER], NOW)).toEqual({ rows: [REPORT] });
    expect(rest.openOrders().map(({ params }) => 'market' in params)).toEqual([false, false]);
  });

  test('lists a week of what has ended, and goes on where a thousand did not suffice', () => {
    const from = CREATED - 86_400_000;
    const to = CREATED + 86_400_000;
    const [done, cancel] = rest.closedOrders({ from, to });
    const { start_time, end_time, state } = done?.params ?? {};
    expect([start_time, end_time, state, cancel?.params['state']]).toEqual([from, to, 'done', 'cancel']);
    const rows = Array.from({ length: 1000 }, () => ({ ...ORDER, state: 'done' }));
    const second = done?.parse(rows, NOW).next;
    // Once more to the end of that second; then past it, whatever it held.
    const third = second?.parse(rows, NOW).next;
    expect([second?.params['end_time'], third?.params['end_time']]).toEqual([CREATED + 999, CREATED - 1]);
    expect(third?.parse(rows.slice(1), NOW).next).toBeUndefined();
  });

  test('keeps a reserved order one and the same when it is triggered', () => {
    const [, watch] = rest.openOrders();
    const [wait] = rest.openOrders();
    const rows = [watch?.parse([{ ...ORDER, state: 'watch' }], NOW), wait?.parse([ORDER], NOW)];
    expect(
      rows.map((page) => page?.rows.map(({ status, isConditional }) => [status, isConditional])),
    ).toEqual([[['PENDING_TRIGGER', false]], [['NEW', false]]]);
  });

  test('tells an order with its fills, oldest first, and knows when it was so', () => {
    const trade = { market: 'KRW-USDT', trend: 'down', side: 'ask' };
    const call = rest.order({ instrument: BTC, clientOrderId: 'bot-1' });
    const answer = call.parse({
      ...ORDER,
      state: 'done',
      remaining_volume: '0',
      executed_volume: '5.377594',
      executed_funds: undefined,
      trades: [
        {
          ...trade,
          uuid: 'f2',
          price: '1376',
          volume: '2',
          funds: '2752',
          created_at: '2026-11-18T16:44:01.597751+09:00',
        },
        {
          ...trade,
          uuid: 'f1',
          price: '1375',
          volume: '3.377594',
          funds: '4644.19175',
          created_at: '2026-11-18T16:44:00.5+09:00',
        },
      ],
    });
    const fill = {
      instrument: 'upbit:USDT-KRW',
      venueOrderId: ORDER.uuid,
      clientOrderId: 'bot-1',
      side: 'sell',
    };
    expect([call.params, answer]).toEqual([
      { identifier: 'bot-1' },
      {
        order: {
          ...REPORT,
          status: 'FILLED',
          venueStatus: 'done',
          filledQuantity: '5.377594',
          // (2752 + 4644.19175) / 5.377594
          averagePrice: '1375.371913536053',
          venueTime: CREATED + 1597,
        },
        fills: [
          { ...fill, id: 'f1', price: '1375', quantity: '3.377594', venueTime: CREATED + 500 },
          { ...fill, id: 'f2', price: '1376', quantity: '2', venueTime: CREATED + 1597 },
        ],
      },
    ]);
    expect(rest.order({ instrument: BTC, venueOrderId: 'u', clientOrderId: 'c' }).params).toEqual({
      uuid: 'u',
    });
  });

  test('does not guess what an order nobody knows the state of is doing', () => {
    const [wait] = rest.openOrders();
    expect(() => wait?.parse([{ ...ORDER, state: 'frozen' }], NOW)).toThrow(
      expect.objectContaining({
        code: 'order.status-unknown',
        details: { venue: 'upbit', status: 'frozen' },
      }),
    );
  });

  test.each([{}, null, 'x', [1], [{ ...ORDER, market: 'KRWBTC' }], [{ ...ORDER, created_at: 'today' }]])(
    'refuses an answer of another shape: %o',
    (body) => {
      expect(() => rest.openOrders()[0]?.parse(body, NOW)).toThrow(
        expect.objectContaining({ code: 'venue.answer' }),
      );
    },
  );

  test('pays the fees of the dearer side', () => {
    const chance = {
      bid_fee: '0.0005',
      ask_fee: '0.0005',
      maker_bid_fee: '0.0004',
      maker_ask_fee: '0.00045',
    };
    expect([rest.fees(BTC).parse(chance), rest.facts().parse(chance)]).toEqual([
      { instrument: BTC, maker: '0.00045', taker: '0.0005' },
      { feeTier: '0.05 %' },
    ]);
    expect(rest.fees(BTC).parse({ bid_fee: '0.0005', ask_fee: '0.0025' })).toEqual({
      instrument: BTC,
      maker: '0.0025',
      taker: '0.0025',
    });
  });
});

describe('the rights of a key of Upbit', () => {
  const keys = [
    { access_key: 'other', expire_at: '2026-12-01T00:00:00+09:00' },
    { access_key: 'ours', expire_at: '2027-03-01T00:00:00+09:00' },
    { access_key: 'old', expire_at: '2026-01-01T00:00:00+09:00' },
    { access_key: 'odd', expire_at: 'soon' },
    { access_key: 'none' },
  ];
  const expiry = (apiKey?: Secret) => rest.rights('mainnet', apiKey).told[0]?.parse(keys, NOW);

  test('end when the venue says so', () => {
    expect([expiry(new Secret('ours')), expiry(new Secret('gone')), expiry()]).toEqual([
      { expiresAt: Date.parse('2027-02-28T15:00:00Z') },
      {},
      { expiresAt: Date.parse('2026-11-30T15:00:00Z') },
    ]);
  });

  test('are found out by calls that move nothing', () => {
    const { probed, assumed } = rest.rights('mainnet');
    expect(probed.map(({ right, call, otherwise }) => [right, call.method, call.path, otherwise])).toEqual([
      ['read', 'GET', 'accounts', 'unknown'],
      ['read', 'GET', 'orders/open', 'unknown'],
      ['trade', 'POST', 'orders/test', 'yes'],
      ['withdraw', 'GET', 'withdraws', 'unknown'],
      ['withdraw', 'DELETE', 'withdraws/coin', 'yes'],
      ['transfer', 'GET', 'pockets', 'unknown'],
      ['transfer', 'GET', 'pockets/transfers', 'unknown'],
    ]);
    expect(assumed).toEqual({});
  });
});

test('a private socket of Upbit shows a token of its own each time, and asks for everything', () => {
  let count = 0;
  const signing = {
    credentials: { apiKey: new Secret('ours'), secret: new Secret('secret') },
    now: NOW,
    hmacSha256: String,
    jwt: (payload: object) => JSON.stringify(payload),
    uuid: () => `nonce-${++count}`,
  };
  const { stream } = upbitAccount;
  expect([
    stream.url({ rest: '', ws: 'wss://api.upbit.com' }),
    stream.headers(signing),
    stream.headers(signing),
    JSON.parse(stream.subscribeFrame()),
  ]).toEqual([
    'wss://api.upbit.com/websocket/v1/private',
    { Authorization: 'Bearer {"access_key":"ours","nonce":"nonce-1"}' },
    { Authorization: 'Bearer {"access_key":"ours","nonce":"nonce-2"}' },
    [{ ticket: 'heartline' }, { type: 'myOrder' }, { type: 'myAsset' }, { format: 'DEFAULT' }],
  ]);
});

test.each([
  ['group=order; min=1799; sec=11', [{ scope: 'default', remaining: 11 }]],
  ['', []],
])('what is left of a second’s budget is told: %s', (header, notes) => {
  expect(upbitAccount.budgetNotes({ scope: 'default' }, new Headers({ 'remaining-req': header }))).toEqual(
    notes,
  );
});
