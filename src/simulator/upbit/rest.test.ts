import { get } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nextOpenTime, openTimeAt } from '#shared/domain/interval.ts';
import { exactJson, plainDecimal } from '../test-kit/exact-json.ts';
import { openKoreanWire } from '../test-kit/korean-wire.ts';
import { pause, type Wire } from '../test-kit/wire.ts';

const HOUR = 3_600_000;

let wire: Wire;
beforeEach(async () => {
  wire = await openKoreanWire('upbit', ['BTC', 'DOT', 'PEPE', 'KAIA']);
});
afterEach(() => wire.close());

type Row = Record<string, string>;

/** The answer with every number as plain decimal text. */
async function rows(path: string): Promise<Row[]> {
  const response = await fetch(wire.simulation.address.venues['upbit']?.rest + path);
  return exactJson(await response.text());
}

function timeOf(row: Row | undefined): number {
  return Date.parse(`${row?.['candle_date_time_utc']}Z`);
}

async function truth(topic: string, symbol: string, more = ''): Promise<Row[]> {
  const { body } = await wire.control('GET', `/truth/${topic}?venue=upbit&symbol=${symbol}${more}`);
  return body[topic];
}

describe('markets and prices of Upbit', () => {
  it('lists markets, with their warnings where asked for', async () => {
    const brief = (await wire.rest('/v1/market/all')).body;
    expect(brief).toEqual([
      { market: 'KRW-BTC', korean_name: '비트코인', english_name: 'Bitcoin' },
      { market: 'KRW-DOT', korean_name: '폴카닷', english_name: 'Polkadot' },
      { market: 'KRW-PEPE', korean_name: '페페', english_name: 'Pepe' },
      { market: 'KRW-KAIA', korean_name: '카이아', english_name: 'Kaia' },
    ]);
    const [bitcoin] = (await wire.rest('/v1/market/all?is_details=true')).body;
    expect([bitcoin.market_event.warning, Object.values(bitcoin.market_event.caution)]).toEqual([
      false,
      [false, false, false, false, false],
    ]);
  });

  it('says the tick of the price of now', async () => {
    const { body } = await wire.rest('/v1/orderbook/instruments?markets=KRW-BTC,KRW-DOT,KRW-PEPE');
    expect(body.map((row: Row) => [row['market'], row['quote_currency'], row['tick_size']])).toEqual([
      ['KRW-BTC', 'KRW', '1000'],
      ['KRW-DOT', 'KRW', '5'],
      ['KRW-PEPE', 'KRW', '0.0001'],
    ]);
    expect(body[0].supported_levels).toContain('0');
  });

  it('tells tickers whose day adds up, with dates of both zones', async () => {
    await wire.control('POST', '/pause');
    const [ticker] = await rows('/v1/ticker?markets=KRW-BTC');
    const all = await rows('/v1/ticker/all?quote_currencies=KRW');
    expect(all.map((row) => row['market'])).toEqual(['KRW-BTC', 'KRW-DOT', 'KRW-PEPE', 'KRW-KAIA']);
    const at = new Date(Number(ticker?.['trade_timestamp']));
    const korea = new Date(at.getTime() + 9 * HOUR);
    const compact = (date: Date) => date.toISOString().replaceAll(/[-:]/g, '');
    expect([
      ticker?.['trade_date'],
      ticker?.['trade_time'],
      ticker?.['trade_date_kst'],
      ticker?.['trade_time_kst'],
    ]).toEqual([
      compact(at).slice(0, 8),
      compact(at).slice(9, 15),
      compact(korea).slice(0, 8),
      compact(korea).slice(9, 15),
    ]);
    const [day] = await truth('candles', 'KRW-BTC', '&interval=1d&limit=1');
    expect([ticker?.['opening_price'], ticker?.['high_price']]).toEqual(
      [day?.['open'], day?.['high']].map((text) => plainDecimal(text ?? '')),
    );
  });
});

describe('books of Upbit', () => {
  it('are the true ones, as deep as asked for, padded where a side is thin', async () => {
    await wire.rest('/v1/orderbook?markets=KRW-BTC');
    await pause(300);
    await wire.control('POST', '/pause');
    const [book] = await rows('/v1/orderbook?markets=KRW-BTC&count=5');
    const time = Number(book?.['timestamp']);
    const { body } = await wire.control('GET', `/truth/book?venue=upbit&symbol=KRW-BTC&limit=5&time=${time}`);
    const units = book?.['orderbook_units'] as unknown as Row[];
    const told = (side: string) => units.map((unit) => [unit[`${side}_price`], unit[`${side}_size`]]);
    const exact = (levels: [string, string][]) => levels.map((level) => level.map(plainDecimal));
    expect({ bids: told('bid'), asks: told('ask') }).toEqual({
      bids: exact(body.bids),
      asks: exact(body.asks),
    });
    const deep = (await wire.rest('/v1/orderbook?markets=KRW-BTC,KRW-KAIA')).body;
    expect(deep[0].orderbook_units.length).toBe(30);
    expect(deep[1].orderbook_units.length).toBeLessThan(30);
  });
});

