import { createEmitter } from '#shared/base/emitter.ts';

/** Beats four times a second by the timer of a pop-out that is looked at, while there is one. */
export const borrowedBeat = createEmitter<void>();
