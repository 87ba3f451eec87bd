import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Decoded } from '../venue.ts';
import { createDecoder } from './market-codec.ts';

const AT = 1_700_000_000_000;
const ETH = 'bithumb:ETH-KRW';

/** Events with their levels as plain lists, as fixtures hold them. */
function plain(decoded: readonly Decoded[]): unknown {
  return JSON.parse(
    JSON.stringify(decoded, (_, value) => (value instanceof Float64Array ? [...value] : value)),
  );
}

const FRAMES = readFileSync(new URL('./fixtures/frames.ndjson', import.meta.url))
  .toString()
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));

/** Decodes as text and as bytes; both must agree. */
function decode(frame: unknown): unknown {
  const text = typeof frame === 'string' ? frame : JSON.stringify(frame);
  const decoded = plain(createDecoder()(text, AT));
  expect(plain(createDecoder()(Buffer.from(text), AT))).toEqual(decoded);
  return decoded;
}

const BOOK =
  '{"type":"orderbook","code":"KRW-ETH","total_ask_size":8.4592,"total_bid_size":3.012,' +
  '"orderbook_units":[{"ask_price":3715000,"bid_price":3.714E6,"ask_size":8.4592,"bid_size":3.0120}],' +
  '"level":1,"timestamp":1795000005546514,"stream_type":"REALTIME"}';
const BOOK_EVENTS = [
  {
    kind: 'book-snapshot',
    instrument: ETH,
    venueTime: 1_795_000_005_546,
    receivedAt: AT,
    lastUpdateId: 1_795_000_005_546_514,
    priceScale: 0,
    quantityScale: 4,
    bids: [3_714_000, 30_120],
    asks: [3_715_000, 84_592],
  },
  {
    kind: 'top',
    instrument: ETH,
    venueTime: 1_795_000_005_546,
    receivedAt: AT,
    updateId: 1_795_000_005_546_514,
    bidPrice: 3_714_000,
    bidQuantity: 3.012,
    askPrice: 3_715_000,
    askQuantity: 8.4592,
  },
];
const TRADE =
  '{"type":"trade","code":"KRW-ETH","trade_price":3715000,"trade_volume":0.0042,"ask_bid":"ASK","prev_closing_price":3700000,' +
  '"change":"RISE","change_price":15000,"trade_date":"2026-09-23","trade_time":"12:39:03","trade_timestamp":1790134743123,' +
  '"sequential_id":1790134743123000123,"timestamp":1790134743150,"stream_type":"REALTIME"}';
const TRADE_EVENT = {
  kind: 'trade',
  instrument: ETH,
  venueTime: 1_790_134_743_123,
  receivedAt: AT,
  id: '1790134743123000123',
  price: 3_715_000,
  quantity: 0.0042,
  side: 'sell',
};

const units = (list: string) => BOOK.replace(/\[.*\]/, `[${list}]`);

test.each(FRAMES.map(({ note, raw, expected }) => [note, raw, expected]))(
  'a recorded frame, %s, decodes as reviewed',
  (_, raw, expected) => {
    expect(decode(raw)).toEqual(expected);
  },
);

describe('books', () => {
  test('a time in microseconds is kept to the microsecond as the id, and is ms as the time', () => {
    expect(decode(BOOK)).toEqual(BOOK_EVENTS);
  });

  test('a time in milliseconds, as before 2026, orders with those in microseconds', () => {
    expect(decode(BOOK.replace('1795000005546514', '1795000005546'))).toMatchObject([
      { venueTime: 1_795_000_005_546, lastUpdateId: 1_795_000_005_546_000 },
      { updateId: 1_795_000_005_546_000 },
    ]);
  });

  test('in the short format', () => {
    const short =
      '{"ty":"orderbook","cd":"KRW-ETH","tas":8.4592,"tbs":3.012,"obu":[{"ap":3715000,"bp":3714000,"as":8.4592,"bs":3.012}],' +
      '"lv":1,"tms":1795000005546514,"st":"SNAPSHOT"}';
    expect(decode(short)).toEqual(BOOK_EVENTS);
  });

  test('levels of size 0 (orders the venue rounded away) and 0/0 padding are dropped', () => {
    const padded = units(
      '{"ask_price":3715000,"bid_price":3714000,"ask_size":0,"bid_size":0.0},' +
        '{"ask_price":3716000,"bid_price":3713000,"ask_size":1,"bid_size":2},' +
        '{"ask_price":0,"bid_price":3712000,"ask_size":0,"bid_size":3}',
    );
    expect(decode(padded)).toMatchObject([
      { bids: [3_713_000, 20_000, 3_712_000, 30_000], asks: [3_716_000, 10_000] },
      { bidPrice: 3_713_000, askPrice: 3_716_000 },
    ]);
  });

  test.each([
    ['1', 'book-snapshot'],
    ['0', 'book-snapshot'],
    ['1000', 'ignored'],
    ['0.5', 'ignored'],
  ])('of level %s: %s', (level, kind) => {
    const [first] = decode(BOOK.replace('"level":1', `"level":${level}`)) as [{ kind: string }];
    expect(first.kind).toBe(kind);
  });
});

