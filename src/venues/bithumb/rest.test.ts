import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { HeartlineError } from '#shared/base/errors.ts';
import { parseExactJson } from '#shared/base/exact-json.ts';
import { instrumentId } from '#shared/domain/instrument.ts';
import { refusalOf } from './refusal.ts';
import { rest } from './rest.ts';

const BTC = instrumentId('bithumb:BTC-KRW');
const AT = 1_700_000_000_000;
const MINUTE = 60_000;
const NONE = { get: () => null };

const ROWS = readFileSync(new URL('./fixtures/rest.ndjson', import.meta.url))
  .toString()
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));

const QUERY = { instrument: BTC, interval: '1m', limit: 5, now: AT } as const;
/** 2026-07-08 00:00 UTC. */
const MIDNIGHT = 1_783_468_800_000;

const row = (openTime: string, more: object = {}) => ({
  market: 'KRW-BTC',
  candle_date_time_utc: openTime,
  opening_price: 2,
  high_price: 4,
  low_price: 1,
  trade_price: 3,
  candle_acc_trade_volume: 5,
  timestamp: 1,
  ...more,
});

describe('paths and budgets', () => {
  const path = (query: object) => {
    const { path, scope, weight } = rest.candles({ ...QUERY, ...query });
    return [decodeURIComponent(path), scope, weight];
  };

  test.each([
    ['1m', 'minutes/1'],
    ['10m', 'minutes/10'],
    ['1h', 'minutes/60'],
  ] as const)('candles of %s are asked as %s', (interval, unit) => {
    expect(path({ interval })).toEqual([`/v1/candles/${unit}?market=KRW-BTC&count=5`, 'candle', 1]);
  });

  test('the end is told in the time of Seoul, a second beyond the last candle wanted', () => {
    expect(path({ to: MIDNIGHT - 5 * MINUTE, now: MIDNIGHT })).toEqual([
      '/v1/candles/minutes/1?market=KRW-BTC&to=2026-07-08 08:55:01&count=5',
      'candle',
      1,
    ]);
  });

  test('a beginning becomes the end so many candles later, or the latest where that is not over', () => {
    const from = MIDNIGHT - 60 * MINUTE;
    expect([
      path({ from, now: MIDNIGHT })[0],
      path({ from, to: from + MINUTE, now: MIDNIGHT })[0],
      path({ from, limit: 200, now: MIDNIGHT })[0],
    ]).toEqual([
      '/v1/candles/minutes/1?market=KRW-BTC&to=2026-07-08 08:04:01&count=5',
      '/v1/candles/minutes/1?market=KRW-BTC&to=2026-07-08 08:01:01&count=5',
      '/v1/candles/minutes/1?market=KRW-BTC&count=200',
    ]);
  });

  test('more than a page holds is asked as one page', () => {
    expect(path({ limit: 9_999 })[0]).toBe('/v1/candles/minutes/1?market=KRW-BTC&count=200');
  });

  test('the others', () => {
    const calls = [
      rest.serverTime(),
      rest.instruments(),
      rest.ticker(BTC),
      rest.top(BTC),
      rest.trades(instrumentId('bithumb:ETH-BTC'), 9_999),
    ];
    expect(calls.map(({ path, scope }) => [path, scope])).toEqual([
      ['/v1/orderbook?markets=KRW-BTC', 'orderbook'],
      ['/v1/market/all?isDetails=true', 'other'],
      ['/v1/ticker?markets=KRW-BTC', 'ticker'],
      ['/v1/orderbook?markets=KRW-BTC', 'orderbook'],
      ['/v1/trades/ticks?market=BTC-ETH&count=500', 'trade'],
    ]);
  });

  test.each([0, -1, 1.5, Number.NaN])('a limit of %d is refused before anything is asked', (limit) => {
    expect(() => rest.candles({ ...QUERY, limit })).toThrow(HeartlineError);
  });

  test.each(['2h', '4h', '1d', '1w'] as const)(
    '%s, whose beginning the venue does not tell, is not asked for',
    (interval) => {
      expect(() => rest.candles({ ...QUERY, interval })).toThrow(/no candles of/);
    },
  );
});

