import { basename } from 'node:path';
import type { Clock } from '#shared/base/clock.ts';
import type { Undo } from '#shared/base/emitter.ts';
import { HeartlineError } from '#shared/base/errors.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import type { StreamKey } from '#shared/domain/stream-key.ts';
import type { Endpoints, Venue } from '#venues/venue.ts';
import type { Fetch } from '../net/rest-client.ts';
import type { OpenSocket } from '../net/socket.ts';
import { readRecording } from './read-recording.ts';
import { createReplayClock } from './replay-clock.ts';
import { createReplayFetch } from './replay-fetch.ts';
import { createReplaySockets } from './replay-sockets.ts';
import { createReplayVenue } from './replay-venue.ts';

/** What `createEngine` needs to show a recording instead of today. */
export interface OpenedRecording {
  readonly clock: Clock;
  readonly venues: readonly { readonly venue: Venue; readonly endpoints: Endpoints }[];
  readonly openSocket: OpenSocket;
  readonly fetch: Fetch;
  readonly app: {
    readonly mode: 'replay';
    /** The file's name. */
    readonly environment: string;
    readonly replay: { readonly from: number; readonly to: number; readonly speed: number };
  };
  /** Everything that was recorded: to be held, so that nothing is missed while nobody looks at it. */
  readonly streams: readonly StreamKey[];
  /** For a watchlist, the most talkative first. */
  readonly instruments: readonly InstrumentId[];
  /** From here on time runs; before, it stands at the first frame. */
  start(): void;
  /** The last frame was delivered, or the file cannot be read on: told in words, once. */
  onEnd(listener: (detail: string) => void): Undo;
  dispose(): void;
}

/**
 * Reads a recording through and makes it a market of the past, for the venues it holds. `speed` 1…100.
 * Throws `file.unreadable`, `recording.none`, `recording.speed`.
 */
export async function openRecording(options: {
  readonly path: string;
  readonly venues: readonly Venue[];
  /** The machine's own time. */
  readonly clock: Clock;
  readonly speed: number;
}): Promise<OpenedRecording> {
  const { path, clock: base, speed } = options;
  if (!(speed >= 1 && speed <= 100)) {
    throw new HeartlineError(
      'recording.speed',
      `a recording plays at 1 to 100 times its speed, not ${speed}`,
    );
  }
  const { from, to, markets } = await readRecording(path, options.venues);
  const clock = createReplayClock(base, from, speed);
  const sockets = createReplaySockets({ path, base, clock, venueId: markets[0]?.venue.id });
  return {
    clock,
    venues: markets.map((market) => ({
      venue: createReplayVenue(market, clock),
      endpoints: { rest: 'replay:', ws: 'replay:' },
    })),
    openSocket: sockets.open,
    fetch: createReplayFetch(markets, clock),
    app: { mode: 'replay', environment: basename(path), replay: { from, to, speed } },
    streams: markets.flatMap(({ streams }) => streams),
    instruments: markets.flatMap(({ instruments }) => instruments.map(({ id }) => id)),
    start: sockets.start,
    onEnd: sockets.onEnd,
    dispose: sockets.dispose,
  };
}
