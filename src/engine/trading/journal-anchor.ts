import { hash as digest } from 'node:crypto';
import { closeSync, fstatSync, fsyncSync, openSync, readFileSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { ChainEnd } from './chain.ts';

export const ANCHOR_FILE = 'orders.anchor';

/** Both slots have this many characters: number, hash, check and a line end. */
const SLOT = 16 + 1 + 64 + 1 + 16 + 1;

/** Notes after every line which one is the last, in a file beside the journal. */
export interface JournalAnchor {
  /** In place and without forcing it to the disk: it outlives the process at once, and a power cut only makes it late. Throws. */
  note(end: ChainEnd): void;
  /** The file is still the one in the folder. */
  readonly isInPlace: boolean;
  dispose(): void;
}

/**
 * `missing`: there is no such file. `damaged`: neither of its two slots makes sense. They are written in turn, so that one that
 * was torn by a power cut leaves the one before it.
 */
export function readAnchor(path: string): ChainEnd | 'missing' | 'damaged' {
  let text: string;
  try {
    text = readFileSync(path, 'latin1');
  } catch (fault) {
    return (fault as NodeJS.ErrnoException).code === 'ENOENT' ? 'missing' : 'damaged';
  }
  const ends = [text.slice(0, SLOT), text.slice(SLOT)].flatMap(readSlot);
  const newest = ends.sort((a, b) => b.seq - a.seq)[0];
  return newest ?? 'damaged';
}

/** Opens or makes the file, on the disk with its name when it returns. Throws what the system throws. */
export function openAnchor(path: string, end: ChainEnd): JournalAnchor {
  const file = openSync(path, statSync(path, { throwIfNoEntry: false }) ? 'r+' : 'w+', 0o600);
  let isClosed = false;
  const anchor: JournalAnchor = {
    note({ seq, hash }) {
      writeSync(file, slotOf({ seq, hash }), (seq % 2) * SLOT, 'latin1');
    },
    get isInPlace() {
      const [mine, there] = [fstatSync(file), statSync(path, { throwIfNoEntry: false })];
      return there !== undefined && there.ino === mine.ino && there.dev === mine.dev;
    },
    dispose() {
      if (isClosed) return;
      isClosed = true;
      try {
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
    },
  };
  try {
    // Both, so that nothing of what was there before is left.
    anchor.note({ ...end });
    writeSync(file, slotOf(end), ((end.seq + 1) % 2) * SLOT, 'latin1');
    fsyncSync(file);
    syncFolder(dirname(path));
    return anchor;
  } catch (fault) {
    anchor.dispose();
    throw fault;
  }
}

/** Windows opens no folders. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const entry = openSync(folder, 'r');
  try {
    fsyncSync(entry);
  } finally {
    closeSync(entry);
  }
}

function slotOf({ seq, hash }: ChainEnd): string {
  const text = `${String(seq).padStart(16, '0')} ${hash}`;
  return `${text} ${checkOf(text)}\n`;
}

function readSlot(slot: string): readonly ChainEnd[] {
  const parts = /^((\d{16}) ([0-9a-f]{64})) ([0-9a-f]{16})\n$/u.exec(slot);
  const [, text = '', seq = '', hash = '', check] = parts ?? [];
  return parts && checkOf(text) === check ? [{ seq: Number(seq), hash }] : [];
}

function checkOf(text: string): string {
  return digest('sha256', text, 'hex').slice(0, 16);
}
