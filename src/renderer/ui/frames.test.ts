import { describe, expect, test } from 'vitest';
import { createFrames, type FrameWindow, PATIENCE_MS } from './frames.ts';

/** A window whose frames and visibility the test makes. */
function createWindow(visibilityState: DocumentVisibilityState = 'visible') {
  const asked = new Map<number, (time: number) => void>();
  const listeners = new Set<() => void>();
  let last = 0;
  const document = {
    visibilityState,
    addEventListener: (_type: string, listener: unknown) => void listeners.add(listener as () => void),
    removeEventListener: (_type: string, listener: unknown) => void listeners.delete(listener as () => void),
  };
  const window = {
    document,
    closed: false,
    requestAnimationFrame(callback: (time: number) => void) {
      last += 1;
      asked.set(last, callback);
      return last;
    },
    cancelAnimationFrame: (handle: number) => void asked.delete(handle),
    frame() {
      const running = [...asked.values()];
      asked.clear();
      for (const callback of running) callback(0);
    },
    see(state: DocumentVisibilityState) {
      document.visibilityState = state;
      for (const listener of listeners) listener();
    },
    get promised() {
      return asked.size;
    },
  };
  return window as typeof window & FrameWindow;
}

function createTimers() {
  let now = 0;
  let waiting: { at: number; run: () => void }[] = [];
  return {
    now: () => now,
    after(delayMs: number, run: () => void) {
      const entry = { at: now + delayMs, run };
      waiting.push(entry);
      return () => {
        waiting = waiting.filter((one) => one !== entry);
      };
    },
    pass(ms: number) {
      const until = now + ms;
      for (;;) {
        const [next] = waiting.filter(({ at }) => at <= until).sort((one, other) => one.at - other.at);
        if (next === undefined) break;
        waiting = waiting.filter((one) => one !== next);
        now = next.at;
        next.run();
      }
      now = until;
    },
  };
}

function setUp(...windows: FrameWindow[]) {
  const timers = createTimers();
  const frames = createFrames(timers);
  for (const window of windows) frames.add(window);
  const painted: string[] = [];
  return { timers, frames, painted, ask: (what = 'x') => frames.request(() => painted.push(what)) };
}

describe('what is asked for is painted once, in the next frame', () => {
  test('of the desk’s window while that is seen, however many ask', () => {
    const desk = createWindow();
    const popout = createWindow();
    const { ask, painted } = setUp(desk, popout);
    ask('one');
    ask('two');
    popout.frame();
    const before = [...painted];
    desk.frame();
    desk.frame();
    expect([before, painted, desk.promised]).toEqual([[], ['one', 'two'], 0]);
  });

  test('of a pop-out while the desk’s window is hidden, even if that had promised one', () => {
    const desk = createWindow();
    const popout = createWindow();
    const { ask, painted } = setUp(desk, popout);
    ask('asked while seen');
    desk.see('hidden');
    popout.frame();
    ask('asked while hidden');
    popout.frame();
    expect([painted, desk.promised]).toEqual([['asked while seen', 'asked while hidden'], 0]);
    desk.see('visible');
    ask('seen again');
    desk.frame();
    expect(painted.at(-1)).toBe('seen again');
  });

  test('of a pop-out that opens while nothing else is seen', () => {
    const desk = createWindow('hidden');
    const popout = createWindow();
    const { ask, frames, painted } = setUp(desk);
    ask();
    frames.add(popout);
    popout.frame();
    expect(painted).toEqual(['x']);
  });

  test('of another when the window that promised one is closed', () => {
    const desk = createWindow('hidden');
    const first = createWindow();
    const second = createWindow();
    const { ask, frames, painted } = setUp(desk);
    const leave = frames.add(first);
    frames.add(second);
    ask('left');
    leave();
    second.frame();
    expect(painted).toEqual(['left']);
  });
});

describe('where no window has frames', () => {
  test('a timer paints, so that what goes stale is shown to', () => {
    const { ask, painted, timers } = setUp(createWindow('hidden'));
    ask();
    timers.pass(PATIENCE_MS);
    ask('again');
    timers.pass(PATIENCE_MS);
    expect(painted).toEqual(['x', 'again']);
  });

  test('nor gives one it has promised, it is not waited for in vain', () => {
    const covered = createWindow();
    const { ask, painted, timers } = setUp(covered);
    ask();
    timers.pass(3 * PATIENCE_MS);
    covered.frame();
    expect(painted).toEqual(['x']);
  });

  test('a window closed without a word is not waited for either', () => {
    const popout = createWindow();
    const { ask, painted, timers } = setUp(createWindow('hidden'), popout);
    ask();
    popout.closed = true;
    timers.pass(3 * PATIENCE_MS);
    expect(painted).toEqual(['x']);
  });
});

test('what is taken back is not painted, before the frame or in it', () => {
  const desk = createWindow();
  const { frames, painted } = setUp(desk);
  frames.cancel(frames.request(() => painted.push('before')));
  let second = 0;
  frames.request(() => frames.cancel(second));
  second = frames.request(() => painted.push('in it'));
  desk.frame();
  expect(painted).toEqual([]);
});

test('one that fails keeps no other from painting, and its fault is heard', () => {
  const desk = createWindow();
  const { ask, frames, painted, timers } = setUp(desk);
  frames.request(() => {
    throw new Error('broken');
  });
  ask('whole');
  desk.frame();
  expect(painted).toEqual(['whole']);
  expect(() => timers.pass(1)).toThrow('broken');
});

test('what is asked for in a frame is painted in the one after', () => {
  const desk = createWindow();
  const { frames, painted } = setUp(desk);
  frames.request(() => {
    painted.push('first');
    frames.request(() => painted.push('second'));
  });
  desk.frame();
  const before = [...painted];
  desk.frame();
  expect([before, painted]).toEqual([['first'], ['first', 'second']]);
});
