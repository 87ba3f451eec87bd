import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Decoded } from '../venue.ts';
import { createDecoder, createParsingDecoder } from './market-codec.ts';

const AT = 1_700_000_000_000;
const BTC = 'upbit:BTC-KRW';

/** Events with their levels as plain lists, as fixtures hold them. */
function plain(decoded: readonly Decoded[]): unknown {
  return JSON.parse(
    JSON.stringify(decoded, (_, value) => (value instanceof Float64Array ? [...value] : value)),
  );
}

function fixture(name: string): readonly Record<string, unknown>[] {
  const bytes = readFileSync(new URL(`./fixtures/${name}`, import.meta.url));
  const text = name.endsWith('.gz') ? gunzipSync(bytes).toString() : bytes.toString();
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

/** Decodes by scanner and by parser, as text and as bytes; all four must agree. */
function decode(frame: unknown): unknown {
  const text = typeof frame === 'string' ? frame : JSON.stringify(frame);
  const answers = [createDecoder(), createParsingDecoder()].flatMap((decoder) => [
    plain(decoder(text, AT)),
    plain(decoder(Buffer.from(text), AT)),
  ]);
  for (const answer of answers) expect(answer).toEqual(answers[0]);
  return answers[0];
}

/** Frames as text, so that every digit is the wire's. */
const BOOK = {
  DEFAULT:
    '{"type":"orderbook","code":"KRW-BTC","timestamp":1795000000106,"total_ask_size":2.51469375,"total_bid_size":1.63815297,' +
    '"orderbook_units":[{"ask_price":1.16539E8,"bid_price":1.16538E8,"ask_size":0.00077720,"bid_size":7.9276E-4}],' +
    '"stream_type":"REALTIME","level":0}',
  SIMPLE:
    '{"ty":"orderbook","cd":"KRW-BTC","tms":1795000000106,"tas":2.51469375,"tbs":1.63815297,' +
    '"obu":[{"ap":116539000,"bp":116538000.0,"as":7.772E-4,"bs":0.00079276}],"lv":0,"st":"SNAPSHOT"}',
};
const BOOK_EVENTS = [
  {
    kind: 'book-snapshot',
    instrument: BTC,
    venueTime: 1_795_000_000_106,
    receivedAt: AT,
    lastUpdateId: 1_795_000_000_106,
    priceScale: 0,
    quantityScale: 8,
    bids: [116_538_000, 79_276],
    asks: [116_539_000, 77_720],
  },
  {
    kind: 'top',
    instrument: BTC,
    venueTime: 1_795_000_000_106,
    receivedAt: AT,
    updateId: 1_795_000_000_106,
    bidPrice: 116_538_000,
    bidQuantity: 0.00079276,
    askPrice: 116_539_000,
    askQuantity: 0.0007772,
  },
];
const TRADE = {
  DEFAULT:
    '{"type":"trade","code":"KRW-BTC","timestamp":1790134743150,"trade_date":"2026-09-23","trade_time":"03:39:03",' +
    '"trade_timestamp":1790134743123,"trade_price":1.16539E8,"trade_volume":8.428E-5,"ask_bid":"BID",' +
    '"prev_closing_price":1.16000000E8,"change":"RISE","change_price":539000.00000000,"sequential_id":17901347431230001,' +
    '"best_ask_price":116540000,"best_ask_size":0.1,"best_bid_price":116539000,"best_bid_size":0.2,"stream_type":"REALTIME"}',
  SIMPLE:
    '{"ty":"trade","cd":"KRW-BTC","tms":1790134743150,"td":"2026-09-23","ttm":"03:39:03","ttms":1790134743123,' +
    '"tp":116539000,"tv":8.428E-5,"ab":"BID","pcp":116000000,"c":"RISE","cp":539000,"sid":17901347431230001,' +
    '"bap":116540000,"bas":0.1,"bbp":116539000,"bbs":0.2,"st":"SNAPSHOT"}',
};
const TRADE_EVENT = {
  kind: 'trade',
  instrument: BTC,
  venueTime: 1_790_134_743_123,
  receivedAt: AT,
  id: '17901347431230001',
  price: 116_539_000,
  quantity: 0.00008428,
  side: 'buy',
};
const CANDLE =
  '{"type":"candle.1m","code":"KRW-BTC","candle_date_time_utc":"2026-07-30T07:45:00","candle_date_time_kst":"2026-07-30T16:45:00",' +
  '"opening_price":91154000.00000000,"high_price":91157000.00000000,"low_price":91142000.00000000,"trade_price":91157000.00000000,' +
  '"candle_acc_trade_volume":0.15511395,"candle_acc_trade_price":14139448.26754000,"timestamp":1785397531885,"stream_type":"SNAPSHOT"}';
const CANDLE_EVENT = {
  kind: 'candle',
  instrument: BTC,
  venueTime: 1_785_397_531_885,
  receivedAt: AT,
  interval: '1m',
  candle: {
    openTime: 1_785_397_500_000,
    open: 91_154_000,
    high: 91_157_000,
    low: 91_142_000,
    close: 91_157_000,
    volume: 0.15511395,
    closed: false,
  },
};

describe('recorded frames', () => {
  test.each(fixture('frames.ndjson').map((row) => [row['note'], row['raw'], row['expected']]))(
    '%s decodes as reviewed',
    (_, raw, expected) => {
      expect(decode(raw)).toEqual(expected);
    },
  );

  test('scanner and parser read the session the same, each frame as what its recorder called it', () => {
    const scanning = createDecoder();
    const parsing = createParsingDecoder();
    const session = fixture('ten-markets-20210405.ndjson.gz').filter(({ channel }) =>
      String(channel).startsWith('ws:'),
    );
    const kinds = session.map(({ raw }) => {
      const decoded = scanning(Buffer.from(String(raw)), AT);
      expect(isDeepStrictEqual(decoded, parsing(String(raw), AT))).toBe(true);
      return decoded.map(({ kind }) => kind).join();
    });
    expect(kinds.length).toBeGreaterThan(600);
    expect(kinds).toEqual(
      session.map(({ channel }) => (channel === 'ws:trade:SIMPLE' ? 'trade' : 'book-snapshot,top')),
    );
  });

  test('the units of every recorded book add up to its totals, with no digit lost', () => {
    const decoder = createDecoder();
    const books = fixture('ten-markets-20210405.ndjson.gz').filter(
      ({ channel }) => channel === 'ws:orderbook:SIMPLE',
    );
    expect(books.length).toBeGreaterThan(300);
    for (const { raw } of books) {
      const text = String(raw);
      const [book] = decoder(text, AT);
      if (book?.kind !== 'book-snapshot') throw new Error('no book');
      const total = (key: string) => {
        const [whole = '', part = ''] = (new RegExp(`"${key}":([\\d.]+)`).exec(text)?.[1] ?? '').split('.');
        return BigInt(whole + part.padEnd(book.quantityScale, '0'));
      };
      const sum = (levels: Float64Array) =>
        [...levels].reduce((all, value, index) => (index % 2 === 1 ? all + BigInt(value) : all), 0n);
      expect([sum(book.asks), sum(book.bids)]).toEqual([total('tas'), total('tbs')]);
    }
  });
});

describe('both formats', () => {
  test.each(['DEFAULT', 'SIMPLE'] as const)('%s: a book, whatever its spelling of numbers', (format) => {
    expect(decode(BOOK[format])).toEqual(BOOK_EVENTS);
  });

  test.each(['DEFAULT', 'SIMPLE'] as const)(
    '%s: a trade keeps all 17 digits of its id, beyond 2^53',
    (format) => {
      expect(decode(TRADE[format])).toEqual([TRADE_EVENT]);
    },
  );

  test('a list of rows (the LIST formats) is its rows', () => {
    expect(decode(`[${TRADE.SIMPLE},${BOOK.DEFAULT}]`)).toEqual([TRADE_EVENT, ...BOOK_EVENTS]);
    expect(decode('[]')).toEqual([{ kind: 'ignored', reason: 'empty list' }]);
  });

  test('a ticker has the day of UTC and the volumes of 24 hours', () => {
    const ticker =
      '{"ty":"ticker","cd":"KRW-BTC","op":1.16E8,"hp":1.17E8,"lp":1.15E8,"tp":1.16539E8,"pcp":1.159E8,"atp":5.1E9,' +
      '"atv24h":1198.26954807,"atp24h":178448329314.96686,"ttms":1790134743123,"ms":"ACTIVE","tms":1790134743150,"st":"REALTIME"}';
    expect(decode(ticker)).toEqual([
      {
        kind: 'ticker',
        instrument: BTC,
        venueTime: 1_790_134_743_123,
        receivedAt: AT,
        last: 116_539_000,
        open: 116_000_000,
        high: 117_000_000,
        low: 115_000_000,
        volume: 1_198.26954807,
        quoteVolume: 178_448_329_314.96686,
      },
    ]);
  });
});

describe('books', () => {
  const units = (list: string) => BOOK.DEFAULT.replace(/\[.*\]/, `[${list}]`);

  test('padding of 0/0 and levels of size 0 are dropped, on either side', () => {
    const padded = units(
      '{"ask_price":100,"bid_price":99,"ask_size":1,"bid_size":0},' +
        '{"ask_price":0,"bid_price":98,"ask_size":0,"bid_size":2},' +
        '{"ask_price":0.0,"bid_price":97,"ask_size":5,"bid_size":3}',
    );
    expect(decode(padded)).toMatchObject([
      { kind: 'book-snapshot', bids: [98, 200_000_000, 97, 300_000_000], asks: [100, 100_000_000] },
      { kind: 'top', bidPrice: 98, askPrice: 100 },
    ]);
  });

  test('a side without orders has no price', () => {
    const [book, top] = createDecoder()(
      units('{"ask_price":100,"bid_price":0,"ask_size":1,"bid_size":0}'),
      AT,
    );
    expect([book, top]).toMatchObject([
      { asks: new Float64Array([100, 100_000_000]), bids: new Float64Array() },
      { askPrice: 100, askQuantity: 1, bidPrice: Number.NaN, bidQuantity: 0 },
    ]);
  });

  test('a time in microseconds, as seen once, is the same time', () => {
    expect(decode(BOOK.SIMPLE.replace('1795000000106', '1795000000106789'))).toEqual(BOOK_EVENTS);
  });

  test('grouped prices are no book', () => {
    expect(decode(BOOK.SIMPLE.replace('"lv":0', '"lv":10000'))).toEqual([
      { kind: 'ignored', reason: 'a book grouped by 10000' },
    ]);
    expect(decode(BOOK.SIMPLE.replace('"lv":0,', ''))).toEqual(BOOK_EVENTS);
  });

  test('quantities of a coin worth next to nothing keep what an exact integer holds', () => {
    const heavy = units(
      '{"ask_price":0.0005,"bid_price":0.0004,"ask_size":312345678901.12345678,"bid_size":1E-8}',
    );
    expect(decode(heavy)).toMatchObject([
      { priceScale: 4, quantityScale: 4, asks: [5, 3_123_456_789_011_234], bids: [4, 1] },
      { kind: 'top' },
    ]);
  });

  test('scales are learned: a frame that shows more digits widens them', () => {
    const decoder = createDecoder();
    const seen = ['100', '100.5', '7'].map((price) => {
      const [book] = decoder(units(`{"ask_price":${price},"bid_price":0,"ask_size":1,"bid_size":0}`), AT);
      return book?.kind === 'book-snapshot' ? [book.priceScale, book.asks[0]] : [];
    });
    expect(seen).toEqual([
      [0, 100],
      [1, 1_005],
      [1, 70],
    ]);
  });
});

describe('candles', () => {
  test('are never said to be closed', () => {
    expect(decode(CANDLE)).toEqual([CANDLE_EVENT]);
  });

  test.each([
    ['candle.1s', '1s'],
    ['candle.10m', '10m'],
    ['candle.60m', '1h'],
    ['candle.240m', '4h'],
  ])('%s is %s', (type, interval) => {
    const frame = CANDLE.replace('candle.1m', type).replace('07:45:00', '08:00:00');
    expect(decode(frame)).toMatchObject([{ interval, candle: { openTime: 1_785_398_400_000 } }]);
  });

  test('in the short format', () => {
    const short = CANDLE.replace('"type"', '"ty"')
      .replace('"code"', '"cd"')
      .replace('candle_date_time_utc', 'cdttmu')
      .replace('candle_date_time_kst', 'cdttmk')
      .replace('opening_price', 'op')
      .replace('high_price', 'hp')
      .replace('low_price', 'lp')
      .replace('trade_price', 'tp')
      .replace('candle_acc_trade_volume', 'catv')
      .replace('timestamp', 'tms');
    expect(decode(short)).toEqual([CANDLE_EVENT]);
  });
});

describe('words', () => {
  test('pongs, errors and answers to questions', () => {
    expect(
      [
        '{"status":"UP"}',
        '{"error":{"name":"NO_TICKET","message":"no"}}',
        '{"error":{"message":"no","name":"INVALID_PARAM"}}',
        '{"error":"INVALID_AUTH"}',
        '{"method":"LIST_SUBSCRIPTIONS","result":[],"ticket":"t"}',
        '{}',
      ].map(decode),
    ).toEqual([
      [{ kind: 'pong' }],
      [{ kind: 'refusal', code: 'NO_TICKET', message: 'no' }],
      [{ kind: 'refusal', code: 'INVALID_PARAM', message: 'no' }],
      [{ kind: 'refusal', code: 'INVALID_AUTH', message: '' }],
      [{ kind: 'ignored', reason: 'neither an event nor an error' }],
      [{ kind: 'ignored', reason: 'neither an event nor an error' }],
    ]);
  });

  test.each(['myOrder', 'candle.1d', 'constructor', '__proto__'])(
    'the type %s is ignored by name',
    (type) => {
      expect(decode({ type, code: 'KRW-BTC' })).toEqual([{ kind: 'ignored', reason: `type "${type}"` }]);
    },
  );

  test('a code outside the naming rule is ignored', () => {
    expect(decode(TRADE.SIMPLE.replace('KRW-BTC', '__proto__'))).toEqual([
      { kind: 'ignored', reason: 'symbol "__proto__"' },
    ]);
  });

  test('a print of nothing is no trade', () => {
    expect(decode(TRADE.SIMPLE.replace('8.428E-5', '0E-8'))).toEqual([
      { kind: 'ignored', reason: 'a print of nothing' },
    ]);
  });
});

describe('other ways to write the same', () => {
  test.each([
    ['spaces', BOOK.DEFAULT.replace(/[,:]/g, '$& ')],
    [
      'the code after the units',
      BOOK.SIMPLE.replace('"cd":"KRW-BTC",', '').replace(/}$/, ',"cd":"KRW-BTC"}'),
    ],
    ['an unknown key', BOOK.SIMPLE.replace(/}$/, ',"zz":{"deep":[1]}}')],
    ['an escaped code', BOOK.SIMPLE.replace('KRW-BTC', '\\u004bRW-BTC')],
    ['a time with an exponent', BOOK.SIMPLE.replace('1795000000106', '1.795000000106E12')],
    ['a repeated key', BOOK.SIMPLE.replace('"tms":', '"tms":1,"tms":')],
    [
      'units in another order',
      BOOK.SIMPLE.replace('"ap":116539000,"bp":116538000.0', '"bp":116538000.0,"ap":116539000'),
    ],
    ['sizes as text', BOOK.SIMPLE.replace('7.772E-4', '"0.00077720"')],
    ['trailing zeros beyond the scale', BOOK.SIMPLE.replace('0.00079276', '0.0007927600000000')],
  ])('%s', (_, frame) => {
    expect(decode(frame)).toEqual(BOOK_EVENTS);
  });
});

