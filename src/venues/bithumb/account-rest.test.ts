import { describe, expect, test } from 'vitest';
import { Secret } from '#shared/base/secret.ts';
import { instrumentId } from '#shared/domain/instrument.ts';
import { bithumbAccount } from './account.ts';

const { rest } = bithumbAccount;
const BTC = instrumentId('bithumb:BTC-KRW');
const NOW = 1_795_000_000_000;

/** In the names of v2, amounts as text. */
const ORDER = {
  order_id: 'C0101000000001799653',
  market: 'KRW-BTC',
  side: 'bid',
  order_type: 'limit',
  price: '116000000',
  state: 'wait',
  created_at: '2026-11-18T16:44:00+09:00',
  volume: '0.0010',
  remaining_volume: '0.0006',
  executed_volume: '0.0004',
  executed_funds: '46400',
  reserved_fee: '290',
  remaining_fee: '174',
  paid_fee: '116',
  locked: '69774',
  trades_count: 1,
  client_order_id: 'bot-1',
  stp_type: 'cancel_taker',
};
const CREATED = Date.parse('2026-11-18T07:44:00Z');
const REPORT = {
  instrument: BTC,
  venueOrderId: ORDER.order_id,
  clientOrderId: 'bot-1',
  side: 'buy',
  type: 'limit',
  timeInForce: 'GTC',
  status: 'PARTIALLY_FILLED',
  venueStatus: 'wait',
  price: '116000000',
  quantity: '0.001',
  filledQuantity: '0.0004',
  averagePrice: '116000000',
  reduceOnly: false,
  postOnly: false,
  createdAt: CREATED,
  venueTime: CREATED,
  isConditional: false,
};

describe('an account of Bithumb over REST', () => {
  test('holds what is free and what is locked, exactly', () => {
    const body = [
      { currency: 'KRW', balance: '1000000.123456789012345', locked: '58029.0', avg_buy_price: '0' },
      { currency: 'BTC', balance: '0.0004', locked: '0', avg_buy_price: '101000000' },
    ];
    expect([rest.balances().path, rest.balances().parse(body)]).toEqual([
      'v1/accounts',
      [
        { currency: 'KRW', total: '1058029.123456789012345', free: '1000000.123456789012345', used: '58029' },
        { currency: 'BTC', total: '0.0004', free: '0.0004', used: '0' },
      ],
    ]);
  });

  test.each([
    ['a list', (rows: unknown[]) => rows],
    ['a list beside its cursor', (data: unknown[]) => ({ data, next_key: null })],
    ['orders beside their cursor', (orders: unknown[]) => ({ has_next: false, next_key: 'x', orders })],
  ])('lists what is open from %s', (_, bodyOf) => {
    const [pending] = rest.openOrders(BTC);
    expect([pending?.path, pending?.params, pending?.parse(bodyOf([ORDER]), NOW)]).toEqual([
      'v2/orders/pending',
      { market: 'KRW-BTC', limit: 100, order_by: 'desc' },
      { rows: [REPORT] },
    ]);
  });

  test('keeps a reserved order one and the same when it is triggered', () => {
    const [pending] = rest.openOrders();
    const rows = pending?.parse([{ ...ORDER, state: 'watch', executed_volume: '0' }, ORDER], NOW).rows;
    expect(rows?.map(({ status, isConditional }) => [status, isConditional])).toEqual([
      ['PENDING_TRIGGER', false],
      ['PARTIALLY_FILLED', false],
    ]);
  });

  test('follows the cursor, and not in a circle', () => {
    const [pending] = rest.openOrders();
    const first = pending?.parse({ data: [ORDER], next_key: 'MTc5OTY1Mw==' }, NOW);
    expect(first?.next?.params).toEqual({ limit: 100, order_by: 'desc', next_key: 'MTc5OTY1Mw==' });
    expect(first?.next?.parse({ data: [], next_key: 'MTc5OTY1Mw==' }, NOW)).toEqual({ rows: [] });
  });

  test('lists a week of what has ended', () => {
    const range = { from: CREATED, to: CREATED + 1 };
    expect(rest.closedOrders(range).map(({ path, params }) => [path, params])).toEqual(
      ['done', 'cancel'].map((state) => [
        'v2/orders/history',
        { state, start_time: CREATED, end_time: CREATED + 1, limit: 100, order_by: 'desc' },
      ]),
    );
  });

  test('reads an order in the names of v1 with its fills, oldest first', () => {
    const { order_id: uuid, order_type: ord_type, ...rest1 } = ORDER;
    const trade = { market: 'KRW-BTC', side: 'bid', price: '116000000' };
    const call = rest.order({ instrument: BTC, clientOrderId: 'bot-1' });
    const answer = call.parse({
      ...rest1,
      uuid,
      ord_type,
      executed_funds: undefined,
      trades: [
        { ...trade, uuid: 'f2', volume: '0.0001', funds: '11600', created_at: '2026-11-18T16:44:02+09:00' },
        { ...trade, uuid: 'f1', volume: '0.0003', funds: '34800', created_at: '2026-11-18T16:44:01+09:00' },
      ],
    });
    const fill = {
      instrument: BTC,
      venueOrderId: uuid,
      clientOrderId: 'bot-1',
      side: 'buy',
      price: '116000000',
    };
    expect([call.path, call.params, answer]).toEqual([
      'v1/order',
      { client_order_id: 'bot-1' },
      {
        order: { ...REPORT, venueTime: CREATED + 2000 },
        fills: [
          { ...fill, id: 'f1', quantity: '0.0003', venueTime: CREATED + 1000 },
          { ...fill, id: 'f2', quantity: '0.0001', venueTime: CREATED + 2000 },
        ],
      },
    ]);
    expect(rest.order({ instrument: BTC, venueOrderId: 'C1', clientOrderId: 'c' }).params).toEqual({
      uuid: 'C1',
    });
  });

  test.each([
    [{ state: 'done' }, 'EXPIRED', 'done'],
    [{ state: 'done', executed_volume: '0.001' }, 'FILLED', 'done'],
    [{ state: 'cancel', cancel_type: 'tif_cancel', time_in_force: 'fok' }, 'EXPIRED', 'cancel tif_cancel'],
    [{ state: 'cancel', cancel_type: 'user' }, 'CANCELED', 'cancel user'],
    [{ state: 'watch', executed_volume: '0', executed_funds: '0' }, 'PENDING_TRIGGER', 'watch'],
  ])('knows how an order ended: %o', (changes, status, venueStatus) => {
    const [done] = rest.closedOrders({ from: 0, to: 1 });
    expect(done?.parse([{ ...ORDER, ...changes }], NOW).rows[0]).toMatchObject({ status, venueStatus });
  });

  test('takes the price of a market buy for the total it is', () => {
    const [pending] = rest.openOrders();
    const row = { ...ORDER, order_type: 'price', price: '50000', volume: null };
    expect(pending?.parse([row], NOW).rows[0]).toEqual({
      ...REPORT,
      type: 'market',
      timeInForce: 'IOC',
      price: undefined,
      quantity: undefined,
      quoteQuantity: '50000',
    });
  });

  test('does not guess what an order nobody knows the state of is doing', () => {
    expect(() => rest.openOrders()[0]?.parse([{ ...ORDER, state: 'frozen' }], NOW)).toThrow(
      expect.objectContaining({
        code: 'order.status-unknown',
        details: { venue: 'bithumb', status: 'frozen' },
      }),
    );
  });

  test.each([
    {},
    null,
    'x',
    [1],
    { data: {} },
    [{ ...ORDER, market: 'BTC_KRW' }],
    [{ ...ORDER, created_at: '' }],
  ])('refuses an answer of another shape: %o', (body) => {
    expect(() => rest.openOrders()[0]?.parse(body, NOW)).toThrow(
      expect.objectContaining({ code: 'venue.answer' }),
    );
  });

  test('pays the fees of the dearer side', () => {
    const chance = { bid_fee: '0.0025', ask_fee: '0.0004', maker_bid_fee: '0.0004', maker_ask_fee: '0.0004' };
    expect([rest.fees(BTC).parse(chance), rest.facts().parse(chance)]).toEqual([
      { instrument: BTC, maker: '0.0004', taker: '0.0025' },
      { feeTier: '0.25 %' },
    ]);
  });
});

