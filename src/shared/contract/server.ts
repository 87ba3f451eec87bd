import type { Clock } from '../base/clock.ts';
import type { Undo } from '../base/emitter.ts';
import { HeartlineError, messageOf } from '../base/errors.ts';
import type { Api, RequestName, WatchName, WatchSource } from './api.ts';
import { requestInputs, watchInputs } from './api.ts';
import { checkInput } from './check-input.ts';
import { readClientMessage } from './client-message.ts';
import type { ClientMessage, ServerChannel, ServerMessage, WireError } from './protocol.ts';
import { createRateCap } from './rate-cap.ts';

export interface ServeClientOptions {
  /** Updates that become ready within this time leave in one batch. Default 4 ms (measured best). */
  readonly flushEveryMs?: number;
  /** Watches one client may hold open at once. Default 256. */
  readonly maxWatches?: number;
  /** Requests one client may have unanswered at once. Default 256. */
  readonly maxRequests?: number;
  /** Requests and watches one client may send: a burst at once, then so many a second. Default 400, 200. */
  readonly rate?: { readonly burst: number; readonly perSecond: number };
  /** Hears every fault that is a bug of ours (the client only gets `internal`), for the log. */
  readonly onFault?: (fault: unknown) => void;
  /** Once, however it ended: the channel closed, the undo was called, or the client broke the protocol. */
  readonly onEnd?: () => void;
}

interface OpenWatch {
  readonly id: number;
  source: WatchSource<unknown> | undefined;
}

/**
 * Serves one client until its channel closes; the undo ends it earlier and closes the channel.
 *
 * Watches: a source's `changed()` only marks it; what is marked is taken and sent in one batch per
 * `flushEveryMs`, and no batch leaves while the one before is unacknowledged, so a slow window makes the
 * sources conflate instead of filling a queue. A source that throws is refused and disposed; the others go on.
 *
 * Refusal codes: `input.invalid`, `request.unknown`, `request.too-many`, `watch.unknown`, `watch.too-many`,
 * `rate-limit`, `id.duplicate`, whatever `HeartlineError` the api throws, and `internal` for the rest (never with a stack).
 * A message that is not one of the protocol's closes the channel.
 */
