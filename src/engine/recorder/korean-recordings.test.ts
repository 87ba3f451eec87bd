import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { trimDecimal } from '#shared/base/decimal.ts';
import { plainDecimal } from '#shared/base/wire-number.ts';
import { bithumb } from '#venues/bithumb/index.ts';
import { upbit } from '#venues/upbit/index.ts';
import { replayFile } from './replay.ts';

/** Best bid and ask of a recorded book as they stand in its text, the first unit with an order on each side. */
function topIn(raw: string): unknown {
  const units = [...raw.matchAll(/"ap":([\d.E-]+),"bp":([\d.E-]+),"as":([\d.E-]+),"bs":([\d.E-]+)/g)];
  const level = (price: number, quantity: number) => {
    const unit = units.find((found) => Number(found[price]) > 0 && Number(found[quantity]) > 0);
    return unit && [unit[price], unit[quantity]].map((text) => trimDecimal(plainDecimal(text ?? '')));
  };
  return [level(2, 4), level(1, 3)];
}

async function expectTops(path: string): Promise<void> {
  const printed: unknown[] = [];
  const summary = await replayFile(path, {
    venue: upbit,
    events: ['book-top'],
    print(line) {
      const { bid, ask } = JSON.parse(line);
      printed.push([bid, ask]);
    },
  });
  expect(summary).toMatchObject({ failed: 0, gaps: 0, resyncs: 0 });
  const books = gunzipSync(readFileSync(path))
    .toString()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
    .filter(({ channel }) => channel === 'ws:orderbook:SIMPLE');
  expect(printed.length).toBeGreaterThan(300);
  expect(printed).toEqual(books.map(({ raw }) => topIn(raw)));
}

test('the Upbit session in the repository replays with every top as it was printed', async () => {
  const session = new URL('../../venues/upbit/fixtures/ten-markets-20210405.ndjson.gz', import.meta.url);
  await expectTops(fileURLToPath(session));
});

// Not all recordings are ours to publish: they lie beside the repository where they are available.
const shared = fileURLToPath(new URL('../../../../shared/fixtures/', import.meta.url));

describe('all recordings of Upbit and Bithumb', () => {
  if (!existsSync(shared)) {
    test('replay without a failure or gap', (context) => context.skip('../shared/fixtures is not here'));
    return;
  }
  test('the whole Upbit session replays with every top as it was printed', async () => {
    await expectTops(`${shared}upbit/session/cryptofeed-20210405.ndjson.gz`);
  });

  const files = [upbit, bithumb].flatMap((venue) =>
    readdirSync(`${shared}${venue.id}`, { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.ndjson/.test(path))
      .map((path) => [venue.name, path, venue] as const),
  );
  test.each(files)('%s: %s replays without a failure or gap', async (_, path, venue) => {
    const summary = await replayFile(`${shared}${venue.id}/${path}`, { venue, print: () => undefined });
    expect(summary).toMatchObject({ failed: 0, gaps: 0, resyncs: 0 });
    expect(summary.frames).toBeGreaterThan(0);
  });
});
