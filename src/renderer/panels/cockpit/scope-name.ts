import i18next from 'i18next';
import type { en } from '../../i18n/en.ts';

/** What a person calls a budget's scope: `weight` → `weight`, `socket` → `messages sent`; its own id where we have no word. */
export function scopeName(scope: string): string {
  const key = `scope.${scope}`;
  return i18next.exists(key) ? i18next.t(key as keyof typeof en) : scope;
}
