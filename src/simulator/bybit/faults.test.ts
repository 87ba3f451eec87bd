import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { coinsNamed } from '../test-kit/trace.ts';
import { type Frame, pause, Wire, type WireClient } from '../test-kit/wire.ts';

type Value = Frame['value'];

let wire: Wire;
beforeEach(async () => {
  wire = await Wire.open({ venue: 'bybit', coins: coinsNamed('BTCUSDT', 'ETHUSDT') });
  await wire.control('POST', '/activity', { multiplier: 20 });
});
afterEach(() => wire.close());

const BOOK = 'orderbook.50.BTCUSDT';
const TRADES = 'publicTrade.BTCUSDT';

async function subscribed(family: string, ...args: readonly string[]): Promise<WireClient> {
  const client = await wire.connect(`/v5/public/${family}`).open();
  client.ws.send(JSON.stringify({ op: 'subscribe', args }));
  await client.until('data', () => args.every((topic) => told(client, topic).length > 0));
  return client;
}

function told(client: WireClient, topic: string): Value[] {
  return client.frames.map(({ value }) => value).filter((value) => value?.topic === topic);
}

/** Steps of the counter from frame to frame; deltas count up by one. */
function steps(client: WireClient, topic = BOOK): number[] {
  const counts = told(client, topic).map(({ data }) => data.u);
  return counts.slice(1).map((count, index) => count - counts[index]);
}

