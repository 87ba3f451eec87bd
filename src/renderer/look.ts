import type { Settings } from '#shared/contract/settings.ts';
import { setLanguage } from './i18n/i18n.ts';
import { chooseLanguage, type Language } from './i18n/language.ts';
import type { Desk } from './stores/desk.ts';

const DARK = matchMedia('(prefers-color-scheme: dark)');

/** Puts theme, direction colours and language on the document, now and on every change. */
export function wearSettings(desk: Desk): void {
  let spoken: Language | undefined;
  const wear = ({ theme, directionColours, language }: Settings) => {
    const { dataset } = document.documentElement;
    dataset['theme'] = theme === 'system' ? (DARK.matches ? 'dark' : 'light') : theme;
    dataset['direction'] = directionColours;
    const chosen = chooseLanguage(language, navigator.languages);
    if (chosen !== spoken) setLanguage(chosen);
    spoken = chosen;
  };
  wear(desk.settings.store.getState());
  desk.settings.store.subscribe(wear);
  DARK.addEventListener('change', () => wear(desk.settings.store.getState()));
}
