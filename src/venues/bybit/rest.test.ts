import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HeartlineError } from '#shared/base/errors.ts';
import { instrumentId } from '#shared/domain/instrument.ts';
import type { InstrumentPage, RestCall } from '../venue.ts';
import { bybit } from './index.ts';
import { refusalOf } from './refusal.ts';
import { rest } from './rest.ts';

const BTC = instrumentId('bybit:BTC-USDT-PERP');
const SPOT = instrumentId('bybit:BTC-USDT');
const AT = 1_700_000_000_000;
const NONE = { get: () => null };
const MINUTE = 60_000;

function read<Answer>(call: RestCall<Answer>, body: unknown): Answer {
  return call.parse(body, AT, NONE);
}
const answer = (result: unknown, over: object = {}) => ({
  retCode: 0,
  retMsg: 'OK',
  result,
  retExtInfo: {},
  time: 1_795_000_000_500,
  ...over,
});

describe('paths', () => {
  const path = (call: RestCall<unknown>) => call.path;
  test('name the category, and every call costs one of the address', () => {
    const candles = { instrument: BTC, interval: '4h', now: AT } as const;
    const calls = [
      rest.serverTime(),
      rest.instruments(),
      rest.candles({ ...candles, limit: 5_000, to: 9 }),
      rest.ticker(BTC),
      rest.top(SPOT),
      rest.trades(BTC, 5_000),
      rest.trades(SPOT, 5_000),
      rest.trades(instrumentId('bybit:币安人生-USDT-PERP'), 5),
    ];
    expect(calls.map(path)).toEqual([
      '/v5/market/time',
      '/v5/market/instruments-info?category=linear&limit=1000',
      '/v5/market/kline?category=linear&symbol=BTCUSDT&interval=240&end=9&limit=1000',
      '/v5/market/tickers?category=linear&symbol=BTCUSDT',
      '/v5/market/orderbook?category=spot&symbol=BTCUSDT&limit=1',
      '/v5/market/recent-trade?category=linear&symbol=BTCUSDT&limit=1000',
      '/v5/market/recent-trade?category=spot&symbol=BTCUSDT&limit=60',
      '/v5/market/recent-trade?category=linear&symbol=%E5%B8%81%E5%AE%89%E4%BA%BA%E7%94%9FUSDT&limit=5',
    ]);
    expect(calls.map(({ scope, weight }) => `${scope} ${weight}`)).toEqual(calls.map(() => 'ip 1'));
  });

  test('of a range that holds more, the oldest candles are asked for: the venue would give the newest', () => {
    const ask = (from: number, to: number | undefined, limit: number) =>
      path(
        rest.candles({
          instrument: BTC,
          interval: '1m',
          now: AT,
          limit,
          from,
          ...(to !== undefined && { to }),
        }),
      ).replace(/.*&start/, 'start');
    expect([ask(60_000, 600_000, 3), ask(60_001, undefined, 3), ask(60_000, 120_000, 1_000)]).toEqual([
      'start=60000&end=180000&limit=3',
      'start=60001&end=240000&limit=3',
      'start=60000&end=120000&limit=1000',
    ]);
  });

  test.each([0, -1, 1.5, Number.NaN])('a limit of %d is refused before anything is asked', (limit) => {
    expect(() => rest.trades(BTC, limit)).toThrow(HeartlineError);
  });

  test('so is an interval the venue has no candles of', () => {
    const ask = () => rest.candles({ instrument: BTC, interval: '8h', limit: 1, now: AT });
    expect(ask).toThrow(expect.objectContaining({ code: 'interval.unknown' }));
  });
});

