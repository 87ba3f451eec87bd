import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { binance } from '#venues/binance/index.ts';
import { createReplay, replayFile } from './replay.ts';

const folder = mkdtempSync(join(tmpdir(), 'heartline-replay-'));
afterAll(() => rmSync(folder, { recursive: true }));

const frame = (data: unknown, stream = 'x') => ({ channel: 'ws:x', raw: JSON.stringify({ stream, data }) });
const depth = (s: string, previous: number, last: number, bids: string[][], asks: string[][] = []) =>
  frame({ e: 'depthUpdate', E: 2, T: 1, s, U: previous + 1, u: last, pu: previous, b: bids, a: asks });
const book = (lastUpdateId: number, url?: string) => ({
  channel: 'rest:/fapi/v1/depth',
  dir: 'http',
  ...(url && { url }),
  raw: JSON.stringify({ lastUpdateId, E: 2, T: 1, bids: [['100.10', '1.000']], asks: [['100.20', '2.000']] }),
});

function replay(records: readonly unknown[], events?: readonly string[]) {
  const lines: unknown[] = [];
  const run = createReplay({ venue: binance, events, print: (line) => lines.push(JSON.parse(line)) });
  for (const record of records) run.take(typeof record === 'string' ? record : JSON.stringify(record));
  return { lines, summary: run.summary() };
}

const top = (coin: string, updateId: number, bid: string[] | null, ask: string[] | null) => ({
  kind: 'book-top',
  instrument: `binance:${coin}-USDT-PERP`,
  updateId,
  bid,
  ask,
});

