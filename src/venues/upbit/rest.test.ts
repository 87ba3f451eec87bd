import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { HeartlineError } from '#shared/base/errors.ts';
import { parseExactJson } from '#shared/base/exact-json.ts';
import { instrumentId } from '#shared/domain/instrument.ts';
import { refusalOf } from './refusal.ts';
import { rest } from './rest.ts';

const BTC = instrumentId('upbit:BTC-KRW');
const AT = 1_700_000_000_000;
const MINUTE = 60_000;
const NONE = { get: () => null };

const ROWS = readFileSync(new URL('./fixtures/rest.ndjson', import.meta.url))
  .toString()
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));
const answer = (channel: string) => parseExactJson(ROWS.find((row) => row.channel === channel)?.raw ?? '');

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
    ['1s', 'seconds'],
    ['1m', 'minutes/1'],
    ['10m', 'minutes/10'],
    ['1h', 'minutes/60'],
    ['4h', 'minutes/240'],
    ['1d', 'days'],
    ['1w', 'weeks'],
    ['1M', 'months'],
  ] as const)(
    'candles of %s are asked as %s, and their number always said: the venue would give one',
    (interval, unit) => {
      expect(path({ interval })).toEqual([`/v1/candles/${unit}?market=KRW-BTC&count=5`, 'candle', 1]);
    },
  );

  test('an inclusive end becomes the exclusive end of the venue', () => {
    expect(path({ to: MIDNIGHT - 5 * MINUTE, now: MIDNIGHT })).toEqual([
      '/v1/candles/minutes/1?market=KRW-BTC&to=2026-07-07T23:55:01Z&count=5',
      'candle',
      1,
    ]);
  });

  test('a beginning becomes the end so many candles later, or the latest where that is not over', () => {
    const from = MIDNIGHT - 60 * MINUTE;
    expect([
      path({ from, now: MIDNIGHT })[0],
      path({ from: from + 1, now: MIDNIGHT })[0],
      path({ from, to: from + MINUTE, now: MIDNIGHT })[0],
      path({ from, limit: 200, now: MIDNIGHT })[0],
      path({ from, interval: '1M', limit: 2, now: MIDNIGHT * 2 })[0],
    ]).toEqual([
      '/v1/candles/minutes/1?market=KRW-BTC&to=2026-07-07T23:04:01Z&count=5',
      '/v1/candles/minutes/1?market=KRW-BTC&to=2026-07-07T23:05:01Z&count=5',
      '/v1/candles/minutes/1?market=KRW-BTC&to=2026-07-07T23:01:01Z&count=5',
      '/v1/candles/minutes/1?market=KRW-BTC&count=200',
      '/v1/candles/months?market=KRW-BTC&to=2026-09-01T00:00:01Z&count=2',
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
      rest.trades(instrumentId('upbit:ETH-BTC'), 9_999),
    ];
    expect(calls.map(({ path, scope }) => [path, scope])).toEqual([
      ['/v1/orderbook?markets=KRW-BTC&count=1', 'orderbook'],
      ['/v1/market/all?is_details=true', 'market'],
      ['/v1/ticker?markets=KRW-BTC', 'ticker'],
      ['/v1/orderbook?markets=KRW-BTC&count=1', 'orderbook'],
      ['/v1/trades/ticks?market=BTC-ETH&count=500', 'trade'],
    ]);
  });

  test.each([0, -1, 1.5, Number.NaN])('a limit of %d is refused before anything is asked', (limit) => {
    expect(() => rest.candles({ ...QUERY, limit })).toThrow(HeartlineError);
  });

  test('an interval the venue does not make is refused before anything is asked', () => {
    expect(() => rest.candles({ ...QUERY, interval: '2h' })).toThrow(/no candles of 2h/);
  });
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
      ...(answer('rest:/v1/market/all') as object[]),
      {
        market: 'BTC-XRP',
        korean_name: '\u202e리플\u0007',
        english_name: '<b>XRP</b>',
        market_warning: 'NONE',
      },
      { market: 'USDT-BTC', market_state: 'DELISTED' },
      { market: 'KRW-DOGE', is_trading_suspended: true },
      { market: 'KRW-btc' },
    ];
    const [btc, eth, ...others] = rest.instruments().parse(body);
    expect(btc).toMatchObject({
      id: BTC,
      venue: 'upbit',
      kind: 'spot',
      base: 'BTC',
      quote: 'KRW',
      status: 'trading',
      names: { en: 'Bitcoin' },
      tickSize: '0.00000001',
      priceScale: 8,
      quantityStep: '0.00000001',
      quantityScale: 8,
      minQuantity: '0.00000001',
      minNotional: '5000',
    });
    expect(eth).toMatchObject({ id: 'upbit:ETH-KRW', status: 'warned' });
    expect(others).toMatchObject([
      {
        id: 'upbit:XRP-BTC',
        status: 'trading',
        names: { ko: '리플', en: '<b>XRP</b>' },
        tickSize: '0.00000001',
        minNotional: '0.00005',
      },
      { id: 'upbit:BTC-USDT', status: 'halted', minNotional: '0.5' },
      { id: 'upbit:DOGE-KRW', status: 'halted' },
    ]);
    expect(others[0]).not.toHaveProperty('tickBands');
  });

  test.each([
    [0.000001, '0.00000001'],
    [0.5, '0.001'],
    [9.99, '0.01'],
    [41.2, '0.1'],
    [999, '1'],
    [1_391, '1'],
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

  test('trades, oldest first, with all digits of their ids', () => {
    const trade = (id: number, timestamp: number) => ({
      market: 'KRW-BTC',
      timestamp,
      trade_price: 1.16539e8,
      trade_volume: 0.5,
      ask_bid: 'ASK',
      sequential_id: id,
    });
    const body = JSON.stringify([trade(1, 30), trade(2, 20), trade(3, 20), trade(4, 10)]).replace(
      /"sequential_id":(\d)/g,
      '"sequential_id":1790134743123000$1',
    );
    const trades = rest.trades(BTC, 4).parse(parseExactJson(body), AT);
    expect(trades.map(({ id, venueTime }) => [id, venueTime])).toEqual([
      ['17901347431230004', 10],
      ['17901347431230003', 20],
      ['17901347431230002', 20],
      ['17901347431230001', 30],
    ]);
  });

  test('a recorded trade says what another normaliser made of it', () => {
    const truth = ROWS.find((entry) => String(entry.channel).endsWith('(ccxt)'));
    const [expected] = truth.expected;
    const instrument = instrumentId('upbit:BTC-USDT');
    expect(rest.trades(instrument, 1).parse(JSON.parse(truth.raw), AT)).toEqual([
      {
        kind: 'trade',
        instrument,
        venueTime: expected.timestamp,
        receivedAt: AT,
        id: expected.id,
        price: expected.price,
        quantity: expected.amount,
        side: expected.side,
      },
    ]);
  });

  test('the ticker and the top of one market', () => {
    expect(rest.ticker(BTC).parse(answer('rest:/v1/ticker'), AT)).toEqual({
      kind: 'ticker',
      instrument: BTC,
      venueTime: 1_751_606_040_365,
      receivedAt: AT,
      last: 148_601_000,
      open: 148_737_000,
      high: 149_360_000,
      low: 148_288_000,
      volume: 1_198.26954807,
      quoteVolume: 178_448_329_314.96686,
    });
    expect(rest.top(BTC).parse(answer('rest:/v1/orderbook'), AT)).toEqual({
      kind: 'top',
      instrument: BTC,
      venueTime: 1_751_606_867_762,
      receivedAt: AT,
      updateId: 1_751_606_867_762,
      bidPrice: 148_490_000,
      bidQuantity: 0.04296774,
      askPrice: 148_520_000,
      askQuantity: 0.0134662,
    });
  });
});

