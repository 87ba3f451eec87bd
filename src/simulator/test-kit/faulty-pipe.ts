import type { Socket } from 'node:net';
import type { Clock } from '#shared/base/clock.ts';
import type { Random } from '../random.ts';

/** What a bad link does to bytes. What is not named is as it should be. */
export interface LinkFaults {
  /** Every piece arrives so much later, ms; give or take `jitterMs`, and never out of order: this is TCP. */
  readonly latencyMs?: number;
  readonly jitterMs?: number;
  /** Nothing arrives any more, neither bytes nor their end, and nobody is told. What was sent arrives when it is over. */
  readonly blackHole?: 'up' | 'down' | 'both';
  /** Bytes arrive in pieces of 1 to so many, each a moment of its own. */
  readonly slicesOf?: number;
  /** Each direction of each connection carries no more. */
  readonly bytesPerSecond?: number;
  /** For every piece, how likely it is that the connection is reset in its place. */
  readonly resetChance?: number;
  /** For every piece that goes down, how likely it is that the peer's direction ends there while ours stays open. */
  readonly halfCloseChance?: number;
}

export type Direction = 'up' | 'down';

export interface PipeOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly direction: Direction;
  readonly from: Socket;
  readonly to: Socket;
  readonly faults: () => LinkFaults;
  readonly onReset: () => void;
}

export interface FaultyPipe {
  /** The faults changed: what was held back may go, or what went is held back. */
  look(): void;
  /** Ends this direction after what is on its way; the other one goes on. */
  end(): void;
  dispose(): void;
}

/** More than this on its way, and the sender has to wait, as it would for a full window. */
const MOST_BYTES = 256 * 1024;

interface Piece {
  /** Absent: the end. */
  readonly bytes?: Buffer;
  dueAt: number;
}

/** One direction of one connection. */
export function createFaultyPipe(options: PipeOptions): FaultyPipe {
  const { clock, random, direction, from, to } = options;
  const queue: Piece[] = [];
  let queuedBytes = 0;
  let lastDueAt = 0;
  let isEnded = false;
  let isHalfClosed = false;
  let cancel: () => void = () => undefined;

  const isHeld = () => {
    const { blackHole } = options.faults();
    return blackHole === 'both' || blackHole === direction;
  };

  function push(bytes: Buffer): void {
    const { slicesOf, resetChance = 0, halfCloseChance = 0 } = options.faults();
    for (let at = 0; at < bytes.length; ) {
      const length = slicesOf === undefined ? bytes.length : 1 + random.below(slicesOf);
      if (random.chance(resetChance)) {
        options.onReset();
        return;
      }
      if (direction === 'down' && random.chance(halfCloseChance)) {
        end();
        return;
      }
      append(bytes.subarray(at, at + length));
      at += length;
    }
  }

  function append(bytes?: Buffer): void {
    const { latencyMs = 0, jitterMs = 0, bytesPerSecond = Number.POSITIVE_INFINITY } = options.faults();
    const now = clock.monotonic();
    const travelMs = Math.max(0, latencyMs + jitterMs * (2 * random.next() - 1));
    const wireMs = ((bytes?.length ?? 0) / bytesPerSecond) * 1000;
    lastDueAt = Math.max(now + travelMs, lastDueAt) + wireMs;
    queue.push(bytes === undefined ? { dueAt: lastDueAt } : { bytes, dueAt: lastDueAt });
    queuedBytes += bytes?.length ?? 0;
  }

  /** What waits goes on as the link is now: a link that is good again owes nobody a delay. */
  function retime(): void {
    const { bytesPerSecond = Number.POSITIVE_INFINITY } = options.faults();
    lastDueAt = clock.monotonic();
    for (const piece of queue) {
      lastDueAt += ((piece.bytes?.length ?? 0) / bytesPerSecond) * 1000;
      piece.dueAt = lastDueAt;
    }
  }

  function flow(): void {
    cancel();
    cancel = () => undefined;
    if (isHeld()) {
      from.pause();
      return;
    }
    const now = clock.monotonic();
    // Slices leave one at a time: written in one go, the kernel would join them again.
    const atOnce = options.faults().slicesOf === undefined ? Number.POSITIVE_INFINITY : 1;
    for (let gone = 0; gone < atOnce; gone += 1) {
      const next = queue[0];
      if (next === undefined || next.dueAt > now) break;
      queue.shift();
      queuedBytes -= next.bytes?.length ?? 0;
      if (next.bytes === undefined) to.end();
      else if (to.writable) to.write(next.bytes);
    }
    const next = queue[0];
    if (next) cancel = clock.after(Math.max(0, next.dueAt - now), flow);
    if (queuedBytes > MOST_BYTES) from.pause();
    else from.resume();
  }

  function end(): void {
    if (isHalfClosed) return;
    isHalfClosed = true;
    append();
    flow();
  }

  from.on('data', (bytes: Buffer) => {
    if (isHalfClosed) return;
    push(bytes);
    if (!isEnded) flow();
  });
  from.on('end', end);

  return {
    look() {
      retime();
      flow();
    },
    end,
    dispose() {
      isEnded = true;
      cancel();
      queue.length = 0;
    },
  };
}