describe('candles', () => {
  const row = (start: number, close = '2') => [String(start), '1.5', '3', '1', close, '4.25', '9'];
  const parse = (rows: readonly unknown[], over: { from?: number; to?: number; now?: number } = {}) =>
    read(
      rest.candles({ instrument: BTC, interval: '1m', limit: 10, now: 3 * MINUTE, ...over }),
      answer({ symbol: 'BTCUSDT', category: 'linear', list: rows }),
    );

  test('come newest first and leave oldest first, the last one still open', () => {
    const candles = parse([row(3 * MINUTE), row(2 * MINUTE), row(MINUTE)]);
    expect(candles.map(({ openTime, closed }) => [openTime, closed])).toEqual([
      [MINUTE, true],
      [2 * MINUTE, true],
      [3 * MINUTE, false],
    ]);
    expect(candles[0]).toEqual({
      openTime: MINUTE,
      open: 1.5,
      high: 3,
      low: 1,
      close: 2,
      volume: 4.25,
      closed: true,
    });
  });

  test('are each told once and in order, whatever the page does, and none outside of what was asked', () => {
    const page = [row(2 * MINUTE, '2.5'), row(4 * MINUTE), row(2 * MINUTE), row(MINUTE), row(3 * MINUTE)];
    const candles = parse(page, { from: 2 * MINUTE, to: 3 * MINUTE });
    expect(candles.map(({ openTime, close }) => [openTime, close])).toEqual([
      [2 * MINUTE, 2.5],
      [3 * MINUTE, 2],
    ]);
  });

  test('close by the clock where none follows; one that another follows is closed however late our clock is', () => {
    expect(parse([row(2 * MINUTE), row(MINUTE)], { now: 3 * MINUTE }).map(({ closed }) => closed)).toEqual([
      true,
      true,
    ]);
    expect(parse([row(2 * MINUTE), row(MINUTE)], { now: 0 }).map(({ closed }) => closed)).toEqual([
      true,
      false,
    ]);
  });

  test('of another symbol are refused', () => {
    const call = rest.candles({ instrument: BTC, interval: '1m', limit: 1, now: AT });
    expect(() => read(call, answer({ symbol: 'ETHUSDT', list: [] }))).toThrow(/symbol is not BTCUSDT/);
  });
});

describe('other answers', () => {
  test('server time', () => {
    expect(read(rest.serverTime(), answer({ timeSecond: '1', timeNano: '2' }))).toBe(1_795_000_000_500);
  });

  test('trades, oldest first, those of one moment in the turned order of the wire', () => {
    const row = (execId: string, time: string, over: object = {}) => ({
      execId,
      symbol: 'BTCUSDT',
      price: '16618.49',
      size: '0.00012',
      side: 'Buy',
      time,
      isBlockTrade: false,
      isRPITrade: true,
      seq: '123456',
      ...over,
    });
    const list = [
      row('4', '1672052955759', { side: 'Sell', isBlockTrade: true }),
      row('3', '1672052955758'),
      row('2', '1672052955758'),
    ];
    const trades = read(rest.trades(SPOT, 5), answer({ category: 'spot', list }));
    expect(trades.map(({ id }) => id)).toEqual(['2', '3', '4']);
    expect([trades[0], trades[2]]).toEqual([
      {
        kind: 'trade',
        instrument: SPOT,
        venueTime: 1_672_052_955_758,
        receivedAt: AT,
        id: '2',
        price: 16_618.49,
        quantity: 0.00012,
        side: 'buy',
      },
      expect.objectContaining({ id: '4', side: 'sell', offBook: true }),
    ]);
  });

  test('the recorded ticker', () => {
    const { raw } = JSON.parse(readFileSync(new URL('./fixtures/rest.ndjson', import.meta.url)).toString());
    expect(read(rest.ticker(instrumentId('bybit:BTC-USDC')), JSON.parse(raw))).toEqual({
      kind: 'ticker',
      instrument: 'bybit:BTC-USDC',
      venueTime: 1_692_163_162_284,
      receivedAt: AT,
      last: 29_164.03,
      open: 29_347.02,
      high: 29_464,
      low: 29_040.01,
      volume: 6_393.895331,
      quoteVolume: Number('187104862.81840666'),
    });
    expect(() => read(rest.ticker(SPOT), JSON.parse(raw))).toThrow(/no row of BTCUSDT/);
  });

  test('the top, numbered like the stream', () => {
    const result = {
      s: 'BTCUSDT',
      b: [['65485.47', '47.081829']],
      a: [],
      ts: 1_716_863_719_031,
      u: 230_704,
      seq: 1_432_604_333,
      cts: 1_716_863_718_905,
    };
    expect(read(rest.top(SPOT), answer(result))).toEqual({
      kind: 'top',
      instrument: SPOT,
      venueTime: 1_716_863_718_905,
      receivedAt: AT,
      updateId: 1_432_604_333,
      bidPrice: 65_485.47,
      bidQuantity: 47.081829,
      askPrice: 0,
      askQuantity: 0,
    });
  });
});

