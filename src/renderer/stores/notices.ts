import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Clock } from '#shared/base/clock.ts';
import type { HeartlineError } from '#shared/base/errors.ts';

const SHOWN_MS = 10_000;

export interface Notice {
  readonly id: number;
  readonly error: HeartlineError;
}

export interface Notices {
  readonly store: StoreApi<{ readonly notices: readonly Notice[] }>;
  show(error: HeartlineError): void;
  dismiss(id: number): void;
}

/** Short-lived messages about something the person just asked for that did not work. */
export function createNotices(clock: Clock): Notices {
  const store = createStore<{ readonly notices: readonly Notice[] }>()(() => ({ notices: [] }));
  let lastId = 0;
  const dismiss = (id: number) =>
    store.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }));
  return {
    store,
    show(error) {
      lastId += 1;
      const id = lastId;
      store.setState(({ notices }) => ({
        // The same complaint twice is one complaint.
        notices: [...notices.filter((notice) => notice.error.code !== error.code), { id, error }].slice(-3),
      }));
      clock.after(SHOWN_MS, () => dismiss(id));
    },
    dismiss,
  };
}
