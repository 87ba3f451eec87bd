import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { HeartlineError, messageOf } from '#shared/base/errors.ts';

/**
 * Readable by the owner alone, and whole or not at all: written beside, forced to the disk, renamed, and the folder's entry
 * forced as well. Throws `keys.unwritable` {file} with the disk's own fault as its cause; what was there before is then still
 * there. Unforced it is as whole, and does not wait for the disk: after a power cut the earlier content may stand there.
 */
export function writeDurably(
  path: string,
  content: string | Buffer,
  { isForced = true }: { readonly isForced?: boolean } = {},
): void {
  const draft = `${path}.new`;
  let isOurs = false;
  try {
    // One that a crash left behind might have other rights.
    rmSync(draft, { force: true });
    const file = openSync(draft, 'wx', 0o600);
    isOurs = true;
    try {
      for (let bytes = typeof content === 'string' ? Buffer.from(content) : content; bytes.length > 0; ) {
        bytes = bytes.subarray(writeSync(file, bytes));
      }
      if (isForced) fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(draft, path);
    if (isForced) syncFolder(dirname(path));
  } catch (fault) {
    if (isOurs) rmSync(draft, { force: true });
    throw new HeartlineError('keys.unwritable', `cannot write ${path}: ${messageOf(fault)}`, {
      cause: fault,
      details: { file: path },
    });
  }
}

/**
 * Windows opens no folders, and some drives force none to the disk: there the rename is as durable as it gets. The file is
 * in its place by then, so that nobody may be told that it is not.
 */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  let entry: number | undefined;
  try {
    entry = openSync(folder, 'r');
    fsyncSync(entry);
  } catch {
    // See above: there is nothing more to be done for it.
  } finally {
    if (entry !== undefined) closeSync(entry);
  }
}
