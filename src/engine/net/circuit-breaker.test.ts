import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import { createCircuitBreaker } from './circuit-breaker.ts';

function start() {
  const clock = createVirtualClock();
  const states: string[] = [];
  const breaker = createCircuitBreaker({ clock, onState: (state) => states.push(state) });
  const fail = (times: number) => {
    for (let time = 0; time < times; time += 1) if (breaker.tryPass()) breaker.failed();
  };
  return { clock, breaker, states, fail };
}

describe('circuit breaker', () => {
  test('opens on the fifth failure within a minute, not on five that are further apart', () => {
    const { clock, breaker, fail } = start();
    fail(4);
    clock.advance(60_000);
    fail(4);
    const before = breaker.state;
    fail(1);
    expect([before, breaker.state, breaker.tryPass(), breaker.probeInMs]).toEqual([
      'closed',
      'open',
      false,
      3000,
    ]);
  });

  test('lets one probe out after three seconds, whose failure keeps it open for twice as long', () => {
    const { clock, breaker, states, fail } = start();
    fail(5);
    clock.advance(2999);
    const early = breaker.tryPass();
    clock.advance(1);
    const probes = [breaker.tryPass(), breaker.tryPass()];
    breaker.failed();
    clock.advance(5999);
    const again = breaker.tryPass();
    clock.advance(1);
    const second = breaker.tryPass();
    breaker.succeeded();
    expect({ early, probes, again, second, state: breaker.state, states }).toEqual({
      early: false,
      probes: [true, false],
      again: false,
      second: true,
      state: 'closed',
      states: ['open', 'half-open', 'open', 'half-open', 'closed'],
    });
  });

  test('lets the probe out at once where something else says that it is over', () => {
    const { breaker, fail } = start();
    fail(5);
    breaker.hurry();
    const probes = [breaker.tryPass(), breaker.tryPass()];
    breaker.failed();
    expect([probes, breaker.state]).toEqual([[true, false], 'open']);
  });

  test('is not closed by a late answer to a call that left before it opened', () => {
    const { clock, breaker, fail } = start();
    const late = breaker.tryPass();
    fail(5);
    breaker.succeeded();
    const whileOpen = breaker.state;
    clock.advance(30_000);
    breaker.succeeded();
    expect([late, whileOpen, breaker.state]).toEqual([true, 'open', 'half-open']);
  });

  test('never lets more than five failures of one minute through, whatever the order', () => {
    const step = fc.record({ waitMs: fc.integer({ min: 0, max: 20_000 }), fails: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const { clock, breaker } = start();
        let failedAt: number[] = [];
        for (const { waitMs, fails } of steps) {
          clock.advance(waitMs);
          if (!breaker.tryPass()) continue;
          if (!fails) breaker.succeeded();
          else {
            breaker.failed();
            failedAt = [...failedAt, clock.monotonic()].filter((at) => at > clock.monotonic() - 30_000);
            if (failedAt.length > 5) return false;
          }
        }
        return true;
      }),
      { numRuns: 500 },
    );
  });
});
