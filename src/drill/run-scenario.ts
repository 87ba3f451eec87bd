import type { Clock } from '#shared/base/clock.ts';
import { HeartlineError } from '#shared/base/errors.ts';
import type { DrillScenario, DrillScore } from '#shared/domain/drill.ts';
import { venueOf } from '#shared/domain/instrument.ts';
import type { Venue } from '#venues/venue.ts';
import { compareTruth, type Difference } from './compare-truth.ts';
import { observe } from './observer.ts';
import { SCENARIOS } from './scenarios.ts';
import { type Measured, scoreOf } from './score.ts';
import type { Stage } from './stage.ts';

/** Streams need a while to show their rhythm. */
const WARM_UP_MS = 6000;
const READY_WITHIN_MS = 90_000;
const LOOK_EVERY_MS = 100;
const COMPARE_EVERY_MS = 500;
const OFFSET_NOTICED_MS = 500;
/** Calls already on their way when the venue asks for silence. */
const ON_THEIR_WAY_MS = 1500;
const NOTHING: Difference = { tradesLost: 0, gaps: [] };

export interface ScenarioRun {
  readonly clock: Clock;
  readonly stage: Stage;
  readonly scenario: DrillScenario;
  readonly signal: AbortSignal;
}

/** Lets one scenario happen to every venue of the stage at once and measures each. Throws `drill.cancelled`, `drill.failed`. */
export async function runScenario(run: ScenarioRun): Promise<readonly DrillScore[]> {
  const { stage } = run;
  await ready(run);
  await sleep(run, WARM_UP_MS);
  const { now: from } = (await stage.control.read('stats')) as { now: number };
  const scores = await Promise.all(stage.venues.map((venue) => measure(run, venue, from)));
  await stage.control.clearFaults();
  return scores;
}

async function measure(run: ScenarioRun, venue: Venue, from: number): Promise<DrillScore> {
  const { clock, stage } = run;
  const scenario = SCENARIOS[run.scenario];
  const watched = stage.watched.filter(({ instrument }) => venueOf(instrument) === venue.id);
  const observer = observe({ clock, venue, health: () => stage.engine.health() });
  const offset = () => stage.engine.health().clockOffsetMs[venue.id] ?? 0;
  const restErrors = () =>
    Object.values(stage.engine.metrics().restErrors[venue.id] ?? {}).reduce((sum, count) => sum + count, 0);
  const before = { offset: offset(), restErrors: restErrors() };
  let countedAt: number | undefined;
  let offsetAt: number | undefined;
  try {
    const startedAt = clock.monotonic();
    const look = () => {
      if (Math.abs(offset() - before.offset) > OFFSET_NOTICED_MS) offsetAt ??= clock.monotonic();
      if (restErrors() > before.restErrors) countedAt ??= clock.monotonic();
    };
    for (const spec of scenario.faults) {
      await stage.control.fault({
        ...spec,
        venue: venue.id,
        ...(scenario.forMs > 0 ? { durationMs: scenario.forMs } : {}),
      });
    }
    const silence = await inSilence(run, venue, scenario.forMs, look);
    // A connection that has to be replaced before its end needs the time to come to it.
    if (scenario.connectionLifeMs !== undefined) await sleep(run, scenario.connectionLifeMs * 1.2);
    const endedAt = clock.monotonic();
    let recoveredAfterMs: number | undefined;
    let difference = NOTHING;
    for (;;) {
      look();
      if (observer.isWell() && Math.abs(offset() - before.offset) < OFFSET_NOTICED_MS) {
        difference = scenario.movesTime ? NOTHING : await differences(stage, venue, from);
        if (difference.tradesLost === 0 && difference.gaps.length === 0) {
          recoveredAfterMs = clock.monotonic() - endedAt;
          break;
        }
      }
      if (clock.monotonic() - endedAt > scenario.recoverWithinMs * 1.5) break;
      await sleep(run, COMPARE_EVERY_MS);
    }
    const since = (at: number | undefined) => (at === undefined ? undefined : at - startedAt);
    const noticedAt = {
      state: observer.notLiveAt,
      count: earliest(observer.countedAt, countedAt, observer.notLiveAt),
      offset: offsetAt,
      nothing: undefined,
    }[scenario.noticedBy];
    // While a connection is being renewed it is there twice, on purpose.
    while (isRenewing(stage, venue)) await sleep(run, LOOK_EVERY_MS);
    const measured: Measured = {
      noticedAfterMs: since(noticedAt),
      falseGreenMs: observer.falseGreenMs,
      falseGreen: observer.falseGreen,
      recoveredAfterMs,
      gaps: difference.gaps,
      tradesLost: difference.tradesLost,
      doubledTrades: watched.reduce((sum, { doubledTrades }) => sum + doubledTrades, 0),
      doubledSubscriptions: await doubledSubscriptions(stage, venue),
      callsInSilence: silence,
    };
    return scoreOf(run.scenario, venue.id, scenario, measured);
  } finally {
    observer.stop();
  }
}