describe('instruments', () => {
  const linear = (over: object = {}) => ({
    symbol: 'BTCUSDT',
    contractType: 'LinearPerpetual',
    status: 'Trading',
    baseCoin: 'BTC',
    quoteCoin: 'USDT',
    priceFilter: { minPrice: '0.10', maxPrice: '1999999.80', tickSize: '0.10' },
    lotSizeFilter: {
      minOrderQty: '0.001',
      qtyStep: '0.001',
      minNotionalValue: '5',
      maxOrderQty: '1190.000',
      maxMktOrderQty: '150.000',
    },
    ...over,
  });
  const spot = {
    symbol: 'BTCUSDT',
    baseCoin: 'BTC',
    quoteCoin: 'USDT',
    status: 'Trading',
    lotSizeFilter: {
      basePrecision: '0.000001',
      quotePrecision: '0.0000001',
      minOrderQty: '0.000011',
      minOrderAmt: '5',
      maxOrderQty: '71.7',
      maxLimitOrderQty: '83',
      maxMarketOrderQty: '41.5',
    },
    priceFilter: { tickSize: '0.1' },
  };
  const page = (category: string, list: readonly unknown[], nextPageCursor = ''): InstrumentPage =>
    read(rest.instruments(), answer({ category, list, nextPageCursor }));

  test('linear and spot name their steps differently', () => {
    expect([...page('linear', [linear()]).instruments, ...page('spot', [spot]).instruments]).toEqual([
      {
        id: BTC,
        venue: 'bybit',
        kind: 'perpetual',
        base: 'BTC',
        quote: 'USDT',
        status: 'trading',
        tickSize: '0.1',
        priceScale: 1,
        quantityStep: '0.001',
        quantityScale: 3,
        minQuantity: '0.001',
        maxQuantity: '1190',
        maxMarketQuantity: '150',
        minNotional: '5',
      },
      {
        id: SPOT,
        venue: 'bybit',
        kind: 'spot',
        base: 'BTC',
        quote: 'USDT',
        status: 'trading',
        tickSize: '0.1',
        priceScale: 1,
        quantityStep: '0.000001',
        quantityScale: 6,
        minQuantity: '0.000011',
        maxQuantity: '83',
        maxMarketQuantity: '41.5',
        minNotional: '5',
      },
    ]);
  });

  test('come in pages: linear until there is no cursor, then spot', () => {
    const first = page('linear', [linear()], 'first%3D1%26last%3D500');
    const last = page('linear', [linear()]);
    expect([first.next?.path, last.next?.path, page('spot', [spot]).next]).toEqual([
      '/v5/market/instruments-info?category=linear&limit=1000&cursor=first%253D1%2526last%253D500',
      '/v5/market/instruments-info?category=spot&limit=1000',
      undefined,
    ]);
  });

  test.each(['PreLaunch', 'Delivering', 'Closed', 'Suspended', undefined])(
    'status %s is halted',
    (status) => {
      expect(page('linear', [linear({ status })]).instruments.map((one) => one.status)).toEqual(['halted']);
    },
  );

  test('dated contracts are futures', () => {
    const dated = linear({ symbol: 'BTCUSDT-25DEC26', contractType: 'LinearFutures' });
    expect(page('linear', [dated]).instruments).toMatchObject([
      { id: 'bybit:BTC-USDT-261225', kind: 'future' },
    ]);
  });

  test('what Heartline does not model is left out, and so is a name the rule would misread', () => {
    const rows = [
      linear({ contractType: 'InversePerpetual' }),
      linear({ symbol: 'BTCKRW' }),
      linear({ baseCoin: 'BT' }),
    ];
    expect(page('linear', rows).instruments).toEqual([]);
    expect(page('inverse', [linear()])).toEqual({ instruments: [] });
  });

  test.each<[string, unknown]>([
    ['no body', undefined],
    ['an error', { retCode: 10_001, retMsg: 'x', result: {} }],
    ['no list', answer({ category: 'linear' })],
    ['no category', answer({ list: [] })],
    ['no filters', answer({ category: 'linear', list: [linear({ priceFilter: null })] })],
    ['a tick of 0', answer({ category: 'linear', list: [linear({ priceFilter: { tickSize: '0.00' } })] })],
    [
      'a tick that is a number',
      answer({ category: 'linear', list: [linear({ priceFilter: { tickSize: 0.1 } })] }),
    ],
  ])('%s is refused', (_, body) => {
    expect(() => read(rest.instruments(), body)).toThrow(expect.objectContaining({ code: 'venue.answer' }));
  });

  const recorded = new URL(
    '../../../../shared/fixtures/bybit/rest-instruments-info/cryptofeed-v3-20260809-linear.ndjson.gz',
    import.meta.url,
  );
  test('every row of the recorded linear list is ours, and its name comes back unchanged', (context) => {
    if (!existsSync(recorded)) return context.skip('../shared/fixtures is not here');
    const body = JSON.parse(JSON.parse(gunzipSync(readFileSync(recorded)).toString()).raw);
    const { instruments } = read(rest.instruments(), body);
    const names: readonly string[] = body.result.list.map(({ symbol }: { symbol: string }) => symbol);
    expect(instruments.map(({ id }) => bybit.symbolOf(id))).toEqual(names);
    const count = (kind: string, quote: string) =>
      instruments.filter((one) => one.kind === kind && one.quote === quote).length;
    expect([count('perpetual', 'USDT'), count('perpetual', 'USDC'), count('future', 'USDT')]).toEqual([
      692, 68, 40,
    ]);
  });
});

