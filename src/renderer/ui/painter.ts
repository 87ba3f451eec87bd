import type { Undo } from '#shared/base/emitter.ts';
import { noteFrame, owePainting } from './paint-times.ts';
import { windowFrames } from './window-frames.ts';

export interface Painter {
  /** Asks for one painting in the next frame, however often it is called before that. */
  request(): void;
  /** The same, and whatever the pace: what stands there is of something else, and may not stay for a frame longer. */
  hurry(): void;
  readonly dispose: Undo;
}

// One frame callback for the whole desk, of whichever of its windows is seen: each of its own would cost the browser a call
// and a look at the clock.
let due = new Set<() => void>();

function paintDue(): void {
  const painting = due;
  due = new Set();
  for (const paint of painting) paint();
  noteFrame();
}

function paintNextFrame(paint: () => void): void {
  if (due.size === 0) windowFrames.request(paintDue);
  due.add(paint);
}

/** Whose panel nobody sees: they paint when it is shown again. */
let asleep = new Set<() => void>();

/** A panel has come to the front, or the desk has: what could not be seen is painted with the next frame. */
export function wakePainters(): void {
  const woken = asleep;
  asleep = new Set();
  for (const paint of woken) paintNextFrame(paint);
}

/** Not in a tab behind another, nor on a desk that another view stands before. Asked of the tree alone: no layout. */
export function isShown(element: Element): boolean {
  return element.isConnected && element.closest('.workspace[data-hidden]') === null;
}

/** A frame never comes to the millisecond. */
const FRAME_SLACK_MS = 4;
/** Its multiples, less the whole, lie as far from each other as numbers can. */
const GOLDEN = 0.618;
let paced = 0;

/**
 * Paints at most once per animation frame, and not sooner than `leastMs` after the last time: figures at the side need not
 * cost the frames of those in the middle. With `element`, only while that is shown. A fault ends the painting and goes to `onFault`
 * (the panel's boundary), so that a painter which broke never leaves its last numbers standing.
 */
export function createPainter(
  paint: () => void,
  onFault: (fault: unknown) => void,
  element?: Element | (() => Element | undefined),
  leastMs: () => number = everyFrame,
): Painter {
  let ended = false;
  let paintedAt = Number.NEGATIVE_INFINITY;
  let settle: Undo | undefined;
  // Those that were woken together would go on painting together: each has its second turn at a time of its own.
  const share = leastMs === everyFrame ? 0 : (GOLDEN * ++paced) % 1;
  const isSeen = () => {
    const found = typeof element === 'function' ? element() : element;
    return found === undefined || isShown(found);
  };
  const guarded = () => {
    if (ended) return;
    if (!isSeen()) {
      asleep.add(guarded);
      settled();
      return;
    }
    const now = performance.now();
    const least = leastMs();
    const rested = now - paintedAt;
    if (rested < least - FRAME_SLACK_MS) {
      paintNextFrame(guarded);
      return;
    }
    paintedAt = rested > 2 * least ? now - share * least : now;
    settled();
    try {
      paint();
    } catch (fault) {
      ended = true;
      onFault(fault);
    }
  };
  const settled = () => {
    settle?.();
    settle = undefined;
  };
  const request = () => {
    if (ended) return;
    if (leastMs !== everyFrame) settle ??= owePainting();
    paintNextFrame(guarded);
  };
  return {
    request,
    hurry() {
      paintedAt = Number.NEGATIVE_INFINITY;
      request();
    },
    dispose() {
      ended = true;
      settled();
      asleep.delete(guarded);
    },
  };
}

function everyFrame(): number {
  return 0;
}

/** A text node that touches the document only when its text changes. */
export interface Line {
  set(text: string): void;
}

export function createLine(parent: Element): Line {
  const node = document.createTextNode('');
  parent.append(node);
  let current = '';
  return {
    set(text) {
      if (text === current) return;
      current = text;
      node.data = text;
    },
  };
}

/** Sets a data attribute only when it changes; `undefined` removes it. */
export function mark(element: HTMLElement | SVGElement, name: string, value: string | undefined): void {
  if (element.dataset[name] === value) return;
  if (value === undefined) delete element.dataset[name];
  else element.dataset[name] = value;
}
