import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { defaultFolders } from '#shared/base/default-folders.ts';
import { HeartlineError } from '#shared/base/errors.ts';

/**
 * The data folder a command is about: the one that is named, else the one of this user's own that has the file. Throws
 * `arguments.invalid` where none has it, or more than one has: nobody guesses which was meant.
 */
export function folderWith(file: string, named: string | undefined, usage: string): string {
  if (named !== undefined && named !== '') return named;
  const { headless, desktop } = defaultFolders(process.env, homedir(), process.platform);
  const [found, another] = [headless, desktop].filter((folder) => existsSync(join(folder, file)));
  if (found !== undefined && another === undefined) return found;
  const why = found === undefined ? `there is no ${file} where Heartline keeps its things` : 'there are two';
  throw new HeartlineError('arguments.invalid', `--data-dir is missing, and ${why}; ${usage}`);
}