export function serveClient(
  channel: ServerChannel,
  api: Api,
  clock: Clock,
  options: ServeClientOptions = {},
): Undo {
  const { flushEveryMs = 4, maxWatches = 256, maxRequests = 256, onFault } = options;
  const withinRate = createRateCap(clock, options.rate ?? { burst: 400, perSecond: 200 });
  const watches = new Map<number, OpenWatch>();
  const requests = new Set<number>();
  const dirty = new Set<OpenWatch>();
  let seq = 0;
  let unacknowledged = 0;
  let cancelFlush: Undo | undefined;
  let overdue = false;
  let ended = false;

  const wireError = (fault: unknown): WireError => {
    if (fault instanceof HeartlineError) {
      return { code: fault.code, message: fault.message, details: fault.details };
    }
    onFault?.(fault);
    return { code: 'internal', message: messageOf(fault), details: {} };
  };

  // What cannot be sent at all (a source handed over an array twice, say) ends this client, not the engine.
  const send = (message: ServerMessage) => {
    if (ended) return;
    try {
      channel.send(message);
    } catch (fault) {
      onFault?.(fault);
      endAndClose();
    }
  };

  const refuse = (kind: 'refusal' | 'watch-refusal', id: number, fault: unknown) => {
    send({ t: kind, id, error: wireError(fault) });
  };

  const checkRate = () => {
    if (!withinRate()) throw new HeartlineError('rate-limit', 'this window asks too much at once');
  };

  const mark = (watch: OpenWatch) => {
    if (ended || watches.get(watch.id) !== watch) return;
    dirty.add(watch);
    cancelFlush ??= clock.after(flushEveryMs, () => {
      cancelFlush = undefined;
      if (unacknowledged === 0) flush();
      else overdue = true;
    });
  };

  const drop = (watch: OpenWatch) => {
    watches.delete(watch.id);
    dirty.delete(watch);
    try {
      watch.source?.dispose();
    } catch (fault) {
      onFault?.(fault);
    }
  };

  const flush = () => {
    overdue = false;
    const taken = [...dirty];
    // Cleared before taking: a source that changes again while we take is marked for the next batch.
    dirty.clear();
    const updates: [number, unknown][] = [];
    for (const watch of taken) {
      if (watches.get(watch.id) !== watch) continue;
      try {
        const update = watch.source?.take();
        if (update !== undefined) updates.push([watch.id, update]);
      } catch (fault) {
        drop(watch);
        refuse('watch-refusal', watch.id, fault);
      }
    }
    if (updates.length === 0) return;
    seq += 1;
    unacknowledged = seq;
    send({ t: 'batch', seq, updates });
  };

  const openWatch = (id: number, name: string, input: unknown) => {
    checkRate();
    if (watches.has(id)) throw new HeartlineError('id.duplicate', `watch id ${id} is in use`);
    if (!Object.hasOwn(watchInputs, name)) {
      throw new HeartlineError('watch.unknown', `there is no watch named ${name}`, { details: { name } });
    }
    if (watches.size >= maxWatches) {
      throw new HeartlineError('watch.too-many', `a window may watch ${maxWatches} things at once`, {
        details: { limit: maxWatches },
      });
    }
    const checked = checkInput(watchInputs[name as WatchName], input);
    const watch: OpenWatch = { id, source: undefined };
    watches.set(id, watch);
    try {
      watch.source = api.watch(name as WatchName, checked as never, () => mark(watch));
    } catch (fault) {
      drop(watch);
      throw fault;
    }
    // What the source already holds is the first update; it need not call `changed` for it.
    mark(watch);
  };

  const answer = async (id: number, name: string, input: unknown) => {
    if (!Object.hasOwn(requestInputs, name)) {
      throw new HeartlineError('request.unknown', `there is no request named ${name}`, { details: { name } });
    }
    const checked = checkInput(requestInputs[name as RequestName], input);
    const output = await api.request(name as RequestName, checked as never);
    if (!ended) channel.send({ t: 'answer', id, output });
  };

  const openRequest = (id: number, name: string, input: unknown) => {
    checkRate();
    if (requests.has(id)) throw new HeartlineError('id.duplicate', `request id ${id} is in use`);
    if (requests.size >= maxRequests) {
      throw new HeartlineError('request.too-many', `a window may wait for ${maxRequests} answers at once`, {
        details: { limit: maxRequests },
      });
    }
    requests.add(id);
    answer(id, name, input)
      .catch((fault: unknown) => refuse('refusal', id, fault))
      .finally(() => requests.delete(id));
  };

  const receive = (message: ClientMessage) => {
    switch (message.t) {
      case 'request':
        try {
          openRequest(message.id, message.name, message.input);
        } catch (fault) {
          refuse('refusal', message.id, fault);
        }
        return;
      case 'watch':
        try {
          openWatch(message.id, message.name, message.input);
        } catch (fault) {
          refuse('watch-refusal', message.id, fault);
        }
        return;
      case 'unwatch': {
        const watch = watches.get(message.id);
        if (watch) drop(watch);
        return;
      }
      case 'ack':
        if (message.seq !== unacknowledged) return;
        unacknowledged = 0;
        if (overdue) flush();
    }
  };

  const end = () => {
    if (ended) return;
    ended = true;
    cancelFlush?.();
    offMessage();
    offClose();
    for (const watch of [...watches.values()]) drop(watch);
    options.onEnd?.();
  };
  const endAndClose = () => {
    end();
    channel.close();
  };

  const offMessage = channel.onMessage((raw) => {
    const message = readClientMessage(raw);
    if (message === undefined) endAndClose();
    else receive(message);
  });
  const offClose = channel.onClose(end);
  return endAndClose;
}