describe('hostile frames', () => {
  const units = (list: string) => BOOK.SIMPLE.replace(/\[.*\]/, `[${list}]`);

  test.each<[string, string]>([
    ['an empty frame', ''],
    ['no JSON', 'nonsense'],
    ['a cut frame', BOOK.SIMPLE.slice(0, -9)],
    ['broken UTF-8', `${BOOK.SIMPLE.slice(0, 30)}\ud800`],
    ['a number', '5'],
    ['null', 'null'],
    ['a price beyond all numbers', TRADE.SIMPLE.replace('"tp":116539000', '"tp":1e400')],
    ['a time beyond all numbers', TRADE.SIMPLE.replace('1790134743123', '1e400')],
    ['a time of another age', BOOK.SIMPLE.replace('1795000000106', '17950000001060')],
    ['a negative size', BOOK.SIMPLE.replace('7.772E-4', '-7.772E-4')],
    ['a negative price', TRADE.SIMPLE.replace('"tp":116539000', '"tp":-1')],
    ['a word for a price', TRADE.SIMPLE.replace('"tp":116539000', '"tp":"NaN"')],
    ['no price', TRADE.SIMPLE.replace('"tp":116539000,', '')],
    ['no id', TRADE.SIMPLE.replace('"sid":17901347431230001,', '')],
    ['half an id', TRADE.SIMPLE.replace('17901347431230001', '17901347431230001.5')],
    ['an id with an exponent', TRADE.SIMPLE.replace('17901347431230001', '1.7901347431230001e16')],
    ['an id of a hundred digits', TRADE.SIMPLE.replace('17901347431230001', '1'.repeat(100))],
    ['a side of its own', TRADE.SIMPLE.replace('"BID"', '"BUY"')],
    ['no code', TRADE.SIMPLE.replace('"cd":"KRW-BTC",', '')],
    ['a code that is a number', TRADE.SIMPLE.replace('"KRW-BTC"', '5')],
    ['units that are an object', BOOK.SIMPLE.replace(/\[.*\]/, '{}')],
    ['units that are numbers', units('1')],
    ['a unit without sizes', units('{"ap":2,"bp":1}')],
    ['bids out of order', units('{"ap":3,"bp":1,"as":1,"bs":1},{"ap":4,"bp":2,"as":1,"bs":1}')],
    ['asks out of order', units('{"ap":3,"bp":2,"as":1,"bs":1},{"ap":3,"bp":1,"as":1,"bs":1}')],
    ['a price of endless digits', units(`{"ap":0.${'0'.repeat(30)}1,"bp":0,"as":1,"bs":0}`)],
    ['a price of more digits than exact', units('{"ap":90071992547409930.1,"bp":0,"as":1,"bs":0}')],
    ['a candle upside down', CANDLE.replace('"high_price":91157000', '"high_price":91000000')],
    ['a candle of no time', CANDLE.replace('2026-07-30T07:45:00', '2026-02-30T07:45:00')],
    ['two frames in one', BOOK.SIMPLE + BOOK.SIMPLE],
    ['a zero before an integer', BOOK.SIMPLE.replace('"tms":1', '"tms":01')],
    ['a bare point', BOOK.SIMPLE.replace('116538000.0', '116538000.')],
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
