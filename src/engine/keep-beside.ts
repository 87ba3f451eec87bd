import { existsSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { writeDurably } from './keys/write-durably.ts';

/**
 * Writes what a file held beside it, durably: as `<path>.broken`, `<path>.broken-2` …; whatever was kept there before stays.
 * Returns where. Throws `keys.unwritable`.
 */
export function copyBeside(path: string, bytes: Buffer): string {
  const { file, isKept } = placeBeside(path, bytes);
  if (!isKept) writeDurably(file, bytes);
  return file;
}

/**
 * Moves a file beside itself, under the same names; without `bytes` nobody knows what it holds. Returns where. Throws what the
 * disk says, and the file is then where it was.
 */
export function moveBeside(path: string, bytes?: Buffer): string {
  const { file, isKept } = placeBeside(path, bytes);
  if (isKept) rmSync(path);
  else renameSync(path, file);
  return file;
}

/** The first name nobody has taken, or the one under which the very same was kept: one mistake at every start is one mistake. */
function placeBeside(path: string, bytes: Buffer | undefined) {
  for (let ordinal = 1; ; ordinal += 1) {
    const file = ordinal === 1 ? `${path}.broken` : `${path}.broken-${ordinal}`;
    if (!existsSync(file)) return { file, isKept: false };
    if (bytes !== undefined && holds(file, bytes)) return { file, isKept: true };
  }
}

function holds(file: string, bytes: Buffer): boolean {
  try {
    return statSync(file).size === bytes.length && readFileSync(file).equals(bytes);
  } catch {
    // A folder, or what may not be read: taken by something else.
    return false;
  }
}
