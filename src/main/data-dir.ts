import { existsSync, mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { app } from 'electron';
import { HeartlineError } from '#shared/base/errors.ts';

/**
 * The folder of settings, log and window state, made when missing; Electron's own profile moves with it,
 * so that two folders are two independent instances. Throws `HeartlineError('data-folder.unwritable')`.
 */
export function openDataDir(wanted: string | undefined): string {
  const folder = wanted === undefined ? app.getPath('userData') : resolve(wanted);
  try {
    makeFolder(folder);
  } catch (cause) {
    throw new HeartlineError('data-folder.unwritable', `cannot write to the data folder ${folder}`, {
      cause,
      details: { folder },
    });
  }
  app.setPath('userData', folder);
  return folder;
}

/** One level after the other: below a folder like `/proc`, Node's own recursion never ends. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  mkdirSync(folder, { recursive: false });
}
