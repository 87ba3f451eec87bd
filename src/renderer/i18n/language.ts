/** Languages the desk speaks. */
export type Language = 'en' | 'ko';

/** The language for a setting, given what the system prefers (`navigator.languages`). */
export function chooseLanguage(setting: Language | 'system', preferred: readonly string[]): Language {
  if (setting !== 'system') return setting;
  for (const tag of preferred) {
    if (tag.startsWith('ko')) return 'ko';
    if (tag.startsWith('en')) return 'en';
  }
  return 'en';
}
