import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { framesOf, type KoreanVenue, openKoreanWire, PUBLIC_PATH, request } from '../test-kit/korean-wire.ts';
import { pause, type Wire, type WireClient } from '../test-kit/wire.ts';

const VENUES: readonly (readonly [KoreanVenue])[] = [['upbit'], ['bithumb']];

describe.each(VENUES)('faults on %s', (venue) => {
  let wire: Wire;
  beforeEach(async () => {
    wire = await openKoreanWire(venue, ['BTC', 'ETH', 'XRP']);
    await wire.control('POST', '/activity', { multiplier: 20 });
  });
  afterEach(() => wire.close());

  /** A client of what happens to these types and codes, without snapshots. */
  async function listening(types: readonly string[], codes: readonly string[]): Promise<WireClient> {
    const client = await wire.connect(PUBLIC_PATH).open();
    const only = { is_only_realtime: true, isOnlyRealtime: true };
    request(client, ...types.map((type) => ({ type, codes, ...only })));
    return client;
  }

  /** Numbers of the trades received, in order. */
  function numbers(client: WireClient, code = 'KRW-BTC'): number[] {
    const digits = venue === 'upbit' ? 4 : 6;
    return framesOf(client, 'trade', code).map((frame) => Number(frame['sequential_id']?.slice(-digits)));
  }

  function steps(of: readonly number[]): number[] {
    return of.slice(1).map((one, index) => one - (of[index] as number));
  }

  it('drop leaves out as many frames as it says, for the market code and stream it names only', async () => {
    const client = await listening(['trade', 'ticker'], ['KRW-BTC', 'KRW-ETH']);
    await client.until('a trade', () => numbers(client).length > 0);
    await wire.fault({ kind: 'drop', venue, symbol: 'KRW-BTC', stream: 'trade', count: 3 });
    await client.until('a hole', () => steps(numbers(client)).some((step) => step !== 1));
    await client.until('more trades', () => numbers(client).length > 12);
    expect(steps(numbers(client)).reduce((sum, step) => sum + step - 1, 0)).toBe(3);
    expect(steps(numbers(client, 'KRW-ETH')).every((step) => step === 1)).toBe(true);
    expect((await wire.control('GET', '/faults')).body.faults).toEqual([]);
  });

  it('mute silences one market, and the connection stays', async () => {
    const client = await listening(['trade'], ['KRW-BTC', 'KRW-ETH']);
    await client.until('both', () => numbers(client).length > 0 && numbers(client, 'KRW-ETH').length > 0);
    await wire.fault({ kind: 'mute', stream: 'trade:KRW-BTC' });
    const before = numbers(client).length;
    const others = numbers(client, 'KRW-ETH').length;
    await client.until('the other market', () => numbers(client, 'KRW-ETH').length > others + 5);
    expect([numbers(client).length, client.closed]).toEqual([before, undefined]);
    await wire.control('DELETE', '/faults');
    await client.until('data again', () => numbers(client).length > before);
  });

  it('a mute of another venue mutes nothing here', async () => {
    await wire.fault({ kind: 'mute', venue: 'binance' });
    const client = await listening(['trade'], ['KRW-BTC']);
    await client.until('trades', () => numbers(client).length > 2);
  });

  it('freeze answers neither pings nor requests, REST and upgrades included', async () => {
    const client = await listening(['trade'], ['KRW-BTC']);
    await client.until('a trade', () => numbers(client).length > 0);
    await wire.fault({ kind: 'freeze', venue });
    await pause(50);
    const before = client.frames.length;
    let pongs = 0;
    client.ws.on('pong', () => pongs++);
    client.ws.ping();
    request(client, { type: 'trade', codes: ['KRW-ETH'] });
    const late = wire.connect(PUBLIC_PATH);
    const answer = wire.rest('/v1/market/all').then(
      () => 'answered',
      () => 'nothing',
    );
    const first = await Promise.race([answer, pause(400).then(() => 'still waiting')]);
    expect([client.frames.length, pongs, client.closed, late.ws.readyState, first]).toEqual([
      before,
      0,
      undefined,
      0,
      'still waiting',
    ]);
    await wire.control('DELETE', '/faults');
    await client.until('the pong', () => pongs === 1);
    await client.until('the new request', () => numbers(client, 'KRW-ETH').length > 0);
    await wire.close();
    await answer;
    wire = await openKoreanWire(venue, ['BTC']);
  });

  it('close ends with its code what carries the market it names, reset cuts, maintenance keeps out', async () => {
    const [bitcoin, ether] = [
      await listening(['ticker'], ['KRW-BTC']),
      await listening(['ticker'], ['KRW-ETH']),
    ];
    await Promise.all([bitcoin, ether].map((client) => client.until('data', () => client.frames.length > 0)));
    await wire.fault({ kind: 'close', code: 1012, symbol: 'KRW-BTC' });
    expect((await bitcoin.until('the close', () => bitcoin.closed)).code).toBe(1012);
    await wire.fault({ kind: 'reset', stream: 'ticker:KRW-ETH' });
    expect((await ether.until('the cut', () => ether.closed)).code).toBe(1006);
    const down = await listening(['ticker'], ['KRW-BTC']);
    await wire.fault({ kind: 'maintenance', venue });
    expect((await down.until('the cut', () => down.closed)).code).toBe(1006);
    const refused = wire.connect(PUBLIC_PATH);
    expect(await refused.until('a refusal', () => refused.failed)).toContain('503');
    const answer = await wire.rest('/v1/market/all');
    expect([answer.status, answer.body.error.message]).toEqual([503, '서비스 점검 중입니다.']);
  });

  it('refuse, acceptThenClose, flap and connectionLife act on upgrades and lives', async () => {
    await wire.fault({ kind: 'refuse', status: 429, count: 1 });
    const refused = wire.connect(PUBLIC_PATH);
    expect(await refused.until('a refusal', () => refused.failed)).toContain('429');
    await wire.fault({ kind: 'acceptThenClose', code: 1001, count: 1 });
    const short = wire.connect(PUBLIC_PATH);
    expect((await short.until('the close', () => short.closed)).code).toBe(1001);
    const aged = await listening(['ticker'], ['KRW-BTC']);
    wire.skip(5000);
    await wire.fault({ kind: 'connectionLife', ms: 5000, count: 1 });
    expect((await aged.until('its end', () => aged.closed)).code).toBe(1006);
    const cut = await listening(['ticker'], ['KRW-BTC']);
    await wire.fault({ kind: 'flap', ms: 60_000 });
    expect((await cut.until('the cut', () => cut.closed)).code).toBe(1006);
  });

  it('delay holds frames back in order, duplicate doubles, reorder swaps', async () => {
    const prompt = await listening(['trade'], ['KRW-BTC']);
    const late = await listening(['trade'], ['KRW-BTC']);
    await late.until('a trade', () => numbers(late).length > 0);
    const delay = await wire.fault({ kind: 'delay', connectionId: 2, ms: 400 });
    await pause(50);
    const seen = numbers(late).length;
    const next = numbers(prompt).length;
    await prompt.until('a trade', () => numbers(prompt).length > next);
    expect(numbers(late).length).toBe(seen);
    await late.until('late trades', () => numbers(late).length > seen + 3);
    expect(steps(numbers(late)).every((step) => step === 1)).toBe(true);
    await wire.control('DELETE', `/faults/${delay}`);
    await pause(500);

    const twice = await listening(['trade'], ['KRW-BTC']);
    await wire.fault({ kind: 'duplicate', connectionId: 3, count: 4 });
    await twice.until('repeats', () => steps(numbers(twice)).filter((step) => step === 0).length === 4);
    const swapped = await listening(['trade'], ['KRW-BTC']);
    await wire.fault({ kind: 'reorder', connectionId: 4, count: 2 });
    await swapped.until('a swap', () => steps(numbers(swapped)).filter((step) => step === -1).length === 2);
    const sorted = numbers(swapped).toSorted((a, b) => a - b);
    expect(steps(sorted).every((step) => step === 1)).toBe(true);
  });

  it('gap leaves out a book frame, and the next one is whole again', async () => {
    const client = await listening(['orderbook', 'trade'], ['KRW-BTC']);
    await client.until('a book', () => framesOf(client, 'orderbook').length > 0);
    await wire.fault({ kind: 'gap', symbol: 'KRW-BTC', count: 5 });
    const before = framesOf(client, 'orderbook').length;
    await pause(250);
    expect(framesOf(client, 'orderbook').length).toBeLessThanOrEqual(before + 1);
    const book = await client.next('a book', (value) => value.type === 'orderbook');
    expect(book.orderbook_units.length).toBe(venue === 'upbit' ? 30 : 15);
    expect(steps(numbers(client)).every((step) => step === 1)).toBe(true);
  });

  it.each(['json', 'truncated', 'binary', 'empty'])(
    'garbage (%s) comes in a binary frame no parser takes',
    async (style) => {
      const client = await listening(['trade'], ['KRW-BTC']);
      await client.until('a trade', () => numbers(client).length > 0);
      await wire.fault({ kind: 'garbage', style });
      const bad = await client.until('garbage', () => client.frames.find(({ value }) => value === undefined));
      expect(bad.isBinary).toBe(true);
      const count = client.frames.length;
      await client.until('data again', () => client.frames.length > count + 2);
    },
  );

  it('garbage of the right kind with the wrong shape is JSON', async () => {
    const client = await listening(['trade'], ['KRW-BTC']);
    await client.until('a trade', () => numbers(client).length > 0);
    await wire.fault({ kind: 'garbage', style: 'shape' });
    const odd = await client.next('a misshapen frame', (value) => typeof value.trade_price === 'object');
    expect([odd.type, odd.code]).toEqual(['trade', 'KRW-BTC']);
  });

  it('rest answers in the venue’s words, by path and by market', async () => {
    await wire.fault({ kind: 'rest', status: 429, retryAfterS: 3, path: 'ticker', count: 1 });
    expect((await wire.rest('/v1/market/all')).status).toBe(200);
    const limited = await wire.rest('/v1/ticker?markets=KRW-BTC');
    expect([limited.status, limited.headers.get('retry-after'), limited.body.error.name]).toEqual([
      429,
      '3',
      'too_many_requests',
    ]);
    await wire.fault({ kind: 'rest', status: 418, symbol: 'KRW-ETH', msg: 'Blocked for 30 seconds.' });
    const banned = await wire.rest('/v1/candles/minutes/1?market=KRW-ETH');
    expect([banned.status, banned.body.error.message]).toEqual([418, 'Blocked for 30 seconds.']);
    expect((await wire.rest('/v1/candles/minutes/1?market=KRW-BTC')).status).toBe(200);
    expect(banned.headers.get('date')).toMatch(/GMT$/);
  });

  it('staleSnapshot answers with the book of a while ago, as it truly was', async () => {
    await wire.rest('/v1/orderbook?markets=KRW-BTC');
    await pause(900);
    await wire.control('POST', '/pause');
    const fresh = (await wire.rest('/v1/orderbook?markets=KRW-BTC')).body[0];
    const { now } = (await wire.control('GET', '/stats')).body;
    await wire.fault({ kind: 'staleSnapshot', ms: 500, count: 1 });
    const stale = (await wire.rest('/v1/orderbook?markets=KRW-BTC')).body[0];
    expect(fresh.timestamp - stale.timestamp).toBeGreaterThan(300);
    expect(stale.timestamp).toBeGreaterThan(now - 900);
    const { body } = await wire.control(
      'GET',
      `/truth/book?venue=${venue}&symbol=KRW-BTC&limit=30&time=${stale.timestamp}`,
    );
    const bids = stale.orderbook_units.map((unit: Record<string, number>) => unit['bid_price']);
    expect(bids).toEqual(body.bids.map(([price]: [string]) => Number(price)));
  });

  it('clockSkew shifts the Date header and every event’s times', async () => {
    await wire.fault({ kind: 'clockSkew', venue, ms: 7_200_000 });
    const client = await listening(['trade', 'orderbook', 'ticker'], ['KRW-BTC']);
    const { now } = (await wire.control('GET', '/stats')).body;
    const hours = (time: number) => Math.round((time - now) / 360_000) / 10;
    const trade = await client.next('a trade', (value) => value.type === 'trade');
    const book = await client.next('a book', (value) => value.type === 'orderbook');
    const ticker = await client.next('a ticker', (value) => value.type === 'ticker');
    const bookTime = venue === 'upbit' ? book.timestamp : book.timestamp / 1000;
    const { headers } = await wire.rest('/v1/market/all');
    expect(
      [
        trade.timestamp,
        trade.trade_timestamp,
        bookTime,
        ticker.timestamp,
        Date.parse(headers.get('date') ?? ''),
      ].map(hours),
    ).toEqual([2, 2, 2, 2, 2]);
  });

  it('noAck leaves out error frames, which close all the same, and the answers to PING', async () => {
    await wire.fault({ kind: 'noAck' });
    const client = await wire.connect(PUBLIC_PATH).open();
    client.ws.send('PING');
    await pause(100);
    wire.skip(10_000);
    await pause(400);
    client.ws.send('nonsense');
    const { code } = await client.until('the close', () => client.closed);
    expect([client.frames, code]).toEqual([[], 1000]);
  });
});
