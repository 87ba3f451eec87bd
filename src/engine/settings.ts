import { accessSync, constants, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HeartlineError, messageOf } from '#shared/base/errors.ts';
import { type Settings, settingsSchema } from '#shared/contract/settings.ts';
import type { EventLog } from './health/event-log.ts';
import { keepBeside } from './keep-beside.ts';
import { readSettings, type SettingsRead, settingsText } from './read-settings.ts';

export interface SettingsFile {
  read(): Settings;
  /** Merges, keeps and returns the whole. Throws `settings.unwritable`; what was held stays in force. */
  write(change: { readonly [Key in keyof Settings]?: Settings[Key] | undefined }): Settings;
}

/** Creates the folder when missing. Throws `data-folder.unwritable`. */
export function openDataFolder(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true });
    accessSync(dataDir, constants.W_OK);
    // A read-only mount passes the access check for root: only writing proves it.
    writeFileSync(join(dataDir, '.writable'), '');
  } catch (fault) {
    throw new HeartlineError('data-folder.unwritable', `cannot write to the data folder ${dataDir}`, {
      cause: fault,
      details: { folder: dataDir, reason: messageOf(fault) },
    });
  }
}

/**
 * Settings in `settings.json`. A key that makes no sense (a hand's mistake, another version's) falls back to its default and
 * the log names it; the file as it was is kept beside. A file that cannot be read at all is set aside for the defaults.
 */
export function openSettings(dataDir: string, defaults: Settings, log: EventLog): SettingsFile {
  const path = join(dataDir, 'settings.json');
  let held = load();

  function load(): Settings {
    let text: string;
    try {
      text = readFileSync(path, 'utf8');
    } catch (fault) {
      if ((fault as NodeJS.ErrnoException).code === 'ENOENT') return defaults;
      log.add('error', 'settings.unreadable', messageOf(fault), { file: path });
      return defaults;
    }
    try {
      const read = readSettings(text, defaults);
      if (read.lost.length > 0 || read.isNewer) tellLost(read, keep(text));
      return read.settings;
    } catch (fault) {
      const file = keep(text);
      // Where it could not be kept beside, it stays where it is until something is written.
      if (file !== path) rmSync(path, { force: true });
      log.add('error', 'settings.broken', messageOf(fault), { file });
      return defaults;
    }
  }

  function tellLost({ lost, isNewer }: SettingsRead, file: string): void {
    const keys = lost.join(', ');
    const words = `these settings make no sense and were left out: ${keys}`;
    if (!isNewer) log.add('warn', 'settings.partly', words, { keys, file });
    else if (lost.length > 0)
      log.add('warn', 'settings.newer', `of a newer Heartline; ${words}`, { keys, file });
    else log.add('warn', 'settings.newer-whole', 'of a newer Heartline; all are understood', { file });
  }

  /** A folder that takes nothing more must not keep the desk from standing. Returns where the text is now. */
  function keep(text: string): string {
    try {
      return keepBeside(path, text);
    } catch (fault) {
      log.add('error', 'settings.unwritable', messageOf(fault), { file: path });
      return path;
    }
  }

  return {
    read: () => held,
    write(change) {
      const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
      const next = settingsSchema.parse({ ...held, ...given });
      try {
        // Written beside and renamed: a crash leaves the old file or the new one, never half of one.
        writeFileSync(`${path}.new`, settingsText(next));
        renameSync(`${path}.new`, path);
      } catch (fault) {
        throw new HeartlineError('settings.unwritable', messageOf(fault), {
          cause: fault,
          details: { file: path },
        });
      }
      held = next;
      return next;
    },
  };
}
