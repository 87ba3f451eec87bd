import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { coinsNamed, MINUTE } from '../test-kit/trace.ts';
import { type Frame, pause, Wire, type WireClient } from '../test-kit/wire.ts';

let wire: Wire;
afterEach(() => wire.close());

type Value = Frame['value'];

function told(client: WireClient, topic: string): Value[] {
  return client.frames.map(({ value }) => value).filter((value) => value?.topic === topic);
}

const truthOf = (category: string, symbol: string) => `venue=bybit&category=${category}&symbol=${symbol}`;

describe('the public WebSockets', () => {
  beforeEach(async () => {
    wire = await Wire.open({ venue: 'bybit', coins: coinsNamed('BTCUSDT', 'ETHUSDT') });
    await wire.control('POST', '/activity', { multiplier: 10 });
  });

  it.each([
    ['linear', '', { req_id: '' }],
    ['spot', 'subscribe', {}],
  ])('answers on %s as that family does', async (family, ret_msg, withoutId) => {
    const client = await wire.connect(`/v5/public/${family}`).open();
    const args = ['publicTrade.BTCUSDT'];
    const conn_id = `sim-${family}-1`;
    expect([
      await client.ask({ op: 'subscribe', args, req_id: 'r1' }),
      await client.ask({ op: 'ping', req_id: 'p1' }),
      await client.ask({ op: 'ping' }),
      await client.ask({ op: 'unsubscribe', args, req_id: 'r2' }),
    ]).toEqual([
      { success: true, ret_msg, conn_id, req_id: 'r1', op: 'subscribe' },
      { success: true, ret_msg: 'pong', conn_id, req_id: 'p1', op: 'ping' },
      { success: true, ret_msg: 'pong', conn_id, ...withoutId, op: 'ping' },
      {
        success: true,
        ret_msg: family === 'spot' ? 'unsubscribe' : '',
        conn_id,
        req_id: 'r2',
        op: 'unsubscribe',
      },
    ]);
    const before = client.frames.length;
    await pause(400);
    expect(client.frames.slice(before)).toEqual([]);
  });

  it('refuses a whole request for one bad topic, and stays open', async () => {
    const linear = await wire.connect('/v5/public/linear').open();
    const spot = await wire.connect('/v5/public/spot').open();
    const say = async (client: WireClient, frame: unknown) => ((await client.ask(frame)) as Value).ret_msg;
    const subscribe = (...args: string[]) => ({ op: 'subscribe', args });
    expect([
      await say(linear, subscribe('publicTrade.BTCUSDT', 'orderbook.7.BTCUSDT')),
      await say(linear, subscribe('publicTrade.BTCUSDT', 'publicTrade.NOPEUSDT')),
      await say(spot, subscribe('publicTrade.BTCUSDT', 'tickers.NOPEUSDT')),
      await say(linear, subscribe('publicTrade.ETHUSDT', 'publicTrade.ETHUSDT')),
      await say(linear, subscribe()),
      await say(linear, { op: 'explode' }),
      await say(linear, '{"op":'),
      await say(spot, subscribe(...Array.from({ length: 11 }, () => 'tickers.BTCUSDT'))),
      await say(linear, subscribe(...Array.from({ length: 11 }, (_, index) => `kline.${index}.BTCUSDT`))),
    ]).toEqual([
      'error:handler not found,topic:orderbook.7.BTCUSDT',
      'error:handler not found,topic:publicTrade.NOPEUSDT',
      'Invalid symbol :[tickers.NOPEUSDT]',
      'error:already subscribed,topic:publicTrade.ETHUSDT',
      'error:args is empty',
      'error:invalid op',
      'error:request can not be decoded as JSON',
      'args size >10',
      'error:handler not found,topic:kline.0.BTCUSDT',
    ]);
    await pause(300);
    expect([linear, spot].map((client) => client.frames.filter(({ value }) => value.topic).length)).toEqual([
      0, 0,
    ]);
    expect(await say(linear, subscribe('publicTrade.BTCUSDT'))).toBe('');
    expect(await say(linear, subscribe('publicTrade.BTCUSDT'))).toBe(
      'error:already subscribed,topic:publicTrade.BTCUSDT',
    );
  });

  it('spells prices and orders keys as each family does', async () => {
    const shapes: Record<string, unknown> = {};
    for (const family of ['linear', 'spot']) {
      const client = await wire.connect(`/v5/public/${family}`).open();
      const topics = ['orderbook.1', 'orderbook.50', 'publicTrade', 'kline.1', 'tickers'].map(
        (kind) => `${kind}.BTCUSDT`,
      );
      client.ws.send(JSON.stringify({ op: 'subscribe', args: topics }));
      await client.until('all topics', () => topics.every((topic) => told(client, topic).length > 0));
      shapes[family] = topics.map((topic) => Object.keys(told(client, topic)[0]).join(' '));
      const trade = told(client, 'publicTrade.BTCUSDT')[0].data[0];
      shapes[`${family} trade`] = Object.keys(trade).join(' ');
      expect(trade.p).toMatch(family === 'linear' ? /^\d+\.\d0$/ : /^\d+(\.\d)?$/);
      expect(trade.i).toMatch(
        family === 'linear' ? /^[\da-f]{8}-[\da-f]{4}-5[\da-f]{3}-b[\da-f]{3}-[\da-f]{12}$/ : /^229\d{16}$/,
      );
    }
    expect(shapes).toEqual({
      linear: [
        'topic ts type data cts',
        'topic type ts data cts',
        'topic type ts data',
        'topic data ts type',
        'topic type data cs ts',
      ],
      'linear trade': 'T s S v p L i BT RPI seq',
      spot: [
        'topic ts type data cts',
        'topic ts type data cts',
        'topic ts type data',
        'type topic data ts',
        'topic ts type cs data',
      ],
      'spot trade': 'i T p v S seq s BT RPI',
    });
  });

  it('tells every trade once, as it truly was', async () => {
    const client = await wire.connect('/v5/public/spot').open();
    client.ws.send(JSON.stringify({ op: 'subscribe', args: ['publicTrade.BTCUSDT'] }));
    const rows = () => told(client, 'publicTrade.BTCUSDT').flatMap(({ data }) => data);
    await client.until('twenty trades', () => rows().length > 20);
    const seen = rows();
    const ids = seen.map(({ i }) => BigInt(i) % 10n ** 13n);
    const { body } = await wire.control(
      'GET',
      `/truth/trades?${truthOf('spot', 'BTCUSDT')}&fromId=${ids[0]}&limit=${seen.length}`,
    );
    expect(seen.map(({ p, v, S, T }) => [Number(p), Number(v), S, T])).toEqual(
      body.trades.map((one: Value) => [
        Number(one.price),
        Number(one.quantity),
        one.side === 'buy' ? 'Buy' : 'Sell',
        one.time,
      ]),
    );
    const { body: recent } = await wire.rest('/v5/market/recent-trade?category=spot&symbol=BTCUSDT');
    const inBoth = recent.result.list.filter(({ execId }: Value) => seen.some(({ i }) => i === execId));
    expect(
      inBoth.map(({ execId, price, size, side, time, seq }: Value) => [execId, price, size, side, time, seq]),
    ).toEqual(
      seen
        .filter(({ i }) => inBoth.some(({ execId }: Value) => execId === i))
        .reverse()
        .map(({ i, p, v, S, T, seq }) => [i, p, v, S, String(T), String(seq)]),
    );
    expect(inBoth.length).toBeGreaterThan(5);
  });

  it('tells linear tickers as a snapshot and changed keys, spot tickers whole', async () => {
    const linear = await wire.connect('/v5/public/linear').open();
    const spot = await wire.connect('/v5/public/spot').open();
    const topic = 'tickers.BTCUSDT';
    for (const client of [linear, spot]) client.ws.send(JSON.stringify({ op: 'subscribe', args: [topic] }));
    await linear.until('deltas', () => told(linear, topic).length > 10);
    await spot.until('snapshots', () => told(spot, topic).length > 3);
    expect(told(spot, topic).map(({ type, data }) => [type, Object.keys(data).length])).toEqual(
      told(spot, topic).map(() => ['snapshot', 9]),
    );
    await wire.control('POST', '/pause');
    await pause(50);
    const [snapshot, ...deltas] = told(linear, topic);
    expect([snapshot.type, new Set(deltas.map(({ type }) => type))]).toEqual([
      'snapshot',
      new Set(['delta']),
    ]);
    expect(Math.max(...deltas.map(({ data }) => Object.keys(data).length))).toBeLessThan(
      Object.keys(snapshot.data).length,
    );
    const merged = Object.assign({}, snapshot.data, ...deltas.map(({ data }) => data));
    const { body } = await wire.rest('/v5/market/tickers?category=linear&symbol=BTCUSDT');
    const { tickDirection, ...fields } = merged;
    expect(tickDirection).toMatch(/^(Zero)?(Plus|Minus)Tick$/);
    // The stream is up to 100 ms older than the market it is compared with.
    const slow = [
      'symbol',
      'prevPrice24h',
      'prevPrice1h',
      'fundingRate',
      'nextFundingTime',
      'fundingIntervalHour',
    ];
    const pick = (from: Value) => slow.map((name) => from[name]);
    expect(pick(fields)).toEqual(pick(body.result.list[0]));
    expect(Object.keys(fields)).toEqual(Object.keys(body.result.list[0]));
  });

  it('cuts a connection on which nobody says anything for ten minutes, and no other', async () => {
    await wire.control('POST', '/pause');
    const silent = await wire.connect('/v5/public/linear').open();
    const alive = await wire.connect('/v5/public/linear').open();
    wire.skip(9 * MINUTE);
    await alive.ask({ op: 'ping' });
    await pause(400);
    wire.skip(2 * MINUTE);
    expect((await silent.until('the cut', () => silent.closed)).code).toBe(1006);
    expect(alive.closed).toBeUndefined();
  });

  it('takes five hundred connections in five minutes from one address', async () => {
    const clients = Array.from({ length: 501 }, () => wire.connect('/v5/public/linear'));
    await Promise.all(
      clients.map((client) => client.until('an end', () => client.failed ?? client.ws.readyState === 1)),
    );
    expect(clients.map(({ failed }) => failed).filter(Boolean)).toEqual([expect.stringContaining('403')]);
    wire.skip(6 * MINUTE);
    await wire.connect('/v5/public/linear').open();
  });

  it('refuses keys politely on the private socket, and paths it has none of', async () => {
    const client = await wire.connect('/v5/private').open();
    const answers = [
      await client.ask({ req_id: 'p', op: 'ping' }),
      await client.ask({ op: 'auth', args: ['key', 1, 'sign'] }),
      await client.ask({ op: 'subscribe', args: ['order'] }),
    ];
    expect(answers).toMatchObject([
      { op: 'pong', req_id: 'p', args: [expect.stringMatching(/^\d{13}$/)] },
      { op: 'auth', success: false },
      { op: 'subscribe', success: false },
    ]);
    expect(client.closed).toBeUndefined();
    const lost = wire.connect('/v5/public/inverse');
    expect(await lost.until('a refusal', () => lost.failed)).toContain('404');
  });
});
