import { type BrowserWindow, dialog } from 'electron';
import type { Engine } from '#engine/engine.ts';
import { messageOf } from '#shared/base/errors.ts';
import { leftOver } from '#shared/contract/left-over.ts';
import type { ShellLanguage } from '#shared/domain/shell-words.ts';
import type { Log } from './log.ts';
import { shellText } from './shell-text.ts';

export interface KillSwitchOptions {
  readonly engine: Pick<Engine, 'kill'>;
  readonly log: Log;
  readonly language: () => ShellLanguage;
  /** The window the dialog belongs to, if there is one. */
  readonly parent: () => BrowserWindow | undefined;
}

/** Halts and cancels everything, at once and without a question. A key held down or a second press while it works is the same one. */
export function createKillSwitch({
  engine,
  log,
  language,
  parent,
}: KillSwitchOptions): (from: string) => void {
  let isWorking = false;

  function fail(reason: string): void {
    log.error(`kill switch: not everything is cancelled: ${reason}`);
    const { killFailedTitle, killFailed } = shellText[language()];
    const options = {
      type: 'error' as const,
      title: 'Heartline',
      message: killFailedTitle,
      detail: killFailed(reason),
      noLink: true,
    };
    const window = parent();
    // One that waits for its answer would stop the engine in the very moment it is looking for what is open still.
    const box =
      window === undefined ? dialog.showMessageBox(options) : dialog.showMessageBox(window, options);
    box.catch((fault: unknown) => log.error(`that could not be shown: ${messageOf(fault)}`));
  }

  return (from) => {
    if (isWorking) return;
    isWorking = true;
    const killing = engine.kill(from);
    log.info(`kill switch (${from}): halted, cancelling everything`);
    killing
      .then(leftOver)
      .then(
        (left) =>
          left.length > 0 ? fail(left.join(', ')) : log.info('kill switch: nothing is open any more'),
        (fault: unknown) => fail(messageOf(fault)),
      )
      .finally(() => {
        isWorking = false;
      });
  };
}
