import { randomInt } from 'node:crypto';
import { askInTurn } from '#shared/base/ask-in-turn.ts';
import type { Clock } from '#shared/base/clock.ts';
import { confirmationOf, confirmationText } from '#shared/domain/confirmation.ts';
import type { Question, Reply } from '#shared/domain/question.ts';
import type { ShellLanguage } from '#shared/domain/shell-words.ts';
import type { TerminalLines } from './terminal-lines.ts';
import { terminalWords } from './terminal-words.ts';

const WAIT_MS = 60_000;
const MOST_WRONG = 3;

export interface TerminalConfirmOptions {
  readonly clock: Clock;
  readonly lines: TerminalLines;
  /** False while the terminal belongs to another program: nobody could type. */
  readonly canAnswer: () => boolean;
  readonly write: (text: string) => void;
  readonly language: ShellLanguage;
  /** Four digits; tests name their own. */
  readonly code?: () => string;
}

/** Asks whoever sits at the server's own terminal: the order in plain words, and a number to type that nobody types by accident. */
export function createTerminalConfirm(options: TerminalConfirmOptions): {
  readonly how: 'terminal' | 'none';
  ask(question: Question, signal: AbortSignal): Promise<Reply>;
} {
  const { lines, write, language, code = () => String(randomInt(1000, 10_000)) } = options;
  const words = terminalWords[language];

  const isDeaf = () => lines.isEnded || !options.canAnswer();

  const ask = askInTurn<Question, Reply>({
    clock: options.clock,
    waitMs: WAIT_MS,
    unanswered: 'nobody',
    show(question, reply) {
      if (isDeaf()) {
        reply('nobody');
        return () => undefined;
      }
      const asked = confirmationOf(question, language);
      const wanted = code();
      let wrong = 0;
      let outcome: Reply = 'nobody';
      write(
        `\n${asked.title}\n${confirmationText(asked).replace(/^/gm, '  ')}\n${asked.question}\n` +
          `${words.type(wanted, WAIT_MS / 1000, asked.yes)}\n`,
      );
      const end = (answer: Reply) => {
        outcome = answer;
        reply(answer);
      };
      const stopListening = lines.onLine((line) => {
        if (line === wanted) {
          end('yes');
          return true;
        }
        if (words.noWords.includes(line.toLowerCase())) {
          end('no');
          return true;
        }
        // An empty line asks for a link, a word may be a command: only numbers can be meant for the question.
        if (!/^\d+$/.test(line)) return false;
        wrong += 1;
        if (wrong >= MOST_WRONG) end('no');
        else write(`${words.wrong}\n`);
        return true;
      });
      const stopWaiting = lines.onEnd(() => end('nobody'));
      return () => {
        stopListening();
        stopWaiting();
        write(`${words[outcome]}\n`);
      };
    },
  });
  return {
    get how() {
      return isDeaf() ? 'none' : 'terminal';
    },
    ask,
  };
}
