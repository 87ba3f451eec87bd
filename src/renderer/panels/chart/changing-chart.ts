import { createStore } from 'zustand/vanilla';

/** The chart on which an order was last taken hold of: what became of it is told there, and not on each of them. */
export const changingChart = createStore<{ readonly id: string | undefined }>()(() => ({ id: undefined }));
