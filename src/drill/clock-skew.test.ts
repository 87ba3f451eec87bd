import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createClockOffset } from '#engine/net/clock-offset.ts';
import { createRestClient } from '#engine/net/rest-client.ts';
import { systemClock } from '#shared/base/system-clock.ts';
import { figure } from '#shared/test-kit/figure.ts';
import { IS_SOAK } from '#shared/test-kit/soak.ts';
import { type Simulator, startSimulator } from '#simulator/simulator.ts';
import { venuesAt } from '#venues/registry.ts';
import { createSimulatorControl, type SimulatorControl } from './simulator-control.ts';

// G14: a venue's clock that is wrong by half a second to an hour, either way, over each venue's own call for its time.

const ALLOWED_MS = 20;
const SKEWS_MS = [-3_600_000, -60_000, -500, 0, 500, 7000, 3_600_000];
/** A venue that tells whole seconds is asked five times, at different parts of a second: that takes three of them. */
const COARSE_SKEWS_MS = IS_SOAK ? SKEWS_MS : [-3_600_000, -500, 3_600_000];

let simulator: Simulator;
let control: SimulatorControl;
beforeAll(async () => {
  simulator = await startSimulator({ seed: 8 });
  control = createSimulatorControl(simulator.address.control);
});
afterAll(() => simulator.stop());

const venues = venuesAt(({ id }) => ({ rest: id, ws: id })).map(({ venue }) => venue);

describe.each(venues)('the clock of $name', (venue) => {
  const stepMs = venue.rest.clockStepMs ?? 1;

  test.concurrent('is known to within half a round trip and 20 ms, however wrong it is', {
    timeout: 60_000,
  }, async () => {
    const rest = createRestClient({
      venue,
      baseUrl: simulator.address.venues[venue.id]?.rest ?? '',
      clock: systemClock,
      fetch,
      profile: () => 'balanced',
    });
    const wrong: string[] = [];
    let worstMs = 0;
    for (const skewMs of stepMs > 1 ? COARSE_SKEWS_MS : SKEWS_MS) {
      const id = await control.fault({ kind: 'clockSkew', venue: venue.id, ms: skewMs });
      const measured = await measure(() => rest.call(venue.rest.serverTime()), stepMs);
      const errorMs = Math.abs(measured.offsetMs - skewMs);
      worstMs = Math.max(worstMs, errorMs);
      if (errorMs > measured.errorMs + ALLOWED_MS) {
        wrong.push(`skew ${skewMs} ms taken for ${measured.offsetMs} ± ${measured.errorMs} ms`);
      }
      await fetch(`${simulator.address.control}/_sim/faults/${id}`, { method: 'DELETE' });
    }
    rest.dispose();
    figure(
      'G14',
      `worst error of the offset of ${venue.name}${stepMs > 1 ? ', which tells whole seconds' : ''}`,
      worstMs,
      'ms',
    );
    expect(wrong).toEqual([]);
  });
});

function measure(serverTime: () => Promise<number>, resolutionMs: number) {
  return new Promise<{ readonly offsetMs: number; readonly errorMs: number }>((resolve) => {
    const offset = createClockOffset({
      clock: systemClock,
      serverTime,
      resolutionMs,
      onMeasured(offsetMs) {
        offset.dispose();
        resolve({ offsetMs, errorMs: offset.errorMs ?? Number.NaN });
      },
    });
    offset.start();
  });
}
