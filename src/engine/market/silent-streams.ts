import { ownState } from './judge-connection.ts';
import type { SessionStream } from './session-streams.ts';

/** A confirmed stream that has something to say and brings nothing for this long is asked for again. */
const FIRST_FRAME_DEADLINE_MS = 10_000;
const REPAIR_EVERY_MS = 15_000;
/** What asking did not help before is asked for less and less often. */
const MOST_DOUBLINGS = 4;

export interface SilentStreamsOptions {
  readonly streams: Iterable<SessionStream>;
  readonly now: number;
  /** Whether the very first frame of a stream without a rhythm may be expected within the deadline. */
  readonly beginsAtOnce: (stream: SessionStream) => boolean;
}

/** The streams to ask for again now: confirmed, and never come or silent against their own rhythm. Notes when. */
export function silentStreams(options: SilentStreamsOptions): readonly SessionStream[] {
  const { now } = options;
  const silent: SessionStream[] = [];
  for (const stream of options.streams) {
    const { confirmedAt, pulse } = stream;
    const patience = REPAIR_EVERY_MS * 2 ** Math.min(Math.max(0, stream.repairs - 1), MOST_DOUBLINGS);
    if (confirmedAt === undefined || now - stream.repairedAt < patience) continue;
    const neverCame =
      pulse.firstAt === undefined &&
      now - confirmedAt > FIRST_FRAME_DEADLINE_MS &&
      (pulse.isCanary || options.beginsAtOnce(stream));
    if (!neverCame && ownState(stream, now) !== 'stale') continue;
    stream.repairedAt = now;
    stream.repairs += 1;
    silent.push(stream);
  }
  return silent;
}
