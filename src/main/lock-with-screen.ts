import { powerMonitor } from 'electron';
import type { Undo } from '#shared/base/emitter.ts';
import { systemClock } from '#shared/base/system-clock.ts';
import type { Log } from './log.ts';

/** Where the system does not tell (Linux), it is asked this often. */
const LOOK_EVERY_MS = 5000;
/** Of no matter here: only `locked` is looked for. */
const IDLE_AFTER_S = 60;

/** When the person locks the screen, the keys are locked with it and nothing stays armed. The app must be ready. */
export function lockWithScreen(lock: () => void, log: Log): Undo {
  let wasLocked = false;
  const lockKeys = () => {
    lock();
    log.info('the keys are locked with the screen');
  };
  powerMonitor.on('lock-screen', lockKeys);
  const stopLooking =
    process.platform === 'linux'
      ? systemClock.every(LOOK_EVERY_MS, () => {
          const isLocked = powerMonitor.getSystemIdleState(IDLE_AFTER_S) === 'locked';
          if (isLocked && !wasLocked) lockKeys();
          wasLocked = isLocked;
        })
      : undefined;
  return () => {
    stopLooking?.();
    powerMonitor.off('lock-screen', lockKeys);
  };
}
