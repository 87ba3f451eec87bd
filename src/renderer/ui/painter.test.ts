import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createPainter } from './painter.ts';
import { windowFrames } from './window-frames.ts';

const FRAME_MS = 1000 / 60;

let promised: ((time: number) => void) | undefined;
let undoWindow: () => void;
beforeEach(() => {
  vi.useFakeTimers();
  promised = undefined;
  undoWindow = windowFrames.add({
    document: {
      visibilityState: 'visible',
      addEventListener: () => undefined,
      removeEventListener: () => undefined,
    },
    requestAnimationFrame(callback) {
      promised = callback;
      return 1;
    },
    cancelAnimationFrame() {
      promised = undefined;
    },
  });
});
afterEach(() => {
  undoWindow();
  vi.useRealTimers();
});

/** Lets so many frames pass, with `ask` before each. */
function pass(frames: number, ask: () => void = () => undefined): void {
  for (let frame = 0; frame < frames; frame += 1) {
    ask();
    vi.advanceTimersByTime(FRAME_MS);
    const paint = promised;
    promised = undefined;
    paint?.(performance.now());
  }
}

const noFault = (fault: unknown) => {
  throw fault;
};

/** Ten times a second, and when it painted. */
function unhurried() {
  const painted: number[] = [];
  const painter = createPainter(
    () => painted.push(performance.now()),
    noFault,
    undefined,
    () => 100,
  );
  return { painter, painted };
}

it('paints once a frame however often it is asked, and not without being asked', () => {
  let painted = 0;
  const painter = createPainter(() => {
    painted += 1;
  }, noFault);
  pass(10, () => {
    painter.request();
    painter.request();
  });
  pass(10);
  expect(painted).toBe(10);
});

it('with a pace paints every so often while it is asked all the time, and what was asked last is painted', () => {
  let value = 0;
  const painted: { readonly at: number; readonly value: number }[] = [];
  const painter = createPainter(
    () => painted.push({ at: performance.now(), value }),
    noFault,
    undefined,
    () => 50,
  );
  pass(120, () => {
    value += 1;
    painter.request();
  });
  pass(4);
  const gaps = painted.slice(2).map(({ at }, index) => at - (painted[index + 1]?.at ?? 0));
  expect(painted.length).toBeGreaterThanOrEqual(40);
  expect(painted.length).toBeLessThanOrEqual(42);
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(50 - 4);
  expect(painted.at(-1)?.value).toBe(120);
});

it('after a rest paints with the very next frame', () => {
  const { painter, painted } = unhurried();
  pass(3, painter.request);
  pass(60);
  const askedAt = performance.now();
  painter.request();
  pass(1);
  expect((painted.at(-1) ?? 0) - askedAt).toBeCloseTo(FRAME_MS);
});

it('in a hurry paints with the very next frame, whatever the pace', () => {
  const { painter, painted } = unhurried();
  pass(20, painter.request);
  const before = painted.length;
  pass(5, painter.hurry);
  expect(painted.length - before).toBe(5);
});

it('those that were woken together do not all paint in the same frames from then on', () => {
  const frames = new Map<number, number>();
  const painters = Array.from({ length: 9 }, () =>
    createPainter(
      () => frames.set(performance.now(), (frames.get(performance.now()) ?? 0) + 1),
      noFault,
      undefined,
      () => 99,
    ),
  );
  pass(120, () => {
    for (const painter of painters) painter.request();
  });
  const later = [...frames.values()].slice(1);
  expect(Math.max(...later)).toBeLessThanOrEqual(3);
});

it('ended, it paints no more, not even what it was asked for', () => {
  let painted = 0;
  const painter = createPainter(
    () => {
      painted += 1;
    },
    noFault,
    undefined,
    () => 50,
  );
  pass(2, painter.request);
  painter.request();
  painter.dispose();
  pass(10, painter.request);
  expect(painted).toBe(1);
});
