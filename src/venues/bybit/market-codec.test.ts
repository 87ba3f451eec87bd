import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Decoded } from '../venue.ts';
import { createDecoder, createParsingDecoder } from './market-codec.ts';

const AT = 1_700_000_000_000;
const BTC = 'bybit:BTC-USDT-PERP';

/** Events with their levels as plain lists. */
function plain(decoded: readonly Decoded[]): unknown[] {
  return JSON.parse(
    JSON.stringify(decoded, (_, value) => (value instanceof Float64Array ? [...value] : value)),
  );
}

/**
 * Decodes frames in turn by scanner and by parser, as text and as bytes; all four must agree on each.
 * Gives what each frame became.
 */
function decodeAll(frames: readonly unknown[], route = 'linear'): readonly (readonly unknown[])[] {
  const texts = frames.map((frame) => (typeof frame === 'string' ? frame : JSON.stringify(frame)));
  const answers = [createDecoder, createParsingDecoder].flatMap((create) => {
    const [ofTexts, ofBytes] = [create({ route }), create({ route })];
    return [
      texts.map((text) => plain(ofTexts(text, AT))),
      texts.map((text) => plain(ofBytes(Buffer.from(text), AT))),
    ];
  });
  for (const answer of answers) expect(answer).toEqual(answers[0]);
  return answers[0] ?? [];
}

function decode(frame: unknown, route = 'linear'): unknown {
  return decodeAll([frame], route)[0];
}