test('whatever JSON comes, a parser answers or refuses with venue.answer', () => {
  const calls: readonly RestCall<unknown>[] = [
    rest.serverTime(),
    rest.instruments(),
    rest.candles({ instrument: BTC, interval: '1d', limit: 5, now: AT }),
    rest.ticker(BTC),
    rest.top(BTC),
    rest.trades(BTC, 5),
  ];
  const value = fc.oneof(fc.constantFrom('1', '-1', '1e400', 'NaN', '', 'BTCUSDT', 'linear'), fc.jsonValue());
  const row = fc.oneof(
    fc.array(value),
    fc.record({ symbol: value, execId: value, time: value, status: value }),
  );
  const body = fc.oneof(
    fc.jsonValue(),
    fc
      .record({
        category: value,
        symbol: fc.constant('BTCUSDT'),
        list: fc.array(row),
        s: fc.constant('BTCUSDT'),
        b: value,
        a: value,
      })
      .map((result) => answer(result)),
  );
  fc.assert(
    fc.property(body, fc.constantFrom(...calls), (any, call) => {
      try {
        read(call, any);
      } catch (fault) {
        expect(fault).toMatchObject({ name: 'HeartlineError', code: 'venue.answer' });
      }
    }),
    { numRuns: 3_000 },
  );
});

