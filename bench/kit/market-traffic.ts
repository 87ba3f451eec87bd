import type { SimulatorControl } from '../../e2e/simulator-control.ts';
import { rounded } from './statistics.ts';

/** Traffic comes in bursts: aimed a little higher, so that the mean over the run does not fall short. */
const AIM = 1.1;
const LOOK_MS = 4_000;

export interface Traffic {
  /** What the market's usual activity was multiplied by. */
  readonly activity: number;
  begin(): Promise<{ perSecond(): Promise<number> }>;
}

/** Turns the market up until what the engine is sent comes near the wanted rate. */
export async function startTraffic(simulator: SimulatorControl, wanted: number): Promise<Traffic> {
  let multiplier = 1;
  for (let attempt = 0; attempt < 6; attempt += 1) {
    await simulator.post('activity', { multiplier });
    const before = await sent(simulator);
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    const missing = (AIM * wanted) / Math.max(1, perSecondBetween(before, await sent(simulator)));
    if (missing > 0.95 && missing < 1.05) break;
    multiplier = Math.min(1000, Math.max(0.1, multiplier * missing));
  }
  return {
    activity: rounded(multiplier),
    async begin() {
      const before = await sent(simulator);
      return { perSecond: async () => perSecondBetween(before, await sent(simulator)) };
    },
  };
}

interface Sent {
  readonly messages: number;
  readonly at: number;
}

function perSecondBetween(before: Sent, after: Sent): number {
  return (1000 * (after.messages - before.messages)) / (after.at - before.at);
}

async function sent(simulator: SimulatorControl): Promise<Sent> {
  const stats = (await simulator.get('stats')) as {
    readonly venues: Readonly<Record<string, { readonly connections: readonly { readonly sent: number }[] }>>;
  };
  const connections = Object.values(stats.venues).flatMap((venue) => venue.connections);
  return { messages: connections.reduce((sum, one) => sum + one.sent, 0), at: performance.now() };
}
