import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { HeartlineError, messageOf } from '#shared/base/errors.ts';
import type { Settings } from '#shared/contract/settings.ts';
import type { CheckedSettings } from '#shared/contract/settings-api.ts';
import { parseJson } from './json-file.ts';
import { readSettings, type SettingsRead } from './read-settings.ts';
import type { Room } from './room.ts';
import type { SettingsFile } from './settings.ts';

/** What a person may want to find, keep or carry elsewhere; keys are in none of them but the vault, which is encrypted. */
const FILES = [
  'settings.json',
  'layouts.json',
  'alerts.json',
  'drawings.json',
  'orders.db',
  'connections.db',
  'history.db',
  'keys.json',
  'recordings',
] as const;

/**
 * Whether real money may be armed, and what a single click does, is said by a person in front of the desk, by no file. Nor are
 * exchanges added by one: they have to be found first.
 */
const NOT_BY_FILE = ['mainnet', 'oneClick'] as const;

/** Settings as they stand, where they are kept, and what a file would make of them. */
export function createSettingsRoom(options: {
  readonly dataDir: string;
  readonly settings: Pick<SettingsFile, 'read'>;
}): Room<'settings.read' | 'settings.place' | 'settings.check', never> {
  const { dataDir, settings } = options;
  return {
    requests: {
      'settings.read': () => settings.read(),
      'settings.place': () => ({
        folder: dataDir,
        files: FILES.map((name) => ({ name, isThere: existsSync(join(dataDir, name)) })),
      }),
      'settings.check': ({ text }) => checked(text, settings.read()),
    },
    watches: {},
  };
}

function checked(text: string, held: Settings): CheckedSettings {
  const { settings, lost, isNewer } = readFile(text, held);
  const { addedVenues } = held;
  const isAdding = settings.addedVenues.join() !== addedVenues.join();
  const differing = NOT_BY_FILE.filter((key) => settings.trading[key] !== held.trading[key]);
  const trading = { ...settings.trading, mainnet: held.trading.mainnet, oneClick: held.trading.oneClick };
  // A file is exported without the address: it may be a secret. Where none stands in it, the one there is stays.
  const webhookUrl = settings.alarms.webhookUrl === '' ? held.alarms.webhookUrl : settings.alarms.webhookUrl;
  return {
    settings: { ...settings, addedVenues, trading, alarms: { ...settings.alarms, webhookUrl } },
    lost,
    isNewer,
    kept: [...differing.map((key) => `trading.${key}`), ...(isAdding ? ['addedVenues'] : [])],
  };
}

function readFile(text: string, held: Settings): SettingsRead {
  try {
    return readSettings(parseJson(text), held);
  } catch (fault) {
    throw new HeartlineError('settings.no-file', messageOf(fault), { cause: fault });
  }
}
