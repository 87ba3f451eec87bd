import type { EnteredKey } from './key-entry.tsx';

/** How long a key that was checked waits for its label. */
const HELD_MS = 120_000;

/**
 * A key between its check and its adding, outside of React and of the document. It is given out once, and forgotten
 * then, when dropped, or after two minutes, whichever is first.
 */
export interface HeldKey {
  hold(key: EnteredKey, onForgotten: () => void): void;
  /** `undefined`: it has been forgotten. */
  take(): EnteredKey | undefined;
  drop(): void;
}

export function createHeldKey(): HeldKey {
  let held: EnteredKey | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const drop = () => {
    held = undefined;
    clearTimeout(timer);
  };
  return {
    hold(key, onForgotten) {
      drop();
      held = key;
      timer = setTimeout(() => {
        drop();
        onForgotten();
      }, HELD_MS);
    },
    take() {
      const key = held;
      drop();
      return key;
    },
    drop,
  };
}
