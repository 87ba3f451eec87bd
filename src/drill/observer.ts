import type { Clock } from '#shared/base/clock.ts';
import type { Undo } from '#shared/base/emitter.ts';
import type { HealthView } from '#shared/contract/api.ts';
import type { ConnectionHealth } from '#shared/domain/connection.ts';
import { parseStreamKey } from '#shared/domain/stream-key.ts';
import type { Venue } from '#venues/venue.ts';

const LOOK_EVERY_MS = 50;

/** What was seen of one venue since the observer began. Times monotonic ms; `undefined`: not seen (yet). */
export interface Observer {
  /** First state that is neither live nor planned. */
  readonly notLiveAt: number | undefined;
  /** First time a counter moved: gaps, resyncs, frames that failed. */
  readonly countedAt: number | undefined;
  readonly falseGreenMs: number;
  /** The streams that were called live too long. */
  readonly falseGreen: readonly string[];
  /** All connections live and every stream with them. */
  isWell(): boolean;
  stop(): void;
}

/** Looks twenty times a second at what a window would be told. */
export function observe(options: {
  readonly clock: Clock;
  readonly venue: Venue;
  readonly health: () => HealthView;
}): Observer {
  const { clock, venue } = options;
  let notLiveAt: number | undefined;
  let countedAt: number | undefined;
  let falseGreenMs = 0;
  const falseGreen = new Set<string>();
  let lookedAt = clock.monotonic();
  const own = () => options.health().connections.filter((connection) => connection.venue === venue.id);
  const counted = () =>
    own().reduce(
      (sum, { failedFrames, streams }) =>
        sum + failedFrames + streams.reduce((inner, stream) => inner + stream.gaps + stream.resyncs, 0),
      0,
    );
  const countedBefore = counted();

  function look(): void {
    const now = clock.monotonic();
    const connections = own();
    if (connections.some(({ state }) => isTrouble(state.kind))) notLiveAt ??= now;
    if (counted() > countedBefore) countedAt ??= now;
    const green = connections.flatMap((connection) => falselyGreen(connection, clock.now(), venue));
    if (green.length > 0) falseGreenMs += now - lookedAt;
    for (const stream of green) falseGreen.add(stream);
    lookedAt = now;
  }

  const stop: Undo = clock.every(LOOK_EVERY_MS, look);
  return {
    get notLiveAt() {
      return notLiveAt;
    },
    get countedAt() {
      return countedAt;
    },
    get falseGreenMs() {
      return falseGreenMs;
    },
    get falseGreen() {
      return [...falseGreen];
    },
    isWell: () =>
      own().every(
        ({ state, streams }) =>
          (state.kind === 'live' || state.kind === 'rotating') &&
          streams.every((stream) => stream.state === 'live' || stream.state === 'pending'),
      ),
    stop,
  };
}

function isTrouble(kind: ConnectionHealth['state']['kind']): boolean {
  return !['live', 'rotating', 'idle'].includes(kind);
}

/** Streams called live although their last data is older than the venue's sheet says it may be. */
function falselyGreen({ streams }: ConnectionHealth, now: number, venue: Venue): readonly string[] {
  return streams
    .filter(({ stream, state, lastReceivedAt }) => {
      const bound = venue.sheet.freshnessBoundMs[parseStreamKey(stream).kind];
      return (
        state === 'live' &&
        bound !== undefined &&
        lastReceivedAt !== undefined &&
        now - lastReceivedAt > bound
      );
    })
    .map(({ stream }) => stream);
}
