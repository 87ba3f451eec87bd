import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { coinsNamed } from '../test-kit/trace.ts';
import { pause, Wire, type WireClient } from '../test-kit/wire.ts';

let wire: Wire;
beforeEach(async () => {
  wire = await Wire.open({ coins: coinsNamed('BTCUSDT', 'ETHUSDT') });
  await wire.control('POST', '/activity', { multiplier: 20 });
});
afterEach(() => wire.close());

const TRADES = '/market/ws/btcusdt@aggTrade/ethusdt@aggTrade';
const DEPTH = '/public/ws/btcusdt@depth@100ms';

const isTrade = (value: { e?: string }) => value.e === 'aggTrade';
function tradeIds(client: WireClient, symbol = 'BTCUSDT'): number[] {
  return client.frames
    .filter(({ value }) => value?.e === 'aggTrade' && value.s === symbol)
    .map(({ value }) => value.a);
}
function steps(ids: readonly number[]): number[] {
  return ids.slice(1).map((id, index) => id - (ids[index] as number));
}

describe('faults', () => {
  it('drop leaves out as many frames as it says, for its target only', async () => {
    const hit = await wire.connect(TRADES).open();
    const spared = await wire.connect(TRADES).open();
    await hit.until('a bitcoin trade', () => tradeIds(hit).length > 0);
    await wire.fault({ kind: 'drop', symbol: 'BTCUSDT', connectionId: 1, count: 3 });
    await hit.until('a hole', () => steps(tradeIds(hit)).some((step) => step !== 1));
    await hit.until('more trades', () => tradeIds(hit).length > 10);
    const lost = steps(tradeIds(hit)).reduce((sum, step) => sum + step - 1, 0);
    expect(lost).toBe(3);
    expect(steps(tradeIds(hit, 'ETHUSDT')).every((step) => step === 1)).toBe(true);
    expect(steps(tradeIds(spared)).every((step) => step === 1)).toBe(true);
    expect((await wire.control('GET', '/faults')).body.faults).toEqual([]);
  });

  it('mute silences data and keeps the connection, its acks included', async () => {
    const client = await wire.connect(TRADES).open();
    await client.next('a trade', isTrade);
    const id = await wire.fault({ kind: 'mute', route: 'market' });
    const before = client.frames.length;
    await pause(400);
    expect(client.frames.length).toBe(before);
    expect(await client.ask({ method: 'LIST_SUBSCRIPTIONS', id: 1 })).toMatchObject({ id: 1 });
    await wire.control('DELETE', `/faults/${id}`);
    await client.next('a trade again', isTrade);
  });

  it('freeze answers nothing at all, not even pongs, until it is over', async () => {
    const client = await wire.connect(TRADES).open();
    await client.next('a trade', isTrade);
    await wire.fault({ kind: 'freeze', route: 'market' });
    await pause(50);
    const before = client.frames.length;
    let pongs = 0;
    client.ws.on('pong', () => pongs++);
    client.ws.ping();
    client.ws.send(JSON.stringify({ method: 'LIST_SUBSCRIPTIONS', id: 1 }));
    await pause(400);
    expect([client.frames.length, pongs, client.closed]).toEqual([before, 0, undefined]);
    await wire.control('DELETE', '/faults');
    await client.next('data again', isTrade);
    await client.until('the pong', () => pongs === 1);
  });

  it('freeze holds REST and new connections too', async () => {
    await wire.fault({ kind: 'freeze' });
    const late = wire.connect(TRADES);
    const answer = wire.rest('/fapi/v1/ping').then(
      () => 'answered',
      () => 'nothing',
    );
    const first = await Promise.race([answer, pause(400).then(() => 'still waiting')]);
    expect([first, late.ws.readyState]).toEqual(['still waiting', 0]);
    await wire.close();
    await answer;
    wire = await Wire.open({ coins: coinsNamed('BTCUSDT') });
  });

  it('close ends with the code asked for, reset without a close frame', async () => {
    const closing = await wire.connect(DEPTH).open();
    await wire.fault({ kind: 'close', code: 1012, route: 'public' });
    expect((await closing.until('the close', () => closing.closed)).code).toBe(1012);
    const cut = await wire.connect(DEPTH).open();
    const spared = await wire.connect(TRADES).open();
    await wire.fault({ kind: 'reset', stream: '@depth' });
    expect((await cut.until('the cut', () => cut.closed)).code).toBe(1006);
    await spared.next('a trade', isTrade);
  });

  it('refuse and acceptThenClose keep clients out', async () => {
    await wire.fault({ kind: 'refuse', status: 503, count: 1 });
    const refused = wire.connect(TRADES);
    expect(await refused.until('a refusal', () => refused.failed)).toContain('503');
    await wire.fault({ kind: 'refuse', count: 1 });
    const cut = wire.connect(TRADES);
    expect(await cut.until('a cut', () => cut.failed)).toContain('hang up');
    await wire.fault({ kind: 'acceptThenClose', code: 1001, count: 1 });
    const short = wire.connect(TRADES);
    expect((await short.until('the close', () => short.closed)).code).toBe(1001);
    await (await wire.connect(TRADES).open()).next('a trade', isTrade);
  });

  it('delay holds frames back in order', async () => {
    const prompt = await wire.connect(TRADES).open();
    const late = await wire.connect(TRADES).open();
    await wire.fault({ kind: 'delay', connectionId: 2, ms: 500 });
    await pause(50);
    const from = late.frames.length;
    const event = await prompt.next('a trade', isTrade);
    expect(late.frames.slice(from).some(({ value }) => value?.a === event.a)).toBe(false);
    await late.until('the same trade', () =>
      late.frames.some(({ value }) => value?.a === event.a && value.s === event.s),
    );
    await pause(300);
    const received = tradeIds(late);
    expect(received).toEqual([...received].sort((a, b) => a - b));
  });

  it('duplicate sends twice, reorder swaps, gap breaks the chain', async () => {
    const twice = await wire.connect(TRADES).open();
    const first = await wire.fault({ kind: 'duplicate', symbol: 'BTCUSDT', count: 5 });
    await twice.until('repeats', () => steps(tradeIds(twice)).filter((step) => step === 0).length === 5);
    await wire.control('DELETE', `/faults/${first}`);

    const swapped = await wire.connect('/market/ws/btcusdt@aggTrade').open();
    await wire.fault({ kind: 'reorder', stream: 'aggTrade', connectionId: 2, count: 2 });
    await swapped.until('a swap', () => steps(tradeIds(swapped)).filter((step) => step === -1).length === 2);
    await swapped.until('ten trades', () => tradeIds(swapped).length > 10);
    const ids = [...tradeIds(swapped)].sort((a, b) => a - b);
    expect(steps(ids).every((step) => step === 1)).toBe(true);

    const chain = await wire.connect(DEPTH).open();
    await chain.next('a diff', (value) => value.e === 'depthUpdate');
    await wire.fault({ kind: 'gap', symbol: 'BTCUSDT' });
    const broken = () =>
      chain.frames.filter(({ value }, index) => index > 0 && value.pu !== chain.frames[index - 1]?.value.u)
        .length;
    await chain.until('a gap', () => broken() === 1);
  });

  it.each([
    ['json', (text: string) => text.startsWith('{')],
    ['truncated', (text: string) => text.length > 0],
    ['binary', (text: string) => text.length > 0],
    ['empty', (text: string) => text === ''],
  ])('garbage (%s) sends something no parser takes, and the data goes on', async (style, looksRight) => {
    const client = await wire.connect(TRADES).open();
    await client.next('a trade', isTrade);
    await wire.fault({ kind: 'garbage', style });
    const bad = await client.until('garbage', () => client.frames.find(({ value }) => value === undefined));
    expect([looksRight(bad.text), bad.isBinary]).toEqual([true, style === 'binary']);
    await client.next('data again', isTrade);
    expect(steps(tradeIds(client)).every((step) => step === 1)).toBe(true);
  });

  it('rest answers with status, Retry-After and body as asked, for a path and a count', async () => {
    await wire.fault({ kind: 'rest', status: 429, retryAfterS: 7, path: 'depth', count: 1 });
    await wire.fault({
      kind: 'rest',
      status: 503,
      msg: 'Unknown error, please check your request or try again later.',
      path: 'time',
    });
    expect((await wire.rest('/fapi/v1/ping')).status).toBe(200);
    const limited = await wire.rest('/fapi/v1/depth?symbol=BTCUSDT');
    expect([limited.status, limited.headers.get('retry-after'), limited.body.code]).toEqual([
      429,
      '7',
      -1003,
    ]);
    expect((await wire.rest('/fapi/v1/depth?symbol=BTCUSDT')).status).toBe(200);
    const unknown = await wire.rest('/fapi/v1/time');
    expect([unknown.status, unknown.body.msg.startsWith('Unknown error')]).toEqual([503, true]);
  });

  it('staleSnapshot answers with the book of a while ago, as it truly was', async () => {
    await pause(800);
    const fresh = (await wire.rest('/fapi/v1/depth?symbol=BTCUSDT&limit=10')).body;
    await pause(100);
    await wire.fault({ kind: 'staleSnapshot', ms: 600, count: 1 });
    const stale = (await wire.rest('/fapi/v1/depth?symbol=BTCUSDT&limit=10')).body;
    expect(stale.lastUpdateId).toBeLessThan(fresh.lastUpdateId);
    const { body } = await wire.control(
      'GET',
      `/truth/book?symbol=BTCUSDT&limit=10&updateId=${stale.lastUpdateId}`,
    );
    expect({ bids: stale.bids, asks: stale.asks }).toEqual({ bids: body.bids, asks: body.asks });
  });

  it('clockSkew shifts the server’s time and every event’s', async () => {
    const client = await wire.connect(TRADES).open();
    await wire.fault({ kind: 'clockSkew', ms: 3_600_000 });
    const { now } = (await wire.control('GET', '/stats')).body;
    const { serverTime } = (await wire.rest('/fapi/v1/time')).body;
    const event = await client.next('a trade', isTrade);
    const hours = [serverTime, event.E, event.T].map((time) => Math.round((time - now) / 360_000) / 10);
    expect(hours).toEqual([1, 1, 1]);
  });

  it('noAck subscribes without a word, and a delay of acks delays nothing else', async () => {
    await wire.fault({ kind: 'noAck', count: 1 });
    const client = await wire.connect('/market/ws').open();
    client.ws.send(JSON.stringify({ method: 'SUBSCRIBE', params: ['btcusdt@aggTrade'], id: 1 }));
    await client.next('a trade', isTrade);
    expect(client.frames.some(({ value }) => value.id === 1)).toBe(false);
    await wire.fault({ kind: 'delay', stream: 'ack', ms: 300, count: 1 });
    const from = client.frames.length;
    await client.ask({ method: 'LIST_SUBSCRIPTIONS', id: 2 });
    expect(client.frames.slice(from).filter(({ value }) => isTrade(value)).length).toBeGreaterThan(0);
  });

  it('says what is wrong with a fault it does not know', async () => {
    const answers = [];
    for (const spec of [
      { kind: 'explode' },
      { kind: 'drop', count: 'three' },
      { kind: 'drop', cuont: 3 },
      [],
    ]) {
      const { status, body } = await wire.control('POST', '/faults', spec);
      answers.push([status, body.error.slice(0, 30)]);
    }
    expect(answers).toEqual([
      [400, '"kind" must be one of: drop, m'],
      [400, '"count" must be a number.'],
      [400, 'Unknown field "cuont".'],
      [400, 'A fault is a JSON object with '],
    ]);
  });
});

