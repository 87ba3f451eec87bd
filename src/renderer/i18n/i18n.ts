import i18next, { type PostProcessorModule } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { josa } from '#shared/base/josa.ts';
import { en } from './en.ts';
import { ko } from './ko.ts';
import { chooseLanguage, type Language } from './language.ts';
import { loadGlyphs } from './load-glyphs.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof en };
    keySeparator: false;
    nsSeparator: false;
  }
}

/** Korean particles follow what was filled in. */
const particles: PostProcessorModule = {
  type: 'postProcessor',
  name: 'josa',
  process: (text: string) => (typeof text === 'string' ? josa(text) : text),
};

/** Begins in the system's language; the kept setting follows as soon as the engine has told it. */
export function startLanguages(): void {
  void i18next
    .use(initReactI18next)
    .use(particles)
    .init({
      resources: { en: { translation: en }, ko: { translation: ko } },
      lng: chooseLanguage('system', navigator.languages),
      fallbackLng: 'en',
      keySeparator: false,
      nsSeparator: false,
      // React escapes, and text nodes need none.
      interpolation: { escapeValue: false },
      initAsync: false,
      postProcess: [particles.name],
    });
}

export function setLanguage(language: Language): void {
  document.documentElement.lang = language;
  loadGlyphs(language === 'ko' ? ko : en);
  if (i18next.language !== language) void i18next.changeLanguage(language);
}

/** Has everything that is written out in words written anew, where the language is the same and its numbers or times are not. */
export function retell(): void {
  i18next.emit('languageChanged', i18next.language);
}

/** The language now, for the formatters. */
export function currentLanguage(): Language {
  return i18next.language === 'ko' ? 'ko' : 'en';
}
