import type { Clock } from './clock.ts';
import type { Undo } from './emitter.ts';

/** What ends a question early: an `AbortSignal`, which shared code does not know by name. */
export interface Ending {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

export interface AskInTurnOptions<Question, Reply> {
  readonly clock: Clock;
  /** From being shown on. */
  readonly waitMs: number;
  /** What comes of a question that was ended, or that nobody answered in time. */
  readonly unanswered: Reply;
  /** Shows it; the undo takes it away again, answered or not. Only the first reply counts. */
  readonly show: (question: Question, reply: (reply: Reply) => void) => Undo;
}

/** One question at a time, in the order they came; those that wait are dropped when their `Ending` ends them. Never rejects. */
export function askInTurn<Question, Reply>({
  clock,
  waitMs,
  unanswered,
  show,
}: AskInTurnOptions<Question, Reply>): (question: Question, ending: Ending) => Promise<Reply> {
  const waiting: (() => void)[] = [];
  let isShown = false;

  function next(): void {
    if (isShown) return;
    waiting.shift()?.();
  }

  return (question, ending) =>
    new Promise((resolve) => {
      let takeAway: Undo | undefined;
      let stopWaiting: Undo | undefined;
      let isOver = false;
      const end = (reply: Reply) => {
        if (isOver) return;
        isOver = true;
        ending.removeEventListener('abort', give);
        const place = waiting.indexOf(begin);
        if (place >= 0) waiting.splice(place, 1);
        stopWaiting?.();
        takeAway?.();
        resolve(reply);
        if (stopWaiting === undefined) return;
        isShown = false;
        next();
      };
      const give = () => end(unanswered);
      const begin = () => {
        isShown = true;
        stopWaiting = clock.after(waitMs, give);
        takeAway = show(question, end);
        // Answered while it was being shown.
        if (isOver) takeAway();
      };
      if (ending.aborted) return give();
      ending.addEventListener('abort', give);
      waiting.push(begin);
      next();
    });
}
