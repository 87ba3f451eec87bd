import { createContext, useContext } from 'react';
import type { Settings } from '#shared/contract/settings.ts';
import type { SettingField } from './setting-fields.ts';
import type { PathValue } from './setting-value.ts';

/** What the parts of the page share. */
export interface SettingsPage {
  readonly fields: readonly SettingField[];
  /** Of the venues that can be tuned. */
  readonly venueNames: ReadonlyMap<string, string>;
  write(values: readonly PathValue[]): void;
  /** Puts the defaults back; can be undone. */
  reset(paths: readonly string[]): void;
  /** Takes over a whole part of the settings at once; can be undone. */
  replace(change: Partial<Settings>): void;
}

const PageContext = createContext<SettingsPage | undefined>(undefined);

export const SettingsPageProvider = PageContext.Provider;

export function useSettingsPage(): SettingsPage {
  const page = useContext(PageContext);
  if (page === undefined) throw new Error('a setting was drawn outside the page of settings');
  return page;
}