test('the rights of a key of Bithumb are found out by calls that move nothing', () => {
  const { probed, assumed, told } = rest.rights('mainnet', new Secret('ours'));
  expect(probed.map(({ right, call, otherwise }) => [right, call.method, call.path, otherwise])).toEqual([
    ['read', 'GET', 'v1/accounts', 'unknown'],
    ['read', 'GET', 'v2/orders/pending', 'unknown'],
    // Of an order that cannot be.
    ['trade', 'DELETE', 'v2/order', 'yes'],
    ['withdraw', 'GET', 'v1/withdraws', 'unknown'],
  ]);
  expect(assumed).toEqual({ transfer: 'no' });
  const keys = [
    { access_key: 'other', expire_at: '2026-12-01T00:00:00+09:00' },
    { access_key: 'ours', expire_at: '2027-03-01T00:00:00+09:00' },
  ];
  expect(told[0]?.parse(keys, NOW)).toEqual({ expiresAt: Date.parse('2027-02-28T15:00:00Z') });
});

test('a private socket of Bithumb shows a token of its own each time, with the venue’s time', () => {
  let count = 0;
  const signing = {
    credentials: { apiKey: new Secret('ours'), secret: new Secret('secret') },
    now: NOW,
    hmacSha256: String,
    jwt: (payload: object) => JSON.stringify(payload),
    uuid: () => `nonce-${++count}`,
  };
  const { stream } = bithumbAccount;
  expect([
    stream.url({ rest: '', ws: 'wss://ws-api.bithumb.com' }),
    stream.headers(signing),
    stream.headers(signing),
    JSON.parse(stream.subscribeFrame()),
  ]).toEqual([
    'wss://ws-api.bithumb.com/websocket/v2/private',
    { authorization: `Bearer {"access_key":"ours","nonce":"nonce-1","timestamp":${NOW}}` },
    { authorization: `Bearer {"access_key":"ours","nonce":"nonce-2","timestamp":${NOW}}` },
    [{ ticket: 'heartline' }, { type: 'myOrder' }, { type: 'myAsset' }, { format: 'DEFAULT' }],
  ]);
});
