import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HeartlineError } from '#shared/base/errors.ts';
import { instrumentId } from '#shared/domain/instrument.ts';
import { refusalOf } from './refusal.ts';
import { rest } from './rest.ts';

const BTC = instrumentId('binance:BTC-USDT-PERP');
const AT = 1_700_000_000_000;

const ANSWERS = new Map<string, unknown>(
  readFileSync(new URL('./fixtures/rest.ndjson', import.meta.url))
    .toString()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
    .map(({ channel, raw }) => [channel, JSON.parse(raw)]),
);

const CANDLES = { instrument: BTC, interval: '1d', limit: 5, now: AT } as const;

describe('paths and weights', () => {
  test.each([
    [{ limit: 99 }, '&limit=99', 1],
    [{ limit: 100 }, '&limit=100', 2],
    [{ limit: 500 }, '&limit=500', 5],
    [{ limit: 1_000 }, '&limit=1000', 5],
    [{ limit: 1_001 }, '&limit=1001', 10],
    [{ limit: 9_999 }, '&limit=1500', 10],
    [{ limit: 5, from: 1, to: 2 }, '&startTime=1&endTime=2&limit=5', 1],
    [{ limit: 5, to: 2 }, '&endTime=2&limit=5', 1],
  ])('candles %j ask %s at weight %i', (query, tail, weight) => {
    const call = rest.candles({ ...CANDLES, ...query });
    expect([call.path, call.weight]).toEqual([`/fapi/v1/klines?symbol=BTCUSDT&interval=1d${tail}`, weight]);
  });

  test('the others', () => {
    const calls = [
      rest.serverTime(),
      rest.instruments(),
      rest.bookSnapshot(BTC),
      rest.trades(instrumentId('binance:币安人生-USDT-PERP'), 50),
      rest.ticker(BTC),
      rest.top(BTC),
    ];
    expect(calls.map(({ path, weight }) => [path, weight])).toEqual([
      ['/fapi/v1/time', 1],
      ['/fapi/v1/exchangeInfo', 1],
      ['/fapi/v1/depth?symbol=BTCUSDT&limit=1000', 20],
      ['/fapi/v1/aggTrades?symbol=%E5%B8%81%E5%AE%89%E4%BA%BA%E7%94%9FUSDT&limit=50', 20],
      ['/fapi/v1/ticker/24hr?symbol=BTCUSDT', 1],
      ['/fapi/v1/ticker/bookTicker?symbol=BTCUSDT', 2],
    ]);
  });

  test.each([0, -1, 1.5, Number.NaN])('a limit of %d is refused before anything is asked', (limit) => {
    expect(() => rest.candles({ ...CANDLES, limit })).toThrow(HeartlineError);
  });
});

