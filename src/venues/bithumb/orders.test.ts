import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { accountId } from '#shared/domain/account.ts';
import { instrumentId } from '#shared/domain/instrument.ts';
import type { OrderRequest } from '#shared/domain/order-draft.ts';
import { bithumbAccount } from './account.ts';
import { readInstruments } from './instrument-list.ts';

const { orders, budgets } = bithumbAccount;
const BTC = instrumentId('bithumb:BTC-KRW');
const IN_BTC = instrumentId('bithumb:ETH-BTC');
const ACCOUNT = accountId('bithumb#abc123');
const ID = '0123456789abcdefghij';
const ORDER_ID = 'C0101000000001799653';
const NOW = 1_795_000_000_000;

const LIMIT: OrderRequest = {
  account: ACCOUNT,
  instrument: BTC,
  clientOrderId: ID,
  side: 'buy',
  type: 'limit',
  isMarket: false,
  timeInForce: 'GTC',
  quantity: '0.0012',
  price: '116539000',
  reduceOnly: false,
  closePosition: false,
  leg: 'both',
  notional: '139846.8',
};
const { price: _price, ...UNPRICED } = LIMIT;
const MARKET: OrderRequest = { ...UNPRICED, type: 'market', isMarket: true, timeInForce: 'IOC' };
const ref = (ids: { readonly venueOrderId?: string; readonly clientOrderId?: string }) => ({
  account: ACCOUNT,
  instrument: BTC,
  isConditional: false,
  ...ids,
});

/** As the wire gets it: `parse` apart. */
function wire<Call extends { readonly parse: unknown }>({ parse: _, ...call }: Call): Omit<Call, 'parse'> {
  return call;
}