describe('trades and tickers', () => {
  test('a 19-digit id, beyond 2^53, keeps every digit', () => {
    expect(decode(TRADE)).toEqual([TRADE_EVENT]);
  });

  test('in the short format', () => {
    const short =
      '{"ty":"trade","cd":"KRW-ETH","tp":3.715E6,"tv":4.2E-3,"ab":"ASK","td":"2026-09-23","ttm":"12:39:03",' +
      '"ttms":1790134743123,"sid":1790134743123000123,"tms":1790134743150,"st":"REALTIME"}';
    expect(decode(short)).toEqual([TRADE_EVENT]);
  });

  test('times of the stream are true, whatever the dates in Seoul beside them', () => {
    const ticker =
      '{"type":"ticker","code":"KRW-ETH","opening_price":3700000,"high_price":3800000,"low_price":3600000,"trade_price":3715000,' +
      '"acc_trade_volume_24h":1234.5678,"acc_trade_price_24h":4567890123.4567,"trade_date":"20260923","trade_time":"123903",' +
      '"trade_timestamp":1790134743123,"market_state":"ACTIVE","timestamp":1790134743150,"stream_type":"REALTIME"}';
    expect(decode(ticker)).toEqual([
      {
        kind: 'ticker',
        instrument: ETH,
        venueTime: 1_790_134_743_123,
        receivedAt: AT,
        last: 3_715_000,
        open: 3_700_000,
        high: 3_800_000,
        low: 3_600_000,
        volume: 1_234.5678,
        quoteVolume: 4_567_890_123.4567,
      },
    ]);
  });

  test('a print of nothing is no trade', () => {
    expect(decode(TRADE.replace('0.0042', '0'))).toEqual([{ kind: 'ignored', reason: 'a print of nothing' }]);
  });
});

describe('words', () => {
  test('pongs, errors, frames of other sockets', () => {
    expect(
      [
        '{"status":"UP"}',
        '{"error":{"name":"WRONG_FORMAT","message":"no"}}',
        '{"error":{"name":404}}',
        '{"type":"transaction","content":{"list":[]}}',
        '{"type":"myOrder","code":"KRW-BTC"}',
        `[${TRADE}]`,
      ].map(decode),
    ).toEqual([
      [{ kind: 'pong' }],
      [{ kind: 'refusal', code: 'WRONG_FORMAT', message: 'no' }],
      [{ kind: 'refusal', code: '404', message: '' }],
      [{ kind: 'ignored', reason: 'type "transaction"' }],
      [{ kind: 'ignored', reason: 'type "myOrder"' }],
      [TRADE_EVENT],
    ]);
  });
});

describe('hostile frames', () => {
  test.each<[string, string]>([
    ['an empty frame', ''],
    ['no JSON', 'nonsense'],
    ['a cut frame', BOOK.slice(0, -9)],
    ['a number', '5'],
    ['null', 'null'],
    ['a price beyond all numbers', TRADE.replace('"trade_price":3715000', '"trade_price":1e400')],
    ['a time of another age', BOOK.replace('1795000005546514', '17950000055465140000')],
    ['no time', BOOK.replace('"timestamp":1795000005546514,', '')],
    ['a negative size', BOOK.replace('8.4592,"bid_size"', '-8.4592,"bid_size"')],
    ['a word for a price', TRADE.replace('"trade_price":3715000', '"trade_price":"NaN"')],
    ['no id', TRADE.replace('"sequential_id":1790134743123000123,', '')],
    ['half an id', TRADE.replace('1790134743123000123', '1790134743123000123.5')],
    ['a side of its own', TRADE.replace('"ASK"', '"sell"')],
    ['no code', TRADE.replace('"code":"KRW-ETH",', '')],
    ['units that are an object', BOOK.replace(/\[.*\]/, '{}')],
    ['a unit without sizes', units('{"ask_price":2,"bid_price":1}')],
    [
      'bids out of order',
      units(
        '{"ask_price":3,"bid_price":1,"ask_size":1,"bid_size":1},{"ask_price":4,"bid_price":2,"ask_size":1,"bid_size":1}',
      ),
    ],
    [
      'a price of endless digits',
      units(`{"ask_price":0.${'0'.repeat(30)}1,"bid_price":0,"ask_size":1,"bid_size":0}`),
    ],
    ['two frames in one', BOOK + BOOK],
    ['100,000 brackets', '['.repeat(100_000)],
  ])('%s is failed, with a reason', (_, frame) => {
    expect(decode(frame)).toEqual([{ kind: 'failed', reason: expect.stringMatching(/./) }]);
  });

  test('a __proto__ key is a key like any other', () => {
    expect(decode('{"__proto__":{"type":"trade"},"code":"KRW-BTC"}')).toEqual([
      { kind: 'ignored', reason: 'neither an event nor an error' },
    ]);
  });
});