describe('answers', () => {
  test('the server time is the Date of the answer, in whole seconds', () => {
    const time = rest.serverTime();
    const date = { get: (name: string) => (name === 'date' ? 'Wed, 23 Sep 2026 03:39:02 GMT' : null) };
    expect([time.parse([], AT, date), rest.clockStepMs]).toEqual([1_790_134_742_000, 1_000]);
    expect(() => time.parse([], AT, NONE)).toThrow(/no Date/);
  });

  test('instruments: steps from the table of the market, a warning warns, free text is cleaned', () => {
    const body = [
      {
        market: 'KRW-BTC',
        korean_name: '\u202e비트코인\u0007',
        english_name: 'Bitcoin',
        market_warning: 'NONE',
      },
      { market: 'KRW-ETH', market_warning: 'CAUTION' },
      { market: 'BTC-XRP', english_name: '<b>XRP</b>' },
      { market: 'KRW-DOGE', is_trading_suspended: true },
      { market: 'BTC_KRW' },
    ];
    const [btc, ...others] = rest.instruments().parse(body);
    expect(btc).toMatchObject({
      id: BTC,
      venue: 'bithumb',
      kind: 'spot',
      base: 'BTC',
      quote: 'KRW',
      status: 'trading',
      names: { ko: '비트코인', en: 'Bitcoin' },
      tickSize: '0.0001',
      priceScale: 4,
      quantityStep: '0.0001',
      quantityScale: 4,
      minQuantity: '0.0001',
      minNotional: '5000',
    });
    expect(others).toMatchObject([
      { id: 'bithumb:ETH-KRW', status: 'warned' },
      { id: 'bithumb:XRP-BTC', status: 'trading', names: { en: '<b>XRP</b>' }, tickSize: '0.00000001' },
      { id: 'bithumb:DOGE-KRW', status: 'halted' },
    ]);
    expect(others[1]).not.toHaveProperty('minNotional');
  });

  test.each([
    [0.5, '0.0001'],
    [9.99, '0.001'],
    [41.2, '0.01'],
    [100, '1'],
    [4_999, '1'],
    [5_000, '5'],
    [49_990, '10'],
    [99_950, '50'],
    [499_900, '100'],
    [999_500, '500'],
    [116_539_000, '1000'],
  ])('at %d won prices move by %s', (price, tick) => {
    const [btc] = rest.instruments().parse([{ market: 'KRW-BTC' }]);
    expect(btc?.tickBands?.findLast(({ from }) => Number(from) <= price)?.tick).toBe(tick);
  });

  const TRADED = Date.parse('2026-09-23T03:39:03.123Z');
  const SEOUL = 9 * 3_600_000;

  test('trades, oldest first, with all digits of their ids', () => {
    const trade = (id: number, timestamp: number) => ({
      market: 'KRW-BTC',
      trade_date_utc: '2026-09-23',
      trade_time_utc: '03:39:03',
      timestamp: TRADED + timestamp,
      trade_price: 1.16539e8,
      trade_volume: 0.5,
      ask_bid: 'BID',
      sequential_id: id,
    });
    const body = JSON.stringify([trade(1, 30), trade(2, 20), trade(3, 20), trade(4, 10)]).replace(
      /"sequential_id":(\d)/g,
      '"sequential_id":179013474312300012$1',
    );
    const trades = rest.trades(BTC, 4).parse(parseExactJson(body), AT);
    expect(trades.map(({ id, venueTime }) => [id, venueTime - TRADED])).toEqual([
      ['1790134743123000124', 10],
      ['1790134743123000123', 20],
      ['1790134743123000122', 20],
      ['1790134743123000121', 30],
    ]);
  });

  const TICKER = {
    market: 'KRW-BTC',
    trade_date: '20260923',
    trade_time: '033903',
    trade_timestamp: TRADED + SEOUL,
    timestamp: TRADED + SEOUL,
    trade_price: 116_208_000,
    opening_price: 116_000_000,
    high_price: 117_000_000,
    low_price: 115_000_000,
    acc_trade_volume_24h: 1_234.5678,
    acc_trade_price_24h: 143_456_789_012.3456,
  };

  test('the REST ticker, whose time is nine hours ahead, is put right', () => {
    expect(rest.ticker(BTC).parse([TICKER], TRADED)).toEqual({
      kind: 'ticker',
      instrument: BTC,
      venueTime: TRADED,
      receivedAt: TRADED,
      last: 116_208_000,
      open: 116_000_000,
      high: 117_000_000,
      low: 115_000_000,
      volume: 1_234.5678,
      quoteVolume: 143_456_789_012.3456,
    });
  });

  test.each([
    ['a true time stays', { trade_timestamp: TRADED }, TRADED],
    ['a trade of long ago, too', { trade_timestamp: TRADED + SEOUL }, TRADED + 40 * SEOUL],
    ['without a date, nine hours ahead of our clock tell', { trade_date: undefined }, TRADED + 60_000],
    ['a true time without a date stays', { trade_date: undefined, trade_timestamp: TRADED }, TRADED + 60_000],
  ])('%s', (_, more, receivedAt) => {
    expect(rest.ticker(BTC).parse([{ ...TICKER, ...more }], receivedAt).venueTime).toBe(TRADED);
  });

  test('the top of one market; the time of its book, in ms over REST, is true', () => {
    const units = [
      { ask_price: 3_715_000, bid_price: 3_714_000, ask_size: 0, bid_size: 3.012 },
      { ask_price: 3_716_000, bid_price: 3_713_000, ask_size: 3.3766, bid_size: 15.399 },
    ];
    const body = [{ market: 'KRW-BTC', timestamp: TRADED, orderbook_units: units }];
    expect(rest.top(BTC).parse(body, AT)).toEqual({
      kind: 'top',
      instrument: BTC,
      venueTime: TRADED,
      receivedAt: AT,
      updateId: TRADED * 1_000,
      bidPrice: 3_714_000,
      bidQuantity: 3.012,
      askPrice: 3_716_000,
      askQuantity: 3.3766,
    });
  });
});

