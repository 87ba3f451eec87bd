import type { Undo } from '#shared/base/emitter.ts';

/** A window as far as frames go. */
export interface FrameWindow {
  readonly document: Pick<Document, 'visibilityState' | 'addEventListener' | 'removeEventListener'>;
  readonly closed?: boolean;
  requestAnimationFrame(callback: (time: number) => void): number;
  cancelAnimationFrame(handle: number): void;
}

export interface Frames {
  /** Runs once in the next frame of a window that is seen; the handle takes it back. */
  request(callback: (time: number) => void): number;
  cancel(handle: number): void;
  /** Frames may come from this window too, while it is open and seen. The first added comes first. */
  add(window: FrameWindow): Undo;
}

/** How long a frame is waited for that a window has promised and does not give (hidden behind others, or half asleep). */
export const PATIENCE_MS = 1_000;
const CHECK_MS = 500;

export interface FrameTimers {
  now(): number;
  after(delayMs: number, run: () => void): Undo;
}

/**
 * The frames of whichever window of the desk is seen. A hidden window has none, so a pop-out would stand still the moment the
 * desk's own window is covered: then the pop-out's frames serve both. Where no window has frames a timer does, so that what
 * goes stale is still shown to.
 */
export function createFrames(timers: FrameTimers): Frames {
  const windows: FrameWindow[] = [];
  const undos = new Map<FrameWindow, Undo>();
  let due = new Map<number, (time: number) => void>();
  let running: typeof due | undefined;
  let lastHandle = 0;
  let asked:
    | { readonly window: FrameWindow | undefined; readonly cancel: Undo; readonly at: number }
    | undefined;
  let stopWaiting: Undo | undefined;

  function run(time: number): void {
    asked = undefined;
    stopWaiting?.();
    stopWaiting = undefined;
    running = due;
    due = new Map();
    // What is taken back meanwhile is gone from the map, and so not met.
    for (const callback of running.values()) {
      try {
        callback(time);
      } catch (fault) {
        // As in a browser: one that fails keeps nobody else from running.
        timers.after(0, () => {
          throw fault;
        });
      }
    }
    running = undefined;
  }

  function schedule(): void {
    if (due.size === 0) return;
    const window = windows.find(isSeen);
    if (asked !== undefined && asked.window === window) return;
    asked?.cancel();
    if (window === undefined) {
      asked = { window, cancel: timers.after(PATIENCE_MS, () => run(timers.now())), at: timers.now() };
    } else {
      const handle = window.requestAnimationFrame(run);
      asked = { window, cancel: () => window.cancelAnimationFrame(handle), at: timers.now() };
    }
    waitFor();
  }

  // A window may be covered without being told so, or be closed with a frame promised.
  function waitFor(): void {
    stopWaiting ??= timers.after(CHECK_MS, () => {
      stopWaiting = undefined;
      if (asked === undefined) return;
      if (asked.window !== windows.find(isSeen)) schedule();
      else if (asked.window !== undefined && timers.now() - asked.at >= PATIENCE_MS) {
        asked.cancel();
        run(timers.now());
        return;
      }
      waitFor();
    });
  }

  return {
    request(callback) {
      lastHandle += 1;
      due.set(lastHandle, callback);
      schedule();
      return lastHandle;
    },
    cancel(handle) {
      due.delete(handle);
      running?.delete(handle);
    },
    add(window) {
      if (windows.includes(window)) return () => undefined;
      const look = () => schedule();
      windows.push(window);
      window.document.addEventListener('visibilitychange', look);
      undos.set(window, () => window.document.removeEventListener('visibilitychange', look));
      schedule();
      return () => {
        const at = windows.indexOf(window);
        if (at < 0) return;
        windows.splice(at, 1);
        undos.get(window)?.();
        undos.delete(window);
        schedule();
      };
    },
  };
}

function isSeen(window: FrameWindow): boolean {
  return window.closed !== true && window.document.visibilityState === 'visible';
}