describe('refusals', () => {
  const headers = (of: Readonly<Record<string, string>>) => ({ get: (name: string) => of[name] ?? null });
  const error = (retCode: number, retMsg = 'x') => JSON.stringify({ retCode, retMsg, result: {}, time: 1 });
  const NOW = 1_795_000_012_345;

  test.each([
    [
      '10006 names its end',
      200,
      headers({ 'x-bapi-limit-reset-timestamp': String(NOW + 700) }),
      error(10_006),
      { code: 'rate-limit', retryAfterMs: 700 },
    ],
    [
      '10006 whose end has passed',
      200,
      headers({ 'x-bapi-limit-reset-timestamp': String(NOW - 1) }),
      error(10_006),
      { code: 'rate-limit', retryAfterMs: 1_000 },
    ],
    ['the address asks too often', 200, NONE, error(10_018), { code: 'rate-limit', retryAfterMs: 5_000 }],
    [
      'a hostile end',
      200,
      headers({ 'x-bapi-limit-reset-timestamp': '999999999999999' }),
      error(10_006),
      { code: 'rate-limit', retryAfterMs: 600_000 },
    ],
    ['429', 429, NONE, '', { code: 'rate-limit', retryAfterMs: 5_000 }],
    [
      '429 with Retry-After',
      429,
      headers({ 'retry-after': '7' }),
      '',
      { code: 'rate-limit', retryAfterMs: 7_000 },
    ],
    ['429 as a code', 200, NONE, error(429), { code: 'rate-limit' }],
    ['10429', 200, NONE, error(10_429), { code: 'rate-limit' }],
    [
      '403: silence for ten minutes',
      403,
      NONE,
      '403, access too frequent, please try again later',
      { code: 'ban', retryAfterMs: 600_000 },
    ],
    ['403 that says nothing', 403, NONE, '', { code: 'ban', retryAfterMs: 600_000 }],
    [
      '403 of the content network',
      403,
      NONE,
      '<html>The Amazon CloudFront distribution is configured to block access from your country.</html>',
      { code: 'geo' },
    ],
    ['451', 451, NONE, '', { code: 'geo' }],
    ['compliance', 200, NONE, error(10_024), { code: 'geo' }],
    ['a banned address', 200, NONE, error(10_009), { code: 'ban', retryAfterMs: 600_000 }],
    [
      'a wrong clock',
      200,
      NONE,
      error(10_002, 'invalid request, please check your server timestamp'),
      { code: 'clock' },
    ],
    ['a wrong key', 200, NONE, error(10_003), { code: 'auth' }],
    ['a server error', 200, NONE, error(10_016), { code: 'maintenance' }],
    [
      '503',
      503,
      headers({ 'retry-after': '30' }),
      '<html></html>',
      { code: 'maintenance', retryAfterMs: 30_000 },
    ],
    [
      'a bad parameter',
      200,
      NONE,
      error(10_001, 'Not supported symbols'),
      { code: 'venue.error', message: '200 10001 Not supported symbols' },
    ],
    ['a broken backend', 502, NONE, '<html>Bad Gateway</html>', { code: 'venue.error' }],
    [
      'keys in another order',
      200,
      NONE,
      '{"result":{},"retCode":10006,"retMsg":"x"}',
      { code: 'rate-limit' },
    ],
  ])('%s', (_, status, given, body, expected) => {
    expect(refusalOf(status, given, body, NOW)).toMatchObject(expected);
  });

  test('a good answer is none', () => {
    const good = JSON.stringify(answer({ list: [] }));
    expect(
      [good, ` ${good}`, `{"result":{},"retCode":0}`, 'x'.repeat(9_000)].map((body) =>
        refusalOf(200, NONE, body, NOW),
      ),
    ).toEqual([undefined, undefined, undefined, undefined]);
  });
});

describe('budgets', () => {
  const note = (limit: string, left: string) =>
    bybit.budgetNotes(
      { scope: 'ip' },
      { get: (name) => (name === 'x-bapi-limit' ? limit : name === 'x-bapi-limit-status' ? left : null) },
    );

  test('are noted where the headers speak of the same one', () => {
    expect([
      note('600', '597'),
      note('50', '49'),
      note('x', 'y'),
      bybit.budgetNotes({ scope: 'ip' }, NONE),
    ]).toEqual([[{ scope: 'ip', remaining: 597 }], [], [], []]);
  });
});
