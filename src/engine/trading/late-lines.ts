import type { Clock } from '#shared/base/clock.ts';
import type { Undo } from '#shared/base/emitter.ts';
import type { JournalEvent } from '#shared/domain/journal.ts';
import type { Journal } from './journal-port.ts';

/**
 * Lines about what has happened already, or what must happen whatever the disk does (cancels): they are never in the way. What
 * cannot be written is kept, in its order, and written as soon as it can be.
 */
export interface LateLines {
  /** Never throws. */
  add(event: JournalEvent): void;
  /** The same, once what is going on now has left: forcing a line to the disk takes its time. Before any that is added later. */
  addSoon(event: JournalEvent): void;
  /** Lines that wait for the disk. */
  readonly owed: number;
  dispose(): void;
}

const AGAIN_MS = 1000;
/** What is lost beyond that is found out again from the venue after a restart. */
const KEPT = 5000;

export function createLateLines(clock: Clock, journal: Pick<Journal, 'append'>): LateLines {
  const owed: JournalEvent[] = [];
  let isPaying = false;
  let isDisposed = false;
  let cancel: Undo = () => undefined;

  function owe(event: JournalEvent): void {
    if (owed.length === KEPT) owed.shift();
    owed.push(event);
  }

  function pay(): void {
    // A line that is written is told, and whoever hears of it may add one.
    if (isPaying) return;
    isPaying = true;
    cancel();
    try {
      for (let first = owed[0]; first !== undefined; first = owed[0]) {
        journal.append(first);
        owed.shift();
      }
    } catch {
      // The journal shows its own fault, and no order leaves meanwhile.
      if (!isDisposed) cancel = clock.after(AGAIN_MS, pay);
    } finally {
      isPaying = false;
    }
  }

  return {
    add(event) {
      owe(event);
      pay();
    },
    addSoon(event) {
      owe(event);
      cancel();
      if (!isDisposed) cancel = clock.after(0, pay);
    },
    get owed() {
      return owed.length;
    },
    dispose() {
      isDisposed = true;
      pay();
      cancel();
    },
  };
}
