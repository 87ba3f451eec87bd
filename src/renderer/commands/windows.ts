import type { Undo } from '#shared/base/emitter.ts';

type Listener = (event: KeyboardEvent) => void;

const windows = new Set<Window>();
const listeners = new Set<Listener>();

/** Keys of this window mean commands too, until undone: for the page itself and each window that was popped out of it. */
export function attachHotkeys(target: Window): Undo {
  if (windows.has(target)) return () => undefined;
  windows.add(target);
  for (const listener of listeners) target.addEventListener('keydown', listener);
  return () => {
    windows.delete(target);
    for (const listener of listeners) target.removeEventListener('keydown', listener);
  };
}

/** Hears what nobody nearer took, in every attached window. */
export function onKeydown(listener: Listener): Undo {
  listeners.add(listener);
  for (const one of windows) one.addEventListener('keydown', listener);
  return () => {
    listeners.delete(listener);
    for (const one of windows) one.removeEventListener('keydown', listener);
  };
}
