import { createStore } from 'zustand/vanilla';

/** Where in each frame's header the panel in front puts its own head, by the frame's id. */
export const headSlots = createStore<{ readonly slots: ReadonlyMap<string, HTMLElement> }>()(() => ({
  slots: new Map(),
}));

export function offerSlot(frame: string, element: HTMLElement): () => void {
  headSlots.setState(({ slots }) => ({ slots: new Map(slots).set(frame, element) }));
  return () =>
    headSlots.setState(({ slots }) => {
      if (slots.get(frame) !== element) return { slots };
      const left = new Map(slots);
      left.delete(frame);
      return { slots: left };
    });
}
