import { accessSync, constants, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { assertNever } from '#shared/base/assert-never.ts';
import { HeartlineError, messageOf } from '#shared/base/errors.ts';
import { type Settings, settingsSchema } from '#shared/contract/settings.ts';
import type { EventLog } from './health/event-log.ts';
import { type Aside, openJsonFile } from './json-file.ts';
import { readSettings, type SettingsRead, settingsText } from './read-settings.ts';

/** Where the person looks, which changes at many a click: a power cut may cost the last of it. Everything else is forced. */
const LOOKED_AT: ReadonlySet<string> = new Set(['selected', 'interval']);

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
  const kept = openJsonFile(path, { parse: (value) => readSettings(value, defaults) });
  /** Says where the file is that could not be kept beside at first. */
  let tellLate: (file: string) => void = (file) => tellBroken('set aside before a write', file);
  let held = load();

  function load(): Settings {
    const read = kept.read();
    switch (read.kind) {
      case 'absent':
        return defaults;
      case 'unreadable':
        log.add('error', 'settings.unreadable', read.reason, { file: path });
        return defaults;
      case 'broken':
        tellBroken(read.reason, placeOf(read.aside));
        return defaults;
      case 'read': {
        const { value } = read;
        if (value.lost.length > 0 || value.isNewer) {
          tellLate = (file) => tellLost(value, file);
          tellLate(placeOf(kept.keepBeside()));
        }
        return value.settings;
      }
      default:
        return assertNever(read);
    }
  }

  function tellBroken(reason: string, file: string): void {
    log.add('error', 'settings.broken', reason, { file });
  }

  function tellLost({ lost, isNewer }: SettingsRead, file: string): void {
    const keys = lost.join(', ');
    const words = `these settings make no sense and were left out: ${keys}`;
    if (!isNewer) log.add('warn', 'settings.partly', words, { keys, file });
    else if (lost.length > 0)
      log.add('warn', 'settings.newer', `of a newer Heartline; ${words}`, { keys, file });
    else log.add('warn', 'settings.newer-whole', 'of a newer Heartline; all are understood', { file });
  }

  /** A folder that takes nothing more must not keep the desk from standing. */
  function placeOf({ file, stuck }: Aside): string {
    if (stuck !== undefined) log.add('error', 'settings.unwritable', stuck, { file });
    return file;
  }

  return {
    read: () => held,
    write(change) {
      const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
      const next = settingsSchema.parse({ ...held, ...given });
      try {
        const isForced = Object.keys(given).some((key) => !LOOKED_AT.has(key));
        const file = kept.write(settingsText(next), { isForced });
        if (file !== undefined) tellLate(file);
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
