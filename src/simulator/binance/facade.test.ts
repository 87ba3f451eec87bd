import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { coinsNamed, MINUTE } from '../test-kit/trace.ts';
import { pause, Wire } from '../test-kit/wire.ts';

let wire: Wire;
afterEach(() => wire.close());

describe('the WebSocket façade', () => {
  beforeEach(async () => {
    wire = await Wire.open({ coins: coinsNamed('BTCUSDT', 'ETHUSDT') });
    await wire.control('POST', '/activity', { multiplier: 10 });
  });

  it('acknowledges, lists and forgets subscriptions, raw on /ws', async () => {
    const client = await wire.connect('/market/ws').open();
    const params = ['btcusdt@aggTrade', 'nosuch@aggTrade'];
    expect(await client.ask({ method: 'SUBSCRIBE', params, id: 1 })).toEqual({ result: null, id: 1 });
    const event = await client.next('a trade', (value) => value.e === 'aggTrade');
    expect(Object.keys(event)).toEqual(['e', 'E', 'a', 's', 'p', 'q', 'nq', 'f', 'l', 'T', 'm', 'st']);
    expect(event).toMatchObject({ s: 'BTCUSDT', st: 1 });
    expect(event.p).toMatch(/^\d+\.\d{2}$/);
    expect(await client.ask({ method: 'LIST_SUBSCRIPTIONS', id: 2 })).toEqual({ result: params, id: 2 });
    expect(await client.ask({ method: 'UNSUBSCRIBE', params, id: 3 })).toEqual({ result: null, id: 3 });
    expect(await client.ask({ method: 'LIST_SUBSCRIPTIONS', id: 4 })).toEqual({ result: [], id: 4 });
    const before = client.frames.length;
    await pause(500);
    expect(client.frames.slice(before)).toEqual([]);
  });

  it('wraps events on /stream, and as the combined property says', async () => {
    const client = await wire.connect('/public/stream?streams=btcusdt@bookTicker').open();
    const wrapped = await client.next('a wrapped event', (value) => value.stream !== undefined);
    expect(wrapped).toMatchObject({ stream: 'btcusdt@bookTicker', data: { e: 'bookTicker', s: 'BTCUSDT' } });
    expect(await client.ask({ method: 'GET_PROPERTY', params: ['combined'], id: 5 })).toEqual({
      result: true,
      id: 5,
    });
    const set = { method: 'SET_PROPERTY', params: ['combined', false], id: 6 };
    expect(await client.ask(set)).toEqual({ result: null, id: 6 });
    await client.next('a bare event', (value) => value.e === 'bookTicker');
  });

  it('answers malformed requests with the venue’s errors and stays open', async () => {
    const client = await wire.connect('/market/ws').open();
    const answers = [];
    for (const frame of [
      '{"method":',
      { method: 'SUBSCRIBES', id: 1 },
      { method: 'SUBSCRIBE', params: ['btcusdt@aggTrade'], id: 'one' },
      { params: [], id: 1 },
      { method: 'GET_PROPERTY', params: ['speed'], id: 2 },
      { method: 'SET_PROPERTY', params: ['combined', 'yes'], id: 3 },
      { method: 'SET_PROPERTY', params: [true], id: 4 },
      { method: 'SET_PROPERTY', params: ['combined', true, true], id: 5 },
    ]) {
      answers.push(await client.ask(frame));
    }
    expect(answers).toEqual([
      { code: 3, msg: 'Invalid JSON: expected value at line 1 column 1' },
      {
        code: 2,
        msg: 'Invalid request: unknown variant `SUBSCRIBES`, expected one of `SUBSCRIBE`, `UNSUBSCRIBE`, `LIST_SUBSCRIPTIONS`, `SET_PROPERTY`, `GET_PROPERTY`',
      },
      { code: 2, msg: 'Invalid request: request ID must be an unsigned integer' },
      { code: 2, msg: 'Invalid request: missing field `method`' },
      { code: 0, msg: 'Unknown property' },
      { code: 1, msg: 'Invalid value type: expected Boolean' },
      { code: 2, msg: 'Invalid request: property name must be a string' },
      { code: 2, msg: 'Invalid request: too many parameters' },
    ]);
    expect(client.closed).toBeUndefined();
  });

  it('acknowledges streams of another route and stays silent, the un-routed paths too', async () => {
    const wrong = await wire.connect('/public/ws').open();
    const params = ['btcusdt@aggTrade', 'btcusdt@kline_1m', 'btcusdt@markPrice@1s', 'BTCUSDT@bookTicker'];
    expect(await wrong.ask({ method: 'SUBSCRIBE', params, id: 1 })).toEqual({ result: null, id: 1 });
    const unrouted = await wire.connect('/ws/btcusdt@markPrice@1s/btcusdt@bookTicker').open();
    await unrouted.next('a public event', (value) => value.e === 'bookTicker');
    const secret = await wire.connect('/private/ws?listenKey=bogus').open();
    await pause(1500);
    expect(wrong.frames.length).toBe(1);
    expect(secret.frames.length).toBe(0);
    expect(unrouted.frames.filter(({ value }) => value.e !== 'bookTicker')).toEqual([]);
  });

  it('tolerates tails behind /ws that name no stream, and refuses unknown paths', async () => {
    const client = await wire.connect('/public/ws/1').open();
    expect(await client.ask({ method: 'LIST_SUBSCRIPTIONS', id: 1 })).toEqual({ result: [], id: 1 });
    const lost = wire.connect('/nowhere');
    await lost.until('a refusal', () => lost.failed);
    expect(lost.failed).toContain('404');
  });

  it('closes a connection that sends more than ten messages in a second', async () => {
    const client = await wire.connect('/market/ws').open();
    for (let id = 1; id <= 11; id++) client.ws.send(JSON.stringify({ method: 'LIST_SUBSCRIPTIONS', id }));
    const closed = await client.until('the close', () => client.closed);
    expect(closed.code).toBe(1008);
    expect(client.frames.length).toBe(10);
  });

  it('pings every three minutes, drops who does not answer, and lets nobody live longer than a day', async () => {
    await wire.control('POST', '/pause');
    const good = await wire.connect('/market/ws').open();
    const mute = await wire.connect('/market/ws', { autoPong: false }).open();
    wire.skip(3 * MINUTE + 1000);
    await good.until('a ping', () => good.pings.length === 1);
    await mute.until('a ping', () => mute.pings.length === 1);
    await pause(300);
    wire.skip(10 * MINUTE);
    await mute.until('the end', () => mute.closed);
    expect(mute.closed?.code).toBe(1006);
    expect(good.closed).toBeUndefined();
    wire.skip(24 * 60 * MINUTE);
    await good.until('the end of the day', () => good.closed);
    expect(good.closed?.code).toBe(1001);
  });

  it('cuts off a consumer that has stopped reading', async () => {
    const streams = ['btcusdt', 'ethusdt'].flatMap((symbol) => [
      `${symbol}@bookTicker`,
      `${symbol}@depth20@100ms`,
    ]);
    const slow = await wire.connect(`/public/stream?streams=${streams.join('/')}`).open();
    await wire.control('POST', '/activity', { multiplier: 1000 });
    slow.ws.pause();
    const connected = async () =>
      (await wire.control('GET', '/stats')).body.venues.binance.connections.length;
    for (let tries = 0; tries < 200 && (await connected()) > 0; tries++) await pause(100);
    expect(await connected()).toBe(0);
  });

  it('mixes COIN-M rows into all-market arrays, told apart by st', async () => {
    const client = await wire.connect('/market/ws/!markPrice@arr@1s/!ticker@arr').open();
    for (const kind of ['markPriceUpdate', '24hrTicker']) {
      const rows = await client.next(kind, (value) => Array.isArray(value) && value[0].e === kind);
      const named = (st: number) =>
        rows.filter((row: { st: number }) => row.st === st).map((row: { s: string }) => row.s);
      expect(named(1).every((symbol: string) => symbol.endsWith('USDT'))).toBe(true);
      expect(named(2)).toEqual(['BTCUSD_PERP', 'BTCUSD_261225', 'ETHUSD_PERP']);
    }
  });

  it('sends partial books that equal the truth at their update id', async () => {
    const client = await wire.connect('/public/ws/btcusdt@depth10@100ms').open();
    const event = await client.next('a partial book', (value) => value.e === 'depthUpdate');
    const { body } = await wire.control('GET', `/truth/book?symbol=BTCUSDT&limit=10&updateId=${event.u}`);
    expect({ b: event.b, a: event.a }).toEqual({ b: body.bids, a: body.asks });
  });

  it.each([['btcusdt@depth@100ms'], ['btcusdt@depth'], ['btcusdt@depth@500ms']])(
    'chains %s so that a REST snapshot becomes the true book',
    async (stream) => {
      const client = await wire.connect(`/public/ws/${stream}`).open();
      await client.next('a first diff', (value) => value.e === 'depthUpdate');
      const snapshot = (await wire.rest('/fapi/v1/depth?symbol=BTCUSDT&limit=1000')).body;
      const bids = new Map<string, string>(snapshot.bids);
      const asks = new Map<string, string>(snapshot.asks);
      let lastId: number = snapshot.lastUpdateId;
      await client.until('more diffs', () => client.frames.length >= 8);
      const put = (side: Map<string, string>, levels: [string, string][]) => {
        for (const [price, quantity] of levels) {
          if (Number(quantity) === 0) side.delete(price);
          else side.set(price, quantity);
        }
      };
      let previous: number | undefined;
      for (const { value: diff } of [...client.frames]) {
        if (previous !== undefined) expect(diff.pu).toBe(previous);
        previous = diff.u;
        if (diff.u < snapshot.lastUpdateId) continue;
        put(bids, diff.b);
        put(asks, diff.a);
        lastId = diff.u;
      }
      expect(lastId).toBeGreaterThan(snapshot.lastUpdateId);
      const { body } = await wire.control('GET', `/truth/book?symbol=BTCUSDT&updateId=${lastId}&limit=300`);
      const best = (side: Map<string, string>, sign: number) =>
        [...side].sort((x, y) => (Number(x[0]) - Number(y[0])) * sign).slice(0, 300);
      expect({ bids: best(bids, -1), asks: best(asks, 1) }).toEqual({ bids: body.bids, asks: body.asks });
    },
  );
});