describe('an order to Bithumb', () => {
  const limit = { side: 'bid', order_type: 'limit', volume: '0.0012', price: '116539000' };

  test.each<[string, OrderRequest, object]>([
    ['a limit purchase', LIMIT, { market: 'KRW-BTC', ...limit }],
    [
      'a limit sale in BTC',
      { ...LIMIT, instrument: IN_BTC, side: 'sell', price: '0.03214567' },
      { market: 'BTC-ETH', ...limit, side: 'ask', price: '0.03214567' },
    ],
    [
      'a market ticket, which leaves as a limit that lives for an instant',
      { ...LIMIT, isMarket: true, timeInForce: 'IOC' },
      { market: 'KRW-BTC', ...limit, time_in_force: 'ioc' },
    ],
    [
      'all or nothing',
      { ...LIMIT, timeInForce: 'FOK' },
      { market: 'KRW-BTC', ...limit, time_in_force: 'fok' },
    ],
    [
      'post-only',
      { ...LIMIT, side: 'sell', timeInForce: 'GTX' },
      { market: 'KRW-BTC', ...limit, side: 'ask', time_in_force: 'post_only' },
    ],
    [
      'a market sale of coins',
      { ...MARKET, side: 'sell' },
      { market: 'KRW-BTC', side: 'ask', order_type: 'market', volume: '0.0012' },
    ],
    [
      'a market purchase of whole won, rounded down',
      MARKET,
      { market: 'KRW-BTC', side: 'bid', order_type: 'price', price: '139846' },
    ],
    [
      'a market purchase in BTC, to the eighth digit',
      { ...MARKET, instrument: IN_BTC, notional: '0.012345678999' },
      { market: 'BTC-ETH', side: 'bid', order_type: 'price', price: '0.01234567' },
    ],
  ])('%s', (_name, request, params) => {
    expect(wire(orders.place(request))).toEqual({
      method: 'POST',
      section: 'private',
      path: 'v2/orders',
      params: { ...params, client_order_id: ID },
      scope: 'order',
      weight: 1,
    });
  });

  test.each<[string, Partial<OrderRequest>]>([
    ['an immediate order in BTC', { instrument: IN_BTC, timeInForce: 'IOC' }],
    ['all or nothing in BTC', { instrument: IN_BTC, timeInForce: 'FOK' }],
    ['post-only in BTC', { instrument: IN_BTC, timeInForce: 'GTX' }],
    ['a stop', { type: 'stop', triggerPrice: '110000000' }],
    ['a stop at the market', { type: 'stop-market', triggerPrice: '110000000' }],
    ['a take-profit', { type: 'take-profit', triggerPrice: '130000000' }],
    ['a take-profit at the market', { type: 'take-profit-market', triggerPrice: '130000000' }],
    ['a trigger on a limit order', { triggerPrice: '110000000' }],
    ['reduce-only', { reduceOnly: true }],
    ['the close of a position', { closePosition: true }],
    ['one side of a hedged account', { leg: 'long' }],
    ['a market order with a price', { type: 'market', timeInForce: 'IOC' }],
    ['a market order that must be filled whole', { ...MARKET, timeInForce: 'FOK' }],
    ['a market order that must not take', { ...MARKET, timeInForce: 'GTX' }],
    ['nothing', { quantity: '0.0000' }],
    ['less than nothing', { quantity: '-1' }],
    ['an exponent', { quantity: '1e-4' }],
    ['an exponent for a price', { price: '1.16539E8' }],
    ['no number', { price: 'Infinity' }],
    ['no id', { clientOrderId: '' }],
    ['an id with a dot', { clientOrderId: 'a.b' }],
    ['an id that is too long (fact sheet, section 5.4)', { clientOrderId: 'a'.repeat(37) }],
  ])('is never made of what Bithumb cannot do: %s', (_name, change) => {
    expect(() => orders.place({ ...LIMIT, ...change })).toThrow(
      expect.objectContaining({ code: 'order.unable', details: { venue: 'bithumb' } }),
    );
  });

  test('is never made without a price, nor for less than a won, nor for another venue', () => {
    const code = (request: OrderRequest) => {
      try {
        return orders.place(request).path;
      } catch (fault) {
        return (fault as { readonly code?: string }).code;
      }
    };
    expect([
      code(UNPRICED),
      code({ ...MARKET, notional: '0.99' }),
      code({ ...MARKET, notional: '' }),
      code({ ...LIMIT, instrument: instrumentId('upbit:BTC-KRW') }),
    ]).toEqual(['order.unable', 'order.unable', 'order.unable', 'instrument.unknown']);
  });

  test('has plain decimal text in it and nothing else, whatever it was asked for', () => {
    const digits = fc.oneof(
      fc.bigInt({ min: 0n, max: 10n ** 24n }).map(String),
      fc
        .tuple(fc.bigInt({ min: 0n, max: 10n ** 12n }), fc.bigInt({ min: 0n, max: 10n ** 10n }))
        .map(([whole, part]) => `${whole}.${part}`),
      fc.double().map(String),
      fc.string(),
    );
    const request = fc.record({
      quantity: digits,
      price: digits,
      notional: digits,
      side: fc.constantFrom('buy', 'sell'),
      type: fc.constantFrom('limit', 'market'),
      timeInForce: fc.constantFrom('GTC', 'IOC', 'FOK', 'GTX'),
      instrument: fc.constantFrom(BTC, IN_BTC),
    });
    let sent = 0;
    fc.assert(
      fc.property(request, ({ price, ...rest }) => {
        const whole = { ...UNPRICED, ...rest, ...(rest.type === 'limit' && { price }) };
        let params: Readonly<Record<string, unknown>>;
        try {
          params = orders.place(whole).params;
        } catch (fault) {
          expect(fault).toMatchObject({ code: 'order.unable' });
          return;
        }
        sent += 1;
        const { volume, price: asked, ...words } = params;
        for (const number of [volume, asked]) {
          if (number !== undefined) expect(number).toMatch(/^(?=.*[1-9])\d+(\.\d+)?$/);
        }
        // What is confirmed is what is sent: not a digit of it is changed on the way.
        if (whole.type === 'limit') expect([volume, asked]).toEqual([whole.quantity, price]);
        for (const word of Object.values(words)) expect(word).toMatch(/^[\w-]+$/);
      }),
      { numRuns: 2_000 },
    );
    expect(sent).toBeGreaterThan(200);
  });

  test('is answered with an id, and nothing about what became of it', () => {
    const call = orders.place(LIMIT);
    const answer = {
      order_id: ORDER_ID,
      market: 'KRW-BTC',
      side: 'bid',
      order_type: 'limit',
      created_at: '2026-11-18T16:44:00+09:00',
      stp_type: 'cancel_taker',
      client_order_id: ID,
    };
    const { client_order_id: _, ...withoutOurs } = answer;
    expect([call.parse(answer, NOW), call.parse(withoutOurs, NOW)]).toEqual([
      { venueOrderId: ORDER_ID },
      { venueOrderId: ORDER_ID },
    ]);
    for (const odd of [
      { ...answer, client_order_id: 'of-another' },
      { ...answer, order_id: null },
      [],
      'ok',
    ]) {
      expect(() => call.parse(odd, NOW)).toThrow(expect.objectContaining({ code: 'venue.answer' }));
    }
  });
});

