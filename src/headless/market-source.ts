import type { EngineOptions } from '#engine/engine.ts';
import type { Undo } from '#shared/base/emitter.ts';
import { startSimulator } from '#simulator/simulator.ts';
import { venues } from '#venues/registry.ts';

/** Where the numbers come from: which venues, at which addresses. */
export interface MarketSource extends AsyncDisposable {
  readonly venues: EngineOptions['venues'];
  /** What the window calls it. */
  readonly environment: string;
  /** Called once if the source is ours and ends without having been asked to. */
  onGone(listener: (reason: string) => void): Undo;
}

/** The simulated market, started here and serving every venue it knows the protocol of. */
export async function openDemoMarket(): Promise<MarketSource> {
  const simulator = await startSimulator();
  return {
    venues: reachable((venue) => simulator.address.venues[venue.id]),
    environment: 'simulator',
    onGone: (listener) => simulator.onGone(listener),
    [Symbol.asyncDispose]: () => simulator.stop(),
  };
}

/** The venues themselves. Nothing is tried here: where the network is absent, the connections show it. */
export function openLiveMarket(): MarketSource {
  return {
    venues: reachable((venue) => venue.environments.mainnet),
    environment: 'mainnet',
    onGone: () => () => undefined,
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

type Reachable = EngineOptions['venues'][number];

function reachable(endpointsOf: (venue: Reachable['venue']) => Reachable['endpoints'] | undefined) {
  return venues.flatMap((venue): Reachable[] => {
    const endpoints = endpointsOf(venue);
    return endpoints ? [{ venue, endpoints }] : [];
  });
}