describe('recorded answers', () => {
  test('24 h figures', () => {
    // Of the same source as `rest.ndjson`, which holds this call's refusal.
    const recorded =
      '{"closeTime":1630042423017,"count":4084092,"firstId":1373117969,"highPrice":"47688.88","lastId":1377202095,"lastPrice":"47028.59","lastQty":"0.023","lowPrice":"46280.00","openPrice":"47184.22","openTime":1629955980000,"priceChange":"-155.63","priceChangePercent":"-0.330","quoteVolume":"22175129357.20","symbol":"BTCUSDT","volume":"471823.103","weightedAvgPrice":"46998.82"}';
    expect(rest.ticker(BTC).parse(JSON.parse(recorded), AT)).toEqual({
      kind: 'ticker',
      instrument: BTC,
      venueTime: 1_630_042_423_017,
      receivedAt: AT,
      last: 47_028.59,
      open: 47_184.22,
      high: 47_688.88,
      low: 46_280,
      volume: 471_823.103,
      quoteVolume: 22_175_129_357.2,
    });
  });

  test('best bid and ask, with an update id or, as in 2020, without', () => {
    const row = {
      symbol: 'BTCUSDT',
      bidPrice: '19115.95',
      bidQty: '0.274',
      askPrice: '19116.50',
      askQty: '0.384',
    };
    const read = (more: object) => rest.top(BTC).parse({ ...row, time: 1_607_294_182_164, ...more }, AT);
    expect([read({}), read({ lastUpdateId: 77 }).updateId]).toEqual([
      {
        kind: 'top',
        instrument: BTC,
        venueTime: 1_607_294_182_164,
        receivedAt: AT,
        updateId: 0,
        bidPrice: 19_115.95,
        bidQuantity: 0.274,
        askPrice: 19_116.5,
        askQuantity: 0.384,
      },
      77,
    ]);
  });

  test('server time', () => {
    expect(rest.serverTime().parse(ANSWERS.get('rest:/fapi/v1/time'))).toBe(1_620_099_477_465);
  });

  test('instruments, with steps from the filters and not from the precisions', () => {
    const instruments = rest.instruments().parse(ANSWERS.get('rest:/fapi/v1/exchangeInfo'));
    expect(instruments.length).toBe(25);
    expect(instruments[0]).toEqual({
      id: BTC,
      venue: 'binance',
      kind: 'perpetual',
      base: 'BTC',
      quote: 'USDT',
      status: 'trading',
      tickSize: '0.1',
      priceScale: 1,
      quantityStep: '0.001',
      quantityScale: 3,
      minQuantity: '0.001',
      maxQuantity: '1000',
      maxMarketQuantity: '120',
      minNotional: '100',
    });
  });

  test('candles, the last one still open', () => {
    const body = ANSWERS.get('rest:/fapi/v1/klines');
    const candles = rest.candles({ ...CANDLES, now: 1_602_979_200_000 + 5 }).parse(body);
    expect(candles[0]).toEqual({
      openTime: 1_602_633_600_000,
      open: 11_419.36,
      high: 11_550,
      low: 11_280.5,
      close: 11_417.13,
      volume: 192_936.97,
      closed: true,
    });
    expect(candles.map(({ closed }) => closed)).toEqual([true, true, true, true, false]);
  });

  test('a candle that another one follows is closed, however far our clock is behind', () => {
    const candles = rest.candles({ ...CANDLES, now: 0 }).parse(ANSWERS.get('rest:/fapi/v1/klines'));
    expect(candles.map(({ closed }) => closed)).toEqual([true, true, true, true, false]);
  });

  test('the open candle is the youngest, not the last row: answers may be out of order, and double it', () => {
    const rows = ANSWERS.get('rest:/fapi/v1/klines') as readonly unknown[];
    const [open] = rows.slice(-1);
    const candles = rest.candles({ ...CANDLES, now: 0 }).parse([open, ...rows]);
    expect(candles.map(({ closed }) => closed)).toEqual([false, true, true, true, true, false]);
  });

  test('the book', () => {
    const book = rest.bookSnapshot(BTC).parse(ANSWERS.get('rest:/fapi/v1/depth'), AT);
    expect({ ...book, bids: [...book.bids.slice(0, 4)], asks: [...book.asks.slice(0, 4)] }).toEqual({
      kind: 'book-snapshot',
      instrument: BTC,
      venueTime: 1_602_818_750_767,
      receivedAt: AT,
      lastUpdateId: (ANSWERS.get('rest:/fapi/v1/depth') as { lastUpdateId: number }).lastUpdateId,
      priceScale: 2,
      quantityScale: 3,
      bids: [1_149_209, 4, 1_149_200, 1],
      asks: [1_149_210, 191, 1_149_229, 82],
    });
  });

  test('trades', () => {
    expect(rest.trades(BTC, 5).parse(ANSWERS.get('rest:/fapi/v1/aggTrades'), AT)[0]).toEqual({
      kind: 'trade',
      instrument: BTC,
      venueTime: 1_602_989_582_346,
      receivedAt: AT,
      id: '154676475',
      price: 11_376.16,
      quantity: 0.001,
      side: 'buy',
    });
  });
});

describe('instruments as the venue lists them', () => {
  const row = (over: object) => ({
    symbol: 'BTCUSDT',
    contractType: 'PERPETUAL',
    status: 'TRADING',
    filters: [
      { filterType: 'PRICE_FILTER', tickSize: '0.10' },
      { filterType: 'LOT_SIZE', stepSize: '1', minQty: '1.00' },
    ],
    ...over,
  });
  const read = (...symbols: unknown[]) => rest.instruments().parse({ symbols });

  test.each([
    ['PERPETUAL', 'BTCUSDT', 'perpetual'],
    ['TRADIFI_PERPETUAL', 'TSLAUSDT', 'perpetual'],
    ['CURRENT_QUARTER', 'BTCUSDT_261225', 'future'],
    ['NEXT_QUARTER', 'BTCUSDT_270326', 'future'],
  ])('%s %s is a %s', (contractType, symbol, kind) => {
    expect(read(row({ contractType, symbol })).map((instrument) => instrument.kind)).toEqual([kind]);
  });

  test('only TRADING trades, and a missing smallest order value is none', () => {
    const [instrument] = read(row({ status: 'SETTLING' }));
    expect(instrument).toMatchObject({ status: 'halted', minQuantity: '1', quantityScale: 0 });
    expect(instrument && 'minNotional' in instrument).toBe(false);
  });

  test('what Heartline does not model is left out', () => {
    expect(read(row({ contractType: '' }), row({ symbol: 'BTCUSD_PERP' }))).toEqual([]);
  });

  test.each<[string, unknown]>([
    ['no body', undefined],
    ['an error', { code: -1003, msg: 'x' }],
    ['symbols of text', { symbols: ['BTCUSDT'] }],
    ['no filters', { symbols: [row({ filters: undefined })] }],
    ['a tick of 0', { symbols: [row({ filters: [{ filterType: 'PRICE_FILTER', tickSize: '0.00' }] })] }],
    [
      'a tick that is a number',
      { symbols: [row({ filters: [{ filterType: 'PRICE_FILTER', tickSize: 0.1 }] })] },
    ],
  ])('%s is refused', (_, body) => {
    expect(() => rest.instruments().parse(body)).toThrow(expect.objectContaining({ code: 'venue.answer' }));
  });
});