describe('candles', () => {
  const times = (query: object, body: unknown) =>
    rest
      .candles({ ...QUERY, ...query })
      .parse(body)
      .map(({ openTime, closed }) => [openTime - MIDNIGHT, closed]);

  test('newest first on the wire, oldest first here; the clock closes the last one', () => {
    const body = ['00:02', '00:01', '00:00'].map((time) => row(`2026-07-08T${time}:00`));
    expect(times({ now: MIDNIGHT + 150_000 }, body)).toEqual([
      [0, true],
      [MINUTE, true],
      [2 * MINUTE, false],
    ]);
    expect(times({ now: MIDNIGHT + 180_000 }, body).at(-1)).toEqual([2 * MINUTE, true]);
  });

  test('a page shorter than promised: silent minutes have no candle, and none is made up', () => {
    const body = ['00:09', '00:02'].map((time) => row(`2026-07-08T${time}:00`));
    expect(times({ limit: 10, now: 0 }, body)).toEqual([
      [2 * MINUTE, true],
      [9 * MINUTE, false],
    ]);
    expect(times({}, [])).toEqual([]);
  });

  test('twice the same minute is the later word, and order does not matter', () => {
    const body = [
      row('2026-07-08T00:01:00', { timestamp: 5, trade_price: 3 }),
      row('2026-07-08T00:00:00'),
      row('2026-07-08T00:01:00', { timestamp: 9, trade_price: 4 }),
      row('2026-07-08T00:01:00', { timestamp: 7, trade_price: 2 }),
    ];
    const candles = rest.candles(QUERY).parse(body);
    expect(candles.map(({ openTime, close }) => [openTime - MIDNIGHT, close])).toEqual([
      [0, 3],
      [MINUTE, 4],
    ]);
  });

  test('of what a page brings from before the beginning only the last stays, as proof; after the end nothing does', () => {
    const body = ['00:04', '00:03', '00:02', '00:01', '00:00'].map((time) => row(`2026-07-08T${time}:00`));
    const within = { from: MIDNIGHT + MINUTE, to: MIDNIGHT + 3 * MINUTE };
    expect(times(within, body).map(([at]) => at)).toEqual([0, MINUTE, 2 * MINUTE, 3 * MINUTE]);
    expect(times({ ...within, limit: 2 }, body).map(([at]) => at)).toEqual([0, MINUTE, 2 * MINUTE]);
    expect(times({ from: MIDNIGHT + 2 * MINUTE }, body).map(([at]) => at)[0]).toBe(MINUTE);
    expect(times({ limit: 2 }, body).map(([at]) => at)).toEqual([3 * MINUTE, 4 * MINUTE]);
  });

  test('the legacy body of the same candles reads the same', () => {
    const legacy = { status: '0000', data: [[MIDNIGHT, '2', '3', '4', '1', '5']] };
    expect(rest.candles(QUERY).parse(legacy)).toEqual(
      rest.candles(QUERY).parse([row('2026-07-08T00:00:00')]),
    );
  });

  test.each<[string, unknown]>([
    ['an object', {}],
    ['a legacy error', { status: '5500', message: 'no' }],
    ['legacy candles of no shape', { status: '0000', data: [5, ['x'], [8.64e15]] }],
    ['a list of numbers', [1]],
    ['another market', [row('2026-07-08T00:00:00', { market: 'KRW-ETH' })]],
    ['a time off the grid', [row('2026-07-08T00:00:30')]],
    ['no time', [row('yesterday')]],
    ['a price below 0', [row('2026-07-08T00:00:00', { low_price: -1 })]],
    ['a high below the low', [row('2026-07-08T00:00:00', { high_price: 0.5 })]],
  ])('%s instead of candles is refused', (_, body) => {
    expect(() => rest.candles(QUERY).parse(body)).toThrow(expect.objectContaining({ code: 'venue.answer' }));
  });
});

