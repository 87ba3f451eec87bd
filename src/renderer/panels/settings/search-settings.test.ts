import i18next from 'i18next';
import { beforeAll, describe, expect, test } from 'vitest';
import { en } from '../../i18n/en.ts';
import { ko } from '../../i18n/ko.ts';
import { type Findable, searchSettings } from './search-settings.ts';
import { settingFields } from './setting-fields.ts';
import { findableWords } from './setting-words.ts';

const names = new Map([['upbit', 'Upbit']]);
const fields = settingFields(['upbit']);
let findable: readonly Findable[] = [];
beforeAll(async () => {
  await i18next.init({
    lng: 'en',
    resources: { en: { translation: en }, ko: { translation: ko } },
    keySeparator: false,
    nsSeparator: false,
  });
  findable = fields.map((field) => ({ id: field.id, ...findableWords(field, names) }));
});

describe('the search of the settings', () => {
  test.each([
    ['time zone', 'timeZone'],
    ['TIME Zone', 'timeZone'],
    ['시간대', 'timeZone'],
    ['ㅅㄱㄷ', 'timeZone'],
    ['시간대'.normalize('NFD'), 'timeZone'],
    ['kst', 'timeZone'],
    ['dark', 'theme'],
    ['다크', 'theme'],
    ['ping', 'connections.heartbeatMs'],
    ['ㅎㅌㅂㅌ', 'connections.heartbeatMs'],
    ['reconnect', 'connections.backoffCapMs'],
    ['upbit stale', 'connections.venueStaleAfterMs.upbit'],
    ['업비트', 'venues'],
    ['jitter', 'connections.backoffJitter'],
    ['지터', 'connections.backoffJitter'],
    ['429', 'rates.errors'],
    ['slack', 'alarms.webhookUrl'],
    ['fat finger', 'trading'],
    ['백업', 'files'],
    ['hft', 'profile'],
  ])('finds by %j', (typed, id) => {
    expect(searchSettings(findable, typed)).toContain(id);
  });

  test('finds everything while nothing is typed, and nothing by nonsense', () => {
    expect([
      searchSettings(findable, '  ').length,
      searchSettings(findable, 'zzqx'),
      searchSettings(findable, '.*'),
    ]).toEqual([fields.length, [], []]);
  });

  test('does not take sentences for names: what is found by first consonants is called so', () => {
    expect(searchSettings(findable, 'ㅅㄱㄷ')).toEqual(['timeZone']);
  });

  test('narrows with every word', () => {
    const one = searchSettings(findable, 'backoff').length;
    expect([searchSettings(findable, 'backoff jitter'), one > 3]).toEqual([
      ['connections.backoffJitter'],
      true,
    ]);
  });
});