describe('a cancel at Bithumb', () => {
  const call = (params: object) => ({
    method: 'DELETE',
    section: 'private',
    path: 'v2/order',
    params,
    scope: 'cancel',
    weight: 1,
  });

  test('names the order by the venue’s id where there is one, and by ours otherwise', () => {
    expect([
      wire(orders.cancel(ref({ venueOrderId: ORDER_ID, clientOrderId: ID }))),
      wire(orders.cancel(ref({ clientOrderId: ID }))),
    ]).toEqual([call({ order_id: ORDER_ID }), call({ client_order_id: ID })]);
    expect(() => orders.cancel(ref({}))).toThrow(expect.objectContaining({ code: 'order.unable' }));
  });

  test('is taken, not done', () => {
    const byVenue = orders.cancel(ref({ venueOrderId: ORDER_ID }));
    const byOurs = orders.cancel(ref({ clientOrderId: ID }));
    const answer = { order_id: ORDER_ID, client_order_id: ID, created_at: '2026-11-18T16:44:00+09:00' };
    expect([byVenue.parse(answer, NOW), byOurs.parse(answer, NOW)]).toEqual([
      { venueOrderId: ORDER_ID },
      { venueOrderId: ORDER_ID },
    ]);
    const odd = [
      () => byVenue.parse({ order_id: 'another' }, NOW),
      () => byOurs.parse({ order_id: ORDER_ID, client_order_id: 'another' }, NOW),
      () => byOurs.parse({}, NOW),
      () => byOurs.parse(null, NOW),
    ];
    for (const parse of odd) expect(parse).toThrow(expect.objectContaining({ code: 'venue.answer' }));
  });

  test('of everything does not exist', () => {
    expect([orders.cancelAll(), orders.cancelAll(BTC), orders.cancelAllEveryMs]).toEqual([[], [], 0]);
  });

  test('of many is one call for up to twenty, by one kind of id', () => {
    const many = (params: object) => ({
      method: 'POST',
      section: 'private',
      path: 'v2/orders/cancel',
      params,
      scope: 'batch',
      weight: 1,
    });
    const both = ref({ venueOrderId: ORDER_ID, clientOrderId: ID });
    expect([
      orders.cancelMany.most,
      wire(orders.cancelMany.call([both, ref({ venueOrderId: 'C2' })])),
      wire(orders.cancelMany.call([both, ref({ clientOrderId: 'second' })])),
    ]).toEqual([20, many({ order_ids: [ORDER_ID, 'C2'] }), many({ client_order_ids: [ID, 'second'] })]);
    const impossible = [
      [],
      Array.from({ length: 21 }, (_, at) => ref({ venueOrderId: `C${at}` })),
      [ref({ venueOrderId: 'C1' }), ref({ clientOrderId: ID })],
      [ref({})],
    ];
    for (const refs of impossible) {
      expect(() => orders.cancelMany.call(refs)).toThrow(expect.objectContaining({ code: 'order.unable' }));
    }
  });

  test.each<[string, unknown, object]>([
    [
      'both',
      {
        success: [{ order_id: 'C1', created_at: '2026-11-18T16:44:00+09:00' }, { order_id: 'C2' }],
        fail: [],
      },
      { cancelled: [{ venueOrderId: 'C1' }, { venueOrderId: 'C2' }], failed: [], isBlind: false },
    ],
    [
      'one',
      {
        success: [{ order_id: 'C1', client_order_id: ID }],
        fail: [{ order_id: 'C2', error: { name: 'order_not_found', message: '없음' } }],
      },
      {
        cancelled: [{ venueOrderId: 'C1', clientOrderId: ID }],
        failed: [{ venueOrderId: 'C2', message: 'order_not_found 없음' }],
        isBlind: false,
      },
    ],
    [
      'one, told otherwise',
      { success: [{ order_id: 'C1' }], fail: [{ client_order_id: ID, message: 'x'.repeat(500) }] },
      {
        cancelled: [{ venueOrderId: 'C1' }],
        failed: [{ clientOrderId: ID, message: 'x'.repeat(300) }],
        isBlind: false,
      },
    ],
    [
      'fewer than were asked for',
      { success: [{ order_id: 'C1' }] },
      { cancelled: [{ venueOrderId: 'C1' }], failed: [], isBlind: true },
    ],
    ['nobody knows', { success: ['C1', null, {}] }, { cancelled: [], failed: [], isBlind: true }],
    ['nobody can read', 'ok', { cancelled: [], failed: [], isBlind: true }],
  ])('of many is answered with what came of each: %s', (_name, body, answer) => {
    const refs = [ref({ venueOrderId: 'C1' }), ref({ venueOrderId: 'C2' })];
    expect(orders.cancelMany.call(refs).parse(body, NOW)).toEqual(answer);
  });
});

