import type { Undo } from '#shared/base/emitter.ts';
import { createFrames, type Frames } from './frames.ts';

/** Frames of the desk's windows: its own, and each that was popped out of it. */
export const windowFrames: Frames = createFrames({
  now: () => performance.now(),
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
});

/** Lets painters take frames from this window too. The browser's own functions are kept: `lendFrames` may replace them. */
export function addFrameWindow(target: Window): Undo {
  const ask = target.requestAnimationFrame.bind(target);
  const takeBack = target.cancelAnimationFrame.bind(target);
  return windowFrames.add({
    document: target.document,
    get closed() {
      return target.closed;
    },
    requestAnimationFrame: ask,
    cancelAnimationFrame: takeBack,
  });
}

if (typeof window !== 'undefined') addFrameWindow(window);

/**
 * Until undone, whatever asks this window for a frame (drawing libraries do by themselves) gets one of a window that is seen:
 * a chart in a pop-out must not stand still because the desk is covered.
 */
export function lendFrames(): Undo {
  const { requestAnimationFrame: ask, cancelAnimationFrame: takeBack } = window;
  window.requestAnimationFrame = windowFrames.request;
  window.cancelAnimationFrame = (handle) => {
    windowFrames.cancel(handle);
  };
  return () => {
    window.requestAnimationFrame = ask;
    window.cancelAnimationFrame = takeBack;
  };
}