describe('candles on the wire', () => {
  it('close once, agree with REST and with the trades to the last digit, and go on at the next open time', async () => {
    wire = await Wire.open({ coins: coinsNamed('BTCUSDT'), speed: 60 });
    const streams = 'btcusdt@kline_1m/btcusdt@kline_3m/btcusdt@aggTrade';
    const client = await wire.connect(`/market/stream?streams=${streams}`).open();
    const klines = (interval: string) =>
      client.frames.filter(({ value }) => value.data?.k?.i === interval).map(({ value }) => value.data);
    const closed = (interval: string) => klines(interval).filter((event) => event.k.x);
    await client.until('four closed minutes', () => closed('1m').length >= 4 && closed('3m').length >= 1);
    const ended = closed('1m').slice(1);
    const openTimes = ended.map((event) => event.k.t);
    expect(openTimes).toEqual(openTimes.map((_, index) => openTimes[0] + index * MINUTE));
    for (const { E, k } of ended) {
      expect(E).toBe(k.T + 1);
      const rows = await wire.rest(`/fapi/v1/klines?symbol=BTCUSDT&interval=1m&startTime=${k.t}&limit=1`);
      expect(rows.body[0]).toEqual([k.t, k.o, k.h, k.l, k.c, k.v, k.T, k.q, k.n, k.V, k.Q, '0']);
      const trades = client.frames
        .map(({ value }) => value.data)
        .filter((event) => event?.e === 'aggTrade' && event.T >= k.t && event.T <= k.T);
      const steps = trades.reduce((sum, trade) => sum + Math.round(Number(trade.q) * 1000), 0);
      const prices = trades.map((trade) => Number(trade.p));
      expect({
        o: trades[0].p,
        c: trades.at(-1).p,
        h: Math.max(...prices),
        l: Math.min(...prices),
        v: steps,
        n: trades.reduce((sum, trade) => sum + trade.l - trade.f + 1, 0),
        f: trades[0].f,
        L: trades.at(-1).l,
      }).toEqual({
        o: k.o,
        c: k.c,
        h: Number(k.h),
        l: Number(k.l),
        v: Math.round(Number(k.v) * 1000),
        n: k.n,
        f: k.f,
        L: k.L,
      });
    }
    // After a close, every frame of the interval belongs to a later candle.
    const all = klines('1m');
    const late = all.filter((event, index) =>
      all.slice(0, index).some((other) => other.k.x && other.k.t >= event.k.t),
    );
    expect(late).toEqual([]);
  });

  it('close empty when nothing traded', async () => {
    wire = await Wire.open({ coins: coinsNamed('NEARUSDT'), speed: 200 });
    await wire.control('POST', '/activity', { multiplier: 0 });
    const client = await wire.connect('/market/ws/nearusdt@kline_1m').open();
    await client.until('two closes', () => client.frames.filter(({ value }) => value.k.x).length >= 2);
    const [, last] = client.frames.filter(({ value }) => value.k.x).map(({ value }) => value.k);
    expect(last).toMatchObject({ n: 0, f: -1, L: -1, v: '0', q: '0.0000', x: true });
    expect(new Set([last.o, last.h, last.l, last.c]).size).toBe(1);
  });
});
