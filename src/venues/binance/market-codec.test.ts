import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Decoded } from '../venue.ts';
import { createDecoder, createParsingDecoder } from './market-codec.ts';

const AT = 1_700_000_000_000;
const BTC = 'binance:BTC-USDT-PERP';

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

const DEPTH = {
  e: 'depthUpdate',
  E: 1_795_000_000_250,
  T: 1_795_000_000_245,
  s: 'BTCUSDT',
  ps: 'BTCUSDT',
  U: 901,
  u: 910,
  pu: 900,
  b: [['83860.10', '1.204']],
  a: [['83860.20', '0.000']],
  st: 1,
};
const DELTA = {
  kind: 'book-delta',
  instrument: BTC,
  venueTime: 1_795_000_000_245,
  receivedAt: AT,
  priceScale: 1,
  quantityScale: 3,
  firstUpdateId: 901,
  lastUpdateId: 910,
  previousUpdateId: 900,
  bids: [838_601, 1204],
  asks: [838_602, 0],
};
const TRADE = {
  e: 'aggTrade',
  E: 1_795_000_000_123,
  s: 'BTCUSDT',
  a: 3_100_000_001,
  p: '83860.20',
  q: '0.120',
  nq: '0.120',
  f: 1,
  l: 2,
  T: 1_795_000_000_120,
  m: false,
  st: 1,
};
const TOP = {
  e: 'bookTicker',
  u: 5,
  E: 1_795_000_000_001,
  T: 1_795_000_000_000,
  s: 'BTCUSDT',
  ps: 'BTCUSDT',
  b: '83860.10',
  B: '1.5',
  a: '83860.20',
  A: '2',
  st: 1,
};
const CANDLE = {
  e: 'kline',
  E: 1_795_000_019_990,
  s: 'BTCUSDT',
  k: { t: 1_794_999_960_000, i: '1m', o: '1', c: '2', h: '3', l: '1', v: '114.602', x: true },
};

describe('recorded frames', () => {
  test.each(fixture('frames.ndjson').map((row) => [row['note'], row['raw'], row['expected']]))(
    '%s decodes as reviewed',
    (_, raw, expected) => {
      expect(decode(raw)).toEqual(expected);
    },
  );

  // The recorders labelled each frame with its channel: what it must become, said by somebody else.
  const KIND_OF: Readonly<Record<string, string>> = {
    'ws:bookTicker': 'top',
    'ws:trade': 'trade',
    'ws:aggTrade': 'trade',
    'ws:depth': 'book-delta',
    'ws:kline_1m': 'candle',
    'ws:markPrice@1s': 'mark',
  };

  test.each(['btcusdt-20230404', 'btcusdt-20240808', 'ethusdt-20240808', 'four-alts-20210722'])(
    'scanner and parser read the session %s the same, each frame as what it is',
    (name) => {
      const scanning = createDecoder();
      const parsing = createParsingDecoder();
      const session = fixture(`${name}.ndjson.gz`).filter(({ channel }) => String(channel).startsWith('ws:'));
      const kinds = session.map(({ raw }) => {
        const decoded = scanning(Buffer.from(String(raw)), AT);
        expect(isDeepStrictEqual(decoded, parsing(String(raw), AT))).toBe(true);
        return decoded.map(({ kind }) => kind).join();
      });
      expect(kinds.length).toBeGreaterThan(1_500);
      expect(kinds).toEqual(session.map(({ channel }) => KIND_OF[String(channel)]));
    },
  );
});