test('what Bithumb can do is known: times in force are of won markets (fact sheet, section 5.2)', () => {
  const spot = { conditional: false, reduceOnly: false, closePosition: false, amend: 'no' };
  expect([orders.abilities(BTC), orders.abilities(IN_BTC)]).toEqual([
    { ...spot, immediate: ['IOC', 'FOK'], postOnly: true },
    { ...spot, immediate: [], postOnly: false },
  ]);
  expect(orders.amend).toThrow(expect.objectContaining({ code: 'order.unable' }));
});

test('every call is charged to a budget there is', () => {
  const scopes = [
    orders.place(LIMIT),
    orders.cancel(ref({ clientOrderId: ID })),
    orders.cancelMany.call([ref({ clientOrderId: ID })]),
  ].map(({ scope }) => budgets.find((budget) => budget.scope === scope));
  // Fact sheet, section 6.
  expect(scopes).toEqual([
    { scope: 'order', capacity: 140, windowMs: 1_000 },
    { scope: 'cancel', capacity: 140, windowMs: 1_000 },
    { scope: 'batch', capacity: 20, windowMs: 1_000 },
  ]);
});

test('absence is never proven here', () => {
  expect([orders.absence, orders.streamTells]).toEqual([{ quarantineMs: 60_000, burnsIds: false }, true]);
});

test('the smallest order of won markets is known (fact sheet, section 5.3), and of others not', () => {
  const rows = ['KRW-BTC', 'BTC-ETH'].map((market) => ({ market }));
  expect(readInstruments(rows).map(({ id, minNotional }) => [id, minNotional])).toEqual([
    ['bithumb:BTC-KRW', '5000'],
    ['bithumb:ETH-BTC', undefined],
  ]);
});