describe('candles', () => {
  const times = (query: object, body: unknown) =>
    rest
      .candles({ ...QUERY, ...query })
      .parse(body)
      .map(({ openTime, closed }) => [openTime - MIDNIGHT, closed]);

  test('a recorded day', () => {
    const [day] = [
      {
        market: 'KRW-BTC',
        candle_date_time_utc: '2026-07-08T00:00:00',
        opening_price: 94_950_000,
        high_price: 95_444_000,
        low_price: 94_100_000,
        trade_price: 94_237_000,
        candle_acc_trade_volume: 134.10911099,
      },
    ];
    expect(rest.candles({ ...QUERY, interval: '1d', now: MIDNIGHT + 5 }).parse([day])).toEqual([
      {
        openTime: MIDNIGHT,
        open: 94_950_000,
        high: 95_444_000,
        low: 94_100_000,
        close: 94_237_000,
        volume: 134.10911099,
        closed: false,
      },
    ]);
  });

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

  test.each<[string, unknown]>([
    ['an object', {}],
    ['a list of numbers', [1]],
    ['another market', [row('2026-07-08T00:00:00', { market: 'KRW-ETH' })]],
    ['a time off the grid', [row('2026-07-08T00:00:30')]],
    ['no time', [row('yesterday')]],
    ['a price below 0', [row('2026-07-08T00:00:00', { low_price: -1 })]],
    ['a high below the low', [row('2026-07-08T00:00:00', { high_price: 0.5 })]],
  ])('%s instead of candles is refused', (_, body) => {
    expect(() => rest.candles(QUERY).parse(body)).toThrow(expect.objectContaining({ code: 'venue.answer' }));
  });

  test('a week that began on another day than ours is refused, never shown as one', () => {
    const week = (date: string) =>
      rest.candles({ ...QUERY, interval: '1w' }).parse([row(`${date}T00:00:00`)]);
    expect(week('2026-07-06')).toHaveLength(1);
    expect(() => week('2026-07-05')).toThrow(/off the grid of 1w/);
  });
});

