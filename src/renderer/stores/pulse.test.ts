import { describe, expect, it } from 'vitest';
import type { HealthView } from '#shared/contract/api.ts';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import { createPulse } from './pulse.ts';
import { createFakeClient } from './test-kit/fake-client.ts';

function view(asOf: number): HealthView {
  return { asOf, engine: { memoryMb: 50, eventLoopDelayMs: 1 }, connections: [], clockOffsetMs: {} };
}

function begin() {
  const client = createFakeClient();
  const clock = createVirtualClock();
  const { store } = createPulse(client, clock);
  const seen = () => {
    const { now, quietMs, answering, engineSilentMs } = store.getState();
    return { now, quietMs, answering, engineSilentMs };
  };
  return { client, clock, seen };
}

describe('the pulse', () => {
  it('carries the engine’s time on by the window’s monotonic clock, whatever the wall clock says', () => {
    const { client, clock, seen } = begin();
    client.tell('health', view(500_000));
    clock.advance(1_250);
    expect(seen()).toEqual({ now: 501_250, quietMs: 1_250, answering: true, engineSilentMs: 1_250 });
  });

  it('says after two and a half seconds of silence that the engine does not answer', () => {
    const { client, clock, seen } = begin();
    client.tell('health', view(500_000));
    clock.advance(2_500);
    const before = seen().answering;
    clock.advance(250);
    const after = seen().answering;
    client.tell('health', view(502_600));
    expect([before, after, seen().answering]).toEqual([true, false, true]);
  });

  it('does not take an engine that repeats itself for a living one', () => {
    const { client, clock, seen } = begin();
    client.tell('health', view(500_000));
    clock.advance(2_000);
    client.tell('health', view(500_000));
    clock.advance(750);
    expect(seen()).toEqual({ now: 502_750, quietMs: 2_750, answering: false, engineSilentMs: 2_750 });
  });

  it('calls everything stale at once when the channel closes', () => {
    const { client, seen } = begin();
    client.tell('health', view(500_000));
    client.become('waiting');
    expect(seen()).toMatchObject({ answering: false, engineSilentMs: Infinity });
  });
});
