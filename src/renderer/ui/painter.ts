import type { Undo } from '#shared/base/emitter.ts';
import { noteFrame } from './paint-times.ts';

export interface Painter {
  /** Asks for one painting in the next frame, however often it is called before that. */
  request(): void;
  readonly dispose: Undo;
}

// One frame callback for the whole desk: each of its own would cost the browser a call and a look at the clock.
let due = new Set<() => void>();

function paintDue(): void {
  const painting = due;
  due = new Set();
  for (const paint of painting) paint();
  noteFrame();
}

function paintNextFrame(paint: () => void): void {
  if (due.size === 0) requestAnimationFrame(paintDue);
  due.add(paint);
}

/**
 * Paints at most once per animation frame. A fault ends the painting and goes to `onFault`
 * (the panel's boundary), so that a painter which broke never leaves its last numbers standing.
 */
export function createPainter(paint: () => void, onFault: (fault: unknown) => void): Painter {
  let ended = false;
  const guarded = () => {
    if (ended) return;
    try {
      paint();
    } catch (fault) {
      ended = true;
      onFault(fault);
    }
  };
  return {
    request() {
      if (!ended) paintNextFrame(guarded);
    },
    dispose() {
      ended = true;
    },
  };
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
