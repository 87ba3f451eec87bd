import { expect, test } from 'vitest';
import { createSpeaker, type Locks } from './one-speaker.ts';

/** Locks as a browser gives them: to one holder at a time, in turn. */
function createLocks(): Locks {
  const waiting: { signal: AbortSignal; begin: () => void }[] = [];
  let isHeld = false;
  const next = () => {
    const first = waiting.shift();
    if (first === undefined) return;
    if (first.signal.aborted) return next();
    first.begin();
  };
  return {
    request(_name, { signal }, hold) {
      return new Promise((resolve, reject) => {
        signal.addEventListener('abort', () => reject(new Error('aborted')));
        const begin = () => {
          isHeld = true;
          void hold().then(() => {
            isHeld = false;
            resolve(undefined);
            next();
          });
        };
        if (isHeld) waiting.push({ signal, begin });
        else begin();
      });
    },
  };
}
const settle = () => new Promise((done) => setImmediate(done));

test('of several windows one speaks, and the next one when it is closed', async () => {
  const locks = createLocks();
  const windows = [createSpeaker(locks), createSpeaker(locks), createSpeaker(locks)];
  const speaking = () => windows.map((window) => window.speaks());
  const atFirst = speaking();
  windows[1]?.dispose();
  windows[0]?.dispose();
  await settle();
  expect([atFirst, speaking()]).toEqual([
    [true, false, false],
    [false, false, true],
  ]);
});

test('without locks, or refused them, a window speaks rather than nobody', async () => {
  const refused = createSpeaker({ request: () => Promise.reject(new Error('not here')) });
  await settle();
  expect([createSpeaker(undefined).speaks(), refused.speaks()]).toEqual([true, true]);
});
