import { type BrowserWindow, dialog } from 'electron';
import type { Engine } from '#engine/engine.ts';
import { messageOf } from '#shared/base/errors.ts';
import type { ShellLanguage } from '#shared/domain/shell-words.ts';
import type { Log } from './log.ts';
import { shellText } from './shell-text.ts';

export interface QuitQuestionOptions {
  readonly engine: Pick<Engine, 'tradingState'>;
  readonly language: () => ShellLanguage;
  readonly parent: () => BrowserWindow | undefined;
  readonly log: Log;
}

/**
 * Whether quitting has to be asked about: only while the fate of an order is unknown. `undefined`: no. Quitting cancels
 * nothing, and says so.
 */
export function createQuitQuestion({ engine, language, parent, log }: QuitQuestionOptions) {
  return (): Promise<boolean> | undefined => {
    const { unknown } = engine.tradingState();
    if (unknown === 0) return undefined;
    const text = shellText[language()];
    const options = {
      type: 'warning' as const,
      title: 'Heartline',
      message: text.quitTitle(unknown),
      detail: text.quitDetail,
      buttons: [text.stay, text.quit],
      defaultId: 0,
      cancelId: 0,
      noLink: true,
    };
    const window = parent();
    const box =
      window === undefined ? dialog.showMessageBox(options) : dialog.showMessageBox(window, options);
    return box.then(
      ({ response }) => response === 1,
      (fault: unknown) => {
        // Who cannot be asked is not kept.
        log.error(`the question about quitting could not be shown: ${messageOf(fault)}`);
        return true;
      },
    );
  };
}
