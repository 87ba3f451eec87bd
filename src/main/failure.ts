import { app, dialog } from 'electron';
import { HeartlineError, messageOf } from '#shared/base/errors.ts';
import { systemClock } from '#shared/base/system-clock.ts';
import { EXIT_CODES } from './exit-codes.ts';
import type { Log } from './log.ts';

const RELOAD_AGAIN_AFTER_MS = 10_000;

/** Says in one sentence why the app cannot start, and ends it. */
export function failAtStart(fault: unknown): void {
  const sentence = sentenceOf(fault);
  process.stderr.write(`Heartline cannot start: ${sentence}\n`);
  dialog.showErrorBox('Heartline cannot start', sentence);
  app.exit(EXIT_CODES.cannotStart);
}

/** A bug ends the app visibly: the stack goes to the log, a sentence to the person. */
export function reportCrashes(log: Log): void {
  const crash = (fault: unknown) => {
    log.error(fault instanceof Error ? (fault.stack ?? fault.message) : String(fault));
    stop(log, sentenceOf(fault));
  };
  process.on('uncaughtException', crash);
  // Electron, unlike Node, would only warn of a promise nobody waited for, and go on half broken.
  process.on('unhandledRejection', crash);
  let goneAt = Number.NEGATIVE_INFINITY;
  app.on('render-process-gone', (_event, contents, { reason }) => {
    log.error(`the window's process is gone (${reason})`);
    if (reason === 'clean-exit') return;
    // A blank window would say nothing at all; a fresh one shows what is true now, unless it goes the same way.
    const now = systemClock.monotonic();
    if (now - goneAt > RELOAD_AGAIN_AFTER_MS) contents.reload();
    else stop(log, `The window keeps failing (${reason}).`);
    goneAt = now;
  });
}

function stop(log: Log, sentence: string): void {
  dialog.showErrorBox('Heartline has stopped', `${sentence} More is in ${log.file}.`);
  app.exit(EXIT_CODES.crashed);
}

function sentenceOf(fault: unknown): string {
  return fault instanceof HeartlineError
    ? fault.message.replace(/\.?$/, '.')
    : `An error of its own: ${messageOf(fault)}.`;
}