describe('replay', () => {
  test('prints every kind of event in plain decimals', () => {
    const { lines, summary } = replay([
      frame({ e: 'aggTrade', E: 1, T: 3, s: 'PEPEUSDT', a: 7, p: '0.00000010', q: '1500', m: true }),
      frame({ e: 'trade', E: 1, T: 3, s: 'BTCUSDT', t: 8, p: '5.50', q: '1', m: false, X: 'ADL' }),
      frame({
        e: 'kline',
        E: 1,
        s: 'BTCUSDT',
        k: { t: 60_000, i: '1m', o: '1.0', h: '2', l: '1', c: '1.5', v: '0.0010', x: true },
      }),
      frame({ e: '24hrTicker', E: 4, s: 'BTCUSDT', c: '5', o: '4', h: '6', l: '3', v: '10', q: '50.50' }),
      frame({ e: 'markPriceUpdate', E: 5, s: 'BTCUSDT', p: '5.10', i: '5.20', r: '-0.00000523', T: 9 }),
    ]);
    expect(lines).toEqual([
      {
        kind: 'trade',
        instrument: 'binance:PEPE-USDT-PERP',
        id: '7',
        price: '0.0000001',
        quantity: '1500',
        side: 'sell',
        venueTime: 3,
      },
      {
        kind: 'trade',
        instrument: 'binance:BTC-USDT-PERP',
        id: '8',
        price: '5.5',
        quantity: '1',
        side: 'buy',
        venueTime: 3,
        offBook: true,
      },
      {
        kind: 'candle',
        instrument: 'binance:BTC-USDT-PERP',
        interval: '1m',
        openTime: 60_000,
        open: '1',
        high: '2',
        low: '1',
        close: '1.5',
        volume: '0.001',
        closed: true,
      },
      {
        kind: 'ticker',
        instrument: 'binance:BTC-USDT-PERP',
        last: '5',
        open: '4',
        high: '6',
        low: '3',
        volume: '10',
        quoteVolume: '50.5',
        venueTime: 4,
      },
      {
        kind: 'mark',
        instrument: 'binance:BTC-USDT-PERP',
        markPrice: '5.1',
        indexPrice: '5.2',
        fundingRate: '-0.00000523',
        nextFundingTime: 9,
        venueTime: 5,
      },
    ]);
    expect(summary).toEqual({
      kind: 'summary',
      frames: 5,
      decoded: 5,
      ignored: 0,
      failed: 0,
      gaps: 0,
      resyncs: 0,
    });
  });

  test('prints only the kinds asked for', () => {
    const trade = frame({ e: 'aggTrade', E: 1, T: 3, s: 'BTCUSDT', a: 7, p: '5', q: '1', m: true });
    expect(replay([trade, book(10), depth('BTCUSDT', 10, 11, [])], ['book-top']).lines).toEqual([
      top('BTC', 11, ['100.1', '1'], ['100.2', '2']),
    ]);
  });

  test('prints a top after every applied change, kept ones included, and none for stale ones', () => {
    const { lines } = replay([
      depth('BTCUSDT', 5, 8, [['100.1', '9']]),
      depth('BTCUSDT', 8, 12, [['100.15', '3']]),
      book(10, 'https://x/fapi/v1/depth?symbol=BTCUSDT&limit=1000'),
      depth('BTCUSDT', 8, 12, [['100.15', '3']]),
      depth('BTCUSDT', 12, 13, [['100.15', '0']], [['100.2', '0']]),
    ]);
    expect(lines).toEqual([
      top('BTC', 12, ['100.15', '3'], ['100.2', '2']),
      top('BTC', 13, ['100.1', '1'], null),
    ]);
  });

  test('counts a gap once, stays silent until the next snapshot, then counts the resync', () => {
    const { lines, summary } = replay([
      book(10, 'https://x/fapi/v1/depth?symbol=BTCUSDT'),
      depth('BTCUSDT', 10, 11, []),
      depth('BTCUSDT', 12, 13, []),
      depth('BTCUSDT', 13, 14, []),
      book(13, 'https://x/fapi/v1/depth?symbol=BTCUSDT'),
      depth('BTCUSDT', 14, 15, []),
    ]);
    expect(lines.map((line) => (line as { updateId: number }).updateId)).toEqual([11, 13, 14, 15]);
    expect(summary).toMatchObject({ frames: 6, decoded: 6, gaps: 1, resyncs: 1 });
  });

  test('a snapshot that does not say its symbol goes to the book that waits for one', () => {
    const { lines } = replay([
      book(10, 'https://x/fapi/v1/depth?symbol=ETHUSDT'),
      depth('BTCUSDT', 9, 10, []),
      depth('ETHUSDT', 10, 11, []),
      book(10),
      depth('BTCUSDT', 10, 12, []),
    ]);
    expect(lines).toMatchObject([{ updateId: 11 }, { updateId: 10 }, { updateId: 12 }]);
    expect(lines).toMatchObject([
      { instrument: 'binance:ETH-USDT-PERP' },
      { instrument: 'binance:BTC-USDT-PERP' },
      { instrument: 'binance:BTC-USDT-PERP' },
    ]);
  });

  test('a snapshot without a symbol is kept for the next book that waits, and never given to a live one', () => {
    const { lines, summary } = replay([
      book(10, 'https://x/fapi/v1/depth?symbol=ETHUSDT'),
      depth('ETHUSDT', 10, 11, []),
      book(20),
      depth('ETHUSDT', 11, 12, []),
      depth('BTCUSDT', 20, 21, []),
    ]);
    expect(lines).toMatchObject([
      { instrument: 'binance:ETH-USDT-PERP', updateId: 11 },
      { instrument: 'binance:ETH-USDT-PERP', updateId: 12 },
      { instrument: 'binance:BTC-USDT-PERP', updateId: 21 },
    ]);
    expect(summary).toMatchObject({ gaps: 0, failed: 0 });
  });

  test('the instrument list of the recording gives the scales', () => {
    const filters = [
      { filterType: 'PRICE_FILTER', tickSize: '0.01' },
      { filterType: 'LOT_SIZE', stepSize: '0.001', minQty: '0.001' },
    ];
    const symbols = [{ symbol: 'BTCUSDT', contractType: 'PERPETUAL', status: 'TRADING', filters }];
    const { summary } = replay([
      { channel: 'rest:/fapi/v1/exchangeInfo', raw: JSON.stringify({ symbols }) },
      { channel: 'rest:/fapi/v1/exchangeInfo', raw: '{"symbols":5}' },
    ]);
    expect(summary).toMatchObject({ decoded: 1, failed: 1 });
  });

  test('counts every line once: decoded, ignored or failed', () => {
    const { lines, summary } = replay([
      { channel: 'ws-send', dir: 'send', raw: '{"method":"SUBSCRIBE"}' },
      { channel: 'checkpoint', raw: '{"s":"BTCUSDT","u":1}' },
      { channel: 'rest:/fapi/v1/openInterest', dir: 'http', raw: '{"openInterest":"1"}' },
      { channel: 'rest:/fapi/v1/depth', dir: 'http', status: 429, raw: '{"code":-1003,"msg":"x"}' },
      { channel: 'ws:x', raw: '{"result":null,"id":1}' },
      frame({ e: 'forceOrder' }),
      { channel: 'rest:/fapi/v1/depth', dir: 'http', url: 'https://x/?symbol=BTCUSDT', raw: '{"bids":5}' },
      { channel: 'ws:x', raw: 'garbage' },
      { channel: 'ws:x' },
      '{"broken',
      '[1]',
      frame({ e: 'aggTrade', E: 1, T: 3, s: 'BTCUSDT', a: 7, p: '5', q: '-1', m: true }),
    ]);
    expect(lines).toEqual([]);
    expect(summary).toMatchObject({ frames: 12, decoded: 0, ignored: 6, failed: 6 });
  });

  test('a short top of a partial stream never touches the book', () => {
    const partial = {
      e: 'depthUpdate',
      E: 2,
      T: 1,
      s: 'BTCUSDT',
      U: 1,
      u: 50,
      pu: 0,
      b: [['1', '1']],
      a: [],
    };
    const { lines } = replay([
      book(10, 'https://x/?symbol=BTCUSDT'),
      frame(partial, 'btcusdt@depth5@100ms'),
      depth('BTCUSDT', 10, 11, []),
    ]);
    expect(lines).toMatchObject([{ updateId: 11, bid: ['100.1', '1'] }]);
  });
});