describe('frames of 2026', () => {
  test('bare and wrapped say the same', () => {
    expect(decode(DEPTH)).toEqual([DELTA]);
    expect(decode({ stream: 'btcusdt@depth@100ms', data: DEPTH })).toEqual([DELTA]);
  });

  test('partial depth is a whole top although it calls itself depthUpdate', () => {
    const { firstUpdateId: _, previousUpdateId: __, ...rest } = DELTA;
    const whole = [{ ...rest, kind: 'book-snapshot' }];
    for (const stream of ['btcusdt@depth5', 'btcusdt@depth10@500ms', 'btcusdt@depth20@100ms']) {
      expect(decode({ stream, data: DEPTH })).toEqual(whole);
    }
  });

  test('COIN-M rows on the shared streams are not ours', () => {
    expect(decode({ ...TRADE, st: 2 })).toEqual([{ kind: 'ignored', reason: 'not USD-M' }]);
    expect(decode([{ ...CANDLE, st: 2 }, CANDLE, { ...CANDLE, s: 'BTCUSD_PERP' }])).toMatchObject([
      { kind: 'candle', instrument: BTC },
    ]);
  });

  test.each([
    ['MARKET', undefined],
    ['INSURANCE_FUND', true],
    ['ADL', true],
    ['NA', true],
  ])('a trade of X %s is off the book: %s', (X, offBook) => {
    const { a, ...rest } = TRADE;
    const [trade] = decode({ ...rest, e: 'trade', t: a, X }) as [{ offBook?: true; id: string }];
    expect([trade.id, trade.offBook]).toEqual(['3100000001', offBook]);
  });

  test('a print of nothing is no trade', () => {
    const { a, ...rest } = TRADE;
    const nothing = { ...rest, e: 'trade', t: a, p: '0', q: '0', X: 'NA' };
    expect(decode(nothing)).toEqual([{ kind: 'ignored', reason: 'a print of nothing' }]);
  });

  test('non-Latin symbols read like any other', () => {
    expect(decode({ ...TRADE, s: '币安人生USDT' })).toMatchObject([
      { kind: 'trade', instrument: 'binance:币安人生-USDT-PERP' },
    ]);
  });

  test('a delivery contract has no funding', () => {
    const mark = { e: 'markPriceUpdate', E: 7, s: 'BTCUSDT_261225', p: '1.5', i: '1.4', r: '', T: 0, st: 1 };
    expect(decode(mark)).toEqual([
      {
        kind: 'mark',
        instrument: 'binance:BTC-USDT-261225',
        venueTime: 7,
        receivedAt: AT,
        markPrice: 1.5,
        indexPrice: 1.4,
      },
    ]);
  });

  test('answers to what we sent', () => {
    expect(
      [
        '{"result":null,"id":1}',
        '{"result":["ethusdt@bookTicker"],"id":3}',
        '{"id":4,"error":{"code":2,"msg":"Invalid request: too many parameters"}}',
        '{"code":3,"msg":"Invalid JSON: expected value at line 1 column 1"}',
        '{"stream":"x","data":{"result":null,"id":9}}',
        '{"result":null}',
      ].map(decode),
    ).toEqual([
      [{ kind: 'ack', requestId: 1 }],
      [{ kind: 'ack', requestId: 3 }],
      [{ kind: 'refusal', requestId: 4, code: '2', message: 'Invalid request: too many parameters' }],
      [{ kind: 'refusal', code: '3', message: 'Invalid JSON: expected value at line 1 column 1' }],
      [{ kind: 'ack', requestId: 9 }],
      [{ kind: 'ignored', reason: 'an answer to nobody' }],
    ]);
  });

  test.each(['forceOrder', 'contractInfo', 'compositeIndex', 'constructor', '__proto__'])(
    'the event %s is ignored by name',
    (e) => {
      expect(decode({ e, E: 1 })).toEqual([{ kind: 'ignored', reason: `event "${e}"` }]);
    },
  );
});

describe('other ways to write the same', () => {
  test.each([
    ['keys in another order', JSON.stringify(Object.fromEntries(Object.entries(DEPTH).reverse()))],
    ['symbol after the levels', JSON.stringify({ ...DEPTH, s: undefined }).replace(/}$/, ',"s":"BTCUSDT"}')],
    ['spaces', JSON.stringify(DEPTH, null, 1)],
    ['an unknown key', JSON.stringify({ ...DEPTH, zz: { deep: [1] } })],
    ['an escaped symbol', JSON.stringify(DEPTH).replace('BTCUSDT', '\\u0042TCUSDT')],
    ['a time with an exponent', JSON.stringify(DEPTH).replace('1795000000245', '1.795000000245e12')],
    ['a repeated key', JSON.stringify(DEPTH).replace('"U":901', '"U":1,"U":901')],
    ['before 2026', JSON.stringify({ ...DEPTH, st: undefined, ps: undefined })],
  ])('%s', (_, frame) => {
    expect(decode(frame)).toEqual([DELTA]);
  });
});

describe('decimals', () => {
  const digits = (most: number) => fc.stringMatching(new RegExp(`^\\d{1,${most}}$`));

  test('become the nearest double, however many digits they show', () => {
    fc.assert(
      fc.property(digits(14), digits(14), (whole, fraction) => {
        const text = `${whole}.${fraction}`;
        expect(decode({ ...TOP, b: text, B: whole })).toMatchObject([
          { bidPrice: Number(text), bidQuantity: Number(whole) },
        ]);
      }),
      { numRuns: 3_000 },
    );
  });

  test('of levels become exact integers at the scale of the frame, or the frame is failed', () => {
    fc.assert(
      fc.property(digits(12), digits(11), digits(12), digits(11), (whole, fraction, lots, part) => {
        const [decoded] = decode({ ...DEPTH, b: [[`${whole}.${fraction}`, `${lots}.${part}`]], a: [] }) as [
          typeof DELTA & { kind: string },
        ];
        const exact = (head: string, tail: string) => BigInt(head + tail.replace(/0+$/, ''));
        const [price, quantity] = [exact(whole, fraction), exact(lots, part)];
        if (price === 0n || price > Number.MAX_SAFE_INTEGER || quantity > Number.MAX_SAFE_INTEGER) {
          expect(decoded.kind).toBe('failed');
          return;
        }
        expect(decoded.bids.map(BigInt)).toEqual([price, quantity]);
      }),
      { numRuns: 3_000 },
    );
  });
});

