import { expect, test } from 'vitest';
import type { WatchSource } from '#shared/contract/api.ts';
import { figure } from '#shared/test-kit/figure.ts';
import { chanceOf } from '#shared/test-kit/seeds.ts';
import { runs } from '#shared/test-kit/soak.ts';
import { smallInstruments } from './test-kit/small-venue.ts';
import { createSmallWorld } from './test-kit/small-world.ts';

// G10, the share that fits here: what is opened for a panel is gone with the panel, and what is opened for a socket with
// the socket. Memory over simulated hours is measured in bench/soak-memory.ts.

const VENUES = ['alpha', 'beta'];
const SWITCHES = runs(50, 200);
const RECONNECTS = runs(50, 500);

test(`after ${SWITCHES} switches of instrument and ${RECONNECTS} reconnects as many timers and sockets are held as before`, {
  timeout: 120_000,
}, async () => {
  await using world = await createSmallWorld({ venues: VENUES, next: chanceOf(4) });
  const { engine } = world;
  const instruments = VENUES.flatMap(smallInstruments);
  await world.run(10_000);
  const before = world.held;
  const handles = process.getActiveResourcesInfo().length;

  for (let at = 0; at < SWITCHES; at += 1) {
    const instrument = instruments[at % instruments.length] as never;
    const open: WatchSource<unknown>[] = [
      engine.api.watch(
        'candles',
        { instrument, interval: at % 2 === 0 ? '1m' : '5m' } as never,
        () => undefined,
      ),
      engine.api.watch('book', { instrument, depth: 5 }, () => undefined),
      engine.api.watch('trades', { instrument }, () => undefined),
      engine.api.watch('premium', { coins: ['BTC'], notionalKrw: 1_000_000 }, () => undefined),
      engine.api.watch('metrics', {}, () => undefined),
    ];
    await world.run(300);
    for (const source of open) source.dispose();
    await world.run(100);
  }
  for (let at = 0; at < RECONNECTS; at += 1) {
    await engine.api.request('connections.reconnect', { venue: VENUES[at % 2] as never });
    await world.run(400);
  }
  // Renewals and questions that are under way come to their end.
  await world.run(60_000);
  const after = world.held;
  figure(
    'G10',
    'timers held after the switches and reconnects, above before',
    after.timers - before.timers,
    'timers',
  );
  expect({ ...after, handles: process.getActiveResourcesInfo().length <= handles + 2 }).toEqual({
    ...before,
    handles: true,
  });
});

test('an engine that was closed leaves no timer and no socket behind, whatever it was doing', {
  timeout: 60_000,
}, async () => {
  for (let moment = 0; moment < 12; moment += 1) {
    const world = await createSmallWorld({
      venues: VENUES,
      next: chanceOf(moment),
      moodOf: (venue) =>
        venue === 'alpha' ? [{}, { refuses: true }, { isFrozen: true }, { restStatus: 429 }][moment % 4] : {},
    });
    await world.run(moment * 700);
    await world[Symbol.asyncDispose]();
    // What the network itself still carries arrives at nobody.
    await world.settle(30_000);
    expect(world.held, `closed after ${moment * 700} ms`).toEqual({ timers: 0, sockets: 0 });
  }
});
