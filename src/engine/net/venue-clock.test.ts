import { describe, expect, test } from 'vitest';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import { createEventLog } from '../health/event-log.ts';
import { plainVenue } from '../test-kit/plain-venue.ts';
import { createRestClient } from './rest-client.ts';
import { createVenueClock } from './venue-clock.ts';

const SKEW_MS = 700;
const ROUND_TRIP_MS = 20;

/** A venue whose budget is nearly used up by others: what asks now has to wait its turn. */
function start(options: { readonly failFirst?: number; readonly capacity?: number } = {}) {
  const clock = createVirtualClock();
  const log = createEventLog(clock);
  let failures = options.failFirst ?? 0;
  let skewMs = SKEW_MS;
  let asked = 0;
  const venue = {
    ...plainVenue,
    limits: {
      ...plainVenue.limits,
      budgets: [{ scope: 'all', capacity: options.capacity ?? 10, windowMs: 10_000 }],
    },
  };
  const rest = createRestClient({
    venue,
    baseUrl: '',
    clock,
    fetch: () =>
      new Promise((resolve, reject) => {
        clock.after(ROUND_TRIP_MS / 2, () => {
          if (failures-- > 0) {
            reject(new Error('reset'));
            return;
          }
          asked += 1;
          const told = String(clock.now() + skewMs);
          clock.after(ROUND_TRIP_MS / 2, () =>
            resolve({ status: 200, headers: { get: () => null }, text: async () => told }),
          );
        });
      }),
  });
  const venueClock = createVenueClock({ clock, venue, rest, log });
  async function pass(ms: number) {
    for (let step = 0; step < ms / 10; step += 1) {
      clock.advance(10);
      for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
    }
  }
  const skew = (ms: number) => {
    skewMs = ms;
  };
  return { clock, log, rest, venueClock, pass, skew, asked: () => asked };
}

describe('the clock of a venue', () => {
  test('is not off by the time its questions waited for their turn among others', async () => {
    const { rest, venueClock, pass, log } = start();
    const read = { path: '/read', scope: 'all', weight: 5, parse: () => undefined };
    const crowd = async () => {
      for (let asked = 0; asked < 30; asked += 1) await rest.call(read);
    };
    for (let count = 0; count < 3; count += 1) void crowd();
    venueClock.start();
    await pass(200_000);
    expect({ offsetMs: venueClock.offsetMs, errorMs: venueClock.errorMs, waits: log.entries.length }).toEqual(
      {
        offsetMs: SKEW_MS,
        errorMs: ROUND_TRIP_MS / 2,
        waits: 1,
      },
    );
  });

  test('is not off by a try that failed before', async () => {
    const { venueClock, pass } = start({ failFirst: 2 });
    venueClock.start();
    await pass(60_000);
    expect([venueClock.offsetMs, venueClock.errorMs]).toEqual([SKEW_MS, ROUND_TRIP_MS / 2]);
  });

  test('is asked anew soon after a doubt that was none, and not in a loop where doubts go on', async () => {
    const { venueClock, pass, skew, asked } = start({ capacity: 1000 });
    venueClock.start();
    await pass(1000);
    venueClock.doubt(); // a busy start
    await pass(500);
    skew(7000);
    let noticedMs = 0;
    for (; venueClock.offsetMs !== 7000 && noticedMs < 60_000; noticedMs += 500) {
      venueClock.doubt();
      await pass(500);
    }
    const before = asked();
    for (let second = 0; second < 120; second += 1) {
      venueClock.doubt();
      await pass(1000);
    }
    expect([noticedMs <= 5500, (asked() - before) / 5 <= 6]).toEqual([true, true]);
  });
});
