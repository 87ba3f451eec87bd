import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine, type Engine } from '#engine/engine.ts';
import { systemClock } from '#shared/base/system-clock.ts';
import { type Simulator, startSimulator } from '#simulator/simulator.ts';
import { type FaultyProxy, openFaultyProxy } from '#simulator/test-kit/faulty-proxy.ts';
import { venuesAt } from '#venues/registry.ts';
import type { Endpoints, Venue } from '#venues/venue.ts';
import { compareTruth } from '../compare-truth.ts';
import { observe } from '../observer.ts';
import { createSimulatorControl, type SimulatorControl } from '../simulator-control.ts';
import { type WatchedInstrument, watchInstrument } from '../watched-instrument.ts';

/** The drill's stage with a link of its own to each venue, which can go bad: sockets and REST alike. */
export interface LinkedStage extends AsyncDisposable {
  readonly engine: Engine;
  readonly simulator: Simulator;
  readonly control: SimulatorControl;
  readonly ids: readonly string[];
  link(venue: string): FaultyProxy;
  /** Everything watched stands (connections live, books, trades and candles there) and has shown its rhythm. */
  ready(): Promise<void>;
  /** What happens to a venue from now on. */
  follow(venue: string): Followed;
}

export interface Followed {
  /** Resolves with the time since the beginning, ms, when the venue is no longer called live; `undefined`: not within the limit. */
  noticed(limitMs: number): Promise<number | undefined>;
  /** Likewise when it is live again and equal to the truth; otherwise says what is not. */
  recovered(limitMs: number): Promise<number | string>;
  /** How long something was called live beyond its bound. */
  readonly falseGreenMs: number;
}

const LOOK_EVERY_MS = 20;
/** As in a drill. */
const WARM_UP_MS = 6000;

export async function openLinkedStage(options: {
  readonly seed: number;
  readonly venues?: readonly string[];
  readonly instrumentsPerVenue?: number;
}): Promise<LinkedStage> {
  await using stack = new AsyncDisposableStack();
  const folder = stack.adopt(mkdtempSync(join(tmpdir(), 'heartline-linked-')), (made) =>
    rmSync(made, { recursive: true, force: true }),
  );
  const simulator = stack.adopt(await startSimulator({ seed: options.seed }), (started) => started.stop());
  const links = new Map<string, FaultyProxy[]>();
  const endpoints = new Map<string, Endpoints>();
  for (const [id, real] of Object.entries(simulator.address.venues)) {
    if (options.venues && !options.venues.includes(id)) continue;
    const through = async (address: string) => {
      const url = new URL(address);
      const proxy = stack.adopt(
        await openFaultyProxy({ clock: systemClock, target: Number(url.port), seed: options.seed }),
        (opened) => opened.close(),
      );
      links.set(id, [...(links.get(id) ?? []), proxy]);
      url.port = String(proxy.port);
      return url.href.replace(/\/$/u, '');
    };
    endpoints.set(id, { rest: await through(real.rest), ws: await through(real.ws) });
  }
  const staged = venuesAt(({ id }) => endpoints.get(id));
  const engine = stack.use(
    createEngine({
      clock: systemClock,
      dataDir: folder,
      venues: staged,
      app: { version: 'test', mode: 'demo', environment: 'simulator', shell: 'headless' },
    }),
  );
  const watched = staged.flatMap(({ venue }) =>
    venue.favourites
      .slice(0, options.instrumentsPerVenue ?? 1)
      .map((instrument) => stack.adopt(watchInstrument(engine, instrument), (one) => one.dispose())),
  );
  const control = createSimulatorControl(simulator.address.control);
  const kept = stack.move();

  function follow(id: string): Followed {
    const { venue } = staged.find((one) => one.venue.id === id) ?? {};
    if (!venue) throw new Error(`${id} is not on the stage`);
    const own = watched.filter(({ instrument }) => instrument.startsWith(`${id}:`));
    const beganAt = performance.now();
    const observer = observe({ clock: systemClock, venue, health: () => engine.health() });
    kept.defer(() => observer.stop());
    return {
      async noticed(limitMs) {
        await until(() => observer.notLiveAt !== undefined, limitMs);
        return observer.notLiveAt === undefined ? undefined : observer.notLiveAt - beganAt;
      },
      async recovered(limitMs) {
        const deadline = performance.now() + limitMs;
        const from = Date.now() - 60_000;
        for (;;) {
          await until(() => observer.isWell(), deadline - performance.now());
          const wrong = observer.isWell() ? await differences(control, venue, own, from) : ['not live'];
          if (wrong.length === 0) return performance.now() - beganAt;
          if (performance.now() > deadline) return wrong.join('; ');
          await pause(100);
        }
      },
      get falseGreenMs() {
        return observer.falseGreenMs;
      },
    };
  }

  return {
    engine,
    simulator,
    control,
    ids: staged.map(({ venue }) => venue.id),
    link: (venue) => together(links.get(venue) ?? []),
    async ready() {
      const stands = () =>
        engine.health().connections.every(({ state }) => state.kind === 'live') &&
        watched.every(
          ({ book, trades, candles }) => book?.state === 'live' && trades.size > 0 && candles.size > 0,
        );
      if (!(await until(stands, 30_000))) throw new Error('the stage did not get ready');
      await pause(WARM_UP_MS);
    },
    follow,
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

async function differences(
  control: SimulatorControl,
  venue: Venue,
  watched: readonly WatchedInstrument[],
  from: number,
): Promise<readonly string[]> {
  const found = await Promise.all(watched.map((one) => compareTruth(control, venue, one, from)));
  return found.flatMap(({ tradesLost, gaps }) => [
    ...gaps,
    ...(tradesLost > 0 ? [`${tradesLost} trades lost`] : []),
  ]);
}

/** A venue's sockets and its REST calls share their fate. */
function together(proxies: readonly FaultyProxy[]): FaultyProxy {
  return {
    port: proxies[0]?.port ?? 0,
    get open() {
      return proxies.reduce((sum, { open }) => sum + open, 0);
    },
    get accepted() {
      return proxies.reduce((sum, { accepted }) => sum + accepted, 0);
    },
    set: (faults) => {
      for (const proxy of proxies) proxy.set(faults);
    },
    reset: () => {
      for (const proxy of proxies) proxy.reset();
    },
    halfClose: (direction) => {
      for (const proxy of proxies) proxy.halfClose(direction);
    },
    async close() {
      for (const proxy of proxies) await proxy.close();
    },
  };
}

async function until(holds: () => boolean, limitMs: number): Promise<boolean> {
  const deadline = performance.now() + limitMs;
  while (!holds()) {
    if (performance.now() > deadline) return false;
    await pause(LOOK_EVERY_MS);
  }
  return true;
}

export function pause(delayMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, delayMs));
}
