import type { SessionStream } from './session-streams.ts';

/** A confirmed stream with a rhythm that brings nothing for this long is asked for again. */
const FIRST_FRAME_DEADLINE_MS = 10_000;
const REPAIR_EVERY_MS = 15_000;

/** The streams to ask for again now: confirmed, and never come or silent against their own rhythm. Notes when. */
export function silentStreams(streams: Iterable<SessionStream>, now: number): readonly SessionStream[] {
  const silent: SessionStream[] = [];
  for (const stream of streams) {
    const { confirmedAt, pulse } = stream;
    if (confirmedAt === undefined || now - stream.repairedAt < REPAIR_EVERY_MS) continue;
    const neverCame =
      pulse.firstAt === undefined && pulse.isCanary && now - confirmedAt > FIRST_FRAME_DEADLINE_MS;
    if (!neverCame && pulse.stateAt(now) !== 'stale') continue;
    stream.repairedAt = now;
    silent.push(stream);
  }
  return silent;
}