/** Lets the fault last, looking; for a ban, counts the calls that reached the venue although it had asked for silence. */
async function inSilence(run: ScenarioRun, venue: Venue, forMs: number, look: () => void): Promise<number> {
  const { clock, stage } = run;
  const until = clock.monotonic() + forMs;
  const isBan = run.scenario === 'ban';
  let settledAt = isBan ? undefined : Number.NaN;
  let settled = 0;
  while (clock.monotonic() < until) {
    look();
    if (isBan) {
      const refused = await struck(stage, venue);
      if (refused > 0 && settledAt === undefined) settledAt = clock.monotonic() + ON_THEIR_WAY_MS;
      if (settledAt !== undefined && clock.monotonic() <= settledAt) settled = refused;
    }
    await sleep(run, LOOK_EVERY_MS);
  }
  return isBan ? Math.max(0, (await struck(stage, venue)) - settled) : 0;
}

async function struck(stage: Stage, venue: Venue): Promise<number> {
  const { faults } = (await stage.control.read('faults')) as {
    readonly faults: readonly {
      readonly spec: { readonly kind: string; readonly venue?: string };
      readonly struck: number;
    }[];
  };
  return faults
    .filter(({ spec }) => spec.kind === 'rest' && spec.venue === venue.id)
    .reduce((sum, fault) => sum + fault.struck, 0);
}

async function differences(stage: Stage, venue: Venue, from: number): Promise<Difference> {
  const own = stage.watched.filter(({ instrument }) => venueOf(instrument) === venue.id);
  const found = await Promise.all(own.map((watched) => compareTruth(stage.control, venue, watched, from)));
  return {
    tradesLost: found.reduce((sum, { tradesLost }) => sum + tradesLost, 0),
    gaps: found.flatMap(({ gaps }) => gaps),
  };
}

function isRenewing({ engine }: Stage, venue: Venue): boolean {
  return engine
    .health()
    .connections.some((connection) => connection.venue === venue.id && connection.state.kind === 'rotating');
}

/** The same stream asked for on two connections of a venue at once. */
async function doubledSubscriptions(stage: Stage, venue: Venue): Promise<number> {
  const { venues } = (await stage.control.read('stats')) as {
    readonly venues: Readonly<
      Record<
        string,
        { readonly connections: readonly { readonly route: string; readonly streams: readonly string[] }[] }
      >
    >;
  };
  const streams = (venues[venue.id]?.connections ?? []).flatMap(({ route, streams: own }) =>
    own.map((stream) => `${route} ${stream}`),
  );
  return streams.length - new Set(streams).size;
}

/** Waits until everything that is watched stands. */
async function ready(run: ScenarioRun): Promise<void> {
  const { clock, stage } = run;
  const until = clock.monotonic() + READY_WITHIN_MS;
  const isReady = () =>
    stage.engine.health().connections.every(({ state }) => state.kind === 'live') &&
    stage.watched.every(
      ({ book, trades, candles }) => book?.state === 'live' && trades.size > 0 && candles.size > 0,
    );
  while (!isReady()) {
    if (clock.monotonic() > until) {
      const states = stage.engine.health().connections.map(({ id, state }) => `${id} ${state.kind}`);
      const bare = stage.watched
        .filter(
          ({ book, trades, candles }) => book?.state !== 'live' || trades.size === 0 || candles.size === 0,
        )
        .map(({ instrument }) => instrument);
      throw new HeartlineError(
        'drill.failed',
        `the stage did not get ready: ${[...states, ...bare].join(', ')}`,
      );
    }
    await sleep(run, LOOK_EVERY_MS);
  }
}

function sleep({ clock, signal }: ScenarioRun, delayMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = () => {
      cancel();
      reject(new HeartlineError('drill.cancelled', 'the drill was cancelled'));
    };
    const cancel = clock.after(delayMs, () => {
      signal.removeEventListener('abort', fail);
      resolve();
    });
    if (signal.aborted) fail();
    else signal.addEventListener('abort', fail, { once: true });
  });
}

function earliest(...times: readonly (number | undefined)[]): number | undefined {
  const known = times.filter((time) => time !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}
