import { expect, test } from 'vitest';
import { figure } from '#shared/test-kit/figure.ts';
import { replayOf, seedsOf } from '#shared/test-kit/seeds.ts';
import { IS_SOAK, runs } from '#shared/test-kit/soak.ts';
import { createStorm } from './test-kit/storm.ts';

// G18: a whole engine in virtual time between venues that misbehave as a seed decides. Everything a window is told, to
// the letter, is one hash.

const SEEDS = seedsOf(runs(1000, 10_000));
const TOLD_MS = 3000;

async function story(seed: number) {
  await using world = await createStorm(seed);
  await world.run(TOLD_MS);
  return world.trace;
}

test(`the same seed tells the same story twice, ${SEEDS.length} seeds`, {
  timeout: IS_SOAK ? 3_600_000 : 900_000,
}, async () => {
  const stories = new Set<string>();
  let updates = 0;
  for (const seed of SEEDS) {
    const first = await story(seed);
    expect(await story(seed), replayOf(seed, 'src/engine/same-seed.test.ts')).toEqual(first);
    stories.add(first.hash);
    updates += first.updates;
  }
  figure('G18', 'seeds that told the same story twice', SEEDS.length, 'seeds');
  // Another seed is another story, but for the few in which nothing goes wrong: otherwise the hash would not hear it.
  expect([stories.size > 0.95 * SEEDS.length, updates > 100 * SEEDS.length]).toEqual([true, true]);
});
