import { compareTruth, type Difference } from '#drill/compare-truth.ts';
import type { EngineStage } from '#drill/test-kit/engine-stage.ts';
import { type WatchedInstrument, watchInstrument } from '#drill/watched-instrument.ts';
import type { TapEvent } from '#engine/tap.ts';
import { systemClock } from '#shared/base/system-clock.ts';
import type { ConnectionHealth } from '#shared/domain/connection.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import type { StreamKey } from '#shared/domain/stream-key.ts';
import type { Venue } from '../venue.ts';

/** What a venue is tried with: one instrument for each family of markets it keeps apart. */
export interface Trial {
  readonly name: string;
  readonly venue: Venue;
  readonly instrument: InstrumentId;
  /** Listed too, and looked at by nobody else: what is done to it disturbs no other trial. */
  readonly other: InstrumentId;
}

/** A trial under way. */
export interface Desk extends Trial {
  readonly stage: EngineStage;
  readonly watched: WatchedInstrument;
  /** Events as the codec told them, before any conflation. */
  readonly events: readonly TapEvent[];
  /** Against the simulator's own market since the watching began (or from a venue time on, ms). */
  compare(from?: number): Promise<Difference>;
  /** What the trial's instrument lives on. */
  connections(): readonly ConnectionHealth[];
  /** The trial's market, and its instrument, as the simulator's control endpoint names them. */
  readonly market: Readonly<Record<string, string>>;
  readonly target: Readonly<Record<string, string>>;
}

const PATIENCE_MS = 20_000;
const LOOK_EVERY_MS = 50;

const familyOf = ({ venue, instrument }: Trial) => venue.routeOf({ kind: 'book', instrument });

/** One trial per route that serves books: a venue with two families of markets serves each on its own. */
export function trialsOf(venue: Venue): readonly Trial[] {
  const routeOf = (instrument: InstrumentId) => venue.routeOf({ kind: 'book', instrument });
  const routes = [...new Set(venue.favourites.map(routeOf))];
  return routes.flatMap((route) => {
    const favourites = venue.favourites.filter((one) => routeOf(one) === route);
    const [instrument, other = favourites.at(-1)] = [favourites[0], favourites.at(-1)];
    if (!instrument || !other) return [];
    return [{ name: routes.length > 1 ? `${venue.name} ${route}` : venue.name, venue, instrument, other }];
  });
}

/** Watches the trial's instrument with everything there is, and returns when all of it has begun. */
export async function openDesk(stage: EngineStage, trial: Trial): Promise<Desk> {
  const { venue, instrument } = trial;
  const hasFamilies = trialsOf(venue).length > 1;
  const events: TapEvent[] = [];
  const streams: readonly StreamKey[] = [
    { kind: 'ticker', instrument },
    { kind: 'top', instrument },
    { kind: 'trade', instrument },
    { kind: 'book', instrument },
    { kind: 'candle', instrument, interval: '1m' },
  ];
  const watched = watchInstrument(stage.engine, instrument);
  await stage.engine.tap(
    streams.filter((stream) => venue.channelOf(stream) !== undefined),
    (event) => events.push(event),
  );
  await eventually('all its streams', () => {
    const kinds = new Set<string>(events.map(({ kind }) => kind));
    return ['ticker', 'top', 'trade', 'book-top'].every((kind) => kinds.has(kind));
  });
  const { now: since } = (await stage.control.read('stats')) as { now: number };
  return {
    ...trial,
    stage,
    watched,
    events,
    compare: (from = since) => compareTruth(stage.control, venue, watched, from),
    connections: () =>
      stage.engine
        .health()
        .connections.filter((one) => one.venue === venue.id)
        .filter(({ streams }) => streams.some(({ stream }) => stream.split(' ').includes(instrument))),
    market: { venue: venue.id, ...(hasFamilies && { category: familyOf(trial) }) },
    target: {
      venue: venue.id,
      ...(hasFamilies && { route: familyOf(trial) }),
      symbol: venue.symbolOf(instrument),
    },
  };
}

/** Waits until it holds; throws what it waited for when that takes too long. */
export async function eventually(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const endsAt = systemClock.monotonic() + PATIENCE_MS;
  while (!(await holds())) {
    if (systemClock.monotonic() > endsAt) throw new Error(`waited in vain for ${what}`);
    await new Promise<void>((resolve) => systemClock.after(LOOK_EVERY_MS, resolve));
  }
}

export async function expectTrueBook(desk: Desk): Promise<void> {
  await eventually('the true book', async () => {
    const { gaps } = await desk.compare();
    return gaps.every((gap) => !gap.startsWith('book'));
  });
}
