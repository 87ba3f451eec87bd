import i18next from 'i18next';
import { beforeAll, expect, it } from 'vitest';
import { en } from '../i18n/en.ts';
import { ko } from '../i18n/ko.ts';
import { COMMANDS } from './commands.ts';
import { findBest, searchText } from './find-commands.ts';

beforeAll(() =>
  i18next.init({
    resources: { en: { translation: en }, ko: { translation: ko } },
    lng: 'en',
    keySeparator: false,
    nsSeparator: false,
    initAsync: false,
  }),
);

const first = (typed: string) => findBest(typed, COMMANDS, searchText)[0]?.one.id;

it('finds a command by either language, its first consonants, further words, and the keys of the wrong input method', () => {
  const typed = [
    'theme',
    'interval',
    '테마',
    'ㅌㅁ',
    'ㅋㅅㅇㅊ',
    '킬 스위치',
    'panic',
    'fibonacci',
    // “theme” with the Hangul layout on, “테마” with it off.
    'ㅅㅗㄷㅡㄷ',
    'xpak',
    'flatten account',
    'reconnect',
  ];
  expect(typed.map(first)).toEqual([
    'look.theme',
    'chart.interval',
    'look.theme',
    'look.theme',
    'order.kill',
    'order.kill',
    'order.kill',
    'chart.tool',
    'look.theme',
    'look.theme',
    'order.flatten',
    'connection.reconnect',
  ]);
});

it('finds nothing for nonsense, and everything for nothing', () => {
  expect([
    findBest('xyzzy', COMMANDS, searchText).length,
    findBest('  ', COMMANDS, searchText).length,
  ]).toEqual([0, COMMANDS.length]);
});
