import type { Settings } from '#shared/contract/settings.ts';
import { retell, setLanguage } from './i18n/i18n.ts';
import { chooseLanguage, type Language } from './i18n/language.ts';
import type { Desk } from './stores/desk.ts';
import { setManner } from './ui/manner.ts';
import { mark } from './ui/painter.ts';

const DARK = matchMedia('(prefers-color-scheme: dark)');

/** Puts theme, direction colours, language and the manner of numbers and times on the document, now and on every change. */
export function wearSettings(desk: Desk): void {
  let spoken: Language | undefined;
  const wear = ({ theme, directionColours, language, timeZone, numbers }: Settings) => {
    const isTold = setManner({ timeZone, numbers });
    // Only where it is another: whoever draws by these attributes draws everything again when they are written.
    mark(document.documentElement, 'theme', theme === 'system' ? (DARK.matches ? 'dark' : 'light') : theme);
    mark(document.documentElement, 'direction', directionColours);
    const chosen = chooseLanguage(language, navigator.languages);
    if (chosen !== spoken) setLanguage(chosen);
    else if (isTold) retell();
    spoken = chosen;
  };
  wear(desk.settings.store.getState());
  desk.settings.store.subscribe(wear);
  DARK.addEventListener('change', () => wear(desk.settings.store.getState()));
}
