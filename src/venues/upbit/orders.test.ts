import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { accountId } from '#shared/domain/account.ts';
import { instrumentId } from '#shared/domain/instrument.ts';
import type { OrderRequest } from '#shared/domain/order-draft.ts';
import { upbitAccount } from './account.ts';
import { readInstruments } from './instrument-list.ts';

const { orders, budgets } = upbitAccount;
const BTC = instrumentId('upbit:BTC-KRW');
const ACCOUNT = accountId('upbit#abc123');
const ID = '0123456789abcdefghij';
const UUID = '3b67e543-8ad3-48d0-8451-0dad315cae73';
const NOW = 1_795_000_000_000;

const LIMIT: OrderRequest = {
  account: ACCOUNT,
  instrument: BTC,
  clientOrderId: ID,
  side: 'buy',
  type: 'limit',
  isMarket: false,
  timeInForce: 'GTC',
  quantity: '0.00012345',
  price: '116539000',
  reduceOnly: false,
  closePosition: false,
  leg: 'both',
  notional: '14386.73955',
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
function wire({ parse: _, ...call }: ReturnType<typeof orders.place | typeof orders.cancel>) {
  return call;
}

const post = (params: object) => ({
  method: 'POST',
  section: 'private',
  path: 'orders',
  params,
  scope: 'order',
  weight: 1,
});

describe('an order to Upbit', () => {
  test.each<[string, OrderRequest, object]>([
    [
      'a limit purchase',
      LIMIT,
      { market: 'KRW-BTC', side: 'bid', ord_type: 'limit', volume: '0.00012345', price: '116539000' },
    ],
    [
      'a limit sale in BTC',
      { ...LIMIT, instrument: instrumentId('upbit:ETH-BTC'), side: 'sell', price: '0.03214567' },
      { market: 'BTC-ETH', side: 'ask', ord_type: 'limit', volume: '0.00012345', price: '0.03214567' },
    ],
    [
      'a market ticket, which leaves as a limit that lives for an instant',
      { ...LIMIT, isMarket: true, timeInForce: 'IOC' },
      {
        market: 'KRW-BTC',
        side: 'bid',
        ord_type: 'limit',
        volume: '0.00012345',
        price: '116539000',
        time_in_force: 'ioc',
      },
    ],
    [
      'all or nothing',
      { ...LIMIT, timeInForce: 'FOK' },
      {
        market: 'KRW-BTC',
        side: 'bid',
        ord_type: 'limit',
        volume: '0.00012345',
        price: '116539000',
        time_in_force: 'fok',
      },
    ],
    [
      'post-only',
      { ...LIMIT, side: 'sell', timeInForce: 'GTX' },
      {
        market: 'KRW-BTC',
        side: 'ask',
        ord_type: 'limit',
        volume: '0.00012345',
        price: '116539000',
        time_in_force: 'post_only',
      },
    ],
    [
      'a market sale of coins',
      { ...MARKET, side: 'sell' },
      { market: 'KRW-BTC', side: 'ask', ord_type: 'market', volume: '0.00012345' },
    ],
    [
      'a market purchase of whole won, rounded down',
      MARKET,
      { market: 'KRW-BTC', side: 'bid', ord_type: 'price', price: '14386' },
    ],
    [
      'a market purchase of dollars, to the eighth digit',
      { ...MARKET, instrument: instrumentId('upbit:XRP-USDT'), notional: '12.345678999' },
      { market: 'USDT-XRP', side: 'bid', ord_type: 'price', price: '12.34567899' },
    ],
  ])('%s', (_name, request, params) => {
    const call = wire(orders.place(request));
    expect(call).toEqual(post({ ...params, identifier: ID }));
    expect(Object.keys(call.params).at(-1)).toBe('identifier');
  });

  test.each<[string, Partial<OrderRequest>]>([
    ['a stop', { type: 'stop', triggerPrice: '110000000' }],
    ['a stop at the market', { type: 'stop-market', triggerPrice: '110000000' }],
    ['a take-profit', { type: 'take-profit', triggerPrice: '130000000' }],
    ['a take-profit at the market', { type: 'take-profit-market', triggerPrice: '130000000' }],
    ['a trigger on a limit order', { triggerPrice: '110000000' }],
    ['reduce-only', { reduceOnly: true }],
    ['the close of a position', { closePosition: true }],
    ['one side of a hedged account', { leg: 'short' }],
    ['a market order with a price', { type: 'market', timeInForce: 'IOC' }],
    ['a market order that must be filled whole', { ...MARKET, timeInForce: 'FOK' }],
    ['a market order that must not take', { ...MARKET, timeInForce: 'GTX' }],
    ['nothing', { quantity: '0' }],
    ['nothing, at length', { quantity: '0.00000000' }],
    ['less than nothing', { quantity: '-1' }],
    ['an exponent', { quantity: '1e-7' }],
    ['an exponent for a price', { price: '1.16539E8' }],
    ['no number', { quantity: 'NaN' }],
    ['a number with a comma', { price: '116,539,000' }],
    ['a point with nothing after it', { price: '1.' }],
    ['digits of another script', { quantity: '١' }],
    ['no id', { clientOrderId: '' }],
    ['an id with a space', { clientOrderId: 'a b' }],
    ['an id that is too long', { clientOrderId: 'a'.repeat(37) }],
  ])('is never made of what Upbit cannot do: %s', (_name, change) => {
    expect(() => orders.place({ ...LIMIT, ...change })).toThrow(
      expect.objectContaining({ code: 'order.unable', details: { venue: 'upbit' } }),
    );
  });

  test('is never made without a price, nor for less than a won', () => {
    const bad: readonly OrderRequest[] = [
      { ...UNPRICED },
      { ...MARKET, notional: '0.99' },
      { ...MARKET, notional: 'NaN' },
    ];
    for (const request of bad) {
      expect(() => orders.place(request)).toThrow(expect.objectContaining({ code: 'order.unable' }));
    }
  });

  test('is never made for another venue', () => {
    expect(() => orders.place({ ...LIMIT, instrument: instrumentId('bithumb:BTC-KRW') })).toThrow(
      expect.objectContaining({ code: 'instrument.unknown' }),
    );
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
      instrument: fc.constantFrom(BTC, instrumentId('upbit:ETH-BTC'), instrumentId('upbit:XRP-USDT')),
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

  test('is answered with what became of it so far', () => {
    const call = orders.place({ ...LIMIT, timeInForce: 'IOC' });
    const answer = {
      uuid: UUID,
      market: 'KRW-BTC',
      side: 'bid',
      ord_type: 'limit',
      price: '116539000',
      state: 'wait',
      created_at: '2026-11-18T16:44:00+09:00',
      volume: '0.00012345',
      remaining_volume: '0.00012345',
      executed_volume: '0',
      time_in_force: 'ioc',
      identifier: ID,
    };
    const at = Date.parse('2026-11-18T07:44:00Z');
    expect(call.parse(answer, NOW)).toEqual({
      venueOrderId: UUID,
      report: {
        instrument: BTC,
        venueOrderId: UUID,
        clientOrderId: ID,
        side: 'buy',
        type: 'limit',
        timeInForce: 'IOC',
        status: 'NEW',
        venueStatus: 'wait',
        price: '116539000',
        quantity: '0.00012345',
        filledQuantity: '0',
        reduceOnly: false,
        postOnly: false,
        createdAt: at,
        venueTime: at,
        isConditional: false,
      },
    });
    // It was taken, in whatever state: only its id is sure.
    expect(call.parse({ ...answer, state: 'frozen' }, NOW)).toEqual({ venueOrderId: UUID });
    for (const odd of [
      { ...answer, identifier: 'of-another-order' },
      { ...answer, uuid: '' },
      [answer],
      'ok',
    ]) {
      expect(() => call.parse(odd, NOW)).toThrow(expect.objectContaining({ code: 'venue.answer' }));
    }
  });
});

describe('a cancel at Upbit', () => {
  const call = (params: object) => ({
    method: 'DELETE',
    section: 'private',
    path: 'order',
    params,
    scope: 'default',
    weight: 1,
  });

  test('names the order by the venue’s id where there is one, and by ours otherwise', () => {
    expect([
      wire(orders.cancel(ref({ venueOrderId: UUID, clientOrderId: ID }))),
      wire(orders.cancel(ref({ clientOrderId: ID }))),
    ]).toEqual([call({ uuid: UUID }), call({ identifier: ID })]);
    expect(() => orders.cancel(ref({}))).toThrow(expect.objectContaining({ code: 'order.unable' }));
  });

  test('is taken, not done: the order is shown as it still stood', () => {
    const byUuid = orders.cancel(ref({ venueOrderId: UUID }));
    const byOurs = orders.cancel(ref({ clientOrderId: ID }));
    expect(byUuid.parse({ uuid: UUID, state: 'wait', identifier: ID }, NOW)).toEqual({ venueOrderId: UUID });
    expect(byOurs.parse({ uuid: UUID, state: 'wait', identifier: ID }, NOW)).toEqual({ venueOrderId: UUID });
    const odd = [
      () => byUuid.parse({ uuid: 'another' }, NOW),
      () => byOurs.parse({ uuid: UUID, identifier: 'another' }, NOW),
      () => byOurs.parse({}, NOW),
      () => byOurs.parse(null, NOW),
    ];
    for (const parse of odd) expect(parse).toThrow(expect.objectContaining({ code: 'venue.answer' }));
  });

  test('of everything is one call for three hundred, of one market or of all, once in two seconds', () => {
    const all = {
      method: 'DELETE',
      section: 'private',
      path: 'orders/open',
      scope: 'order-cancel-all',
      weight: 1,
    };
    const calls = [orders.cancelAll(), orders.cancelAll(BTC)].map((list) =>
      list.map(({ parse: _, ...one }) => one),
    );
    expect(calls).toEqual([
      [{ ...all, params: { cancel_side: 'all', count: 300 } }],
      [{ ...all, params: { cancel_side: 'all', pairs: 'KRW-BTC', count: 300 } }],
    ]);
    expect([orders.cancelAllEveryMs, budgets.find(({ scope }) => scope === 'order-cancel-all')]).toEqual([
      2_000,
      { scope: 'order-cancel-all', capacity: 1, windowMs: 2_000 },
    ]);
  });

  const part = (...rows: object[]) => ({ count: rows.length, orders: rows });
  test.each<[string, unknown, object]>([
    [
      'all',
      { success: part({ uuid: 'a', market: 'KRW-BTC', identifier: ID }, { uuid: 'b' }), failed: part() },
      {
        cancelled: [{ venueOrderId: 'a', clientOrderId: ID }, { venueOrderId: 'b' }],
        failed: [],
        isBlind: false,
      },
    ],
    [
      'some',
      { success: part(), failed: part({ uuid: 'a', identifier: null }) },
      { cancelled: [], failed: [{ venueOrderId: 'a', message: 'not cancelled' }], isBlind: false },
    ],
    [
      'more than it names',
      { success: { count: 300, orders: [{ uuid: 'a' }] }, failed: part() },
      { cancelled: [{ venueOrderId: 'a' }], failed: [], isBlind: true },
    ],
    ['nobody knows', { result: 'ok' }, { cancelled: [], failed: [], isBlind: true }],
    ['nobody can read', [null, 1], { cancelled: [], failed: [], isBlind: true }],
  ])('of everything is answered with what came of it: %s', (_name, body, answer) => {
    expect(orders.cancelAll()[0]?.parse(body, NOW)).toEqual(answer);
  });
});

test('what Upbit can do is known, and that it changes no orders', () => {
  expect([orders.abilities(BTC), orders.abilities(instrumentId('upbit:ETH-BTC'))]).toEqual(
    Array(2).fill({
      conditional: false,
      immediate: ['IOC', 'FOK'],
      postOnly: true,
      reduceOnly: false,
      closePosition: false,
      amend: 'no',
    }),
  );
  expect(orders.amend).toThrow(expect.objectContaining({ code: 'order.unable' }));
});

test('every call is charged to a budget there is', () => {
  const scopes = [orders.place(LIMIT), orders.cancel(ref({ clientOrderId: ID })), ...orders.cancelAll()].map(
    ({ scope }) => budgets.find((budget) => budget.scope === scope),
  );
  // Fact sheet, section 6.
  expect(scopes).toEqual([
    { scope: 'order', capacity: 12, windowMs: 1_000 },
    { scope: 'default', capacity: 30, windowMs: 1_000 },
    { scope: 'order-cancel-all', capacity: 1, windowMs: 2_000 },
  ]);
});

test('absence is never proven here, and an identifier is used once', () => {
  expect([orders.absence, orders.streamTells]).toEqual([{ quarantineMs: 60_000, burnsIds: true }, true]);
});

test('the smallest order of every market is known (fact sheet, section 5.4)', () => {
  const rows = ['KRW-BTC', 'BTC-ETH', 'USDT-XRP'].map((market) => ({ market }));
  expect(readInstruments(rows).map(({ id, minNotional }) => [id, minNotional])).toEqual([
    ['upbit:BTC-KRW', '5000'],
    ['upbit:ETH-BTC', '0.00005'],
    ['upbit:XRP-USDT', '0.5'],
  ]);
});
