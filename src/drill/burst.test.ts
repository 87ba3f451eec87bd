import { expect, test } from 'vitest';
import { figure } from '#shared/test-kit/figure.ts';
import { openBurstStage } from './test-kit/burst.ts';

// G9, the law part: whatever comes in however fast, a frozen window costs one batch and a bounded ring, and what is left
// out is counted to the last trade. How the event loop fares is measured in bench/burst.ts.

const FRAMES = 150_000;
const AT_ONCE = 500;
const MOST_BYTES = 8 * 1024 * 1024;

test('three seconds of 50,000 frames a second at a frozen window: bounded, counted exactly, and caught up in one batch', {
  timeout: 60_000,
}, async () => {
  await using stage = await openBurstStage();
  const awake = stage.window();
  const frozen = stage.window();
  await expect
    .poll(() => [awake.newestTrade, frozen.newestTrade])
    .toEqual([stage.poured.newestTrade, stage.poured.newestTrade]);
  await new Promise((resolve) => setTimeout(resolve, 200));
  frozen.frozen = true;
  const before = { batches: frozen.batches, gaps: gapsOf(stage.engine) };
  for (let poured = 0; poured < FRAMES; poured += AT_ONCE) {
    stage.pour(AT_ONCE);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await expect.poll(() => awake.newestTrade).toBe(stage.poured.newestTrade);
  const during = frozen.batches - before.batches;
  frozen.thaw();
  await expect.poll(() => frozen.newestTrade).toBe(stage.poured.newestTrade);
  const bytes = frozen.longestBatchBytes;
  figure('G9', 'longest batch to a window frozen over 150,000 frames', bytes / 1024, 'KiB');
  figure('G9', 'trades left out for the frozen window, each counted', frozen.dropped, 'trades');
  expect({
    batchesWhileFrozen: during <= 1,
    bounded: bytes <= MOST_BYTES,
    counted: frozen.received + frozen.dropped,
    countedForTheOther: awake.received + awake.dropped,
    leftOut: frozen.dropped > 80_000,
    gaps: gapsOf(stage.engine) - before.gaps,
  }).toEqual({
    batchesWhileFrozen: true,
    bounded: true,
    counted: stage.poured.trades,
    countedForTheOther: stage.poured.trades,
    leftOut: true,
    gaps: 0,
  });
});

function gapsOf(engine: Awaited<ReturnType<typeof openBurstStage>>['engine']): number {
  return engine
    .health()
    .connections.flatMap(({ streams }) => streams)
    .reduce((sum, { gaps }) => sum + gaps, 0);
}
