import type { Instrument } from '#shared/domain/instrument.ts';
import type { Language } from '../i18n/language.ts';

/** What the venue calls the coin in the person's language; `undefined` where it does not say. */
export function coinName({ names }: Instrument, language: Language): string | undefined {
  return language === 'ko' ? names?.ko : names?.en;
}
