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

/** Keeps each key that is valid by itself; the names of the others. */
function salvage(
  given: object,
  defaults: Settings,
): { readonly settings: Settings; readonly lost: readonly string[] } {
  const lost: string[] = [];
  const kept: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(given)) {
    const checked = settingsSchema.partial().safeParse({ [key]: value });
    if (checked.success) Object.assign(kept, checked.data);
    else lost.push(key);
  }
  return { settings: { ...defaults, ...kept }, lost };
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
      const { settings, lost } = salvage(readObject(text), defaults);
      if (lost.length > 0) {
        writeFileSync(`${path}.broken`, text);
        log.add(
          'warn',
          'settings.partly',
          `these settings make no sense and were left out: ${lost.join(', ')}`,
          {
            keys: lost.join(', '),
            file: `${path}.broken`,
          },
        );
      }
      return settings;
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
