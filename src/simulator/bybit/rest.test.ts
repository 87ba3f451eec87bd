import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { coinsNamed, MINUTE } from '../test-kit/trace.ts';
import { type Frame, Wire } from '../test-kit/wire.ts';
import { BYBIT_COINS } from './coins.ts';

let wire: Wire;
beforeAll(async () => {
  wire = await Wire.open({
    venue: 'bybit',
    coins: coinsNamed('BTCUSDT', 'SUIUSDT', '1000PEPEUSDT', '1000SHIBUSDT'),
  });
});
afterAll(() => wire.close());

type Value = Frame['value'];

describe('the REST façade', () => {
  it('puts everything into one envelope', async () => {
    const { status, body } = await wire.rest('/v5/market/time');
    expect([status, Object.keys(body)]).toEqual([200, ['retCode', 'retMsg', 'result', 'retExtInfo', 'time']]);
    expect(Math.floor(body.time / 1000)).toBe(Number(body.result.timeSecond));
    expect(body.result.timeNano.slice(0, 10)).toBe(body.result.timeSecond);
  });

  it('pages linear instruments by a cursor that has to come back as it was, and spot not at all', async () => {
    const path = '/v5/market/instruments-info?category=linear';
    const whole = (await wire.rest(path)).body.result;
    expect(whole.list.map((row: Value) => [row.symbol, row.contractType, row.settleCoin])).toEqual([
      ['BTCUSDT', 'LinearPerpetual', 'USDT'],
      ['SUIUSDT', 'LinearPerpetual', 'USDT'],
      ['1000PEPEUSDT', 'LinearPerpetual', 'USDT'],
      ['SHIB1000USDT', 'LinearPerpetual', 'USDT'],
      ['BTCUSDT-25DEC26', 'LinearFutures', 'USDT'],
      ['BTCPERP', 'LinearPerpetual', 'USDC'],
    ]);
    expect(whole.nextPageCursor).toBe('');
    for (const encode of [encodeURIComponent, (text: string) => text]) {
      const paged: Value[] = [];
      let cursor = '';
      do {
        const page = (await wire.rest(`${path}&limit=4${cursor === '' ? '' : `&cursor=${encode(cursor)}`}`))
          .body.result;
        paged.push(...page.list);
        cursor = page.nextPageCursor;
      } while (cursor !== '');
      expect(paged).toEqual(whole.list);
    }
    const spot = (await wire.rest('/v5/market/instruments-info?category=spot&limit=1')).body.result;
    expect([spot.list.map((row: Value) => row.symbol), 'nextPageCursor' in spot]).toEqual([
      ['BTCUSDT', 'SUIUSDT', 'PEPEUSDT', 'SHIBUSDT'],
      false,
    ]);
    const closed = (await wire.rest(`${path}&status=Closed`)).body.result.list;
    expect(closed.map((row: Value) => [row.symbol, row.status])).toEqual([['EOSUSDT', 'Closed']]);
  });

  it('lists at least fifty of each family, and none twice', () => {
    for (const coins of Object.values(BYBIT_COINS)) {
      expect(coins.length).toBeGreaterThanOrEqual(50);
      expect(new Set(coins.map(({ symbol }) => symbol)).size).toBe(coins.length);
      expect(new Set(coins.map(({ crowd }) => crowd)).size).toBe(coins.length);
    }
  });

  it('keeps quantities on steps of tens', async () => {
    const { list } = (await wire.rest('/v5/market/instruments-info?category=linear&symbol=SUIUSDT')).body
      .result;
    expect([list[0].lotSizeFilter.qtyStep, list[0].lotSizeFilter.minOrderQty]).toEqual(['10', '10']);
    const { b } = (await wire.rest('/v5/market/orderbook?category=linear&symbol=SUIUSDT&limit=50')).body
      .result;
    expect(b.every(([, quantity]: [string, string]) => /^[1-9]\d*0$/.test(quantity))).toBe(true);
    const rows = (await wire.rest('/v5/market/kline?category=linear&symbol=SUIUSDT&interval=1&limit=3')).body
      .result.list;
    for (const [, , high, low, , volume, turnover] of rows) {
      // The open candle of a minute that has just begun.
      if (Number(volume) === 0) continue;
      expect(Number(turnover) / Number(volume)).toBeLessThanOrEqual(Number(high) * 1.000001);
      expect(Number(turnover) / Number(volume)).toBeGreaterThanOrEqual(Number(low) * 0.999999);
    }
  });

  it('tells candles newest first, the open one too, and pages back by end', async () => {
    const path = '/v5/market/kline?category=spot&symbol=BTCUSDT&interval=1';
    const starts = async (query: string) =>
      (await wire.rest(`${path}${query}`)).body.result.list.map((row: Value) => Number(row[0]));
    const latest = await starts('');
    const { body } = await wire.rest('/v5/market/time');
    expect(latest.length).toBe(200);
    expect(latest[0]).toBe(Math.floor(body.time / MINUTE) * MINUTE);
    expect(latest).toEqual(latest.map((_: number, index: number) => latest[0] - index * MINUTE));
    const before = await starts(`&limit=1000&end=${latest[199] - 1}`);
    expect([before.length, before[0]]).toEqual([1000, latest[199] - MINUTE]);
    expect(await starts(`&start=${latest[12]}&end=${latest[10]}`)).toEqual(latest.slice(10, 13));
    expect(await starts(`&start=${latest[12]}&limit=2`)).toEqual([latest[11], latest[12]]);
  });

  it.each([
    ['kline?category=linear&symbol=BTCUSDT&interval=7', 'Invalid period!'],
    ['kline?category=linear&symbol=NOPEUSDT&interval=1', 'params error: Symbol Invalid'],
    ['kline?category=linear&symbol=EOSUSDT&interval=1', 'params error: Symbol Invalid'],
    ['kline?category=linear&symbol=BTCUSDT&interval=1&limit=1001', 'params error: limit is invalid'],
    ['kline?symbol=BTCUSDT&interval=1', 'params error: Category is invalid'],
    ['orderbook?category=spot&symbol=BTCUSDT&limit=0', 'params error: limit is invalid'],
    ['recent-trade?category=spot&symbol=BTCUSDT&limit=61', 'params error: limit is invalid'],
    [
      'funding/history?category=linear&symbol=BTCUSDT&startTime=5',
      'params error: endTime is required with startTime',
    ],
    ['funding/history?category=spot&symbol=BTCUSDT', 'params error: Symbol Invalid'],
    ['instruments-info?category=linear&cursor=page2', 'params error: cursor is invalid'],
  ])('refuses %s with HTTP 200', async (path, retMsg) => {
    const { status, body } = await wire.rest(`/v5/market/${path}`);
    expect([status, body.retCode, body.retMsg]).toEqual([200, 10001, retMsg]);
  });

  it('asks for a key where one is needed', async () => {
    const { status, body } = await wire.rest('/v5/order/realtime?category=linear');
    expect([status, body.retCode]).toEqual([200, 10003]);
  });

  it('answers books from the same market as the truth', async () => {
    const { b, a, u, seq } = (
      await wire.rest('/v5/market/orderbook?category=linear&symbol=BTCUSDT&limit=200')
    ).body.result;
    const { body } = await wire.control(
      'GET',
      `/truth/book?venue=bybit&category=linear&symbol=BTCUSDT&limit=200&updateId=${seq}`,
    );
    expect({ b, a }).toEqual({ b: body.bids, a: body.asks });
    expect(u).toBeGreaterThan(1);
    const one = (await wire.rest('/v5/market/orderbook?category=spot&symbol=BTCUSDT')).body.result;
    const many = (await wire.rest('/v5/market/orderbook?category=linear&symbol=BTCUSDT')).body.result;
    expect([one.b.length, many.b.length]).toEqual([1, 25]);
  });

  it('tells one story: tickers, books and candles agree while the market is paused', async () => {
    await wire.control('POST', '/pause');
    for (const category of ['linear', 'spot']) {
      const [ticker, book, minute] = await Promise.all([
        wire.rest(`/v5/market/tickers?category=${category}&symbol=BTCUSDT`),
        wire.rest(`/v5/market/orderbook?category=${category}&symbol=BTCUSDT&limit=1`),
        wire.rest(`/v5/market/kline?category=${category}&symbol=BTCUSDT&interval=1&limit=1`),
      ]);
      const [row] = ticker.body.result.list;
      expect([[row.bid1Price, row.bid1Size]]).toEqual(book.body.result.b);
      expect([[row.ask1Price, row.ask1Size]]).toEqual(book.body.result.a);
      expect(Number(row.lastPrice)).toBe(Number(minute.body.result.list[0][4]));
    }
    await wire.control('POST', '/resume');
  });

  it('pages funding back, newest first', async () => {
    const path = '/v5/market/funding/history?category=linear&symbol=BTCUSDT';
    const all = (await wire.rest(path)).body.result.list;
    expect(all.length).toBe(200);
    const times = all.map((row: Value) => Number(row.fundingRateTimestamp));
    expect(times).toEqual(times.map((_: number, index: number) => times[0] - index * 8 * 60 * MINUTE));
    const part = (await wire.rest(`${path}&startTime=${times[4]}&endTime=${times[2]}`)).body.result.list;
    expect(part).toEqual(all.slice(2, 5));
  });

  it('shuts the door on an address that asks more than six hundred times in five seconds', async () => {
    const statuses: number[] = [];
    for (let round = 0; round < 13; round++) {
      const answers = await Promise.all(Array.from({ length: 50 }, () => wire.rest('/v5/market/time')));
      statuses.push(...answers.map(({ status }) => status));
    }
    expect(new Set(statuses)).toEqual(new Set([200, 403]));
    wire.skip(9 * MINUTE);
    const { status, body } = await wire.rest('/v5/market/time');
    expect([status, body]).toEqual([403, 'access too frequent']);
    wire.skip(2 * MINUTE);
    expect((await wire.rest('/v5/market/time')).status).toBe(200);
  });
});