const DELTA = {
  topic: 'orderbook.200.BTCUSDT',
  type: 'delta',
  ts: 1_795_000_000_100,
  data: {
    s: 'BTCUSDT',
    b: [['83860.10', '1.204']],
    a: [['83860.20', '0']],
    u: 18_521_288,
    seq: 7_961_638_724,
  },
  cts: 1_795_000_000_097,
};
const DELTA_EVENT = {
  kind: 'book-delta',
  instrument: BTC,
  venueTime: 1_795_000_000_097,
  receivedAt: AT,
  priceScale: 1,
  quantityScale: 3,
  firstUpdateId: 18_521_288,
  lastUpdateId: 18_521_288,
  bids: [838_601, 1204],
  asks: [838_602, 0],
};
const SNAPSHOT = {
  ...DELTA,
  type: 'snapshot',
  data: { ...DELTA.data, a: [['83860.20', '0.5']], u: 18_521_287 },
};
const TRADE = {
  topic: 'publicTrade.BTCUSDT',
  type: 'snapshot',
  ts: 1_795_000_000_123,
  data: [
    {
      T: 1_795_000_000_120,
      s: 'BTCUSDT',
      S: 'Buy',
      v: '0.120',
      p: '83860.20',
      L: 'PlusTick',
      i: '0f3b2a10-aaaa-5bbb-9ccc-0123456789ab',
      BT: false,
      RPI: false,
      seq: 7_961_638_700,
    },
  ],
};
const [TRADE_ROW] = TRADE.data;
const TRADE_EVENT = {
  kind: 'trade',
  instrument: BTC,
  venueTime: 1_795_000_000_120,
  receivedAt: AT,
  id: '0f3b2a10-aaaa-5bbb-9ccc-0123456789ab',
  price: 83_860.2,
  quantity: 0.12,
  side: 'buy',
};
const TOP = {
  topic: 'orderbook.1.BTCUSDT',
  type: 'snapshot',
  ts: 1_795_000_000_002,
  data: { s: 'BTCUSDT', b: [['83860.1', '1.5']], a: [['83860.2', '2']], u: 700, seq: 9_000 },
  cts: 1_795_000_000_001,
};
const TOP_EVENT = {
  kind: 'top',
  instrument: BTC,
  venueTime: 1_795_000_000_001,
  receivedAt: AT,
  updateId: 9_000,
  bidPrice: 83_860.1,
  bidQuantity: 1.5,
  askPrice: 83_860.2,
  askQuantity: 2,
};
const FIGURES = {
  symbol: 'BTCUSDT',
  tickDirection: 'PlusTick',
  price24hPcnt: '0.017103',
  lastPrice: '83860.20',
  prevPrice24h: '82450.00',
  highPrice24h: '84000.00',
  lowPrice24h: '82000.50',
  markPrice: '83861.07',
  indexPrice: '83870.55',
  turnover24h: '5142257236.5897',
  volume24h: '61576.0440',
  nextFundingTime: '1795017600000',
  fundingRate: '-0.0001',
  bid1Price: '83860.10',
  bid1Size: '1.204',
  ask1Price: '83860.20',
  ask1Size: '0.310',
};
const TICKERS = (type: string, data: object, ts = 1_795_000_000_000, cs = 100) => ({
  topic: 'tickers.BTCUSDT',
  type,
  data: { symbol: 'BTCUSDT', ...data },
  cs,
  ts,
});
const TICKER_EVENT = {
  kind: 'ticker',
  instrument: BTC,
  venueTime: 1_795_000_000_000,
  receivedAt: AT,
  last: 83_860.2,
  open: 82_450,
  high: 84_000,
  low: 82_000.5,
  volume: 61_576.044,
  quoteVolume: 5_142_257_236.5897,
};
const MARK_EVENT = {
  kind: 'mark',
  instrument: BTC,
  venueTime: 1_795_000_000_000,
  receivedAt: AT,
  markPrice: 83_861.07,
  indexPrice: 83_870.55,
  fundingRate: -0.0001,
  nextFundingTime: 1_795_017_600_000,
};
const SPOT_TICKER = {
  topic: 'tickers.BTCUSDT',
  ts: 1_795_000_000_000,
  type: 'snapshot',
  cs: 100,
  data: {
    symbol: 'BTCUSDT',
    lastPrice: '83860.2',
    highPrice24h: '84000',
    lowPrice24h: '82000.5',
    prevPrice24h: '82450',
    volume24h: '61576.044',
    turnover24h: '5142257236.58970000001',
    price24hPcnt: '0.0171',
    usdIndexPrice: '',
  },
};
const CANDLE_ROW = {
  start: 1_795_000_020_000,
  end: 1_795_000_079_999,
  interval: '1',
  open: '2',
  close: '2.5',
  high: '3',
  low: '1',
  volume: '114.602',
  turnover: '250.1',
  confirm: true,
  timestamp: 1_795_000_079_120,
};
const CANDLE = {
  topic: 'kline.1.BTCUSDT',
  data: [CANDLE_ROW],
  ts: 1_795_000_080_441,
  type: 'snapshot',
};
const CANDLE_EVENT = {
  kind: 'candle',
  instrument: BTC,
  venueTime: 1_795_000_080_441,
  receivedAt: AT,
  interval: '1m',
  candle: {
    openTime: 1_795_000_020_000,
    open: 2,
    high: 3,
    low: 1,
    close: 2.5,
    volume: 114.602,
    closed: true,
  },
};
/** The same frame with these keys first. */
const keysFirst = (frame: Readonly<Record<string, unknown>>, ...keys: readonly string[]) =>
  Object.fromEntries([...keys.map((key) => [key, frame[key]]), ...Object.entries(frame)]);
const ignored = (reason: string) => [{ kind: 'ignored', reason }];

describe('the recorded session of 2025', () => {
  const records = gunzipSync(readFileSync(new URL('./fixtures/tops-20250613.ndjson.gz', import.meta.url)))
    .toString()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const frames = records.filter(({ dir }) => dir !== 'send').map(({ raw }) => String(raw));

  test('is read as tops and as answers to requests without a number', () => {
    const kinds = decodeAll(frames).map((decoded) =>
      JSON.stringify(decoded.map((one) => (one as Decoded).kind)),
    );
    expect(kinds.filter((kind) => kind === '["top"]').length).toBe(198);
    expect(kinds.filter((kind) => kind === '["ignored"]').length).toBe(4);
    expect(kinds.length).toBe(202);
  });

  test('a frame decodes as reviewed', () => {
    const raw = frames.find((frame) => frame.includes('"u":12509478'));
    expect(decode(raw)).toEqual([
      {
        kind: 'top',
        instrument: 'bybit:SNT-USDT-PERP',
        venueTime: 1_749_833_483_961,
        receivedAt: AT,
        updateId: 205_781_303_122,
        bidPrice: 0.02868,
        bidQuantity: 1_730,
        askPrice: 0.02871,
        askQuantity: 30_570,
      },
    ]);
  });
});

