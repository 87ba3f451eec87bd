import { type BrowserWindow, dialog } from 'electron';
import { askInTurn } from '#shared/base/ask-in-turn.ts';
import type { Clock } from '#shared/base/clock.ts';
import { messageOf } from '#shared/base/errors.ts';
import { confirmationOf, confirmationText } from '#shared/domain/confirmation.ts';
import type { Question, Reply } from '#shared/domain/question.ts';
import type { ShellLanguage } from '#shared/domain/shell-words.ts';
import type { Log } from './log.ts';

const WAIT_MS = 60_000;
/** Of the buttons. No is what Enter, Escape and the closing cross answer. */
const NO = 0;
const YES = 1;

export interface DialogConfirmOptions {
  readonly clock: Clock;
  readonly language: () => ShellLanguage;
  /** The window the dialog belongs to, if there is one. */
  readonly parent: () => BrowserWindow | undefined;
  readonly log: Log;
}

/** Asks with a dialog of the system: no page can draw it, cover it or answer it. */
export function createDialogConfirm({ clock, language, parent, log }: DialogConfirmOptions): {
  readonly how: 'dialog';
  ask(question: Question, signal: AbortSignal): Promise<Reply>;
} {
  const ask = askInTurn<Question, Reply>({
    clock,
    waitMs: WAIT_MS,
    unanswered: 'nobody',
    show(question, reply) {
      const asked = confirmationOf(question, language());
      const taken = new AbortController();
      const options = {
        type: 'warning' as const,
        title: 'Heartline',
        message: asked.title,
        detail: `${confirmationText(asked)}\n\n${asked.question}`,
        buttons: [asked.no, asked.yes],
        defaultId: NO,
        cancelId: NO,
        noLink: true,
        signal: taken.signal,
      };
      const window = parent();
      // A sheet on a window nobody sees would wait for nobody.
      if (window?.isMinimized()) window.restore();
      const box =
        window === undefined ? dialog.showMessageBox(options) : dialog.showMessageBox(window, options);
      box.then(
        ({ response }) => reply(response === YES ? 'yes' : 'no'),
        (fault: unknown) => {
          log.error(`the confirmation could not be shown: ${messageOf(fault)}`);
          reply('nobody');
        },
      );
      return () => taken.abort();
    },
  });
  return { how: 'dialog', ask };
}
