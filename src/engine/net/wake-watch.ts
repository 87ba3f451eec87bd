import { networkInterfaces } from 'node:os';
import type { Clock } from '#shared/base/clock.ts';
import type { Undo } from '#shared/base/emitter.ts';

/** What `os.networkInterfaces` tells, as far as it matters here. */
export type Interfaces = Readonly<
  Record<string, readonly { readonly address: string; readonly internal: boolean }[] | undefined>
>;

export interface WakeWatchOptions {
  readonly clock: Clock;
  readonly interfaces?: (() => Interfaces) | undefined;
  /** `resume`: nothing of ours ran for a while. `link`: this machine has an address it did not have a second ago. */
  readonly onWake: (cause: 'resume' | 'link') => void;
}

const TICK_MS = 1000;
/** A tick this late is no busy event loop any more. */
const LATE_MS = 3000;

/**
 * Notices sleep and a link that came back without being told, within a second of either. A machine that slept shows it
 * by wall time that went on without monotonic time (Linux), or by a tick that is late by both clocks; a stopped process
 * by the latter. A system clock set forward looks like sleep, and costs no more than fresh sockets.
 */
export function watchWake(options: WakeWatchOptions): Undo {
  const { clock, interfaces = networkInterfaces } = options;
  let wall = clock.now();
  let monotonic = clock.monotonic();
  let addresses = addressesOf(interfaces());
  return clock.every(TICK_MS, () => {
    const wallMs = clock.now() - wall;
    const ranMs = clock.monotonic() - monotonic;
    wall += wallMs;
    monotonic += ranMs;
    const before = addresses;
    addresses = addressesOf(interfaces());
    if (ranMs > TICK_MS + LATE_MS || wallMs - ranMs > LATE_MS) options.onWake('resume');
    if ([...addresses].some((address) => !before.has(address))) options.onWake('link');
  });
}

function addressesOf(interfaces: Interfaces): ReadonlySet<string> {
  return new Set(
    Object.entries(interfaces).flatMap(([name, list]) =>
      (list ?? []).filter(({ internal }) => !internal).map(({ address }) => `${name} ${address}`),
    ),
  );
}
