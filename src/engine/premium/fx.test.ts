import { describe, expect, test } from 'vitest';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import { createEventLog } from '../health/event-log.ts';
import type { SettingsFile } from '../settings.ts';
import { createFx } from './fx.ts';

const settle = async () => {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
};

describe('the dollar rate', () => {
  test('of a feed whose clock is ahead grows old all the same, once the feed is gone', async () => {
    const clock = createVirtualClock();
    let isGone = false;
    const fx = createFx({
      clock,
      log: createEventLog(clock),
      settings: { read: () => ({ typedFx: null }) } as unknown as SettingsFile,
      feed: {
        source: 'feed',
        async load() {
          if (isGone) throw new Error('gone');
          return { krwPerUsd: 1400, asOf: clock.now() + 365 * 86_400_000 };
        },
      },
    });
    await settle();
    const fresh = fx.isStale(clock.now());
    isGone = true;
    for (let minute = 0; minute < 11; minute += 1) {
      clock.advance(60_000);
      await settle();
    }
    expect([fresh, fx.isStale(clock.now()), fx.rate().krwPerUsd]).toEqual([false, true, 1400]);
    fx.dispose();
    expect(clock.pendingTimers).toBe(0);
  });
});
