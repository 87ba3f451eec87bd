import type { Clock } from '#shared/base/clock.ts';
import { createEmitter } from '#shared/base/emitter.ts';
import { HeartlineError, messageOf } from '#shared/base/errors.ts';
import {
  DRILL_SCENARIOS,
  type DrillPort,
  type DrillScenario,
  type DrillScore,
  type DrillView,
} from '#shared/domain/drill.ts';
import { runScenario } from './run-scenario.ts';
import { SCENARIOS } from './scenarios.ts';
import { openStage } from './stage.ts';

export interface DrillOptions {
  readonly clock: Clock;
  readonly seed?: number;
  readonly workerUrl?: URL;
}

export interface DrillRun {
  readonly scenarios: readonly DrillScenario[];
  /** Empty: every venue the simulator speaks. */
  readonly venues: readonly string[];
  readonly signal: AbortSignal;
  readonly onScores: (scores: readonly DrillScore[]) => void;
  readonly onScenario: (scenario: DrillScenario, index: number, of: number) => void;
}

/** Runs the scenarios one after the other, each on a fresh stage. Throws `drill.cancelled`, `drill.failed`, `drill.refused`. */
export async function runDrill(options: DrillOptions, run: DrillRun): Promise<readonly DrillScore[]> {
  const scenarios = run.scenarios.length > 0 ? run.scenarios : DRILL_SCENARIOS;
  const scores: DrillScore[] = [];
  for (const [index, scenario] of scenarios.entries()) {
    run.onScenario(scenario, index, scenarios.length);
    const { connectionLifeMs } = SCENARIOS[scenario];
    await using stage = await openStage({
      clock: options.clock,
      seed: (options.seed ?? 1) + index,
      venueIds: run.venues,
      ...(connectionLifeMs === undefined ? {} : { connectionLifeMs }),
      ...(options.workerUrl ? { workerUrl: options.workerUrl } : {}),
    });
    scores.push(...(await runScenario({ clock: options.clock, stage, scenario, signal: run.signal })));
    run.onScores(scores);
  }
  return scores;
}

/** Drills for the app: one at a time, beside whatever is on the desk. */
export function createDrill(options: DrillOptions): DrillPort & Disposable {
  const changed = createEmitter<void>();
  let view: DrillView = { state: 'idle', progress: 0, scores: [] };
  let stop = new AbortController();

  function show(change: Partial<DrillView>): void {
    view = { ...view, ...change };
    changed.emit();
  }

  async function go(scenarios: readonly DrillScenario[], venues: readonly string[]): Promise<void> {
    stop = new AbortController();
    view = { state: 'running', progress: 0, scores: [], startedAt: options.clock.now() };
    changed.emit();
    try {
      const scores = await runDrill(options, {
        scenarios,
        venues,
        signal: stop.signal,
        onScores: (known) => show({ scores: [...known] }),
        onScenario: (scenario, index, of) => show({ at: scenario, progress: index / of }),
      });
      show({ state: 'done', progress: 1, scores });
    } catch (fault) {
      const isCancelled = fault instanceof HeartlineError && fault.code === 'drill.cancelled';
      show(isCancelled ? { state: 'cancelled' } : { state: 'failed', message: messageOf(fault) });
    }
  }

  return {
    get view() {
      return view;
    },
    onChange: (listener) => changed.on(listener),
    start(scenarios, venues) {
      if (view.state === 'running') throw new HeartlineError('drill.running', 'a drill is under way');
      void go(scenarios, venues);
    },
    cancel: () => stop.abort(),
    [Symbol.dispose]: () => stop.abort(),
  };
}
