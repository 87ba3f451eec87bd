import { networkInterfaces } from 'node:os';
import type { Clock } from '#shared/base/clock.ts';

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

export interface WakeWatch {
  /** The system itself says that the machine woke: it knows before the next tick does. */
  resumed(): void;
  dispose(): void;
}

const TICK_MS = 1000;
/** A tick this late is no busy event loop any more. */
const LATE_MS = 3000;
/** The system's word and the late tick are about the same waking. */
const SAME_WAKING_MS = 5000;

/**
 * Notices sleep and a link that came back without being told, within a second of either. A machine that slept shows it
 * by wall time that went on without monotonic time (Linux), or by a tick that is late by both clocks; a stopped process
 * by the latter. A system clock set forward looks like sleep, and costs no more than fresh sockets. What the system says
 * besides (Electron's `powerMonitor`) counts as well, and one waking counts once.
 */
export function watchWake(options: WakeWatchOptions): WakeWatch {
  const { clock, interfaces = networkInterfaces } = options;
  let wall = clock.now();
  let monotonic = clock.monotonic();
  let addresses = addressesOf(interfaces());
  let resumedAt = Number.NEGATIVE_INFINITY;

  function resume(): void {
    const now = clock.monotonic();
    if (now - resumedAt < SAME_WAKING_MS) return;
    resumedAt = now;
    options.onWake('resume');
  }

  const end = clock.every(TICK_MS, () => {
    const wallMs = clock.now() - wall;
    const ranMs = clock.monotonic() - monotonic;
    wall += wallMs;
    monotonic += ranMs;
    const before = addresses;
    addresses = addressesOf(interfaces());
    if (ranMs > TICK_MS + LATE_MS || wallMs - ranMs > LATE_MS) resume();
    if ([...addresses].some((address) => !before.has(address))) options.onWake('link');
  });
  return { resumed: resume, dispose: end };
}

function addressesOf(interfaces: Interfaces): ReadonlySet<string> {
  return new Set(
    Object.entries(interfaces).flatMap(([name, list]) =>
      (list ?? []).filter(({ internal }) => !internal).map(({ address }) => `${name} ${address}`),
    ),
  );
}
