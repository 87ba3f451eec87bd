import i18next from 'i18next';
import type { Settings } from '#shared/contract/settings.ts';
import type { Command } from './command.ts';

const THEMES = ['dark', 'light', 'system'] as const satisfies readonly Settings['theme'][];
const LANGUAGES = ['en', 'ko', 'system'] as const satisfies readonly Settings['language'][];
const COLOURS = [
  'western',
  'korean',
  'colour-blind',
  'inverted',
] as const satisfies readonly Settings['directionColours'][];

export const LOOK_COMMANDS: readonly Command[] = [
  {
    id: 'look.theme',
    titleKey: 'command.look.theme',
    group: 'look',
    keywords: 'dark light night appearance 테마 어둡게 밝게 다크 라이트',
    choices: ({ settings }) =>
      THEMES.map((theme) => ({
        id: theme,
        title: i18next.t(`theme.${theme}`),
        isCurrent: settings.store.getState().theme === theme,
        run: () => settings.change({ theme }),
      })),
  },
  {
    id: 'look.theme-toggle',
    titleKey: 'command.look.theme-toggle',
    group: 'look',
    keywords: 'dark light night 테마 다크 라이트 야간',
    // What is seen now turns round, also where the system chose it.
    run: ({ settings }) =>
      settings.change({ theme: document.documentElement.dataset['theme'] === 'light' ? 'dark' : 'light' }),
  },
  {
    id: 'look.colours',
    titleKey: 'command.look.colours',
    group: 'look',
    keywords: 'up down red green blue colour blind 색 상승 하락 빨강 파랑 색각',
    choices: ({ settings }) =>
      COLOURS.map((directionColours) => ({
        id: directionColours,
        title: i18next.t(`colours.${directionColours}`),
        isCurrent: settings.store.getState().directionColours === directionColours,
        run: () => settings.change({ directionColours }),
      })),
  },
  {
    id: 'look.language',
    titleKey: 'command.look.language',
    group: 'look',
    keywords: 'english korean 한국어 영어 언어',
    choices: ({ settings }) =>
      LANGUAGES.map((language) => ({
        id: language,
        title: i18next.t(`language.${language}`),
        isCurrent: settings.store.getState().language === language,
        run: () => settings.change({ language }),
      })),
  },
];
