import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exactJson, plainDecimal } from '../test-kit/exact-json.ts';
import { openKoreanWire } from '../test-kit/korean-wire.ts';
import { pause, type Wire } from '../test-kit/wire.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let wire: Wire;
beforeEach(async () => {
  wire = await openKoreanWire('bithumb', ['BTC', 'ETH', 'KAIA']);
});
afterEach(() => wire.close());

type Row = Record<string, string>;

/** The answer with every number as plain decimal text. */
async function rows(path: string): Promise<Row[]> {
  const response = await fetch(wire.simulation.address.venues['bithumb']?.rest + path);
  return exactJson(await response.text());
}

function timeOf(row: Row | undefined): number {
  return Date.parse(`${row?.['candle_date_time_utc']}Z`);
}

async function truth(topic: string, symbol: string, more = ''): Promise<Row[]> {
  const { body } = await wire.control('GET', `/truth/${topic}?venue=bithumb&symbol=${symbol}${more}`);
  return body[topic];
}

describe('markets and prices of Bithumb', () => {
  it('lists markets, with their warnings where asked for', async () => {
    expect((await wire.rest('/v1/market/all?isDetails=true')).body).toEqual([
      { market: 'KRW-BTC', korean_name: '비트코인', english_name: 'Bitcoin', market_warning: 'NONE' },
      { market: 'KRW-ETH', korean_name: '이더리움', english_name: 'Ethereum', market_warning: 'NONE' },
      { market: 'KRW-KAIA', korean_name: '카이아', english_name: 'Kaia', market_warning: 'NONE' },
    ]);
    expect((await wire.rest('/v1/market/virtual_asset_warning')).body).toEqual([]);
  });

  it('stamps tickers nine hours ahead, though their dates are right', async () => {
    const [ticker] = await rows('/v1/ticker?markets=KRW-BTC');
    const { now } = (await wire.control('GET', '/stats')).body;
    const ahead = Number(ticker?.['timestamp']) - now;
    expect(Math.round(ahead / 60_000)).toBe(540);
    const traded = new Date(Number(ticker?.['trade_timestamp']) - 9 * HOUR).toISOString();
    expect([ticker?.['trade_date'], ticker?.['trade_time']]).toEqual([
      traded.slice(0, 10).replaceAll('-', ''),
      traded.slice(11, 19).replaceAll(':', ''),
    ]);
    const [trade] = await rows('/v1/trades/ticks?market=KRW-BTC');
    expect(now - Number(trade?.['timestamp'])).toBeLessThan(60_000);
  });
});

describe('books of Bithumb', () => {
  it('are the true ones rounded to four digits: 30 units alone, 15 in company, stamped in milliseconds', async () => {
    await wire.rest('/v1/orderbook?markets=KRW-BTC');
    await pause(300);
    await wire.control('POST', '/pause');
    const [book] = await rows('/v1/orderbook?markets=KRW-BTC');
    const { body } = await wire.control(
      'GET',
      `/truth/book?venue=bithumb&symbol=KRW-BTC&limit=30&time=${book?.['timestamp']}`,
    );
    const units = book?.['orderbook_units'] as unknown as Row[];
    const told = (side: string) => units.map((unit) => [unit[`${side}_price`], unit[`${side}_size`]]);
    const cut = (levels: [string, string][]) =>
      levels.map(([price, quantity]) => [
        plainDecimal(price),
        plainDecimal((Math.round(Number(quantity) * 1e4 + 1e-9) / 1e4).toFixed(4)),
      ]);
    expect({ bids: told('bid'), asks: told('ask') }).toEqual({ bids: cut(body.bids), asks: cut(body.asks) });
    const both = await rows('/v1/orderbook?markets=KRW-BTC,KRW-ETH');
    expect([
      units.length,
      both.map((row) => row['orderbook_units']?.length),
      book?.['timestamp']?.length,
    ]).toEqual([30, [15, 15], 13]);
  });
});

