import { app, powerMonitor } from 'electron';
import { messageOf } from '#shared/base/errors.ts';
import { systemClock } from '#shared/base/system-clock.ts';
import { EXIT_CODES } from './exit-codes.ts';

/** Leaves a margin below the two seconds a quit may take. */
const QUIT_LIMIT_MS = 1_700;

/** Closing the window quits. Quitting disposes `running` and never takes longer than two seconds. */
export function quitCleanly(running: AsyncDisposable): void {
  let quitting = false;
  let disposing = false;
  app.on('window-all-closed', () => app.quit());
  app.on('before-quit', () => {
    if (quitting) return;
    quitting = true;
    // From here on even a hung window cannot keep the app.
    systemClock.after(QUIT_LIMIT_MS, () => app.exit(EXIT_CODES.quitInHaste));
  });
  app.on('will-quit', (event) => {
    event.preventDefault();
    if (disposing) return;
    disposing = true;
    running[Symbol.asyncDispose]().then(
      () => app.exit(0),
      (fault: unknown) => {
        process.stderr.write(`Heartline did not close cleanly: ${messageOf(fault)}\n`);
        app.exit(EXIT_CODES.quitInHaste);
      },
    );
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit());
  // The machine is going down.
  void app.whenReady().then(() => powerMonitor.on('shutdown', () => app.quit()));
}
