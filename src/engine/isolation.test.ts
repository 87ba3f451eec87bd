import { describe, expect, test } from 'vitest';
import type { HealthView, LogEntry } from '#shared/contract/api.ts';
import { figure } from '#shared/test-kit/figure.ts';
import { chanceOf } from '#shared/test-kit/seeds.ts';
import type { Mood } from './test-kit/small-network.ts';
import { createSmallWorld } from './test-kit/small-world.ts';

// G16, the law part: what one venue does to us is nobody else's story. The same world is run twice, once with the others
// at work and once with them at their worst, and a window's view of the venue between them is compared to the letter.
// How long it takes is measured in bench/isolation.ts.

const MINUTE_MS = 60_000;
/** Long enough for silence to be noticed, sockets replaced, circuits opened. */
const SECONDS = 20;
const WORST: Readonly<Record<string, Mood>> = {
  'hangs, sockets and REST': { isFrozen: true },
  'refuses everything': { refuses: true, restStatus: 503 },
  'floods with twenty of each frame': { floods: 20 },
  'makes its decoder throw at every frame': { breaks: true },
  'sends nothing but what nobody can read': { garbles: true },
  'answers with limits and bans': { restStatus: 429, isMute: true },
};

const worldWith = (moodOf: (venue: string, now: number) => Mood | undefined) =>
  createSmallWorld({
    venues: ['before', 'own', 'after'],
    next: chanceOf(1),
    nextOf: (venue) => chanceOf(venue.length),
    moodOf,
  });

async function storyWith(mood: Mood) {
  await using world = await worldWith((venue, now) => (venue === 'own' ? {} : now < 5000 ? {} : mood));
  const states: string[] = [];
  for (let second = 0; second < SECONDS; second += 1) {
    await world.run(1000);
    const { connections } = world.latest('health') as HealthView;
    const own = connections.filter(({ venue }) => venue === 'own');
    // Ages aside: the view is taken at the same moments.
    states.push(JSON.stringify(own));
  }
  const { connections } = world.latest('health') as HealthView;
  const others = connections.filter(({ venue }) => venue !== 'own').map(({ state }) => state.kind);
  return { story: world.storyOf('own'), states, others };
}

describe('one venue', () => {
  let calm: Awaited<ReturnType<typeof storyWith>> | undefined;

  test.each(Object.entries(WORST))(
    'that %s changes nothing of another',
    { timeout: 60_000 },
    async (_, mood) => {
      calm ??= await storyWith({});
      const worst = await storyWith(mood);
      expect({ story: worst.story, states: worst.states }).toEqual({
        story: calm.story,
        states: calm.states,
      });
      expect(calm.others).toEqual(['live', 'live']);
    },
  );

  test('whose decoder throws in a loop is left alone after five failures, tried again, and back within three seconds', {
    timeout: 60_000,
  }, async () => {
    let isBroken = false;
    await using world = await worldWith((venue) => (venue === 'before' && isBroken ? { breaks: true } : {}));
    const codes: string[] = [];
    const second = async () => {
      await world.run(1000);
      codes.push(...((world.latest('log') as readonly LogEntry[] | undefined) ?? []).map(({ code }) => code));
    };
    const stateOf = () => {
      const { connections } = world.latest('health') as HealthView;
      return connections.find(({ id }) => id === 'before/all')?.state.kind;
    };
    for (let at = 0; at < 8; at += 1) await second();
    const before = stateOf();
    isBroken = true;
    for (let at = 0; at < 20; at += 1) await second();
    const during = stateOf();
    const dialled = world.venue('before').dialled.length;
    isBroken = false;
    const mendedAt = world.clock.monotonic();
    while (stateOf() !== 'live' && world.clock.monotonic() - mendedAt < MINUTE_MS) await second();
    const backMs = world.clock.monotonic() - mendedAt;
    figure('G16', 'a venue whose decoder threw is live again after', backMs, 'ms');
    expect({
      before,
      during: during === 'live',
      opened: codes.includes('circuit.open'),
      // Knocked at now and then, not in a loop.
      knocks: dialled <= 12,
      backInTime: backMs <= 8000,
    }).toEqual({ before: 'live', during: false, opened: true, knocks: true, backInTime: true });
  });
});