describe('refusals', () => {
  const refusal = (status: number, body: string, retryAfter?: string) =>
    refusalOf(status, { get: (name) => (name === 'retry-after' ? (retryAfter ?? null) : null) }, body);

  test.each(ROWS.map(({ status, raw }) => [status, raw]))('a recorded %i is one: %s', (status, raw) => {
    expect(refusal(status, raw)).toEqual({
      code: 'venue.error',
      message: expect.stringMatching(/^(?:200 404 Code|404 not_found No|200 5500 ).+/),
    });
  });

  test.each(['[]', '[{"market":"KRW-BTC","error":1}]', '{"status":"0000","data":{}}'])(
    'a good answer is none: %s',
    (body) => {
      expect(refusal(200, body)).toBeUndefined();
    },
  );

  test.each<[string, number, string, string | undefined, object]>([
    ['429', 429, '', undefined, { code: 'rate-limit', retryAfterMs: 10_000 }],
    ['429 with a word of its own', 429, '', '7', { code: 'rate-limit', retryAfterMs: 7_000 }],
    [
      'too many, with HTTP 200',
      200,
      '{"error":{"name":"too_many_requests","message":""}}',
      undefined,
      { code: 'rate-limit', retryAfterMs: 10_000 },
    ],
    ['418', 418, '', undefined, { code: 'ban', retryAfterMs: 600_000 }],
    ['403 of a firewall', 403, '<html>', undefined, { code: 'geo' }],
    ['451', 451, '', undefined, { code: 'geo' }],
    ['401', 401, '{"error":{"name":"NotAllowIP"}}', undefined, { code: 'auth' }],
    ['401 for an old token', 401, '{"error":{"name":"expired_jwt"}}', undefined, { code: 'clock' }],
    ['503', 503, '', '60', { code: 'maintenance', retryAfterMs: 60_000 }],
    [
      'maintenance with HTTP 200',
      200,
      '{"error":{"name":500,"message":"시스템 점검 중"}}',
      undefined,
      { code: 'maintenance' },
    ],
    ['a page about maintenance with HTTP 200', 200, '<html>점검</html>', undefined, { code: 'maintenance' }],
    ['a bad address', 414, '<html>', undefined, { code: 'venue.error' }],
  ])('%s', (_, status, body, retryAfter, expected) => {
    const { message, ...rest } = refusal(status, body, retryAfter) ?? { message: '' };
    expect(rest).toEqual(expected);
    expect(message).toMatch(new RegExp(`^${status}`));
  });
});
