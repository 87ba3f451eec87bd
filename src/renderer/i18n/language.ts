/** Languages the desk speaks. */
export type Language = 'en' | 'ko';

function spoken(preferred: readonly string[]): Language | undefined {
  for (const tag of preferred) {
    if (/^ko(?:$|[-_])/i.test(tag)) return 'ko';
    if (/^en(?:$|[-_])/i.test(tag)) return 'en';
  }
  return undefined;
}

/** The language for a setting, given what the system prefers (`navigator.languages`). A setting nobody knows counts as `system`. */
export function chooseLanguage(setting: Language | 'system', preferred: readonly string[]): Language {
  return setting === 'en' || setting === 'ko' ? setting : (spoken(preferred) ?? 'en');
}

/** Whether the person's system asks for languages of which none is spoken here, so that English stands in for them. */
export function isUnspoken(setting: Language | 'system', preferred: readonly string[]): boolean {
  const isSet = setting === 'en' || setting === 'ko';
  return !isSet && preferred.length > 0 && spoken(preferred) === undefined;
}
