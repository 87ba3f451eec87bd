import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { framesOf, openKoreanWire, PUBLIC_PATH, request } from '../test-kit/korean-wire.ts';
import { pause, type Wire, type WireClient } from '../test-kit/wire.ts';

let wire: Wire;
beforeEach(async () => {
  wire = await openKoreanWire('upbit', ['BTC', 'ETH', 'XRP', 'KAIA']);
  await wire.control('POST', '/activity', { multiplier: 20 });
});
afterEach(() => wire.close());

const open = () => wire.connect(PUBLIC_PATH).open();

async function refusalOf(client: WireClient): Promise<{ name: unknown; code: number; keys: string[] }> {
  const frame = await client.until('an error', () => client.frames.find(({ value }) => value?.error));
  const { code } = await client.until('the close', () => client.closed);
  return { name: frame.value.error.name, code, keys: Object.keys(frame.value.error) };
}

describe('an Upbit socket', () => {
  it('sends a snapshot of each stream first, then what happens, all in binary frames and without an ack', async () => {
    const client = await open();
    request(
      client,
      { type: 'ticker', codes: ['KRW-BTC'] },
      { type: 'trade', codes: ['KRW-BTC'] },
      { type: 'orderbook', codes: ['KRW-BTC'] },
      { type: 'candle.1m', codes: ['KRW-BTC'] },
    );
    for (const type of ['ticker', 'trade', 'orderbook', 'candle.1m']) {
      await client.until(`${type} in real time`, () => framesOf(client, type).length > 1);
      const kinds = framesOf(client, type).map((frame) => frame['stream_type']);
      expect([kinds[0], new Set(kinds.slice(1))]).toEqual(['SNAPSHOT', new Set(['REALTIME'])]);
    }
    expect(client.frames.every(({ isBinary, value }) => isBinary && typeof value.type === 'string')).toBe(
      true,
    );
  });

  it('replaces what it was subscribed to with every request', async () => {
    const client = await open();
    request(client, { type: 'trade', codes: ['KRW-BTC', 'KRW-ETH'] }, { type: 'ticker', codes: ['KRW-BTC'] });
    await client.until(
      'both',
      () => framesOf(client, 'trade', 'KRW-ETH').length > 1 && framesOf(client, 'ticker').length > 1,
    );
    request(client, { type: 'trade', codes: ['KRW-XRP'] });
    await client.until('the new one', () => framesOf(client, 'trade', 'KRW-XRP').length > 0);
    // A frame or two of the old subscription may still be on their way.
    await pause(100);
    const from = client.frames.length;
    await client.until('more', () => framesOf(client, 'trade', 'KRW-XRP').length > 4);
    expect(new Set(client.frames.slice(from).map(({ value }) => `${value.type} ${value.code}`))).toEqual(
      new Set(['trade KRW-XRP']),
    );
    const { body } = await wire.control('GET', '/stats');
    expect(body.venues.upbit.connections[0].streams).toEqual(['trade:KRW-XRP']);
  });

  it('keeps to snapshots or to what happens when asked to', async () => {
    const client = await open();
    request(
      client,
      { type: 'orderbook', codes: ['KRW-BTC'], is_only_snapshot: true },
      { type: 'trade', codes: ['KRW-BTC'], is_only_realtime: true },
    );
    await client.until('trades', () => framesOf(client, 'trade').length > 2);
    expect(framesOf(client, 'orderbook').map((frame) => frame['stream_type'])).toEqual(['SNAPSHOT']);
    expect(new Set(framesOf(client, 'trade').map((frame) => frame['stream_type']))).toEqual(
      new Set(['REALTIME']),
    );
  });

  it('says nothing about codes it does not know, and goes on with the others', async () => {
    const client = await open();
    request(client, { type: 'ticker', codes: ['KRW-NOPE', 'krw-btc', 'KRW-BTC', 'BTC_KRW', 'USDT-BTC'] });
    await client.until('the known one', () => framesOf(client, 'ticker').length > 3);
    expect(new Set(client.frames.map(({ value }) => value.code))).toEqual(new Set(['KRW-BTC']));
  });

  it.each([
    ['not JSON', 'hello', 'WRONG_FORMAT'],
    ['no array', '{"ticket":"t","type":"ticker","codes":["KRW-BTC"]}', 'WRONG_FORMAT'],
    ['no ticket', '[{"type":"ticker","codes":["KRW-BTC"]}]', 'NO_TICKET'],
    ['no type', '[{"ticket":"t"},{"codes":["KRW-BTC"]}]', 'NO_TYPE'],
    ['nothing wanted', '[{"ticket":"t"}]', 'NO_TYPE'],
    ['no codes', '[{"ticket":"t"},{"type":"ticker"}]', 'NO_CODES'],
    ['a type there is not', '[{"ticket":"t"},{"type":"nope","codes":["KRW-BTC"]}]', 'INVALID_PARAM'],
    ['days on the socket', '[{"ticket":"t"},{"type":"candle.1d","codes":["KRW-BTC"]}]', 'INVALID_PARAM'],
  ])('answers %s with an error frame and closes with 1000', async (_, text, name) => {
    const client = await open();
    client.ws.send(text);
    const refusal = await refusalOf(client);
    expect({ ...refusal, keys: refusal.keys.toSorted() }).toEqual({
      name,
      code: 1000,
      keys: ['message', 'name'],
    });
    // The order of an error's keys is not to be relied on.
    expect(refusal.keys[0]).toBe(name === 'INVALID_PARAM' ? 'message' : 'name');
  });

  it('offers books of 1, 5, 15 and 30 units, gives 30 for any other count, and groups prices', async () => {
    const client = await open();
    const unitsOf = async (code: string, level?: number) => {
      const from = client.frames.length;
      request(client, { type: 'orderbook', codes: [code], ...(level === undefined ? {} : { level }) });
      const frame = await client.until(code, () =>
        client.frames
          .slice(from)
          .find(({ value }) => value?.type === 'orderbook' && value.stream_type === 'SNAPSHOT'),
      );
      return frame.value;
    };
    const counts = [];
    for (const code of ['KRW-BTC.1', 'KRW-BTC.5', 'KRW-BTC.15', 'KRW-BTC']) {
      counts.push((await unitsOf(code)).orderbook_units.length);
    }
    await pause(1100);
    counts.push((await unitsOf('KRW-BTC.3')).orderbook_units.length);
    expect(counts).toEqual([1, 5, 15, 30, 30]);
    const grouped = await unitsOf('KRW-BTC', 100_000);
    const prices = grouped.orderbook_units.flatMap((unit: Record<string, number>) => [
      unit['ask_price'],
      unit['bid_price'],
    ]);
    expect([grouped.level, grouped.code, prices.every((price: number) => price % 100_000 === 0)]).toEqual([
      100_000,
      'KRW-BTC',
      true,
    ]);
  });

  it('lists its subscriptions, and changes its format without disturbing them', async () => {
    const client = await open();
    request(client, { type: 'ticker', codes: ['KRW-BTC', 'KRW-ETH'] }, { type: 'trade', codes: ['KRW-BTC'] });
    await client.until('data', () => client.frames.length > 3);
    client.ws.send('[{"method":"LIST_SUBSCRIPTIONS"},{"ticket":"mine"},{"format":"SIMPLE"}]');
    const list = await client.until('the list', () => client.frames.find(({ value }) => value?.method));
    expect(list.value).toEqual({
      method: 'LIST_SUBSCRIPTIONS',
      result: [
        { type: 'ticker', codes: ['KRW-BTC', 'KRW-ETH'], level: null },
        { type: 'trade', codes: ['KRW-BTC'], level: null },
      ],
      ticket: 'mine',
    });
    const brief = await client.next('a brief frame', (value) => value.ty === 'trade');
    expect(brief).toMatchObject({ cd: 'KRW-BTC', st: 'REALTIME' });
  });

  it('answers a text PING with UP every ten seconds from then on, and stays', async () => {
    const client = await open();
    client.ws.send('PING');
    await pause(100);
    expect(client.frames).toEqual([]);
    for (let turn = 0; turn < 8; turn++) {
      wire.skip(10_000);
      await client.until('one more', () => client.frames.length === turn + 1);
    }
    expect([client.frames.length, client.closed]).toEqual([8, undefined]);
  });

  it('is cut after 60 seconds without traffic, without a close frame; pings keep it', async () => {
    const idle = await open();
    const pinging = await open();
    for (let turn = 0; turn < 3; turn++) {
      wire.skip(25_000);
      pinging.ws.ping();
      await pause(600);
    }
    expect((await idle.until('the cut', () => idle.closed)).code).toBe(1006);
    expect(pinging.closed).toBeUndefined();
  });

  it('may be asked five times a second and a hundred times a minute', async () => {
    const hasty = await open();
    for (let turn = 0; turn < 5; turn++) request(hasty, { type: 'ticker', codes: ['KRW-BTC'] });
    await hasty.next('data', (value) => value.type === 'ticker');
    expect(hasty.closed).toBeUndefined();
    request(hasty, { type: 'ticker', codes: ['KRW-BTC'] });
    expect(await refusalOf(hasty)).toMatchObject({ name: 'TOO_MANY_REQUEST', code: 1000 });
    wire.skip(1000);
    const steady = await open();
    for (let second = 0; second < 20; second++) {
      for (let turn = 0; turn < 5; turn++) request(steady, { type: 'ticker', codes: ['KRW-KAIA'] });
      await pause(20);
      wire.skip(1000);
    }
    expect(steady.closed).toBeUndefined();
    request(steady, { type: 'ticker', codes: ['KRW-KAIA'] });
    expect(await refusalOf(steady)).toMatchObject({ name: 'TOO_MANY_REQUEST' });
  });
});