describe('the control endpoint', () => {
  it('lists what it can do, counts what happened, and keeps web pages out', async () => {
    const client = await wire.connect(TRADES).open();
    await client.next('a trade', isTrade);
    await wire.rest('/fapi/v1/ping');
    const { body: list } = await wire.control('GET', '');
    expect(Object.keys(list.endpoints)).toContain('POST /_sim/faults');
    const { body } = await wire.control('GET', '/stats');
    expect(body.venues.binance.connections).toMatchObject([
      { id: 1, route: 'market', streams: ['btcusdt@aggTrade', 'ethusdt@aggTrade'], received: 0 },
    ]);
    expect(body.venues.binance.rest).toEqual({ '/fapi/v1/ping': 1 });
    const { address } = wire.simulation;
    const page = await fetch(`${address.control}/_sim/stats`, { headers: { origin: 'http://evil.example' } });
    expect(page.status).toBe(403);
    expect((await wire.rest('/_sim/ready')).body).toEqual(address);
    expect((await wire.control('GET', '/ready')).body).toEqual(address);
    expect((await wire.control('GET', '/truth/book?symbol=BTCUSDT&updateId=12')).status).toBe(404);
    expect((await wire.control('GET', '/truth/book?symbol=NOPE')).status).toBe(404);
  });

  it('pauses the market and lets it go on with the same book', async () => {
    const client = await wire.connect('/public/ws/btcusdt@bookTicker').open();
    await client.next('a top', (value) => value.e === 'bookTicker');
    await wire.control('POST', '/pause');
    await pause(50);
    const [before, { body: book }] = [
      client.frames.length,
      await wire.control('GET', '/truth/book?symbol=BTCUSDT'),
    ];
    await pause(400);
    expect(client.frames.length).toBe(before);
    expect((await wire.control('GET', '/truth/book?symbol=BTCUSDT')).body).toEqual(book);
    await wire.control('POST', '/resume');
    await client.next('a top again', (value) => value.e === 'bookTicker');
  });

  it('tells the true trades and candles the façade shows', async () => {
    await wire.control('POST', '/pause');
    const { body: truth } = await wire.control('GET', '/truth/trades?symbol=BTCUSDT&limit=20');
    const shown = (await wire.rest('/fapi/v1/aggTrades?symbol=BTCUSDT&limit=20')).body;
    expect(
      truth.trades.map((trade: Record<string, unknown>) => [
        trade['id'],
        trade['price'],
        trade['quantity'],
        trade['time'],
      ]),
    ).toEqual(
      shown.map((trade: Record<string, unknown>) => [trade['a'], trade['p'], trade['q'], trade['T']]),
    );
    const { body: candles } = await wire.control('GET', '/truth/candles?symbol=BTCUSDT&interval=5m&limit=3');
    const rows = (await wire.rest('/fapi/v1/klines?symbol=BTCUSDT&interval=5m&limit=3')).body;
    expect(
      candles.candles.map((one: Record<string, unknown>) => [one['openTime'], one['close'], one['volume']]),
    ).toEqual(rows.map((row: unknown[]) => [row[0], row[4], row[5]]));
  });
});
