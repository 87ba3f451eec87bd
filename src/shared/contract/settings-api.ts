import { z } from 'zod';
import { MOST_SETTINGS_CHARS } from '../domain/setting-bounds.ts';
import type { Settings } from './settings.ts';

/** The part of the contract that concerns settings as files; `api.ts` takes it in. */

export const settingsRequestInputs = {
  /** Where this desk keeps its files. */
  'settings.place': z.strictObject({}),
  /**
   * What a settings file would make of the settings, were it taken over; nothing is changed by asking. Rejects with
   * `settings.no-file` where it holds none.
   */
  'settings.check': z.strictObject({ text: z.string().max(MOST_SETTINGS_CHARS) }),
} as const;

export interface SettingsRequestOutputs {
  'settings.place': {
    readonly folder: string;
    /** Files there, by what they hold; a name each, and whether it is there already. */
    readonly files: readonly { readonly name: string; readonly isThere: boolean }[];
  };
  'settings.check': CheckedSettings;
}

export interface CheckedSettings {
  /** All of them: what the file does not say, or may not, is as it was. */
  readonly settings: Settings;
  /** What made no sense in it. */
  readonly lost: readonly string[];
  /** Written by a later version of Heartline. */
  readonly isNewer: boolean;
  /** What was left as it is because no file decides it: `trading.mainnet`. */
  readonly kept: readonly string[];
}
