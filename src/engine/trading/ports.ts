import type { Question, Reply } from '#shared/domain/question.ts';

/**
 * Asks the person outside of any window: a dialog of the system, or the server's terminal. `nobody`: there is nobody to ask
 * (no terminal), none answered in a minute, or `signal` ended it. One question at a time; others wait for their turn. Never
 * rejects. A shell without one leaves it out.
 */
export interface Confirm {
  /** `none`: at this moment nobody could answer there. */
  readonly how: 'dialog' | 'terminal' | 'none';
  ask(question: Question, signal: AbortSignal): Promise<Reply>;
}
