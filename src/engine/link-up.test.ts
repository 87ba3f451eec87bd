import { expect, test } from 'vitest';
import type { HealthView } from '#shared/contract/api.ts';
import { figure } from '#shared/test-kit/figure.ts';
import { chanceOf, seedsOf } from '#shared/test-kit/seeds.ts';
import { runs } from '#shared/test-kit/soak.ts';
import { createSmallWorld } from './test-kit/small-world.ts';

// G13: the link goes, every attempt fails and the waits grow; the link comes back, and nobody is to wait for the rest of
// a half-minute pause.

const VENUES = ['alpha', 'beta'];

test('a link that is up again is used within two seconds, whatever was being waited for', {
  timeout: 60_000,
}, async () => {
  let slowestDialMs = 0;
  let slowestLiveMs = 0;
  let longestWaitMs = 0;
  for (const seed of seedsOf(runs(4, 200))) {
    let isUp = true;
    await using world = await createSmallWorld({
      venues: VENUES,
      next: chanceOf(seed),
      moodOf: () => (isUp ? {} : { refuses: true, isFrozen: false, restStatus: 503 }),
    });
    await world.run(5000);
    isUp = false;
    world.interfaces = {};
    for (const venue of VENUES) world.venue(venue).reset();
    await world.run(50_000 + (seed % 40) * 700);
    const { connections, asOf } = world.latest('health') as HealthView;
    const waits = connections.map(({ state }) => (state.kind === 'waiting' ? state.retryAt - asOf : 0));
    longestWaitMs = Math.max(longestWaitMs, ...waits);
    const dialled = VENUES.map((venue) => world.venue(venue).dialled.length);
    isUp = true;
    world.interfaces = { wlan0: [{ address: '10.0.0.9', internal: false }] };
    const upAt = world.clock.monotonic();
    const isLive = () =>
      (world.latest('health') as HealthView).connections.every(({ state }) => state.kind === 'live');
    while (!isLive() && world.clock.monotonic() - upAt < 60_000) await world.run(50);
    slowestLiveMs = Math.max(slowestLiveMs, world.clock.monotonic() - upAt);
    for (const [at, venue] of VENUES.entries()) {
      const next = world.venue(venue).dialled[dialled[at] ?? 0] ?? Number.POSITIVE_INFINITY;
      slowestDialMs = Math.max(slowestDialMs, next - upAt);
    }
  }
  figure('G13', 'link up to the next attempt, slowest (virtual time)', slowestDialMs, 'ms');
  figure('G13', 'link up to live, slowest (virtual time)', slowestLiveMs, 'ms');
  // Without the link's word, some would have waited far longer.
  expect([slowestDialMs <= 2000, longestWaitMs > 10_000]).toEqual([true, true]);
});
