import type { Undo } from '#shared/base/emitter.ts';

export interface Painter {
  /** Asks for one painting in the next frame, however often it is called before that. */
  request(): void;
  readonly dispose: Undo;
}

/**
 * Paints at most once per animation frame. A fault ends the painting and goes to `onFault`
 * (the panel's boundary), so that a painter which broke never leaves its last numbers standing.
 */
export function createPainter(paint: () => void, onFault: (fault: unknown) => void): Painter {
  let frame: number | undefined;
  let broken = false;
  return {
    request() {
      if (broken) return;
      frame ??= requestAnimationFrame(() => {
        frame = undefined;
        try {
          paint();
        } catch (fault) {
          broken = true;
          onFault(fault);
        }
      });
    },
    dispose() {
      if (frame !== undefined) cancelAnimationFrame(frame);
      frame = undefined;
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
