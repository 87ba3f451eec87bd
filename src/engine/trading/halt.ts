import type { Clock } from '#shared/base/clock.ts';
import { createEmitter, type Undo } from '#shared/base/emitter.ts';
import { HeartlineError, messageOf } from '#shared/base/errors.ts';
import type { EventLog } from '../health/event-log.ts';
import { writeDurably } from '../keys/write-durably.ts';
import {
  type Halted,
  haltLatchFile,
  isLatched,
  readHaltLatch,
  removeHaltLatch,
  writeHaltLatch,
} from './halt-latch.ts';
import type { Journal } from './journal-port.ts';
import { createPhraseCheck } from './phrase-check.ts';

const TICK_MS = 1000;
const RESUME_PHRASE = 'RESUME';

export interface HaltOptions {
  readonly clock: Clock;
  readonly dataDir: string;
  readonly journal: Pick<Journal, 'append'>;
  readonly log: EventLog;
}

/** `here`: told to us. `outside`: another program left the latch, and nothing was cancelled by it. */
export type HaltedBy = 'here' | 'outside';

export interface Halt {
  /** Cheap, and true from the instant another program leaves the latch. */
  isHalted(): boolean;
  /** `undefined`: not halted. */
  readonly halted: Halted | undefined;
  /** Set while the latch could not be written: it holds until this program ends, and no longer. */
  readonly fault: string | undefined;
  /** Halted when it returns, whatever the disk does. Never throws. A second one changes nothing. */
  halt(from: string): void;
  /** Throws `arm.phrase`, `arm.wait`, `journal.unwritable`, `halt.unremovable` {file}: halted still. */
  resume(phrase: string, from: string): void;
  /** Resolves when the latch is on the disk, or it is certain for now that it cannot be. */
  settled(): Promise<void>;
  onHalted(listener: (by: HaltedBy) => void): Undo;
  onChange(listener: () => void): Undo;
  dispose(): void;
}

/** The kill switch's latch. Read at the start, so that what was halted stays so until a person says otherwise. */
export function createHalt({ clock, dataDir, journal, log }: HaltOptions): Halt {
  const phrases = createPhraseCheck(clock);
  const changed = createEmitter<void>();
  const halting = createEmitter<HaltedBy>();
  let halted = readHaltLatch(dataDir, clock.now());
  let fault: string | undefined;
  let isJournalOwed = false;
  let writing: Promise<void> | undefined;
  if (halted !== undefined) tell(halted, 'trading is halted since an earlier run');

  function tell({ from }: Halted, what: string): void {
    log.add('warn', 'trading.halted', `${what} (from: ${from})`, { from });
  }

  /** The line in the journal is owed until it can be written; halting never waits for it. */
  function payJournal(): void {
    if (!isJournalOwed || halted === undefined) return;
    try {
      journal.append({ kind: 'halted', from: halted.from });
      isJournalOwed = false;
    } catch (reason) {
      // Whoever keeps the journal shows the fault; it is tried again with the next tick.
      if (fault === undefined) log.add('error', 'journal.unwritable', messageOf(reason));
    }
  }

  async function write(wanted: Halted): Promise<void> {
    try {
      await writeHaltLatch(dataDir, wanted);
      if (fault !== undefined) log.add('info', 'halt.written', 'the latch is on the disk now');
      fault = undefined;
      // Resumed while it was being written.
      if (halted === undefined) removeHaltLatch(dataDir);
    } catch (reason) {
      if (fault === undefined) {
        log.add('error', 'halt.unwritable', messageOf(reason), { reason: messageOf(reason) });
      }
      fault = messageOf(reason);
    }
    writing = undefined;
    changed.emit();
  }

  function keep(): void {
    if (halted !== undefined) writing ??= write(halted);
  }

  /** Another program left it. */
  function adopt(): void {
    halted = readHaltLatch(dataDir, clock.now());
    if (halted === undefined) return;
    isJournalOwed = true;
    tell(halted, 'another program halted trading');
    clock.after(0, payJournal);
    halting.emit('outside');
    changed.emit();
  }

  const stop = clock.every(TICK_MS, () => {
    if (halted === undefined) {
      if (isLatched(dataDir)) adopt();
      return;
    }
    payJournal();
    // A latch that somebody took away does not resume: that takes the phrase.
    if (fault !== undefined || !isLatched(dataDir)) keep();
  });

  return {
    isHalted() {
      if (halted === undefined && isLatched(dataDir)) adopt();
      return halted !== undefined;
    },
    get halted() {
      return halted;
    },
    get fault() {
      return fault;
    },
    halt(from) {
      if (halted !== undefined) return;
      halted = { since: clock.now(), from };
      isJournalOwed = true;
      tell(halted, 'trading is halted');
      keep();
      // After the cancels have left: forcing a line to the disk takes its time.
      clock.after(0, payJournal);
      halting.emit('here');
      changed.emit();
    },
    resume(phrase, from) {
      phrases.check(phrase, RESUME_PHRASE);
      if (halted === undefined && !isLatched(dataDir)) return;
      const before = halted ?? readHaltLatch(dataDir, clock.now());
      payJournal();
      journal.append({ kind: 'resumed', from });
      try {
        removeHaltLatch(dataDir);
      } catch (reason) {
        // The journal says resumed, which it is not: the next tick says so.
        halted = before;
        isJournalOwed = true;
        throw new HeartlineError('halt.unremovable', `the latch cannot be removed: ${messageOf(reason)}`, {
          cause: reason,
          details: { reason: messageOf(reason) },
        });
      }
      halted = undefined;
      fault = undefined;
      isJournalOwed = false;
      log.add('warn', 'trading.resumed', `trading is resumed (from: ${from})`, { from });
      changed.emit();
    },
    settled: () => writing ?? Promise.resolve(),
    onHalted: (listener) => halting.on(listener),
    onChange: (listener) => changed.on(listener),
    dispose() {
      stop();
      payJournal();
      if (halted === undefined || isLatched(dataDir)) return;
      // Nobody waits any more: the last chance that the next start is halted.
      try {
        writeDurably(haltLatchFile(dataDir), `${JSON.stringify(halted)}\n`);
      } catch (reason) {
        log.add('error', 'halt.unwritable', messageOf(reason), { reason: messageOf(reason) });
      }
    },
  };
}
