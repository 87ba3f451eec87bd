import { join } from 'node:path';
import type { Clock } from '#shared/base/clock.ts';
import { HeartlineError, messageOf } from '#shared/base/errors.ts';
import type { EventLog } from '../health/event-log.ts';
import { type ChainEnd, GENESIS } from './chain.ts';
import { ANCHOR_FILE, type JournalAnchor, openAnchor, readAnchor } from './journal-anchor.ts';
import { type JournalFile, openJournalFile, setJournalAside } from './journal-file.ts';
import { JOURNAL_FILE } from './journal-schema.ts';

export interface OpenJournal {
  readonly file: JournalFile;
  readonly anchor: JournalAnchor;
  /** What the next line goes on from. */
  end: ChainEnd;
}

export interface OpenJournalOptions {
  readonly clock: Clock;
  readonly dataDir: string;
  readonly log: EventLog;
}

/**
 * The journal of a data folder and the note of its end. A damaged one is set aside and begun anew, one that lacks lines is gone on
 * with, and both are said in the log. Throws what SQLite and the system throw, and `journal.newer`.
 */
export function openJournal(options: OpenJournalOptions): OpenJournal {
  const { dataDir, log } = options;
  const path = join(dataDir, ANCHOR_FILE);
  const file = openWhole(options);
  try {
    const last = file.last() ?? { seq: 0, hash: GENESIS };
    const { end, lostFrom } = judgeEnd(file, last, readAnchor(path));
    if (lostFrom !== undefined) {
      log.add('error', 'journal.tampered', 'lines of the journal are missing or were changed', {
        file: JOURNAL_FILE,
        seq: lostFrom,
      });
    }
    return { file, anchor: openAnchor(path, end), end };
  } catch (reason) {
    file.close();
    throw reason;
  }
}

function openWhole({ dataDir, clock, log }: OpenJournalOptions): JournalFile {
  try {
    return openJournalFile(dataDir);
  } catch (damage) {
    if (!(damage instanceof HeartlineError) || damage.code !== 'journal.damaged') throw damage;
    const aside = setJournalAside(dataDir, clock.now());
    log.add('error', 'journal.broken', messageOf(damage), { file: JOURNAL_FILE, aside });
    return openJournalFile(dataDir);
  }
}

/**
 * Where the next line goes on. The note may be late (it is written after the line), never early. Where lines are missing, or
 * cannot be told not to be, a hole stays in the count for ever: writing over it would hide that something was there.
 * No line is ever written before there is a note, so that a journal without lines needs none.
 */
function judgeEnd(
  file: JournalFile,
  { seq, hash }: ChainEnd,
  noted: ReturnType<typeof readAnchor>,
): { readonly end: ChainEnd; readonly lostFrom?: number } {
  if (noted === 'missing' && seq === 0) return { end: { seq, hash } };
  if (typeof noted === 'string') return { end: { seq: seq + 1, hash }, lostFrom: seq + 1 };
  if (noted.seq > seq) return { end: noted, lostFrom: seq + 1 };
  const isSame = noted.hash === (noted.seq === 0 ? GENESIS : file.hashAt(noted.seq));
  return isSame ? { end: { seq, hash } } : { end: { seq: seq + 1, hash }, lostFrom: noted.seq };
}
