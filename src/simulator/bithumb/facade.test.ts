import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { framesOf, openKoreanWire, PUBLIC_PATH, request } from '../test-kit/korean-wire.ts';
import { pause, type Wire } from '../test-kit/wire.ts';

let wire: Wire;
beforeEach(async () => {
  wire = await openKoreanWire('bithumb', ['BTC', 'ETH', 'XRP', 'KAIA']);
  await wire.control('POST', '/activity', { multiplier: 20 });
});
afterEach(() => wire.close());

const open = () => wire.connect(PUBLIC_PATH).open();

describe('a Bithumb socket', () => {
  it('sends snapshots and what happens in binary frames, a snapshot now and then after the first realtime frame', async () => {
    const orders = new Set<string>();
    for (let turn = 0; turn < 9; turn++) {
      const client = await open();
      request(client, { type: 'orderbook', codes: ['KRW-BTC', 'KRW-ETH', 'KRW-XRP'] });
      for (const code of ['KRW-BTC', 'KRW-ETH', 'KRW-XRP']) {
        await client.until(`both kinds of ${code}`, () => {
          return new Set(framesOf(client, 'orderbook', code).map((frame) => frame['stream_type'])).size === 2;
        });
        const kinds = framesOf(client, 'orderbook', code).map((frame) => frame['stream_type']);
        expect(kinds.filter((kind) => kind === 'SNAPSHOT').length).toBe(1);
        orders.add(kinds[0] as string);
      }
      expect(client.frames.every(({ isBinary }) => isBinary)).toBe(true);
      client.ws.close();
      wire.skip(500);
    }
    expect(orders).toEqual(new Set(['SNAPSHOT', 'REALTIME']));
  });

  it('replaces what it was subscribed to with every request, and says nothing about codes it does not know', async () => {
    const client = await open();
    request(client, { type: 'trade', codes: ['KRW-BTC', 'KRW-NOPE', 'krw-eth', 'BTC_KRW'] });
    await client.until('trades', () => framesOf(client, 'trade').length > 2);
    request(client, { type: 'ticker', codes: ['KRW-XRP'] });
    await client.until('the new one', () => framesOf(client, 'ticker').length > 0);
    await pause(100);
    const from = client.frames.length;
    await client.until('more', () => framesOf(client, 'ticker').length > 4);
    expect(new Set(client.frames.slice(from).map(({ value }) => `${value.type} ${value.code}`))).toEqual(
      new Set(['ticker KRW-XRP']),
    );
    expect(new Set(framesOf(client, 'trade').map((frame) => frame['code']))).toEqual(new Set(['KRW-BTC']));
  });

  it('hears camelCase flags only: the spelling of the documents means nothing', async () => {
    const client = await open();
    request(
      client,
      { type: 'trade', codes: ['KRW-BTC'], is_only_realtime: true },
      { type: 'ticker', codes: ['KRW-BTC'], isOnlyRealtime: true },
    );
    await client.until(
      'both',
      () => framesOf(client, 'trade').length > 3 && framesOf(client, 'ticker').length > 1,
    );
    const kinds = (type: string) => new Set(framesOf(client, type).map((frame) => frame['stream_type']));
    await client.until('the snapshot of trades', () => kinds('trade').size === 2);
    expect(kinds('ticker')).toEqual(new Set(['REALTIME']));
    request(client, { type: 'orderbook', codes: ['KRW-BTC'], isOnlySnapshot: true });
    await pause(600);
    expect(framesOf(client, 'orderbook').map((frame) => frame['stream_type'])).toEqual(['SNAPSHOT']);
  });

  it.each([
    ['not JSON', 'hello', 'WRONG_FORMAT'],
    ['no array', '{"ticket":"t"}', 'WRONG_FORMAT'],
    ['no ticket', '[{"type":"ticker","codes":["KRW-BTC"]}]', 'NO_TICKET'],
    ['no type', '[{"ticket":"t"},{"codes":["KRW-BTC"]}]', 'WRONG_FORMAT'],
    [
      'a level there is not',
      '[{"ticket":"t"},{"type":"orderbook","codes":["KRW-BTC"],"level":7}]',
      'WRONG_FORMAT',
    ],
    ['no codes', '[{"ticket":"t"},{"type":"ticker","codes":[]}]', 'INVALID_PARAM'],
    ['a type there is not', '[{"ticket":"t"},{"type":"nope","codes":["KRW-BTC"]}]', 'INVALID_PARAM'],
    [
      'candles, which it has none of',
      '[{"ticket":"t"},{"type":"candle.1m","codes":["KRW-BTC"]}]',
      'INVALID_PARAM',
    ],
  ])('answers %s with an error frame and closes with 1000', async (_, text, name) => {
    const client = await open();
    client.ws.send(text);
    const frame = await client.until('an error', () => client.frames.find(({ value }) => value?.error));
    const { code } = await client.until('the close', () => client.closed);
    expect([frame.value.error.name, code]).toEqual([name, 1000]);
  });

  it('shows 15 units at most, stamps books in microseconds and trades in milliseconds, and takes a bad format for the standard one', async () => {
    const client = await open();
    request(
      client,
      { type: 'orderbook', codes: ['KRW-BTC.30', 'KRW-ETH.5'] },
      { type: 'trade', codes: ['KRW-BTC'] },
      { format: 'PRETTY' },
    );
    await client.until(
      'all',
      () =>
        framesOf(client, 'orderbook', 'KRW-ETH').length > 0 &&
        framesOf(client, 'trade').length > 0 &&
        framesOf(client, 'orderbook', 'KRW-BTC').length > 0,
    );
    const [bitcoin] = framesOf(client, 'orderbook', 'KRW-BTC');
    const [ether] = framesOf(client, 'orderbook', 'KRW-ETH');
    const [trade] = framesOf(client, 'trade');
    expect([bitcoin?.['orderbook_units']?.length, ether?.['orderbook_units']?.length]).toEqual([15, 5]);
    expect([
      bitcoin?.['timestamp']?.length,
      trade?.['timestamp']?.length,
      trade?.['sequential_id']?.length,
    ]).toEqual([16, 13, 19]);
    const korea = new Date(Number(trade?.['trade_timestamp']) + 9 * 3_600_000).toISOString();
    expect([trade?.['trade_date'], trade?.['trade_time']]).toEqual([korea.slice(0, 10), korea.slice(11, 19)]);
    request(client, { type: 'orderbook', codes: ['KRW-BTC'], level: 1000 });
    const grouped = await client.next('a grouped book', (value) => value.level === 1000);
    const prices = grouped.orderbook_units.flatMap((unit: Record<string, number>) => [
      unit['ask_price'],
      unit['bid_price'],
    ]);
    expect(prices.every((price: number) => price % 1_000_000 === 0)).toBe(true);
    // Wide groups leave a side with few levels: what is missing is nothing at nothing.
    const sizes = grouped.orderbook_units.map((unit: Record<string, number>) => [
      unit['ask_price'] === 0,
      unit['ask_size'] === 0,
    ]);
    expect(sizes.every(([noPrice, noSize]: boolean[]) => !noPrice || noSize)).toBe(true);
  });

  it('answers a text PING with UP from then on, and is cut after 60 seconds without traffic', async () => {
    const kept = await open();
    const idle = await open();
    kept.ws.send('PING');
    await pause(100);
    for (let turn = 0; turn < 7; turn++) {
      wire.skip(10_000);
      await kept.until('UP', () => kept.frames.length === turn + 1);
    }
    expect(kept.frames.map(({ text }) => text)).toEqual(Array.from({ length: 7 }, () => '{"status":"UP"}'));
    expect((await idle.until('the cut', () => idle.closed)).code).toBe(1006);
    expect(kept.closed).toBeUndefined();
  });
});

describe('connecting to Bithumb', () => {
  it('is possible ten times a second; who goes on is blocked for ten minutes', async () => {
    const dial = async () => {
      const client = wire.connect(PUBLIC_PATH);
      return client.until('an answer', () => (client.ws.readyState === 1 ? 'open' : client.failed));
    };
    const first = await Promise.all(Array.from({ length: 12 }, dial));
    expect([
      first.filter((answer) => answer === 'open').length,
      first.filter((answer) => answer.includes('429')).length,
    ]).toEqual([10, 2]);
    wire.skip(1000);
    expect(await dial()).toBe('open');
    const more = await Promise.all(Array.from({ length: 40 }, dial));
    expect(more.some((answer) => answer.includes('403'))).toBe(true);
    wire.skip(590_000);
    expect(await dial()).toContain('403');
    wire.skip(10_001);
    expect(await dial()).toBe('open');
  });

  it('to the private socket is refused without a token; the older one is gone already', async () => {
    for (const [path, status] of [
      ['/websocket/v2/private', '401'],
      ['/websocket/v1/private', '404'],
    ] as const) {
      const client = wire.connect(path);
      expect(await client.until('a refusal', () => client.failed)).toContain(status);
    }
  });
});
