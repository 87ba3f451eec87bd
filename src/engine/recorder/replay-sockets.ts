import type { Clock } from '#shared/base/clock.ts';
import { createEmitter, type Undo } from '#shared/base/emitter.ts';
import { messageOf } from '#shared/base/errors.ts';
import type { Cause } from '#shared/domain/connection.ts';
import type { OpenSocket, SocketListener } from '../net/socket.ts';
import { recordLines } from './record-lines.ts';
import { readRecord } from './recording.ts';
import type { ReplayClock } from './replay-clock.ts';

/** Sockets that say what was recorded, each frame when its moment has come. */
export interface ReplaySockets {
  readonly open: OpenSocket;
  /** From here on time runs. */
  start(): void;
  onEnd(listener: (detail: string) => void): Undo;
  dispose(): void;
}

const SETTLE_MS = 20;
/** Frames delivered before others get a turn. */
const AT_ONCE = 200;

export function createReplaySockets(options: {
  readonly path: string;
  /** The machine's own time. */
  readonly base: Clock;
  readonly clock: ReplayClock;
  /** Whose the frames are where the recorder did not say. */
  readonly venueId: string | undefined;
}): ReplaySockets {
  const { path, base, clock } = options;
  const sockets = new Map<SocketListener, { readonly venue: string; readonly route: string }>();
  const ended = createEmitter<string>();
  let end: Cause | undefined;
  let isDisposed = false;

  const rest = (ms: number) => new Promise<void>((resolve) => base.after(ms, resolve));

  function deliver(venue: string, route: string | undefined, raw: string): void {
    // Where it is not known by which way a frame came, whoever wants it takes it.
    const all = [...sockets].filter(([, socket]) => socket.venue === venue);
    const own = all.filter(([, socket]) => socket.route === route);
    const bytes = Buffer.from(raw);
    for (const [listener] of own.length > 0 || isKnownRoute(venue, route) ? own : all) listener.frame(bytes);
  }

  /** Routes that a socket was ever opened for. */
  const routes = new Set<string>();
  const isKnownRoute = (venue: string, route: string | undefined) => routes.has(`${venue}/${route}`);

  async function play(): Promise<void> {
    let detail = 'the recording has ended';
    // The first frame is for those who are just opening their sockets.
    await rest(SETTLE_MS);
    try {
      let count = 0;
      for await (const line of recordLines(path, () => {
        detail = 'the recording ends midway: it was ended before it could be finished';
      })) {
        if (isDisposed) return;
        const record = readRecord(line);
        if (record.kind !== 'frame') continue;
        const venue = record.venue ?? options.venueId;
        if (venue === undefined) continue;
        if (record.receivedAt > 0) clock.holdAt(record.receivedAt);
        while (clock.now() < record.receivedAt) {
          await rest(1);
          if (isDisposed) return;
        }
        deliver(venue, record.route, record.raw);
        count += 1;
        if (count % AT_ONCE === 0) await rest(0);
      }
    } catch (fault) {
      detail = messageOf(fault);
    }
    end = { code: 'recording.end', detail };
    clock.holdAt(Number.POSITIVE_INFINITY);
    for (const listener of [...sockets.keys()]) close(listener, end);
    ended.emit(detail);
  }

  function close(listener: SocketListener, cause: Cause): void {
    if (sockets.delete(listener)) listener.closed(cause);
  }

  return {
    open(url, listener) {
      const { hostname, pathname } = new URL(url);
      const socket = { venue: hostname, route: pathname.slice(1) };
      sockets.set(listener, socket);
      routes.add(`${socket.venue}/${socket.route}`);
      base.after(0, () => {
        if (!sockets.has(listener)) return;
        if (end) close(listener, end);
        else listener.opened();
      });
      return {
        send: () => undefined,
        ping: () => void base.after(0, () => sockets.has(listener) && listener.pulse('pong')),
        terminate: () => void sockets.delete(listener),
      };
    },
    start() {
      clock.start();
      void play();
    },
    onEnd: ended.on,
    dispose() {
      isDisposed = true;
      sockets.clear();
    },
  };
}
