import { accessSync, constants, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HeartlineError, messageOf } from '#shared/base/errors.ts';
import { type Settings, settingsSchema } from '#shared/contract/settings.ts';
import type { EventLog } from './health/event-log.ts';

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

/** Anything but an object would pass as no setting at all, and be overwritten by the first change. */
function readObject(text: string): object {
  const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new HeartlineError('settings.broken', 'the settings file holds no settings');
}

/** Settings in `settings.json`. A file that cannot be read is set aside, defaults take its place, and the log says so. */
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
      return settingsSchema.parse({ ...defaults, ...readObject(text) });
    } catch (fault) {
      renameSync(path, `${path}.broken`);
      log.add('error', 'settings.broken', messageOf(fault), { file: `${path}.broken` });
      return defaults;
    }
  }

  return {
    read: () => held,
    write(change) {
      const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
      const next = settingsSchema.parse({ ...held, ...given });
      try {
        // Written beside and renamed: a crash leaves the old file or the new one, never half of one.
        writeFileSync(`${path}.new`, `${JSON.stringify(next, undefined, 2)}\n`);
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