test('whatever JSON comes, a parser answers or refuses with venue.answer', () => {
  const calls = [
    rest.serverTime(),
    rest.instruments(),
    rest.candles(CANDLES),
    rest.bookSnapshot(BTC),
    rest.trades(BTC, 5),
  ];
  const body = fc.oneof(
    fc.jsonValue(),
    fc.record({ symbols: fc.array(fc.jsonValue()) }),
    fc.array(
      fc.array(fc.oneof(fc.constantFrom('1', '-1', '1e400', 'NaN', ''), fc.integer(), fc.jsonValue())),
    ),
    fc.record({
      lastUpdateId: fc.jsonValue(),
      T: fc.jsonValue(),
      bids: fc.jsonValue(),
      asks: fc.jsonValue(),
    }),
  );
  fc.assert(
    fc.property(body, fc.constantFrom(...calls), (value, call) => {
      try {
        call.parse(value, AT);
      } catch (fault) {
        expect(fault).toMatchObject({ name: 'HeartlineError', code: 'venue.answer' });
      }
    }),
    { numRuns: 3_000 },
  );
});

describe('refusals', () => {
  const none = { get: () => null };
  const retryAfter = (seconds: string) => ({
    get: (name: string) => (name === 'retry-after' ? seconds : null),
  });
  const NOW = 1_795_000_012_345;

  test.each([
    ['429 with Retry-After', 429, retryAfter('7'), '', { code: 'rate-limit', retryAfterMs: 7_000 }],
    ['429 without: to the next minute', 429, none, '', { code: 'rate-limit', retryAfterMs: 7_655 }],
    ['−1003 in a 400', 400, none, '{"code":-1003,"msg":"Too many requests"}', { code: 'rate-limit' }],
    ['−1003 in a 200', 200, none, '{"code":-1003,"msg":"Too many requests"}', { code: 'rate-limit' }],
    ['418 with Retry-After', 418, retryAfter('120'), '', { code: 'ban', retryAfterMs: 120_000 }],
    [
      '418 that names its end',
      418,
      none,
      `{"code":-1003,"msg":"Way too many requests; IP(1.2.3.4) banned until ${NOW + 90_000}. Please use the websocket."}`,
      { code: 'ban', retryAfterMs: 90_000 },
    ],
    ['418 that names nothing', 418, none, '', { code: 'ban', retryAfterMs: 120_000 }],
    ['the firewall', 403, none, '<html>blocked</html>', { code: 'ban', retryAfterMs: 300_000 }],
    ['a place turned away', 403, none, '<html>not available in your country</html>', { code: 'geo' }],
    ['the same by law', 451, none, '{"code":0,"msg":"restricted location"}', { code: 'geo' }],
    ['no right to ask', 401, none, '', { code: 'auth' }],
    ['our clock', 400, none, '{"code":-1021,"msg":"outside of the recvWindow"}', { code: 'clock' }],
    ['an overload', 503, none, '{"code":-1008,"msg":"throttled"}', { code: 'maintenance' }],
    [
      'a bad symbol',
      400,
      none,
      '{"code":-1121,"msg":"Invalid symbol."}',
      { code: 'venue.error', message: '400 -1121 Invalid symbol.' },
    ],
    ['a broken backend', 502, none, '<html>Bad Gateway</html>', { code: 'venue.error' }],
    [
      'a hostile Retry-After',
      429,
      retryAfter('99999999999'),
      '',
      { code: 'rate-limit', retryAfterMs: 7_655 },
    ],
    ['a ban of years', 418, retryAfter('999999999'), '', { code: 'ban', retryAfterMs: 259_200_000 }],
  ])('%s', (_, status, headers, body, expected) => {
    expect(refusalOf(status, headers, body, NOW)).toMatchObject(expected);
  });

  test('a good answer is none', () => {
    expect(refusalOf(200, none, '{"serverTime":1}', NOW)).toBeUndefined();
    expect(refusalOf(200, none, '{"code":200,"msg":"done"}', NOW)).toBeUndefined();
  });
});
