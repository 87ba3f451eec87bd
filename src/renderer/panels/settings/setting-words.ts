import i18next from 'i18next';
import { plainNumber } from '#shared/base/decimal.ts';
import type { en } from '../../i18n/en.ts';
import { UNKNOWN } from '../../ui/format-number.ts';
import { showSetting } from './read-setting.ts';
import type { Findable } from './search-settings.ts';
import {
  type ChoiceSetting,
  type NumberSetting,
  type SettingField,
  textsOf,
  venueOfField,
} from './setting-fields.ts';
import type { SettingValue } from './setting-value.ts';

const LANGUAGES = ['en', 'ko'] as const;

/** The words of options, by the part of the texts they stand in. */
const OPTIONS: Readonly<Record<ChoiceSetting['words'], (option: string) => string>> = {
  theme: (option) => `theme.${option}`,
  colours: (option) => `colours.${option}`,
  language: (option) => `language.${option}`,
  zone: (option) => `zone.${option}`,
  numberstyle: (option) => `numberstyle.${option}`,
  profile: (option) => `profile.${option}`,
  datasource: (option) => `datasource.${option}`,
};

/** Texts of a field are made of its id: the tests hold that each has them. */
function word(key: string): string {
  return i18next.t(key as keyof typeof en);
}

/** What a field is called; of a single venue with its name. */
export function settingName(field: SettingField, venueNames: ReadonlyMap<string, string>): string {
  const name = word(`setting.${textsOf(field)}`);
  const venue = venueOfField(field);
  return venue === undefined ? name : `${name}: ${venueNames.get(venue) ?? venue}`;
}

export function settingMeans(field: SettingField): string {
  return word(`setting.${textsOf(field)}-means`);
}

export function unitText({ unit }: NumberSetting): string {
  return unit === 'count' ? '' : word(`unit.${unit}`);
}

/** A number in the field's unit, `30 s`. */
export function numberText(value: number, field: NumberSetting): string {
  return `${plainNumber(showSetting(value, field))} ${unitText(field)}`.trim();
}

/** A value as a person reads it: with its unit, or in the words of its option. */
export function valueText(value: SettingValue | undefined, field: SettingField | undefined): string {
  if (value === undefined || value === '') return UNKNOWN;
  if (field?.kind === 'number' && typeof value === 'number') return numberText(value, field);
  if (field?.kind === 'choice') return word(OPTIONS[field.words](String(value)));
  return typeof value === 'boolean' ? word(`onoff.${value}`) : String(value);
}

/** Everything a field may be looked for by, in every language of the desk. */
export function findableWords(
  field: SettingField,
  venueNames: ReadonlyMap<string, string>,
): Pick<Findable, 'names' | 'texts'> {
  const id = textsOf(field);
  const names = [`setting.${id}`, `section.${field.section}`];
  if (field.kind === 'choice') names.push(...field.options.map((option) => OPTIONS[field.words](option)));
  const venue = venueOfField(field);
  return {
    names: [...inEveryLanguage(names), ...(venue === undefined ? [] : [venue, venueNames.get(venue) ?? ''])],
    texts: inEveryLanguage([`setting.${id}-means`, `setting.${id}-words`]),
  };
}

function inEveryLanguage(keys: readonly string[]): readonly string[] {
  return LANGUAGES.flatMap((language) =>
    keys.flatMap((key) => {
      const text: unknown = i18next.getResource(language, 'translation', key);
      return typeof text === 'string' ? [text] : [];
    }),
  );
}
