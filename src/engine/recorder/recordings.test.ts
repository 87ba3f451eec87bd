import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { trimDecimal } from '#shared/base/decimal.ts';
import { binance } from '#venues/binance/index.ts';
import { type ReplaySummary, replayFile } from './replay.ts';

/** The venue's own word on the best bid and ask after the change `u`, taken from its `bookTicker`. */
interface Checkpoint {
  readonly s: string;
  readonly u: number;
  readonly b: string;
  readonly B: string;
  readonly a: string;
  readonly A: string;
}

function checkpoints(path: string): readonly Checkpoint[] {
  return gunzipSync(readFileSync(path))
    .toString()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(JSON.parse(line).raw));
}

async function topsOf(path: string): Promise<{ tops: Map<string, unknown>; summary: ReplaySummary }> {
  const tops = new Map<string, unknown>();
  const summary = await replayFile(path, {
    venue: binance,
    events: ['book-top'],
    print(line) {
      const { instrument, updateId, bid, ask } = JSON.parse(line);
      tops.set(`${instrument} ${updateId}`, [bid, ask]);
    },
  });
  return { tops, summary };
}

async function expectTruth(session: string, truth: string): Promise<void> {
  const { tops, summary } = await topsOf(session);
  expect(summary).toMatchObject({ ignored: 0, failed: 0, gaps: 0, resyncs: 0 });
  const points = checkpoints(truth);
  expect(points.length).toBeGreaterThan(5);
  expect(points.map(({ s, u }) => [s, u, tops.get(`${binance.instrumentOf(s)} ${u}`)])).toEqual(
    points.map(({ s, u, b, B, a, A }) => [s, u, [[b, B].map(trimDecimal), [a, A].map(trimDecimal)]]),
  );
}

describe('recorded sessions in the repository', () => {
  const folder = fileURLToPath(new URL('../../venues/binance/fixtures/', import.meta.url));
  test.each(['btcusdt-20230404', 'btcusdt-20240808', 'ethusdt-20240808', 'four-alts-20210722'])(
    '%s replays without a failure or gap, and every checkpoint is equal',
    async (name) => {
      await expectTruth(`${folder}${name}.ndjson.gz`, `${folder}${name}.checkpoints.ndjson.gz`);
    },
  );
});

// The whole recordings are not all ours to publish: they lie beside the repository where they are available.
const shared = fileURLToPath(new URL('../../../../shared/fixtures/binance-usdm/', import.meta.url));

describe('whole recorded sessions', () => {
  if (!existsSync(shared)) {
    test('replay without a failure or gap', (context) => context.skip('../shared/fixtures is not here'));
    return;
  }
  const sessions = readdirSync(`${shared}session`).filter((name) => name.endsWith('.ndjson.gz'));
  test.each(sessions)('%s replays without a failure or gap, and every checkpoint is equal', async (name) => {
    await expectTruth(`${shared}session/${name}`, `${shared}truth/book-checkpoints-${name}`);
  });

  test.each(readdirSync(`${shared}ws-current-2026`))('the frames of 2026 in %s decode', async (name) => {
    const path = `${shared}ws-current-2026/${name}`;
    const summary = await replayFile(path, { venue: binance, print: () => undefined });
    expect(summary).toMatchObject({ failed: 0, gaps: 0 });
    expect(summary.decoded).toBeGreaterThan(0);
  });
});