describe('books', () => {
  test('a snapshot is a whole book, a delta its change', () => {
    const [whole, change] = decodeAll([SNAPSHOT, DELTA]);
    const { firstUpdateId: _, ...rest } = DELTA_EVENT;
    expect(whole).toEqual([
      { ...rest, kind: 'book-snapshot', lastUpdateId: 18_521_287, asks: [838_602, 500] },
    ]);
    expect(change).toEqual([DELTA_EVENT]);
  });

  test('u = 1 is a restart of the service: whatever the frame calls itself, it is a whole book', () => {
    const data = {
      ...DELTA.data,
      u: 1,
      b: [
        ['5', '1'],
        ['7', '0'],
        ['6', '2'],
      ],
      a: [
        ['9', '1'],
        ['8', '3'],
      ],
    };
    const { firstUpdateId: _, ...rest } = DELTA_EVENT;
    const whole = { ...rest, kind: 'book-snapshot', lastUpdateId: 1, priceScale: 0, quantityScale: 0 };
    expect(decode({ ...DELTA, data })).toEqual([{ ...whole, bids: [6, 2, 5, 1], asks: [8, 3, 9, 1] }]);
  });

  test('numbers of two depths are never mixed: the first that brings a snapshot is the book', () => {
    const other = { ...SNAPSHOT, topic: 'orderbook.50.BTCUSDT' };
    const otherDelta = { ...DELTA, topic: 'orderbook.50.BTCUSDT' };
    expect(decodeAll([SNAPSHOT, other, otherDelta, DELTA]).map(([one]) => (one as Decoded).kind)).toEqual([
      'book-snapshot',
      'ignored',
      'ignored',
      'book-delta',
    ]);
  });

  test('books of another make are not ours', () => {
    for (const topic of ['orderbook.full.BTCUSDT', 'orderbook.rpi.BTCUSDT']) {
      expect(decode({ ...DELTA, topic })).toEqual(ignored(`book "${topic.split('.')[1]}"`));
    }
  });

  test('without a matching time the time of sending stands (2023)', () => {
    const { cts: _, ...before } = DELTA;
    expect(decode(before)).toEqual([{ ...DELTA_EVENT, venueTime: 1_795_000_000_100 }]);
  });

  test.each([
    ['spot order of keys', JSON.stringify(keysFirst(DELTA, 'topic', 'ts'))],
    ['keys in reverse', JSON.stringify(Object.fromEntries(Object.entries(DELTA).reverse()))],
    ['spaces', JSON.stringify(DELTA, null, 1)],
    ['an unknown key', JSON.stringify({ ...DELTA, zz: { deep: [1] } })],
    ['an unknown key inside', JSON.stringify({ ...DELTA, data: { ...DELTA.data, zz: 1 } })],
    ['an escaped symbol', JSON.stringify(DELTA).replace('"s":"BTC', '"s":"\\u0042TC')],
    ['a quoted time', JSON.stringify(DELTA).replace('1795000000097', '"1795000000097"')],
    ['a repeated key', JSON.stringify(DELTA).replace('"u":', '"u":7,"u":')],
    ['more zeros', JSON.stringify(DELTA).replace('83860.10', '83860.1000000')],
  ])('another way to write the same: %s', (_, frame) => {
    expect(decode(frame)).toEqual([DELTA_EVENT]);
  });

  test('scales are learned from the digits seen, start from the list where it is known, and recover', () => {
    const at = (price: string, quantity: string) =>
      JSON.stringify({ ...DELTA, data: { ...DELTA.data, b: [[price, quantity]], a: [] } });
    const read = (decoder: ReturnType<typeof createDecoder>, frame: string) => {
      const [event] = decoder(frame, AT);
      if (event?.kind !== 'book-delta') throw new Error('no delta');
      return [event.priceScale, event.quantityScale, ...event.bids];
    };
    const learning = createDecoder({ route: 'linear' });
    const listed = createDecoder({ route: 'linear', scaleOf: () => ({ priceScale: 2, quantityScale: 3 }) });
    const frames = [at('100.00', '5'), at('100.25', '5.5'), at('0.000000000000001', '1'), at('7', '1')];
    expect(frames.map((frame) => read(learning, frame))).toEqual([
      [0, 0, 100, 5],
      [2, 1, 10_025, 55],
      [15, 1, 1, 10],
      [15, 1, 7e15, 10],
    ]);
    expect(read(learning, at('83860.1', '1'))).toEqual([1, 0, 838_601, 1]);
    expect(read(listed, at('7', '1'))).toEqual([2, 3, 700, 1_000]);
  });

  const digits = (most: number) => fc.stringMatching(new RegExp(`^\\d{1,${most}}$`));
  test('levels become exact integers at the scale of the frame, or the frame is failed', () => {
    fc.assert(
      fc.property(digits(12), digits(11), digits(12), digits(11), (whole, fraction, lots, part) => {
        const b = [[`${whole}.${fraction}`, `${lots}.${part}`]];
        const [decoded] = decode({ ...DELTA, data: { ...DELTA.data, b, a: [] } }) as [
          typeof DELTA_EVENT & { kind: string },
        ];
        const exact = (head: string, tail: string) => BigInt(head + tail.replace(/0+$/, ''));
        const [price, quantity] = [exact(whole, fraction), exact(lots, part)];
        if (price === 0n || price > Number.MAX_SAFE_INTEGER || quantity > Number.MAX_SAFE_INTEGER) {
          expect(decoded.kind).toBe('failed');
          return;
        }
        expect(decoded.bids.map(BigInt)).toEqual([price, quantity]);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('tops', () => {
  const change = (u: number, b: unknown, a: unknown) => ({
    ...TOP,
    type: 'delta',
    data: { ...TOP.data, u, seq: 9_000 + u, b, a },
  });

  test('today every frame is whole, and comes again unchanged after 3 s', () => {
    expect(decodeAll([TOP, TOP])).toEqual([[TOP_EVENT], [TOP_EVENT]]);
  });

  test('frames of 2023 also bring changes of one side', () => {
    expect(
      decodeAll([
        TOP,
        change(701, [['83860.1', '1.2']], []),
        change(
          702,
          [],
          [
            ['83860.2', '0'],
            ['83860.3', '4'],
          ],
        ),
      ]),
    ).toEqual([
      [TOP_EVENT],
      [{ ...TOP_EVENT, updateId: 9_701, bidQuantity: 1.2 }],
      [{ ...TOP_EVENT, updateId: 9_702, bidQuantity: 1.2, askPrice: 83_860.3, askQuantity: 4 }],
    ]);
  });

  test('a change without its snapshot, twice, or after a hole is no top', () => {
    const frames = [
      change(701, [], []),
      TOP,
      change(700, [], []),
      change(702, [], []),
      change(703, [], []),
      TOP,
    ];
    expect(decodeAll(frames)).toEqual([
      ignored('a change before its snapshot'),
      [TOP_EVENT],
      ignored('older than what is known'),
      ignored('a change is missing: waiting for a snapshot'),
      ignored('a change before its snapshot'),
      [TOP_EVENT],
    ]);
  });

  test('an empty side is 0 at 0', () => {
    expect(decode({ ...TOP, data: { ...TOP.data, a: [] } })).toEqual([
      { ...TOP_EVENT, askPrice: 0, askQuantity: 0 },
    ]);
  });

  test('u = 1 after a restart does not make it older: the cross sequence goes on', () => {
    const restarted = { ...change(1, TOP.data.b, TOP.data.a), type: 'snapshot' };
    expect(decodeAll([TOP, restarted])[1]).toEqual([{ ...TOP_EVENT, updateId: 9_001 }]);
  });
});

describe('linear tickers are stateful', () => {
  const snapshot = TICKERS('snapshot', FIGURES);

  test('a snapshot brings ticker and mark from one channel', () => {
    expect(decode(snapshot)).toEqual([TICKER_EVENT, MARK_EVENT]);
  });

  test('a change before its snapshot is no data', () => {
    expect(decode(TICKERS('delta', FIGURES))).toEqual(ignored('a change before its snapshot'));
  });

  test('a change brings only what it names; the rest stands', () => {
    const frames = [
      snapshot,
      TICKERS('delta', { lastPrice: '83861.00' }, 1_795_000_000_100, 101),
      TICKERS('delta', { markPrice: '83862.5' }, 1_795_000_000_200, 102),
      TICKERS('delta', { bid1Price: '83860.00', bid1Size: '3' }, 1_795_000_000_300, 103),
    ];
    expect(decodeAll(frames).slice(1)).toEqual([
      [{ ...TICKER_EVENT, venueTime: 1_795_000_000_100, last: 83_861 }],
      [{ ...MARK_EVENT, venueTime: 1_795_000_000_200, markPrice: 83_862.5 }],
      ignored('nothing of the figures changed'),
    ]);
  });

  test('what stands unchanged is said again after a second, so that it does not age while the venue stands by it', () => {
    const later = TICKERS('delta', { bid1Size: '3' }, 1_795_000_001_000, 101);
    expect(decodeAll([snapshot, later])[1]).toEqual([
      { ...TICKER_EVENT, venueTime: 1_795_000_001_000 },
      { ...MARK_EVENT, venueTime: 1_795_000_001_000 },
    ]);
  });

  test('an older change than what is known is left out', () => {
    const older = TICKERS('delta', { lastPrice: '1' }, 1_795_000_000_000, 99);
    const newer = TICKERS('delta', { volume24h: '2' }, 1_795_000_000_100, 101);
    expect(decodeAll([snapshot, older, newer]).slice(1)).toEqual([
      ignored('older than what is known'),
      [{ ...TICKER_EVENT, venueTime: 1_795_000_000_100, volume: 2 }],
    ]);
  });

  test('one absurd sequence does not shut out all that follow', () => {
    const absurd = TICKERS('delta', {}, 1_795_000_000_000, Number.MAX_SAFE_INTEGER);
    const next = (cs: number) => TICKERS('delta', { volume24h: String(cs) }, 1_795_000_000_100, cs);
    expect(decodeAll([snapshot, absurd, next(101), next(102)])[3]).toEqual([
      { ...TICKER_EVENT, venueTime: 1_795_000_000_100, volume: 102 },
    ]);
  });

  test('nothing is said of a figure that is not known whole', () => {
    const { prevPrice24h: _, indexPrice: __, ...some } = FIGURES;
    const rest = TICKERS(
      'delta',
      { prevPrice24h: '82450.00', indexPrice: '83870.55' },
      1_795_000_000_000,
      101,
    );
    expect(decodeAll([TICKERS('snapshot', some), rest])).toEqual([
      ignored('nothing of the figures changed'),
      [TICKER_EVENT, MARK_EVENT],
    ]);
  });

  test('a new snapshot forgets what was', () => {
    const { lastPrice: _, ...some } = FIGURES;
    expect(decodeAll([snapshot, TICKERS('snapshot', some)])[1]).toEqual([MARK_EVENT]);
  });

  test('what has traded nothing yet has no price: 0 and empty texts are none', () => {
    const fresh = { ...FIGURES, lastPrice: '0', markPrice: '' };
    expect(decode(TICKERS('snapshot', fresh))).toEqual(ignored('nothing of the figures changed'));
  });

  test('delivery contracts pay no funding', () => {
    const dated = { ...FIGURES, nextFundingTime: '', fundingRate: '', deliveryTime: '2026-12-25T08:00:00Z' };
    const { fundingRate: _, nextFundingTime: __, ...mark } = MARK_EVENT;
    expect(decode(TICKERS('snapshot', dated))).toEqual([TICKER_EVENT, mark]);
  });

  test('spot sends whole tickers and has no mark; turnovers may have twenty digits', () => {
    expect(decode(SPOT_TICKER, 'spot')).toEqual([{ ...TICKER_EVENT, instrument: 'bybit:BTC-USDT' }]);
  });
});

describe('trades', () => {
  test('the taker tells the side; uuids and counts beyond 2^53 stay text', () => {
    const rows = [TRADE_ROW, { ...TRADE_ROW, S: 'Sell', i: '2290000001189048101' }];
    expect(decode({ ...TRADE, data: rows })).toEqual([
      TRADE_EVENT,
      { ...TRADE_EVENT, side: 'sell', id: '2290000001189048101' },
    ]);
  });

  test('frames of 2023 know neither seq nor RPI, spot frames no tick direction', () => {
    const { seq: _, RPI: __, L: ___, ...row } = TRADE_ROW as Record<string, unknown>;
    expect(decode({ ...TRADE, data: [row] })).toEqual([TRADE_EVENT]);
  });

  test('a block trade is off the book', () => {
    expect(decode({ ...TRADE, data: [{ ...TRADE_ROW, BT: true }] })).toEqual([
      { ...TRADE_EVENT, offBook: true },
    ]);
  });

  test('one row that cannot be read does not take the others with it', () => {
    const rows = [{ ...TRADE_ROW, p: 'NaN' }, TRADE_ROW, { ...TRADE_ROW, s: 'ETHUSDT' }, 5];
    expect(decode({ ...TRADE, data: rows })).toEqual([
      { kind: 'failed', reason: '"publicTrade.BTCUSDT": p is no decimal text: "NaN"' },
      TRADE_EVENT,
      { kind: 'failed', reason: '"publicTrade.BTCUSDT": s is not the topic\'s symbol: "ETHUSDT"' },
      { kind: 'failed', reason: 'a row is no object: 5' },
    ]);
  });
});

describe('candles', () => {
  test('confirm closes', () => {
    expect(decode(CANDLE)).toEqual([CANDLE_EVENT]);
  });

  test('a roll-over may bring the closed candle and the new one in one frame', () => {
    const next = { ...CANDLE_ROW, start: 1_795_000_080_000, confirm: false };
    expect(decode({ ...CANDLE, data: [CANDLE_ROW, next] })).toEqual([
      CANDLE_EVENT,
      { ...CANDLE_EVENT, candle: { ...CANDLE_EVENT.candle, openTime: 1_795_000_080_000, closed: false } },
    ]);
  });

  test.each([
    ['60', '1h'],
    ['720', '12h'],
    ['D', '1d'],
    ['W', '1w'],
    ['M', '1M'],
  ])('%s is %s', (name, interval) => {
    const frame = { ...CANDLE, topic: `kline.${name}.BTCUSDT`, data: [{ ...CANDLE_ROW, interval: name }] };
    expect(decode(frame)).toEqual([{ ...CANDLE_EVENT, interval }]);
  });
});

describe('one spelling, two markets', () => {
  test('the route tells which', () => {
    expect(decode(TRADE, 'spot')).toEqual([{ ...TRADE_EVENT, instrument: 'bybit:BTC-USDT' }]);
  });

  test('without a route a frame tells by its looks', () => {
    const decoder = createDecoder();
    const frames = [
      TRADE,
      { ...TRADE, data: [{ ...TRADE_ROW, i: '2290000001189048101' }] },
      DELTA,
      keysFirst(DELTA, 'topic', 'ts'),
      CANDLE,
      keysFirst(CANDLE, 'type'),
      TICKERS('snapshot', FIGURES),
      SPOT_TICKER,
    ];
    const named = frames.map((frame) => decoder(JSON.stringify(frame), AT)[0]);
    const [linear, spot] = [BTC, 'bybit:BTC-USDT'];
    expect(named.map((event) => event && 'instrument' in event && event.instrument)).toEqual([
      linear,
      spot,
      linear,
      spot,
      linear,
      spot,
      linear,
      spot,
    ]);
  });
});

describe('answers to what we sent', () => {
  test.each([
    [
      'linear ack',
      { success: true, ret_msg: '', conn_id: 'c', req_id: '7', op: 'subscribe' },
      { kind: 'ack', requestId: 7 },
    ],
    [
      'spot ack',
      { success: true, ret_msg: 'subscribe', conn_id: 'c', req_id: '7', op: 'subscribe' },
      { kind: 'ack', requestId: 7 },
    ],
    [
      'unsubscribe',
      { success: true, ret_msg: '', req_id: '8', op: 'unsubscribe' },
      { kind: 'ack', requestId: 8 },
    ],
    [
      'an ack without a number',
      { success: true, ret_msg: '', conn_id: 'c', req_id: '', op: 'subscribe' },
      { kind: 'ignored', reason: 'an answer to nobody' },
    ],
    ['spot pong', { success: true, ret_msg: 'pong', conn_id: 'c', op: 'ping' }, { kind: 'pong' }],
    [
      'linear pong',
      { success: true, ret_msg: 'pong', conn_id: 'c', req_id: 'p1', op: 'ping' },
      { kind: 'pong' },
    ],
    ['option pong', { args: ['1672916271846'], op: 'pong' }, { kind: 'pong' }],
    [
      'one bad topic refuses the whole request, by its number',
      {
        success: false,
        ret_msg: 'error:handler not found,topic:orderbook.7.BTCUSDT',
        conn_id: 'c',
        req_id: '9',
        op: 'subscribe',
      },
      {
        kind: 'refusal',
        requestId: 9,
        code: 'topic.unknown',
        message: 'error:handler not found,topic:orderbook.7.BTCUSDT',
      },
    ],
    [
      'spot names the topic in brackets',
      { success: false, ret_msg: 'Invalid symbol :[tickers.XUSDT]', req_id: '9', op: 'subscribe' },
      { kind: 'refusal', requestId: 9, code: 'topic.unknown', message: 'Invalid symbol :[tickers.XUSDT]' },
    ],
    [
      'subscribed already',
      {
        success: false,
        ret_msg: 'error:already subscribed,topic:tickers.BTCUSDT',
        req_id: '9',
        op: 'subscribe',
      },
      {
        kind: 'refusal',
        requestId: 9,
        code: 'topic.repeated',
        message: 'error:already subscribed,topic:tickers.BTCUSDT',
      },
    ],
    [
      'too many at once',
      { success: false, ret_msg: 'args size >10', req_id: '9', op: 'subscribe' },
      { kind: 'refusal', requestId: 9, code: 'args.many', message: 'args size >10' },
    ],
    [
      'no such operation',
      { success: false, ret_msg: 'error:invalid op' },
      { kind: 'refusal', code: 'op.invalid', message: 'error:invalid op' },
    ],
    [
      'option refuses topic by topic',
      {
        success: true,
        conn_id: 'c',
        req_id: '9',
        type: 'COMMAND_RESP',
        data: { failTopics: ['x'], successTopics: [] },
      },
      { kind: 'refusal', requestId: 9, code: 'topic.unknown', message: 'refused topics: "x"' },
    ],
    [
      'option acks',
      {
        success: true,
        conn_id: 'c',
        req_id: '9',
        type: 'COMMAND_RESP',
        data: { failTopics: [], successTopics: ['x'] },
      },
      { kind: 'ack', requestId: 9 },
    ],
  ])('%s', (_, frame, expected) => {
    expect(decode(frame)).toEqual([expected]);
  });
});

describe('hostile frames', () => {
  const level = (price: unknown, quantity: unknown) => ({
    ...DELTA,
    data: { ...DELTA.data, b: [[price, quantity]] },
  });
  const book = (over: object) => ({ ...DELTA, data: { ...DELTA.data, ...over } });
  const trade = (over: object) => ({ ...TRADE, data: [{ ...TRADE_ROW, ...over }] });
  const candle = (over: object) => ({ ...CANDLE, data: [{ ...CANDLE_ROW, ...over }] });
  test.each<[string, unknown]>([
    ['nothing', ''],
    ['no JSON', 'hello'],
    ['a cut frame', JSON.stringify(DELTA).slice(0, -20)],
    ['a cut frame that ends in a brace', `${JSON.stringify(DELTA).slice(0, 60)}}`],
    ['a bare number', '5'],
    ['null', 'null'],
    ['an empty object', '{}'],
    ['a list', '[]'],
    ['a topic that is a number', { ...DELTA, topic: 5 }],
    ['a topic without a symbol', { ...DELTA, topic: 'orderbook.200' }],
    ['a topic with more', { ...DELTA, topic: 'orderbook.200.BTCUSDT.x' }],
    ['no data', { ...DELTA, data: undefined }],
    ['data of null', { ...DELTA, data: null }],
    ['data of the wrong shape', { ...DELTA, data: [] }],
    ['rows that are none', { ...TRADE, data: {} }],
    ['a type nobody knows', { ...DELTA, type: 'patch' }],
    ['a __proto__ key', '{"__proto__":{"topic":"tickers.BTCUSDT"},"type":"delta"}'],
    ['another symbol than the topic says', book({ s: 'ETHUSDT' })],
    ['a price beyond all numbers', trade({ p: '1e400' })],
    ['a time beyond all numbers', JSON.stringify(TRADE).replace('1795000000120', '1e400')],
    ['NaN for a price', trade({ p: 'NaN' })],
    ['a negative quantity', trade({ v: '-0.1' })],
    ['a side of neither', trade({ S: 'buy' })],
    ['a trade without an id', trade({ i: '' })],
    ['an id that is a number', trade({ i: 5 })],
    ['text where a flag is due', trade({ BT: 'false' })],
    ['a negative level', level('5.0', '-1')],
    ['a price of 0 in the book', level('0.00', '1')],
    ['numbers where text is due', level(5, 1)],
    ['an id beyond 2^53', JSON.stringify(DELTA).replace('18521288', '9007199254740993')],
    ['half an id', book({ u: 1.5 })],
    ['a negative id', book({ u: -1 })],
    ['a level of one', book({ b: [['5.0']] })],
    ['a level of three', book({ b: [['5.0', '1', '2']] })],
    ['levels that are an object', book({ b: {} })],
    ['no asks', book({ a: undefined })],
    ['a level of more digits than exact', level('90071992547409930.1', '1')],
    ['a level of endless digits', level(`0.${'0'.repeat(30)}1`, '1')],
    ['a point without digits', level('5.', '1')],
    ['a point before digits', level('.5', '1')],
    ['an empty price', level('', '1')],
    ['two points', level('1.2.3', '1')],
    [
      'a whole book that names a price twice',
      {
        ...SNAPSHOT,
        data: {
          ...SNAPSHOT.data,
          b: [
            ['5', '1'],
            ['5', '2'],
          ],
        },
      },
    ],
    ['a top of one number', { ...TOP, data: { ...TOP.data, b: [['5']] } }],
    ['a top at 0', { ...TOP, data: { ...TOP.data, b: [['0', '5']] } }],
    ['a top without a side', { ...TOP, data: { ...TOP.data, a: undefined } }],
    ['a candle upside down', candle({ high: '0.5' })],
    ['a candle of another interval', candle({ interval: '5' })],
    ['a candle that may be closed', candle({ confirm: 'true' })],
    ['a figure that is a number', TICKERS('snapshot', { ...FIGURES, lastPrice: 5 })],
    ['a figure with an exponent', TICKERS('snapshot', { ...FIGURES, volume24h: '1e5' })],
    ['a funding rate of words', TICKERS('snapshot', { ...FIGURES, fundingRate: 'low' })],
    ['a funding time of words', TICKERS('snapshot', { ...FIGURES, nextFundingTime: 'soon' })],
    ['two frames in one', JSON.stringify(DELTA) + JSON.stringify(DELTA)],
    ['100,000 brackets', '['.repeat(100_000)],
  ])('%s is failed, with a reason', (_, frame) => {
    expect(decode(frame)).toEqual([{ kind: 'failed', reason: expect.stringMatching(/./) }]);
  });

  test.each([
    ['a symbol outside the naming rule', { ...TRADE, topic: 'publicTrade.__proto__' }, 'symbol "__proto__"'],
    ['an option', { ...DELTA, topic: 'tickers.BTC-6JAN23-17500-C' }, 'symbol "BTC-6JAN23-17500-C"'],
    ['an interval nobody charts', { ...CANDLE, topic: 'kline.7.BTCUSDT' }, 'interval "7"'],
    ['a topic nobody asked for', { ...TRADE, topic: 'allLiquidation.BTCUSDT' }, 'topic "allLiquidation"'],
    ['a topic of a hostile name', { ...TRADE, topic: 'constructor.BTCUSDT' }, 'topic "constructor"'],
    ['no rows', { ...TRADE, data: [] }, 'no rows'],
    ['a print of nothing', { ...TRADE, data: [{ ...TRADE_ROW, v: '0' }] }, 'a print of nothing'],
  ])('%s is ignored by name', (_, frame, reason) => {
    expect(decode(frame)).toEqual(ignored(reason));
  });

  test('a frame that is refused leaves nothing behind', () => {
    const broken = TICKERS('delta', { lastPrice: '1', markPrice: 'x' }, 1_795_000_000_050, 200);
    const cut = JSON.stringify(TICKERS('delta', { lastPrice: '1' }, 1_795_000_000_050, 200)).slice(0, -1);
    const next = TICKERS('delta', { volume24h: '2' }, 1_795_000_000_100, 101);
    expect(decodeAll([TICKERS('snapshot', FIGURES), broken, cut, next])[3]).toEqual([
      { ...TICKER_EVENT, venueTime: 1_795_000_000_100, volume: 2 },
    ]);
  });
});