describe('refusals', () => {
  const refusal = (status: number, body: string, retryAfter?: string) =>
    refusalOf(status, { get: (name) => (name === 'retry-after' ? (retryAfter ?? null) : null) }, body, AT);

  test.each(ROWS.filter(({ status }) => status !== undefined).map(({ status, raw }) => [status, raw]))(
    'a recorded %i is one: %s',
    (status, raw) => {
      expect(refusal(status, raw)).toEqual({
        code: 'venue.error',
        message: expect.stringMatching(/^40[04] 40[04] \w/),
      });
    },
  );

  test('a good answer is none', () => {
    expect(refusal(200, '[{"market":"KRW-BTC"}]')).toBeUndefined();
  });

  test.each<[string, number, string, string | undefined, object]>([
    ['429 waits for the next second', 429, '', undefined, { code: 'rate-limit', retryAfterMs: 1_000 }],
    ['429 with a word of its own', 429, '', '7', { code: 'rate-limit', retryAfterMs: 7_000 }],
    [
      '418 with seconds',
      418,
      '{"error":{"name":"too_many_requests","message":"blocked for 90 seconds"}}',
      undefined,
      { code: 'ban', retryAfterMs: 90_000 },
    ],
    [
      '418 with minutes in Korean',
      418,
      '{"error":{"name":418,"message":"5분 후에 다시"}}',
      undefined,
      { code: 'ban', retryAfterMs: 300_000 },
    ],
    [
      '418 until a time in ms',
      418,
      `{"error":{"until":${AT + 4_000}}}`,
      undefined,
      { code: 'ban', retryAfterMs: 4_000 },
    ],
    [
      '418 until a time in s',
      418,
      `{"error":{"until":${AT / 1_000 + 40}}}`,
      undefined,
      { code: 'ban', retryAfterMs: 40_000 },
    ],
    ['418 without a word', 418, 'I am a teapot', undefined, { code: 'ban', retryAfterMs: 120_000 }],
    [
      '418 until the end of days',
      418,
      'blocked for 999999 minutes',
      undefined,
      { code: 'ban', retryAfterMs: 86_400_000 },
    ],
    ['403 of a firewall', 403, '<html>', undefined, { code: 'geo' }],
    ['451', 451, '', undefined, { code: 'geo' }],
    ['401', 401, '{"error":{"name":"invalid_access_key"}}', undefined, { code: 'auth' }],
    ['503', 503, '', '60', { code: 'maintenance', retryAfterMs: 60_000 }],
    [
      'maintenance by its word',
      500,
      '{"error":{"name":"server_error","message":"점검 중"}}',
      undefined,
      { code: 'maintenance' },
    ],
    ['500', 500, '{"error":{"name":"server_error"}}', undefined, { code: 'venue.error' }],
  ])('%s', (_, status, body, retryAfter, expected) => {
    const { message, ...rest } = refusal(status, body, retryAfter) ?? { message: '' };
    expect(rest).toEqual(expected);
    expect(message).toMatch(new RegExp(`^${status}`));
  });
});