describe('recordings on disk', () => {
  const run = async (name: string, content: string | Buffer) => {
    const path = join(folder, name);
    writeFileSync(path, content);
    const lines: string[] = [];
    const summary = await replayFile(path, { venue: binance, print: (line) => lines.push(line) });
    return { lines, summary };
  };
  const TRADE = JSON.stringify(
    frame({ e: 'aggTrade', E: 1, T: 3, s: '币安人生USDT', a: 7, p: '5', q: '1', m: true }),
  );

  test('plain and gzip are told by their content, blank lines and a missing last line end are no matter', async () => {
    const text = `${TRADE}\n\n${TRADE.repeat(1)}\r\n${TRADE}`;
    const plain = await run('a.ndjson', text);
    const packed = await run('b.ndjson', gzipSync(text));
    expect(plain.summary).toMatchObject({ frames: 3, decoded: 3, failed: 0 });
    expect(packed).toEqual(plain);
  });

  test('an empty file brings nothing and is no fault', async () => {
    expect((await run('c.ndjson', '')).summary).toMatchObject({ frames: 0, failed: 0 });
  });

  test.each([
    ['a missing file', 'nowhere.ndjson', undefined, 'file.unreadable', /there is no such file/],
    ['a folder', '.', undefined, 'file.unreadable', /it is a folder/],
    [
      'damaged gzip',
      'd.gz',
      gzipSync(TRADE.repeat(50)).subarray(0, 60),
      'file.unreadable',
      /gzip data is damaged/,
    ],
    [
      'a file of something else',
      'e.txt',
      'hello\nworld\n',
      'recording.none',
      /none of its lines is a record/,
    ],
  ])('%s is refused in one sentence', async (_, name, content, code, message) => {
    const path = join(folder, name);
    if (content !== undefined) writeFileSync(path, content);
    const running = replayFile(path, { venue: binance, print: () => undefined });
    await expect(running).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  });

  test('unknown kinds of events are refused before anything is read', async () => {
    const running = replayFile('nowhere', {
      venue: binance,
      events: ['trade', 'foo'],
      print: () => undefined,
    });
    await expect(running).rejects.toMatchObject({ code: 'events.unknown' });
  });
});