describe('connecting to Upbit', () => {
  const url = () => wire.simulation.address.venues['upbit']?.ws + PUBLIC_PATH;

  /** The upgrade's HTTP status, 101 when it went through, and what its header says of the rest. */
  function dial(
    headers: Record<string, string> = {},
  ): Promise<{ status: number | undefined; remaining: unknown }> {
    const ws = new WebSocket(url(), { perMessageDeflate: false, headers });
    return new Promise((resolve) => {
      const done = (status: number | undefined, remaining: unknown) => {
        ws.terminate();
        resolve({ status, remaining });
      };
      ws.on('error', () => undefined);
      ws.on('upgrade', (response) => done(101, response.headers['remaining-req']));
      ws.on('unexpected-response', (_, response) => done(response.statusCode, undefined));
    });
  }

  it('is possible five times a second and says how often still', async () => {
    const answers = [];
    for (let turn = 0; turn < 6; turn++) answers.push(await dial());
    expect(answers).toEqual([
      ...[4, 3, 2, 1, 0].map((left) => ({ status: 101, remaining: `group=websocket; min=300; sec=${left}` })),
      { status: 429, remaining: undefined },
    ]);
    wire.skip(1000);
    expect((await dial()).status).toBe(101);
  });

  it('with an Origin header is possible once in ten seconds', async () => {
    const origin = { origin: 'http://localhost:5173' };
    expect([(await dial(origin)).status, (await dial(origin)).status, (await dial()).status]).toEqual([
      101, 429, 101,
    ]);
    wire.skip(10_000);
    expect((await dial(origin)).status).toBe(101);
  });

  it('to the private socket is refused without an account, and elsewhere there is nothing', async () => {
    const secret = wire.connect('/websocket/v1/private');
    expect(await secret.until('a refusal', () => secret.failed)).toContain('401');
    const nowhere = wire.connect('/nowhere');
    expect(await nowhere.until('a refusal', () => nowhere.failed)).toContain('404');
  });
});
