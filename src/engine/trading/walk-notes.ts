import type { Clock } from '#shared/base/clock.ts';
import type { Undo } from '#shared/base/emitter.ts';
import { HeartlineError } from '#shared/base/errors.ts';
import type { JournalEvent } from '#shared/domain/journal.ts';
import type { Journal } from './journal-port.ts';

/**
 * The lines of one order's walk before it leaves. Each would be forced to the disk by itself, and the click would wait for
 * every one: they go together, and with the line that has to be there before the request.
 */
export interface WalkNotes {
  add(event: JournalEvent): void;
  /** On the disk what is not yet. False: it cannot be written, and nothing may leave. The journal says why. */
  write(): boolean;
  /** What is not on the disk yet, for whoever writes it with lines of their own. */
  take(): readonly JournalEvent[];
  /** Whatever is left is written, if it can be. */
  dispose(): void;
}

/** A walk that waits, for a book or for a person, is in the journal meanwhile. */
const WRITTEN_AFTER_MS = 50;

export function createWalkNotes(clock: Clock, journal: Pick<Journal, 'appendAll'>): WalkNotes {
  let waiting: JournalEvent[] = [];
  let cancel: Undo = () => undefined;

  function write(): boolean {
    cancel();
    try {
      journal.appendAll(waiting);
      waiting = [];
      return true;
    } catch (fault) {
      if (fault instanceof HeartlineError && fault.code === 'journal.unwritable') return false;
      throw fault;
    }
  }

  return {
    add(event) {
      cancel();
      waiting.push(event);
      cancel = clock.after(WRITTEN_AFTER_MS, write);
    },
    write,
    take() {
      cancel();
      return waiting.splice(0);
    },
    dispose: write,
  };
}
