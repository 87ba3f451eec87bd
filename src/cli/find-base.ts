import type { Undo } from '#shared/base/emitter.ts';
import { HeartlineError, messageOf } from '#shared/base/errors.ts';
import { startSimulator } from '#simulator/simulator.ts';
import { venues } from '#venues/registry.ts';

type Venue = (typeof venues)[number];
type Endpoints = ReturnType<(url: string) => { readonly rest: string; readonly ws: string }>;

/** Where the venues are reached. */
export interface Base {
  readonly isSimulated: boolean;
  endpointsOf(venue: Venue): Endpoints | undefined;
  onGone(listener: (reason: string) => void): Undo;
  stop(): Promise<void>;
}

/**
 * `simulator` starts one; `mainnet` and `demo` are the venues' own; a URL is a running simulator (its control or
 * a venue's address) or anything else that speaks the venue's REST there and its sockets on the same host.
 * Throws `base.unknown`, `base.unreachable`.
 */
export async function findBase(name: string): Promise<Base> {
  if (name === 'simulator') {
    const simulator = await startSimulator();
    return {
      isSimulated: true,
      endpointsOf: (venue) => simulator.address.venues[venue.id],
      onGone: (listener) => simulator.onGone(listener),
      stop: () => simulator.stop(),
    };
  }
  const fixed = (endpointsOf: Base['endpointsOf'], isSimulated: boolean): Base => ({
    isSimulated,
    endpointsOf,
    onGone: () => () => undefined,
    stop: () => Promise.resolve(),
  });
  if (/^(https?|wss?):\/\//.test(name)) {
    const rest = name.replace(/^ws/, 'http').replace(/\/+$/, '');
    const simulated = await simulatedVenues(rest);
    if (simulated) return fixed((venue) => simulated[venue.id], true);
    return fixed(() => ({ rest, ws: rest.replace(/^http/, 'ws') }), false);
  }
  if (venues.some((venue) => venue.environments[name] !== undefined)) {
    return fixed((venue) => venue.environments[name], false);
  }
  throw new HeartlineError(
    'base.unknown',
    `"${name}" is not a base. Use simulator, demo, mainnet, or a URL such as http://127.0.0.1:4100.`,
  );
}

async function simulatedVenues(url: string): Promise<Readonly<Record<string, Endpoints>> | undefined> {
  try {
    const answer = await fetch(`${url}/_sim/ready`, { signal: AbortSignal.timeout(5000) });
    if (!answer.ok) return undefined;
    return ((await answer.json()) as { venues: Record<string, Endpoints> }).venues;
  } catch (cause) {
    const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
    throw new HeartlineError('base.unreachable', `Nothing answers at ${url}: ${messageOf(inner)}`, { cause });
  }
}
