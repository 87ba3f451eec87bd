import { lstatSync, readFileSync, rmSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Since when orders are halted (wall time, ms epoch) and from where: `window`, `shortcut`, `kill (process 4711)`. */
export interface Halted {
  readonly since: number;
  readonly from: string;
}

/** Said of a latch nobody can read: it counts all the same. */
const UNREADABLE = 'a latch that cannot be read';

/** Its being there is what halts; what it says is for people. */
export function haltLatchFile(dataDir: string): string {
  return join(dataDir, 'halted.json');
}

/** Whether the latch is there. Anything that keeps us from seeing that it is not counts as being there. */
export function isLatched(dataDir: string): boolean {
  try {
    return lstatSync(haltLatchFile(dataDir), { throwIfNoEntry: false }) !== undefined;
  } catch {
    return true; // no right to look, a disk that fails: nobody can prove that trading may go on
  }
}

/** `undefined`: not halted. A latch that is broken, a folder or a dangling link halts like any other; `now` dates it then. */
export function readHaltLatch(dataDir: string, now: number): Halted | undefined {
  if (!isLatched(dataDir)) return undefined;
  try {
    const { since, from } = JSON.parse(readFileSync(haltLatchFile(dataDir), 'utf8')) as Partial<Halted>;
    if (typeof since === 'number' && Number.isFinite(since) && typeof from === 'string') {
      return { since, from: from.slice(0, 100) };
    }
  } catch {
    // Told below, in the words for it.
  }
  return { since: now, from: UNREADABLE };
}

/**
 * Whole or not at all, and on the disk when it resolves: written beside, forced, renamed, the folder's entry forced as well.
 * Not synchronous, because a disk that hangs must not keep the first cancel from leaving. Rejects with what the file system says.
 */
export async function writeHaltLatch(dataDir: string, halted: Halted): Promise<void> {
  const path = haltLatchFile(dataDir);
  const draft = `${path}.${process.pid}`;
  try {
    const file = await open(draft, 'w', 0o600);
    try {
      await file.writeFile(`${JSON.stringify(halted)}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
  } catch (fault) {
    await rm(draft, { force: true }).catch(() => undefined); // the fault is what is told
    throw fault;
  }
  await syncFolder(dirname(path));
}

/** Throws what the file system says: then the next start would be halted still. */
export function removeHaltLatch(dataDir: string): void {
  rmSync(haltLatchFile(dataDir), { force: true, recursive: true });
}

/** Windows opens no folders, and some drives force none to the disk: the latch is in its place all the same. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  try {
    const entry = await open(folder, 'r');
    await entry.sync().finally(() => entry.close());
  } catch {
    // See above: there is nothing more to be done for it.
  }
}
