import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { MarketEvent } from '#shared/domain/market-data.ts';
import { bybit } from '#venues/bybit/index.ts';
import { createBook } from '../market/book.ts';
import { type ReplaySummary, replayFile } from './replay.ts';

interface Line {
  readonly kind: string;
  readonly instrument: string;
  readonly updateId?: number;
  readonly bid?: readonly [string, string] | null;
  readonly ask?: readonly [string, string] | null;
  readonly [key: string]: unknown;
}

async function linesOf(path: string): Promise<{ lines: readonly Line[]; summary: ReplaySummary }> {
  const lines: Line[] = [];
  const summary = await replayFile(path, { venue: bybit, print: (line) => lines.push(JSON.parse(line)) });
  return { lines, summary };
}

interface Recorded {
  readonly raw: string;
  readonly dir?: string;
  readonly category?: string;
  readonly expected?: readonly Readonly<Record<string, unknown>>[];
}

function records(path: string): readonly Recorded[] {
  const bytes = readFileSync(path);
  const text = path.endsWith('.gz') ? gunzipSync(bytes).toString() : bytes.toString();
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

test('the session in the repository replays without a failure', async () => {
  const folder = fileURLToPath(new URL('../../venues/bybit/fixtures/', import.meta.url));
  const { summary } = await linesOf(`${folder}tops-20250613.ndjson.gz`);
  expect(summary).toEqual({
    kind: 'summary',
    frames: 206,
    decoded: 198,
    ignored: 8,
    failed: 0,
    gaps: 0,
    resyncs: 0,
  });
});

// Most recordings are not ours to publish: they lie beside the repository where they are available.
const shared = fileURLToPath(new URL('../../../../shared/fixtures/bybit/', import.meta.url));

describe('all recordings', () => {
  if (!existsSync(shared)) {
    test('replay without a failure', (context) => context.skip('../shared/fixtures is not here'));
    return;
  }
  const paths = readdirSync(shared).flatMap((folder) =>
    readdirSync(`${shared}${folder}`).map((name) => `${folder}/${name}`),
  );

  test.each(paths)('%s replays without a failure, a gap or a crossed book', async (path) => {
    const { lines, summary } = await linesOf(shared + path);
    expect(summary).toMatchObject({ failed: 0, gaps: 0, resyncs: 0 });
    const tops = lines.filter(({ kind }) => kind === 'book-top');
    const crossed = tops.filter(({ bid, ask }) => bid && ask && Number(bid[0]) >= Number(ask[0]));
    expect(crossed).toEqual([]);
    // Every change is in: the book's number goes up by one with every line of an instrument.
    const last = new Map<string, number>();
    for (const { instrument, updateId = 0 } of tops) {
      expect(updateId).toBe((last.get(instrument) ?? updateId - 1) + 1);
      last.set(instrument, updateId);
    }
  });

  test.each([
    ['linear-BTCUSDT', { ticker: 47, mark: 65, 'book-top': 414, candle: 23, trade: 56 }],
    ['linear-DOGEUSDT', { ticker: 48, mark: 42, 'book-top': 380, candle: 13, trade: 83 }],
    ['spot-BTCUSDT', { ticker: 41, 'book-top': 300, candle: 15, trade: 11 }],
  ])(
    'the session %s brings every book change, candle row and trade that was recorded',
    async (name, expected) => {
      const { lines } = await linesOf(`${shared}session/cryptofeed-v3-20260809-${name}.ndjson.gz`);
      const counts: Record<string, number> = {};
      for (const { kind } of lines) counts[kind] = (counts[kind] ?? 0) + 1;
      expect(counts).toEqual(expected);
    },
  );

  test.each(['BTCUSDT', 'DOGEUSDT'])(
    'the best prices in the tickers of linear %s are those of the book up to the same moment',
    (symbol) => {
      const decode = bybit.createDecoder({ route: 'linear' });
      const book = createBook(bybit.book);
      const known: Record<string, string> = {};
      const verdicts = { equal: 0, priceEqual: 0, other: 0 };
      const path = `${shared}session/cryptofeed-v3-20260809-linear-${symbol}.ndjson.gz`;
      // By cross sequence: tickers and books come on their own beats.
      const frames = records(path)
        .filter(({ dir }) => dir === 'recv')
        .map(({ raw }) => ({ raw, parsed: JSON.parse(raw) }))
        .filter(({ parsed }) => /^(tickers|orderbook)\./.test(parsed.topic))
        .map((frame) => ({ ...frame, at: Number(frame.parsed.cs ?? frame.parsed.data.seq) }))
        .sort((one, other) => one.at - other.at);
      for (const { raw, parsed } of frames) {
        for (const event of decode(raw, 0) as readonly MarketEvent[]) {
          if (event.kind === 'book-snapshot') book.applySnapshot(event);
          if (event.kind === 'book-delta') expect(book.applyDelta(event)).not.toBe('gap');
        }
        if (!parsed.topic.startsWith('tickers.')) continue;
        Object.assign(known, parsed.data);
        const { bid, ask } = book.best();
        if (!bid || !ask) continue;
        const price = 10 ** book.priceScale;
        const quantity = 10 ** book.quantityScale;
        const isAt = [known['bid1Price'], known['ask1Price']].every(
          (text, side) => Number(text) === [bid, ask].map((level) => level.price / price)[side],
        );
        const isOf = [known['bid1Size'], known['ask1Size']].every(
          (text, side) => Number(text) === [bid, ask].map((level) => level.quantity / quantity)[side],
        );
        verdicts[isAt && isOf ? 'equal' : isAt ? 'priceEqual' : 'other'] += 1;
      }
      // Sizes and, three times for DOGE, prices moved between the two beats: counted by others beforehand.
      expect(verdicts.equal + verdicts.priceEqual).toBeGreaterThan(150);
      expect(verdicts.other).toBeLessThanOrEqual(symbol === 'BTCUSDT' ? 0 : 3);
    },
  );
});

/** What tardis-dev made of the same frames, in our names. */
describe('truth', () => {
  if (!existsSync(shared)) {
    test('is met', (context) => context.skip('../shared/fixtures is not here'));
    return;
  }
  const INSTRUMENTS: Readonly<Record<string, string>> = {
    'bybit BTCUSD': 'bybit:BTC-USD-PERP',
    'bybit BTCUSDU23': 'bybit:BTC-USD-230929',
    'bybit LTCUSDT': 'bybit:LTC-USDT-PERP',
    'bybit BTCPERP': 'bybit:BTC-USDC-PERP',
    'bybit-spot BTCUSDT': 'bybit:BTC-USDT',
  };
  const ms = (text: unknown) => (typeof text === 'string' ? new Date(text).valueOf() : undefined);

  test.each(['tardis-linear-inverse', 'tardis-spot'])('%s is met field by field', (name) => {
    const decode = bybit.createDecoder();
    let last: number | undefined;
    let compared = 0;
    for (const { raw, expected = [] } of records(`${shared}truth/${name}.ndjson`)) {
      const events = decode(raw, 7) as readonly MarketEvent[];
      for (const event of events) if (event.kind === 'ticker') last = event.last;
      const ours = events.map((event) => inTheirWords(event, last)).filter((event) => event !== undefined);
      const theirs = expected.map((event) => ({
        ...event,
        instrument: INSTRUMENTS[`${event['exchange']} ${event['symbol']}`],
      }));
      compared += theirs.length;
      expect(ours).toEqual(theirs.map((event) => ourPart(event)));
    }
    expect(compared).toBeGreaterThan(5);
  });

  type Theirs = Readonly<Record<string, unknown>>;

  /** Their event without what we do not model (open interest, predicted funding, when they received it). */
  function ourPart(theirs: Theirs): Theirs {
    const at = ms(theirs['timestamp']);
    const { instrument, type } = theirs;
    switch (type) {
      case 'trade':
        return {
          type,
          instrument,
          at,
          id: theirs['id'],
          price: theirs['price'],
          amount: theirs['amount'],
          side: theirs['side'],
        };
      case 'book_change':
        return {
          type,
          instrument,
          at,
          isSnapshot: theirs['isSnapshot'],
          bids: theirs['bids'],
          asks: theirs['asks'],
        };
      case 'book_ticker': {
        const { bidPrice, bidAmount, askPrice, askAmount } = theirs;
        return { type, instrument, at, bidPrice, bidAmount, askPrice, askAmount };
      }
      case 'derivative_ticker': {
        const { lastPrice, markPrice, indexPrice, fundingRate } = theirs;
        return {
          type,
          instrument,
          at,
          lastPrice,
          markPrice,
          indexPrice,
          fundingRate,
          fundingAt: ms(theirs['fundingTimestamp']) ?? null,
        };
      }
      default:
        throw new Error(`unknown truth: ${String(type)}`);
    }
  }

  function inTheirWords(event: MarketEvent, last: number | undefined): Theirs | undefined {
    const { instrument } = event;
    const at = event.venueTime;
    switch (event.kind) {
      case 'trade':
        return {
          type: 'trade',
          instrument,
          at,
          id: event.id,
          price: event.price,
          amount: event.quantity,
          side: event.side,
        };
      case 'book-snapshot':
      case 'book-delta': {
        const side = (levels: Float64Array) =>
          Array.from({ length: levels.length / 2 }, (_, index) => ({
            price: (levels[index * 2] ?? 0) / 10 ** event.priceScale,
            amount: (levels[index * 2 + 1] ?? 0) / 10 ** event.quantityScale,
          }));
        const isSnapshot = event.kind === 'book-snapshot';
        return {
          type: 'book_change',
          instrument,
          at,
          isSnapshot,
          bids: side(event.bids),
          asks: side(event.asks),
        };
      }
      case 'top': {
        const { bidPrice, bidQuantity, askPrice, askQuantity } = event;
        return {
          type: 'book_ticker',
          instrument,
          at,
          bidPrice,
          bidAmount: bidQuantity,
          askPrice,
          askAmount: askQuantity,
        };
      }
      case 'mark': {
        const { markPrice, indexPrice, fundingRate = null, nextFundingTime = null } = event;
        return {
          type: 'derivative_ticker',
          instrument,
          at,
          lastPrice: last,
          markPrice,
          indexPrice,
          fundingRate,
          fundingAt: nextFundingTime,
        };
      }
      // Its last price stands in their derivative ticker: see above.
      case 'ticker':
      case 'candle':
        return undefined;
    }
  }

  test('liquidations are no stream of ours: ignored by name', () => {
    const [frame] = records(`${shared}truth/liquidation-semantics.ndjson`);
    expect(bybit.createDecoder()(frame?.raw ?? '', 7)).toEqual([
      { kind: 'ignored', reason: 'topic "allLiquidation"' },
    ]);
  });
});