describe('faults', () => {
  it('drop leaves out frames of its target only', async () => {
    const hit = await subscribed('linear', BOOK, 'orderbook.50.ETHUSDT');
    const spared = await subscribed('spot', BOOK);
    await wire.fault({ kind: 'drop', symbol: 'BTCUSDT', route: 'linear', count: 3 });
    await hit.until('a hole', () => steps(hit).includes(4));
    await hit.until('more', () => told(hit, 'orderbook.50.ETHUSDT').length > 10);
    expect([steps(hit, 'orderbook.50.ETHUSDT'), steps(spared)].flat().every((step) => step === 1)).toBe(true);
  });

  it('gap leaves out book deltas and nothing else', async () => {
    const client = await subscribed('linear', 'orderbook.1.BTCUSDT', BOOK, TRADES);
    await wire.fault({ kind: 'gap', count: 2 });
    await client.until('a hole', () => steps(client).includes(3));
    expect(steps(client, 'orderbook.1.BTCUSDT').every((step) => step <= 1)).toBe(true);
  });

  it('restartBook sends a snapshot numbered one, and goes on from there', async () => {
    const client = await subscribed('linear', BOOK);
    await wire.fault({ kind: 'restartBook', symbol: 'BTCUSDT', stream: 'orderbook.50' });
    const fresh = await client.next('the restart', ({ data }) => data?.u === 1);
    expect([fresh.type, fresh.data.b.length]).toEqual(['snapshot', 50]);
    const next = await client.next('the next', ({ data }) => data?.u === 2);
    expect(next.type).toBe('delta');
    expect((await wire.control('GET', '/faults')).body.faults).toEqual([]);
  });

  it('mute silences data and leaves pongs alone', async () => {
    const client = await subscribed('linear', BOOK);
    await wire.fault({ kind: 'mute', route: 'linear' });
    const before = client.frames.length;
    await pause(300);
    expect(client.frames.length).toBe(before);
    expect(await client.ask({ op: 'ping' })).toMatchObject({ ret_msg: 'pong' });
  });

  it('freeze answers nothing at all until it is over', async () => {
    const client = await subscribed('linear', BOOK);
    await wire.fault({ kind: 'freeze', route: 'linear' });
    await pause(50);
    const before = client.frames.length;
    client.ws.send('{"op":"ping"}');
    await pause(400);
    expect([client.frames.length, client.closed]).toEqual([before, undefined]);
    await wire.control('DELETE', '/faults');
    await client.next('the pong', ({ ret_msg }) => ret_msg === 'pong');
  });

  it('close, reset, refuse and acceptThenClose do so', async () => {
    const closing = await subscribed('linear', BOOK);
    await wire.fault({ kind: 'close', code: 1012 });
    expect((await closing.until('the close', () => closing.closed)).code).toBe(1012);
    const cut = await subscribed('spot', BOOK);
    const spared = await subscribed('linear', BOOK);
    await wire.fault({ kind: 'reset', stream: 'orderbook', route: 'spot' });
    expect((await cut.until('the cut', () => cut.closed)).code).toBe(1006);
    expect(spared.closed).toBeUndefined();
    await wire.fault({ kind: 'refuse', status: 403, count: 1 });
    const refused = wire.connect('/v5/public/linear');
    expect(await refused.until('a refusal', () => refused.failed)).toContain('403');
    await wire.fault({ kind: 'acceptThenClose', count: 1 });
    const short = wire.connect('/v5/public/linear');
    expect((await short.until('the close', () => short.closed)).code).toBe(1001);
  });

  it('delay holds back, duplicate doubles, reorder swaps', async () => {
    const client = await subscribed('linear', BOOK);
    await wire.fault({ kind: 'duplicate', count: 3 });
    await client.until('repeats', () => steps(client).filter((step) => step === 0).length === 3);
    const swapped = await subscribed('linear', BOOK);
    await wire.fault({ kind: 'reorder', connectionId: 2, count: 1 });
    await swapped.until('a swap', () => steps(swapped).includes(-1));
    const late = await subscribed('linear', BOOK);
    await wire.fault({ kind: 'delay', connectionId: 3, ms: 400 });
    await pause(100);
    const reached = told(client, BOOK).at(-1).data.u;
    expect(told(late, BOOK).some(({ data }) => data.u === reached)).toBe(false);
    await late.until('the same', () => told(late, BOOK).some(({ data }) => data.u === reached));
  });

  it.each(['json', 'truncated', 'binary', 'empty', 'shape'])(
    'garbage (%s) comes before good data',
    async (style) => {
      const client = await subscribed('linear', BOOK);
      await wire.fault({ kind: 'garbage', style });
      const isBad = ({ value }: Frame) => (style === 'shape' ? value?.ts === 'soon' : value === undefined);
      await client.until('garbage', () => client.frames.find(isBad));
      const count = told(client, BOOK).length;
      await client.until('data again', () => told(client, BOOK).length > count + 2);
      expect(steps(client).every((step) => step === 1)).toBe(true);
    },
  );

  it('noAck subscribes without a word', async () => {
    await wire.fault({ kind: 'noAck', count: 1 });
    const client = await subscribed('linear', BOOK);
    expect(client.frames.some(({ value }) => value.op === 'subscribe')).toBe(false);
  });

  it('clockSkew shifts times everywhere', async () => {
    const client = await subscribed('linear', BOOK, TRADES, 'tickers.BTCUSDT', 'kline.1.BTCUSDT');
    await wire.fault({ kind: 'clockSkew', ms: 3_600_000 });
    const { now } = (await wire.control('GET', '/stats')).body;
    const hours = (time: number) => Math.round((time - now) / 360_000) / 10;
    const { body } = await wire.rest('/v5/market/time');
    const book = await client.next('a book', ({ topic }) => topic === BOOK);
    const trade = await client.next('a trade', ({ topic }) => topic === TRADES);
    const ticker = await client.next('a ticker', ({ topic }) => topic === 'tickers.BTCUSDT');
    const candle = await client.next('a candle', ({ topic }) => topic === 'kline.1.BTCUSDT');
    const times = [body.time, book.ts, book.cts, trade.ts, trade.data[0].T, ticker.ts, candle.ts];
    expect(times.map(hours)).toEqual(times.map(() => 1));
  });

  it('staleSnapshot answers with the book of a while ago', async () => {
    const path = '/v5/market/orderbook?category=linear&symbol=BTCUSDT&limit=10';
    await wire.rest(path);
    await pause(800);
    const fresh = (await wire.rest(path)).body.result;
    await wire.fault({ kind: 'staleSnapshot', ms: 600, count: 1 });
    const stale = (await wire.rest(path)).body.result;
    expect(stale.seq).toBeLessThan(fresh.seq);
    const truth = `/truth/book?venue=bybit&category=linear&symbol=BTCUSDT&limit=10&updateId=${stale.seq}`;
    const { body } = await wire.control('GET', truth);
    expect({ b: stale.b, a: stale.a }).toEqual({ b: body.bids, a: body.asks });
  });

  it.each([
    [{ code: 10006 }, 200, 10006],
    [{ code: 10006, status: 429 }, 429, 10006],
    [{ status: 429 }, 429, 10429],
    [{ status: 418 }, 418, 10016],
    [{ status: 451 }, 451, 10016],
    [{ status: 503 }, 503, 10016],
    [{ code: 10016 }, 200, 10016],
    [{}, 503, 10016],
  ])('rest answers %j as the venue would', async (spec, status, retCode) => {
    await wire.fault({ kind: 'rest', path: 'market/time', count: 1, ...spec });
    const answer = await wire.rest('/v5/market/time');
    expect([answer.status, answer.body.retCode]).toEqual([status, retCode]);
    expect((await wire.rest('/v5/market/time')).body.retCode).toBe(0);
  });

  it('tells with 10006 when to come back, and with 403 nothing a parser could read', async () => {
    await wire.fault({ kind: 'rest', code: 10006, retryAfterS: 3, count: 1 });
    const { headers } = await wire.rest('/v5/market/time');
    const { now } = (await wire.control('GET', '/stats')).body;
    expect([headers.get('x-bapi-limit'), headers.get('x-bapi-limit-status')]).toEqual(['50', '0']);
    expect(Math.round((Number(headers.get('x-bapi-limit-reset-timestamp')) - now) / 1000)).toBe(3);
    await wire.fault({ kind: 'rest', status: 403, count: 1 });
    const { status, body } = await wire.rest('/v5/market/time');
    expect([status, body]).toEqual([403, 'access too frequent']);
  });
});
