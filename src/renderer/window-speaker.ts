import { createSpeaker } from './one-speaker.ts';

/** Whether this window notifies and sounds: one question for all that do, as a window would wait for its own lock. */
export const windowSpeaker = createSpeaker(typeof navigator === 'undefined' ? undefined : navigator.locks);
