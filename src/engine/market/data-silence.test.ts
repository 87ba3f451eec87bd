import { describe, expect, test } from 'vitest';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import { PLAIN_BTC } from '../test-kit/plain-venue.ts';
import { createDataSilence } from './data-silence.ts';

/** A connection that brought something every `gapMs` for half a minute, and then nothing for `muteMs`. */
function afterMute(gapMs: number, muteMs: number) {
  const clock = createVirtualClock();
  const silence = createDataSilence(clock, {
    limits: { staleAfterMs: 60_000 },
    canaryOf: () => ({ kind: 'book', instrument: PLAIN_BTC }),
  });
  silence.opened();
  for (let ms = 0; ms < 30_000; ms += gapMs) {
    clock.advance(gapMs);
    silence.heard(clock.monotonic(), clock.now());
    if (ms % 1000 < gapMs) silence.second();
  }
  clock.advance(muteMs);
  const now = clock.monotonic();
  return { state: silence.at(now).state, isReturn: silence.isReturn(now) };
}

describe('the silence of a connection', () => {
  test('that was long enough to be called late is looked into when it ends: on ids nobody can rely', () => {
    expect([afterMute(100, 3900), afterMute(100, 5000), afterMute(100, 9000)]).toEqual([
      { state: 'live', isReturn: false },
      { state: 'late', isReturn: true },
      { state: 'stale', isReturn: true },
    ]);
  });

  test('of a connection that is quiet anyway is nothing for a few seconds', () => {
    expect([afterMute(2000, 6500), afterMute(2000, 7500)]).toEqual([
      { state: 'live', isReturn: false },
      { state: 'late', isReturn: true },
    ]);
  });
});
