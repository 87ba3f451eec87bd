import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { coinsNamed, MINUTE } from '../test-kit/trace.ts';
import { Wire } from '../test-kit/wire.ts';

let wire: Wire;
beforeAll(async () => {
  wire = await Wire.open({ coins: coinsNamed('BTCUSDT', 'SOLUSDT') });
});
afterAll(() => wire.close());

describe('the REST façade', () => {
  it('lists perpetuals with their filters, and what a client has to filter out', async () => {
    const { body } = await wire.rest('/fapi/v1/exchangeInfo');
    const rows = body.symbols.map((row: Record<string, unknown>) => [
      row['symbol'],
      row['contractType'],
      row['status'],
    ]);
    expect(rows).toEqual([
      ['BTCUSDT', 'PERPETUAL', 'TRADING'],
      ['SOLUSDT', 'PERPETUAL', 'TRADING'],
      ['BTCUSDT_261225', 'CURRENT_QUARTER', 'TRADING'],
      ['EOSUSDT', 'PERPETUAL', 'SETTLING'],
    ]);
    const filters = Object.fromEntries(
      body.symbols[0].filters.map((filter: { filterType: string }) => [filter.filterType, filter]),
    );
    expect(filters).toMatchObject({
      PRICE_FILTER: { tickSize: '0.10' },
      LOT_SIZE: { stepSize: '0.001', minQty: '0.001', maxQty: '100' },
      MARKET_LOT_SIZE: { stepSize: '0.001', minQty: '0.001' },
      MAX_NUM_ORDERS: { limit: 200 },
      MIN_NOTIONAL: { notional: '50' },
      PERCENT_PRICE: { multiplierDecimal: '4' },
      POSITION_RISK_CONTROL: {},
    });
    expect(body.rateLimits[0]).toEqual({
      rateLimitType: 'REQUEST_WEIGHT',
      interval: 'MINUTE',
      intervalNum: 1,
      limit: 2400,
    });
  });

  it('pages candles forward without holes or overlaps, back to the first one', async () => {
    const { body: info } = await wire.rest('/fapi/v1/exchangeInfo');
    const onboard = info.symbols[0].onboardDate;
    const path = '/fapi/v1/klines?symbol=SOLUSDT&interval=1m';
    const first = (await wire.rest(`${path}&startTime=0&limit=1500`)).body;
    expect([first.length, first[0][0], first[0][6]]).toEqual([1500, onboard, onboard + MINUTE - 1]);
    const second = (await wire.rest(`${path}&startTime=${first[1499][0] + MINUTE}&limit=2`)).body;
    expect(second[0][0]).toBe(first[1499][0] + MINUTE);
    const between = (await wire.rest(`${path}&startTime=${first[10][0]}&endTime=${first[12][0]}`)).body;
    expect(between).toEqual(first.slice(10, 13));
    expect((await wire.rest(`${path}&endTime=${onboard - 1}`)).body).toEqual([]);
    const latest = (await wire.rest(`${path}&limit=3`)).body;
    const { body: clock } = await wire.rest('/fapi/v1/time');
    expect(latest[2][6]).toBeGreaterThanOrEqual(clock.serverTime);
    expect(latest[1][6]).toBeLessThan(clock.serverTime);
  });

  it.each([
    ['/fapi/v1/klines?symbol=BTCUSDT&interval=1s', 400, -1120],
    ['/fapi/v1/klines?symbol=NOPEUSDT&interval=1m', 400, -1121],
    ['/fapi/v1/klines?symbol=EOSUSDT&interval=1m', 400, -1122],
    ['/fapi/v1/klines?symbol=BTCUSDT&interval=1m&limit=1501', 400, -1130],
    ['/fapi/v1/klines?symbol=BTCUSDT&interval=1m&limit=0', 400, -1130],
    ['/fapi/v1/klines?interval=1m', 400, -1102],
    ['/fapi/v1/klines?symbol=BTCUSDT&interval=1m&startTime=5&endTime=4', 400, -1023],
    ['/fapi/v1/depth?symbol=BTCUSDT&limit=7', 400, -4021],
    ['/fapi/v1/nowhere', 404, -5000],
  ])('refuses %s', async (path, status, code) => {
    const answer = await wire.rest(path);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  it('counts weight as the venue’s table says', async () => {
    const used = async (path: string) => Number((await wire.rest(path)).headers.get('x-mbx-used-weight-1m'));
    const costs: Record<string, number> = {
      '/fapi/v1/ping': 1,
      '/fapi/v1/klines?symbol=BTCUSDT&interval=1m&limit=99': 1,
      '/fapi/v1/klines?symbol=BTCUSDT&interval=1m&limit=499': 2,
      '/fapi/v1/klines?symbol=BTCUSDT&interval=1m&limit=1000': 5,
      '/fapi/v1/klines?symbol=BTCUSDT&interval=1m&limit=1500': 10,
      '/fapi/v1/depth?symbol=BTCUSDT&limit=50': 2,
      '/fapi/v1/depth?symbol=BTCUSDT&limit=1000': 20,
      '/fapi/v1/aggTrades?symbol=BTCUSDT&limit=5': 20,
      '/fapi/v1/ticker/24hr?symbol=BTCUSDT': 1,
      '/fapi/v1/ticker/24hr': 40,
      '/fapi/v1/ticker/bookTicker': 5,
      '/fapi/v1/premiumIndex': 10,
    };
    const measured: Record<string, number> = {};
    // A fresh minute, so that it does not end in the middle of the counting.
    wire.skip(MINUTE - ((await wire.rest('/fapi/v1/time')).body.serverTime % MINUTE));
    let before = await used('/fapi/v1/ping');
    for (const path of Object.keys(costs)) {
      const after = await used(path);
      measured[path] = after - before;
      before = after;
    }
    expect(measured).toEqual(costs);
    expect(
      (await wire.rest('/fapi/v1/fundingRate?symbol=BTCUSDT')).headers.get('x-mbx-used-weight-1m'),
    ).toBeNull();
  });

  it('answers 429 beyond the budget and bans who goes on', async () => {
    const statuses: number[] = [];
    for (let call = 0; call < 90; call++) statuses.push((await wire.rest('/fapi/v1/ticker/24hr')).status);
    const refused = await wire.rest('/fapi/v1/ping');
    expect([statuses[0], statuses.includes(429), refused.status, refused.body.code]).toEqual([
      200,
      true,
      418,
      -1003,
    ]);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(60);
    wire.skip(3 * MINUTE);
    expect((await wire.rest('/fapi/v1/ping')).status).toBe(200);
  });

  it('pages aggregate trades by id and by time', async () => {
    const path = '/fapi/v1/aggTrades?symbol=BTCUSDT';
    const latest = (await wire.rest(`${path}&limit=10`)).body;
    const from = (await wire.rest(`${path}&fromId=${latest[0].a - 100}&limit=101`)).body;
    expect([from.length, from[0].a, from[100]]).toEqual([101, latest[0].a - 100, latest[0]]);
    const window = (await wire.rest(`${path}&startTime=${from[10].T}&endTime=${from[60].T}`)).body;
    expect(window.every((trade: { T: number }) => trade.T >= from[10].T && trade.T <= from[60].T)).toBe(true);
    expect(window.length).toBeGreaterThanOrEqual(51);
  });

  it('tells one story: ticker, price, top of book and candles agree while the market is paused', async () => {
    await wire.control('POST', '/pause');
    const [day, price, top, depth, minute] = await Promise.all([
      wire.rest('/fapi/v1/ticker/24hr?symbol=BTCUSDT'),
      wire.rest('/fapi/v1/ticker/price?symbol=BTCUSDT'),
      wire.rest('/fapi/v1/ticker/bookTicker?symbol=BTCUSDT'),
      wire.rest('/fapi/v1/depth?symbol=BTCUSDT&limit=5'),
      wire.rest('/fapi/v1/klines?symbol=BTCUSDT&interval=1m&limit=1'),
    ]);
    expect(price.body.price).toBe(day.body.lastPrice);
    expect(minute.body[0][4]).toBe(day.body.lastPrice);
    expect([top.body.bidPrice, top.body.bidQty]).toEqual(depth.body.bids[0]);
    expect([top.body.askPrice, top.body.askQty]).toEqual(depth.body.asks[0]);
    expect(day.body.count).toBe(day.body.lastId - day.body.firstId + 1);
    await wire.control('POST', '/resume');
  });
});