describe('trades of Upbit', () => {
  it('come newest first, one by default, and page without a hole by cursor', async () => {
    expect((await rows('/v1/trades/ticks?market=KRW-BTC')).length).toBe(1);
    const whole = await rows('/v1/trades/ticks?market=KRW-BTC&count=120');
    const cursor = whole[39]?.['sequential_id'];
    const next = await rows(`/v1/trades/ticks?market=KRW-BTC&count=80&cursor=${cursor}`);
    const ids = whole.map((row) => row['sequential_id'] as string);
    expect(next.map((row) => row['sequential_id'])).toEqual(ids.slice(40));
    expect(ids.every((id) => id.length === 17)).toBe(true);
    expect(ids).toEqual(ids.toSorted().toReversed());
    const known = await truth('trades', 'KRW-BTC', '&limit=1000');
    const byId = new Map(
      known.map((row) => [`${row['time']}${String(Number(row['id']) % 10_000).padStart(4, '0')}`, row]),
    );
    const told = whole.map((row) => [
      row['trade_price'],
      row['trade_volume'],
      row['ask_bid'] === 'ASK' ? 'sell' : 'buy',
    ]);
    expect(told).toEqual(
      ids.map((id) => {
        const row = byId.get(id) as Row;
        return [plainDecimal(row['price'] as string), plainDecimal(row['quantity'] as string), row['side']];
      }),
    );
  });

  it('of earlier days end at the time asked for', async () => {
    const page = await rows('/v1/trades/ticks?market=KRW-BTC&count=50&days_ago=2&to=03:04:05');
    expect(page.length).toBe(50);
    expect(page[0]?.['trade_time_utc']?.localeCompare('03:04:05')).toBeLessThan(1);
    expect(new Set(page.map((row) => row['trade_date_utc'])).size).toBe(1);
  });
});

describe('candles of Upbit', () => {
  it.each([
    ['minutes/1', '1m', 200],
    ['minutes/15', '15m', 60],
    ['minutes/240', '4h', 20],
    ['days', '1d', 5],
    ['weeks', '1w', 3],
    ['months', '1M', 2],
  ] as const)('of %s are the true ones, newest first', async (path, interval, count) => {
    const page = await rows(`/v1/candles/${path}?market=KRW-DOT&count=${count}`);
    const known = (
      await truth('candles', 'KRW-DOT', `&interval=${interval}&limit=${count + 2}`)
    ).toReversed();
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
    // The open one may move on between the two looks.
    expect(told.slice(1)).toEqual(
      known
        .slice(at + 1, at + count)
        .map((row) => [
          Number(row['openTime']),
          ...['open', 'high', 'low', 'close', 'volume', 'quoteVolume'].map((name) =>
            plainDecimal(row[name] as string),
          ),
        ]),
    );
    expect([page.length, page[0]?.['unit']]).toEqual([count, path.split('/')[1]]);
  });

  it('of seconds are the fold of their trades and absent where there were none', async () => {
    const page = await rows('/v1/candles/seconds?market=KRW-BTC&count=200');
    const times = page.map(timeOf);
    expect(times).toEqual(times.toSorted((a, b) => b - a));
    expect(new Set(times).size).toBe(200);
    expect((times[0] as number) - (times[199] as number)).toBeGreaterThan(200_000);
    const trades = await truth('trades', 'KRW-BTC', '&limit=1000');
    const one = page[50] as Row;
    const inside = trades.filter((row) => openTimeAt('1s', Number(row['time'])) === timeOf(one));
    expect([one['opening_price'], one['trade_price']]).toEqual(
      [inside[0]?.['price'], inside.at(-1)?.['price']].map((text) => plainDecimal(text ?? '')),
    );
  });

  it('are one by default and 200 at most, and page backwards by `to`, which is exclusive', async () => {
    expect((await rows('/v1/candles/minutes/5?market=KRW-BTC')).length).toBe(1);
    const page = await rows('/v1/candles/minutes/5?market=KRW-BTC&count=500');
    expect(page.length).toBe(200);
    const oldest = page.at(-1)?.['candle_date_time_utc'] as string;
    const before = Date.parse(`${oldest}Z`) - 300_000;
    for (const to of [
      oldest,
      `${oldest}Z`,
      oldest.replace('T', ' '),
      encodeURIComponent(`${new Date(Date.parse(`${oldest}Z`) + 9 * HOUR).toISOString().slice(0, 19)}+09:00`),
    ]) {
      const [first] = await rows(`/v1/candles/minutes/5?market=KRW-BTC&to=${to}`);
      expect(timeOf(first)).toBe(before);
    }
  });

  it('leave out what nothing traded in, so that a page reaches further back', async () => {
    await wire.control('POST', '/activity', { multiplier: 0 });
    await wire.rest('/v1/ticker?markets=KRW-DOT');
    wire.skip(20 * 60_000);
    await expect
      .poll(async () => (await wire.control('GET', '/stats')).body.lagMs, { timeout: 8000 })
      .toBeLessThan(100);
    const page = await rows('/v1/candles/minutes/1?market=KRW-DOT&count=3');
    const { now } = (await wire.control('GET', '/stats')).body;
    expect(now - timeOf(page[0])).toBeGreaterThan(19 * 60_000);
    expect(timeOf(page[0]) - timeOf(page[1])).toBe(60_000);
  });

  it('of days tell the close before theirs, of longer periods their first day', async () => {
    const days = await rows('/v1/candles/days?market=KRW-BTC&count=3');
    expect(days.slice(0, 2).map((row) => row['prev_closing_price'])).toEqual(
      days.slice(1).map((row) => row['trade_price']),
    );
    const [month] = await rows('/v1/candles/months?market=KRW-BTC');
    expect(month?.['first_day_of_period']).toBe(month?.['candle_date_time_utc']?.slice(0, 10));
    const weeks = await rows('/v1/candles/weeks?market=KRW-BTC&count=2');
    expect(nextOpenTime('1w', timeOf(weeks[1]))).toBe(timeOf(weeks[0]));
    const [year] = await rows('/v1/candles/years?market=KRW-BTC');
    expect(year?.['candle_date_time_utc']).toMatch(/-01-01T00:00:00$/);
  });
});

