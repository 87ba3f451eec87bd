import type { Engine } from '#engine/engine.ts';
import { cleanText } from '#shared/base/clean-text.ts';
import { messageOf } from '#shared/base/errors.ts';
import { leftOver } from '#shared/contract/left-over.ts';
import type { ShellLanguage } from '#shared/domain/shell-words.ts';
import { terminalWords } from './terminal-words.ts';

/** The kill switch of whoever sits at the server: at once and without a question. Typed again while it works, it is the same one. */
export function createTerminalKill(
  engine: Pick<Engine, 'kill'>,
  write: (text: string) => void,
  language: ShellLanguage,
): () => void {
  const words = terminalWords[language];
  let isWorking = false;
  return () => {
    if (isWorking) return;
    isWorking = true;
    const killing = engine.kill('terminal');
    write(`${words.killing}\n`);
    killing
      .then(leftOver)
      .then(
        (left) => write(`${left.length > 0 ? words.killFailed(left.join(', ')) : words.killed}\n`),
        (fault: unknown) => write(`${words.killFailed(cleanText(messageOf(fault), 200))}\n`),
      )
      .finally(() => {
        isWorking = false;
      });
  };
}