describe('scales', () => {
  test('are learned from the digits seen, and a frame that shows more widens them', () => {
    const decoder = createDecoder();
    const seen = [
      ['100.00', '5'],
      ['100.25', '5.5'],
      ['7', '1'],
    ].map((level) => {
      const [event] = decoder(JSON.stringify({ ...DEPTH, b: [level], a: [] }), AT);
      if (event?.kind !== 'book-delta') throw new Error('no delta');
      return [event.priceScale, event.quantityScale, ...event.bids];
    });
    expect(seen).toEqual([
      [0, 0, 100, 5],
      [2, 1, 10_025, 55],
      [2, 1, 700, 10],
    ]);
  });

  test('start from the instrument list where it is known', () => {
    const decoder = createDecoder({ scaleOf: () => ({ priceScale: 2, quantityScale: 3 }) });
    expect(plain(decoder(JSON.stringify(DEPTH), AT))).toEqual([
      { ...DELTA, priceScale: 2, bids: [8_386_010, 1204], asks: [8_386_020, 0] },
    ]);
  });

  test('recover from one corrupt frame with absurd digits', () => {
    const decoder = createDecoder();
    decoder(JSON.stringify({ ...DEPTH, b: [['0.000000000000001', '1']], a: [] }), AT);
    const [event] = decoder(JSON.stringify(DEPTH), AT);
    expect(plain(event ? [event] : [])).toEqual([DELTA]);
  });
});

describe('hostile frames', () => {
  const level = (price: unknown, quantity: unknown) => ({ ...DEPTH, b: [[price, quantity]] });
  test.each<[string, unknown]>([
    ['nothing', ''],
    ['no JSON', 'hello'],
    ['a cut frame', JSON.stringify(DEPTH).slice(0, -20)],
    ['a cut frame that ends in a brace', `${JSON.stringify(DEPTH).slice(0, 60)}}`],
    ['a bare number', '5'],
    ['null', 'null'],
    ['an empty object', '{}'],
    ['a frame of null', '{"stream":"btcusdt@depth","data":null}'],
    ['a __proto__ key', '{"__proto__":{"e":"trade"},"s":"BTCUSDT"}'],
    ['a price beyond all numbers', { ...TRADE, p: '1e400' }],
    ['a time beyond all numbers', JSON.stringify(TRADE).replace('1795000000120', '1e400')],
    ['NaN for a price', { ...TRADE, p: 'NaN' }],
    ['a negative quantity', { ...TRADE, q: '-0.1' }],
    ['a negative level', level('5.0', '-1')],
    ['a price of 0 in the book', level('0.00', '1')],
    ['a number where text is due', { ...TRADE, p: 83860.2 }],
    ['text where a number is due', { ...TRADE, T: '1795000000120' }],
    ['text where a flag is due', { ...TRADE, m: 'false' }],
    ['an id beyond 2^53', JSON.stringify(TRADE).replace('3100000001', '9007199254740993')],
    ['half an id', { ...TRADE, a: 1.5 }],
    ['a symbol that is a number', { ...TRADE, s: 5 }],
    ['no symbol', { ...TOP, s: undefined }],
    ['a level of one', { ...DEPTH, b: [['5.0']] }],
    ['a level of three', { ...DEPTH, b: [['5.0', '1', '2']] }],
    ['levels that are an object', { ...DEPTH, b: {} }],
    ['a level of more digits than exact', level('90071992547409930.1', '1')],
    ['a level of endless digits', level(`0.${'0'.repeat(30)}1`, '1')],
    ['ids that run backwards', { ...DEPTH, U: 911 }],
    ['a candle upside down', { ...CANDLE, k: { ...CANDLE.k, h: '0.5' } }],
    ['a candle without its row', { ...CANDLE, k: null }],
    [
      'whole tops out of order',
      {
        stream: 'btcusdt@depth5',
        data: {
          ...DEPTH,
          b: [
            ['1', '1'],
            ['2', '1'],
          ],
        },
      },
    ],
    ['a point without digits', { ...TOP, b: '5.' }],
    ['a point before digits', { ...TOP, b: '.5' }],
    ['an empty price', { ...TOP, b: '' }],
    ['a zero before an integer', JSON.stringify(TOP).replace('"u":5', '"u":05')],
    ['two frames in one', JSON.stringify(TOP) + JSON.stringify(TOP)],
    ['100,000 brackets', '['.repeat(100_000)],
  ])('%s is failed, with a reason', (_, frame) => {
    expect(decode(frame)).toEqual([{ kind: 'failed', reason: expect.stringMatching(/./) }]);
  });

  test('a symbol outside the naming rule is ignored, and so is an interval nobody charts', () => {
    expect(decode({ ...TRADE, s: '__proto__' })).toEqual([{ kind: 'ignored', reason: 'symbol "__proto__"' }]);
    expect(decode({ ...CANDLE, k: { ...CANDLE.k, i: '7m' } })).toEqual([
      { kind: 'ignored', reason: 'interval "7m"' },
    ]);
  });
});
