import { powerMonitor } from 'electron';
import type { Engine } from '#engine/engine.ts';
import type { Log } from './log.ts';

/** Tells the engine of sleep and waking as the system tells us, which is before a late timer could show it. */
export function watchPower(engine: Pick<Engine, 'resumed'>, log: Log): void {
  powerMonitor.on('suspend', () => log.info('the machine goes to sleep'));
  powerMonitor.on('resume', () => {
    log.info('the machine woke: every connection is opened anew');
    engine.resumed();
  });
}