describe('refusals and limits of Upbit', () => {
  it.each([
    ['/v1/ticker?markets=KRW-BTC,KRW-NOPE', 404, { name: 404, message: 'Code not found' }],
    ['/v1/orderbook?markets=krw-btc', 404, { name: 404, message: 'Code not found' }],
    ['/v1/candles/days?market=KRW-NOPE', 404, { name: 404, message: 'Code not found' }],
    [
      '/v1/ticker',
      400,
      { name: 400, message: 'Missing request parameter error. Check the required parameters!' },
    ],
    ['/v1/candles/minutes/7?market=KRW-BTC', 400, expect.objectContaining({ name: 400 })],
    ['/v1/candles/minutes/1?market=KRW-BTC&count=x', 400, expect.objectContaining({ name: 400 })],
    ['/v1/candles/minutes/1?market=KRW-BTC&to=today', 400, expect.objectContaining({ name: 400 })],
    ['/v1/nope', 404, expect.objectContaining({ name: 404 })],
  ])('answers %s with %i', async (path, status, error) => {
    const answer = await wire.rest(path);
    expect([answer.status, answer.body]).toEqual([status, { error }]);
  });

  it('counts ten a second for each group, then 429, then blocks with 418 for ever longer', async () => {
    const ask = () => wire.rest('/v1/market/all');
    const burst = async () => {
      const answers = await Promise.all(Array.from({ length: 25 }, ask));
      return { answers, granted: answers.filter(({ status }) => status === 200) };
    };
    let { answers, granted } = await burst();
    // Two seconds may have shared them; a quiet one later all is forgiven, and it does not happen twice.
    if (granted.length !== 10) {
      wire.skip(2500);
      ({ answers, granted } = await burst());
    }
    expect(granted.length).toBe(10);
    const limited = answers.find(({ status }) => status === 429);
    expect(granted.length).toBe(10);
    expect(granted[0]?.headers.get('remaining-req')).toBe('group=market; min=600; sec=9');
    expect(limited?.headers.get('remaining-req')).toBe('group=market; min=600; sec=0');
    expect(limited?.body.error.name).toBe('too_many_requests');
    const rest = await Promise.all(Array.from({ length: 40 }, ask));
    const blocked = rest.find(({ status }) => status === 418) as (typeof rest)[number];
    expect([blocked.status, blocked.body.error.message]).toEqual([
      418,
      expect.stringMatching(/\b10 seconds/),
    ]);
    expect((await wire.rest('/v1/ticker?markets=KRW-BTC')).status).toBe(418);
    wire.skip(10_001);
    expect((await ask()).status).toBe(200);
  });

  it('tells its time in the Date header alone, and lets an Origin ask once in ten seconds', async () => {
    const { headers } = await wire.rest('/v1/market/all');
    const { now } = (await wire.control('GET', '/stats')).body;
    expect(Math.abs(Date.parse(headers.get('date') ?? '') - now)).toBeLessThan(1500);
    const rest = wire.simulation.address.venues['upbit']?.rest;
    const fromPage = () =>
      new Promise((resolve) => {
        // Not `fetch`, which may not set this header.
        get(`${rest}/v1/market/all`, { headers: { origin: 'http://localhost' } }, (response) => {
          response.resume();
          resolve(response.statusCode);
        });
      });
    expect([await fromPage(), await fromPage(), (await wire.rest('/v1/market/all')).status]).toEqual([
      200, 429, 200,
    ]);
  });
});

describe('the oracle of the premium', () => {
  it('tells the rate and the premium, now and then, and the rate alone as a source would', async () => {
    const { body } = await wire.control('GET', '/truth/fx');
    expect(body).toEqual({
      time: expect.any(Number),
      krwPerUsd: expect.any(Number),
      premiums: { upbit: expect.any(Number) },
    });
    const source = (await wire.control('GET', `/fx?time=${body.time}`)).body;
    expect(source).toEqual({ base: 'USD', quote: 'KRW', krwPerUsd: body.krwPerUsd, asOf: body.time });
    expect((await wire.control('GET', '/fx?time=soon')).status).toBe(400);
  });
});
