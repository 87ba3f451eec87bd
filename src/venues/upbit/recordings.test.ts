import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { parseExactJson } from '#shared/base/exact-json.ts';
import { instrumentId } from '#shared/domain/instrument.ts';
import { createDecoder, createParsingDecoder } from './market-codec.ts';
import { rest } from './rest.ts';

const AT = 1_700_000_000_000;
// Not all of them are ours to publish: they lie beside the repository where they are available.
const shared = fileURLToPath(new URL('../../../../shared/fixtures/upbit/', import.meta.url));

interface Recorded {
  readonly channel: string;
  readonly raw: string;
  readonly expected?: readonly Record<string, never>[];
}

function records(path: string): readonly Recorded[] {
  const bytes = readFileSync(`${shared}${path}`);
  const text = path.endsWith('.gz') ? gunzipSync(bytes).toString() : bytes.toString();
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

describe('all recordings of Upbit', () => {
  if (!existsSync(shared)) {
    test('decode without a failure', (context) => context.skip('../shared/fixtures is not here'));
    return;
  }
  const files = readdirSync(shared, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /\.ndjson/.test(path),
  );

  test.each(files)('every frame of %s is read, by scanner and parser alike', (path) => {
    const decoders = [createDecoder(), createParsingDecoder()];
    const frames = records(path).filter(({ channel }) => channel.startsWith('ws:'));
    for (const { raw } of frames) {
      const [scanned, parsed] = decoders.map((decode) => decode(raw, AT));
      expect(scanned).toEqual(parsed);
      expect(scanned?.map(({ kind }) => kind)).not.toContain('failed');
    }
  });

  test('the times of each market never go back, and every id is new', () => {
    const decode = createDecoder();
    const seen = new Map<string, number>();
    const ids = new Set<string>();
    for (const { raw } of records('session/cryptofeed-20210405.ndjson.gz')) {
      for (const event of decode(raw, AT)) {
        if (event.kind === 'trade') {
          expect(ids.has(`${event.instrument} ${event.id}`)).toBe(false);
          ids.add(`${event.instrument} ${event.id}`);
        }
        if (event.kind !== 'book-snapshot') continue;
        expect(event.lastUpdateId).toBeGreaterThanOrEqual(seen.get(event.instrument) ?? 0);
        seen.set(event.instrument, event.lastUpdateId);
      }
    }
    expect([seen.size, ids.size]).toEqual([9, 672]);
  });

  test('books are what another normaliser made of the same frames', () => {
    const decode = createDecoder();
    for (const { raw, expected } of records('truth/tardis.ndjson')) {
      const [theirs] = expected ?? [];
      const [book] = decode(raw, AT);
      if (book?.kind !== 'book-snapshot' || !theirs) throw new Error('no book');
      const side = (levels: Float64Array) =>
        Array.from({ length: levels.length / 2 }, (_, index) => ({
          price: (levels[index * 2] ?? 0) / 10 ** book.priceScale,
          amount: (levels[index * 2 + 1] ?? 0) / 10 ** book.quantityScale,
        }));
      expect({
        instrument: book.instrument,
        venueTime: book.venueTime,
        bids: side(book.bids),
        asks: side(book.asks),
      }).toEqual({
        instrument: `upbit:${String(theirs['symbol']).split('-').reverse().join('-')}`,
        venueTime: Date.parse(theirs['timestamp'] ?? ''),
        bids: theirs['bids'],
        asks: theirs['asks'],
      });
    }
  });

  test('trades are what another normaliser made of the same answer', () => {
    for (const { raw, expected } of records('truth/ccxt-static.ndjson')) {
      const trades = rest.trades(instrumentId('upbit:BTC-USDT'), 1).parse(parseExactJson(raw), AT);
      expect(
        trades.map(({ instrument, id, venueTime, side, price, quantity }) => ({
          symbol: instrument.replace('upbit:', '').replace('-', '/'),
          id,
          timestamp: venueTime,
          side,
          price,
          amount: quantity,
        })),
      ).toEqual(expected?.map(({ datetime: _, cost: __, ...rest }) => rest));
    }
  });

  test('a minute of candles: the running minute, then the next, none said to be closed', () => {
    const decode = createDecoder();
    const candles = records('ws-candle/maxt-20260730.ndjson').map(({ raw }) => decode(raw, AT)[0]);
    expect(
      candles.map((event) => (event?.kind === 'candle' ? [event.candle.openTime, event.candle.closed] : [])),
    ).toEqual([
      [Date.parse('2026-07-30T07:45:00Z'), false],
      [Date.parse('2026-07-30T07:46:00Z'), false],
      [Date.parse('2026-07-30T07:47:00Z'), false],
    ]);
  });

  test('a day of candles opens at 00:00 UTC', () => {
    const [day] = records('rest-candles/days-20260708.ndjson');
    const query = { instrument: instrumentId('upbit:BTC-KRW'), interval: '1d', limit: 1, now: AT } as const;
    expect(rest.candles(query).parse(parseExactJson(day?.raw ?? ''))).toEqual([
      {
        openTime: Date.parse('2026-07-08T00:00:00Z'),
        open: 94_950_000,
        high: 95_444_000,
        low: 94_100_000,
        close: 94_237_000,
        volume: 134.10911099,
        closed: false,
      },
    ]);
  });
});
