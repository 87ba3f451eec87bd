import type { Clock } from '#shared/base/clock.ts';
import type { Question, Reply } from '#shared/domain/question.ts';
import type { Confirm } from './ports.ts';

/** `busy`: nobody was asked, because somebody is being asked already or has just said no to too many. */
export type Given = Reply | 'busy';

/** As `Confirm`, and no window can make it ask without end. Never rejects. */
export interface BoundedConfirm {
  ask(question: Question, signal: AbortSignal): Promise<Given>;
}

/** Questions that stand or wait for their turn: a person finds their way through so many, and not through a hundred. */
const MOST_STANDING = 4;
/** So many that were not granted within the first time, and nobody is asked for the second. */
const MOST_REFUSED = 3;
const REFUSED_WITHIN_MS = 240_000;
const QUIET_MS = 60_000;

/** One question at a time for each account (orders) and each venue (arming). Without anybody to ask, nobody answers. */
export function boundConfirm(clock: Clock, confirm: Confirm | undefined): BoundedConfirm {
  const standing = new Set<string>();
  const refused = new Map<string, readonly number[]>();

  function isQuiet(about: string): boolean {
    const now = clock.monotonic();
    const recent = (refused.get(about) ?? []).filter((at) => now - at < REFUSED_WITHIN_MS);
    if (recent.length === 0) refused.delete(about);
    else refused.set(about, recent);
    if (recent.length < MOST_REFUSED) return false;
    if (now - (recent.at(-1) ?? now) < QUIET_MS) return true;
    refused.delete(about);
    return false;
  }

  return {
    async ask(question, signal) {
      if (confirm === undefined) return 'nobody';
      const about = question.kind === 'arm' ? `arm ${question.venue}` : question.order.account;
      if (standing.has(about) || standing.size >= MOST_STANDING || isQuiet(about)) return 'busy';
      standing.add(about);
      try {
        const reply = await confirm.ask(question, signal);
        if (reply === 'yes') refused.delete(about);
        // What was withdrawn nobody has refused.
        else if (!signal.aborted) refused.set(about, [...(refused.get(about) ?? []), clock.monotonic()]);
        return reply;
      } finally {
        standing.delete(about);
      }
    },
  };
}