describe('candles and trades of Bithumb', () => {
  it('are the true ones, newest first, and page by a `to` in Korean time', async () => {
    const page = await rows('/v1/candles/minutes/1?market=KRW-ETH&count=100');
    const known = (await truth('candles', 'KRW-ETH', '&interval=1m&limit=120')).toReversed();
    const at = known.findIndex((row) => Number(row['openTime']) === timeOf(page[0]));
    const told = page.map((row) => [
      timeOf(row),
      row['opening_price'],
      row['high_price'],
      row['low_price'],
      row['trade_price'],
      row['candle_acc_trade_volume'],
      row['candle_acc_trade_price'],
    ]);
    expect(told.slice(1)).toEqual(
      known
        .slice(at + 1, at + 100)
        .map((row) => [
          Number(row['openTime']),
          ...['open', 'high', 'low', 'close', 'volume', 'quoteVolume'].map((name) =>
            plainDecimal(row[name] as string),
          ),
        ]),
    );
    const oldest = page.at(-1) as Row;
    const korea = oldest['candle_date_time_kst']?.replace('T', '%20');
    const [before] = await rows(`/v1/candles/minutes/1?market=KRW-ETH&to=${korea}`);
    expect(timeOf(oldest) - timeOf(before)).toBe(60_000);
  });

  it('of days begin at midnight in Korea', async () => {
    const days = await rows('/v1/candles/days?market=KRW-BTC&count=4');
    expect(days.map((row) => (timeOf(row) + 9 * HOUR) % DAY)).toEqual([0, 0, 0, 0]);
    expect(days.map((row) => row['candle_date_time_kst']?.slice(11))).toEqual(
      Array.from({ length: 4 }, () => '00:00:00'),
    );
    expect(days.slice(0, 3).map((row) => row['prev_closing_price'])).toEqual(
      days.slice(1).map((row) => row['trade_price']),
    );
    const hours = await rows(
      `/v1/candles/minutes/60?market=KRW-BTC&count=24&to=${days[0]?.['candle_date_time_kst']?.replace('T', '%20')}`,
    );
    const highest = Math.max(...hours.map((row) => Number(row['high_price'])));
    expect(highest).toBe(Number(days[1]?.['high_price']));
  });

  it('tell trades newest first, with ids of nineteen digits', async () => {
    const page = await rows('/v1/trades/ticks?market=KRW-BTC&count=60');
    const known = await truth('trades', 'KRW-BTC', '&limit=500');
    const byId = new Map(
      known.map((row) => [`${row['time']}${String(Number(row['id']) % 1_000_000).padStart(6, '0')}`, row]),
    );
    for (const row of page) {
      const true_ = byId.get(row['sequential_id'] as string) as Row;
      expect([row['trade_price'], row['trade_volume']]).toEqual([
        plainDecimal(true_['price'] as string),
        plainDecimal(true_['quantity'] as string),
      ]);
    }
    expect([page.length, page[0]?.['sequential_id']?.length]).toEqual([60, 19]);
  });
});

describe('refusals and limits of Bithumb', () => {
  it.each([
    ['/v1/ticker?markets=KRW-BTC,KRW-NOPE', 200, { error: { name: 404, message: 'Code not found' } }],
    ['/v1/candles/days?market=BTC', 200, { error: { name: 404, message: 'Code not found' } }],
    [
      '/v1/orderbook',
      200,
      { error: { name: 400, message: 'Missing request parameter error. Check the required parameters!' } },
    ],
    ['/v1/candles/minutes/1?market=KRW-BTC&to=soon', 200, { error: expect.objectContaining({ name: 400 }) }],
    [
      '/v1/candles/seconds?market=KRW-BTC',
      404,
      { name: 'not_found', message: 'No Route matched with those values' },
    ],
  ])('answers %s with HTTP %i', async (path, status, body) => {
    const answer = await wire.rest(path);
    expect([answer.status, answer.body]).toEqual([status, body]);
  });

  it('answers a query longer than it takes with HTTP 414', async () => {
    const answer = await wire.rest(`/v1/ticker?markets=${'KRW-BTC,'.repeat(1100)}KRW-BTC`);
    expect([answer.status, answer.body.error.name]).toEqual([414, 414]);
  });

  it('refuses more than 200 markets in one ticker request', async () => {
    const answer = await wire.rest(
      `/v1/ticker?markets=${Array.from({ length: 201 }, () => 'KRW-BTC').join(',')}`,
    );
    expect([answer.status, answer.body.error.name]).toEqual([200, 400]);
  });

  it('takes tokens from a bucket for each category, and says so in its headers', async () => {
    const answers = await Promise.all(Array.from({ length: 170 }, () => wire.rest('/v1/market/all')));
    const first = answers[0]?.headers;
    expect(
      ['remaining', 'requested-tokens', 'burst-capacity', 'replenish-rate'].map((name) =>
        first?.get(`x-ratelimit-${name}`),
      ),
    ).toEqual(['149', '1', '150', '150']);
    expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(150);
    expect((await wire.rest('/v1/ticker?markets=KRW-BTC')).headers.get('x-ratelimit-remaining')).toBe('149');
    expect(answers[0]?.headers.get('date')).toMatch(/GMT$/);
  });
});
