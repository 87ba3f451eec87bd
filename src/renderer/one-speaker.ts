import type { Undo } from '#shared/base/emitter.ts';

/** As far as it is needed of the browser's `navigator.locks`. */
export interface Locks {
  request(
    name: string,
    options: { readonly signal: AbortSignal },
    hold: () => Promise<void>,
  ): Promise<unknown>;
}

export interface Speaker {
  /** Whether it is this window that notifies and sounds. */
  speaks(): boolean;
  readonly dispose: Undo;
}

const LOCK = 'heartline-speaker';

/**
 * Of several windows of one desk (two tabs of the headless host) one notifies and sounds, so that nothing is said twice: the
 * one that has the lock. When it is closed the next one gets it, at once and by the browser. Where there are no locks every
 * window speaks: twice is better than never. Pop-outs have no channel of their own and say nothing.
 */
export function createSpeaker(locks: Locks | undefined): Speaker {
  let isMine = locks === undefined;
  const ended = new AbortController();
  const left = Promise.withResolvers<void>();
  locks
    ?.request(LOCK, { signal: ended.signal }, () => {
      isMine = true;
      return left.promise;
    })
    .catch(() => {
      // Refused by the browser, or undone before it was had.
      isMine = !ended.signal.aborted;
    });
  return {
    speaks: () => isMine,
    dispose() {
      isMine = false;
      ended.abort();
      left.resolve();
    },
  };
}
