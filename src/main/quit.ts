import { app, type BrowserWindow, powerMonitor } from 'electron';
import { messageOf } from '#shared/base/errors.ts';
import { systemClock } from '#shared/base/system-clock.ts';
import { EXIT_CODES } from './exit-codes.ts';

/** Leaves a margin below the two seconds a quit may take. */
const QUIT_LIMIT_MS = 1_700;

export interface Quitting {
  /** `ask` says whether there is a question before quitting, and resolves with whether to quit. Signals are not asked about. */
  askFirst(ask: () => Promise<boolean> | undefined): void;
  /** Closing this window quits, and so is asked about before it is gone. */
  guard(window: BrowserWindow): void;
}

/** Closing the window quits. Quitting disposes `running` and never takes longer than two seconds. */
export function quitCleanly(running: AsyncDisposable): Quitting {
  let quitting = false;
  let disposing = false;
  let ask: () => Promise<boolean> | undefined = () => undefined;
  let isAsking = false;
  /** A person said yes, or the system leaves no choice. */
  let isDecided = false;

  function isHeld(event: { preventDefault(): void }): boolean {
    if (quitting || isDecided) return false;
    const asked = isAsking ? undefined : ask();
    if (!isAsking && asked === undefined) return false;
    event.preventDefault();
    if (asked === undefined) return true;
    isAsking = true;
    void asked.then((mayQuit) => {
      isAsking = false;
      if (mayQuit) quitNow();
    });
    return true;
  }
  function quitNow(): void {
    isDecided = true;
    app.quit();
  }

  app.on('window-all-closed', () => app.quit());
  app.on('before-quit', (event) => {
    if (quitting || isHeld(event)) return;
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
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, quitNow);
  // The machine is going down.
  void app.whenReady().then(() => powerMonitor.on('shutdown', quitNow));
  return {
    askFirst(asks) {
      ask = asks;
    },
    guard: (window) => void window.on('close', isHeld),
  };
}
