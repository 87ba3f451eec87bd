import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine, type Engine } from '#engine/engine.ts';
import type { Clock } from '#shared/base/clock.ts';
import { HeartlineError } from '#shared/base/errors.ts';
import { type Simulator, startSimulator } from '#simulator/simulator.ts';
import { venues } from '#venues/registry.ts';
import type { Venue } from '#venues/venue.ts';
import { createSimulatorControl, type SimulatorControl } from './simulator-control.ts';
import { type WatchedInstrument, watchInstrument } from './watched-instrument.ts';

export interface StageOptions {
  readonly clock: Clock;
  readonly venueIds: readonly string[];
  readonly seed: number;
  /** Instead of the venues' own. */
  readonly connectionLifeMs?: number;
  /** The simulator's entry, where a bundler moved it. */
  readonly workerUrl?: URL;
}

/** A market and an engine of their own, watched as a desk would watch them. Nothing of the person's is touched. */
export interface Stage extends AsyncDisposable {
  readonly engine: Engine;
  readonly control: SimulatorControl;
  readonly venues: readonly Venue[];
  readonly watched: readonly WatchedInstrument[];
}

const INSTRUMENTS_PER_VENUE = 3;

export async function openStage(options: StageOptions): Promise<Stage> {
  await using stack = new AsyncDisposableStack();
  const folder = stack.adopt(mkdtempSync(join(tmpdir(), 'heartline-drill-')), (made) =>
    rmSync(made, { recursive: true, force: true }),
  );
  const simulator: Simulator = stack.adopt(
    await startSimulator({
      seed: options.seed,
      ...(options.workerUrl ? { workerUrl: options.workerUrl } : {}),
    }),
    (started) => started.stop(),
  );
  const wanted = venues.filter(({ id }) => options.venueIds.length === 0 || options.venueIds.includes(id));
  const staged = wanted.flatMap((venue): { venue: Venue; endpoints: { rest: string; ws: string } }[] => {
    const endpoints = simulator.address.venues[venue.id];
    if (!endpoints) return [];
    const { connectionLifeMs } = options;
    const lived =
      connectionLifeMs === undefined ? venue : { ...venue, limits: { ...venue.limits, connectionLifeMs } };
    return [{ venue: lived, endpoints }];
  });
  if (staged.length === 0)
    throw new HeartlineError('drill.refused', 'the simulator speaks none of these venues');
  const engine = stack.use(
    createEngine({
      clock: options.clock,
      dataDir: folder,
      venues: staged,
      app: { version: 'drill', mode: 'demo', environment: 'simulator', shell: 'headless' },
    }),
  );
  const watched = staged.flatMap(({ venue }) =>
    venue.favourites
      .slice(0, INSTRUMENTS_PER_VENUE)
      .map((instrument) => stack.adopt(watchInstrument(engine, instrument), (one) => one.dispose())),
  );
  const kept = stack.move();
  return {
    engine,
    control: createSimulatorControl(simulator.address.control),
    venues: staged.map(({ venue }) => venue),
    watched,
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}
