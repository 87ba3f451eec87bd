import { chanceOf } from '#shared/test-kit/seeds.ts';
import type { Mood } from './small-network.ts';
import { createSmallWorld, type SmallWorld } from './small-world.ts';

export const STORMY_VENUES = ['alpha', 'beta'];
export const STORMY_MS = 12_000;

const MOODS: readonly ((next: () => number) => Mood | 'reset')[] = [
  () => 'reset',
  () => ({ refuses: true }),
  () => ({ isMute: true }),
  () => ({ isFrozen: true }),
  (next) => ({ drops: next() / 2 }),
  (next) => ({ doubles: next() }),
  (next) => ({ swaps: next() }),
  () => ({ garbles: true }),
  () => ({ restStatus: 503 }),
  () => ({ restStatus: 429 }),
  (next) => ({ restDelayMs: Math.floor(next() * 6000) }),
];

/** A world in which each venue falls into another mood every so often, as the seed decides, and behaves after twelve seconds. */
export function createStorm(seed: number): Promise<SmallWorld> {
  const next = chanceOf(seed);
  const until = new Map<string, number>();
  return createSmallWorld({
    venues: STORMY_VENUES,
    next,
    moodOf(venue, now) {
      if (now >= STORMY_MS) return {};
      if (now < (until.get(venue) ?? 0)) return undefined;
      until.set(venue, now + 200 + Math.floor(next() * 5000));
      return next() < 0.35 ? {} : MOODS[Math.floor(next() * MOODS.length)]?.(next);
    },
  });
}
