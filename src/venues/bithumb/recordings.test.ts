import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { instrumentId } from '#shared/domain/instrument.ts';
import { createDecoder } from './market-codec.ts';
import { rest } from './rest.ts';

// Not all of them are ours to publish: they lie beside the repository where they are available.
const shared = fileURLToPath(new URL('../../../../shared/fixtures/bithumb/', import.meta.url));

interface Recorded {
  readonly channel: string;
  readonly raw: string;
  readonly expected?: unknown;
}

function records(path: string): readonly Recorded[] {
  return readFileSync(`${shared}${path}`)
    .toString()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

describe('all recordings of Bithumb', () => {
  if (!existsSync(shared)) {
    test('decode without a failure', (context) => context.skip('../shared/fixtures is not here'));
    return;
  }
  const files = readdirSync(shared, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /\.ndjson/.test(path),
  );

  test.each(files)('every frame of %s is read; those of the legacy socket are ignored by name', (path) => {
    const decode = createDecoder();
    for (const { channel, raw } of records(path).filter((record) => /^ws\d:/.test(record.channel))) {
      const kinds = decode(raw, 0).map(({ kind }) => kind);
      expect(kinds).not.toContain('failed');
      if (channel.startsWith('ws1:')) expect(kinds).toEqual(['ignored']);
    }
  });

  test('the book and the candles of the legacy API are what another normaliser made of them', () => {
    const instrument = instrumentId('bithumb:BTC-KRW');
    const [book, candles] = records('truth/ccxt-static.ndjson');
    const top = rest.top(instrument).parse(JSON.parse(book?.raw ?? ''), 0);
    const candle = (
      openTime: number,
      open: number,
      high: number,
      low: number,
      close: number,
      volume: number,
    ) => ({
      openTime,
      open,
      high,
      low,
      close,
      volume,
      closed: true,
    });
    expect({
      symbol: top.instrument.replace('bithumb:', '').replace('-', '/'),
      bids: [[top.bidPrice, top.bidQuantity]],
      asks: [[top.askPrice, top.askQuantity]],
      timestamp: top.venueTime,
      datetime: new Date(top.venueTime).toISOString(),
    }).toEqual(book?.expected);
    const query = { instrument, interval: '1m', limit: 5, now: Number.MAX_SAFE_INTEGER } as const;
    expect(rest.candles(query).parse(JSON.parse(candles?.raw ?? ''))).toEqual(
      ((candles?.expected ?? []) as readonly Parameters<typeof candle>[]).map((row) => candle(...row)),
    );
  });
});
