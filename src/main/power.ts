import { powerMonitor } from 'electron';
import type { Engine } from '#engine/engine.ts';
import type { Log } from './log.ts';

/**
 * Tells the engine of sleep and waking as the system tells us, which is before a late timer could show it. Either disarms:
 * whoever opens the machine again need not be who closed it.
 */
export function watchPower(engine: Pick<Engine, 'resumed' | 'disarm'>, log: Log): void {
  powerMonitor.on('suspend', () => {
    engine.disarm('suspend');
    log.info('the machine goes to sleep');
  });
  powerMonitor.on('resume', () => {
    engine.disarm('resume');
    log.info('the machine woke: every connection is opened anew');
    engine.resumed();
  });
}
