import { type BoundedSetting, mostStaleMs, SETTING_BOUNDS } from '#shared/domain/setting-bounds.ts';

/** Parts of the page, in their order. */
export const SECTIONS = [
  'appearance',
  'connections',
  'rates',
  'sources',
  'cache',
  'alarms',
  'trading',
  'venues',
  'hotkeys',
  'files',
  'about',
] as const;
export type SectionId = (typeof SECTIONS)[number];

interface FieldPlace {
  /** Where it stands in the settings, `connections.heartbeatMs`; of a block a name of its own. */
  readonly id: string;
  readonly section: SectionId;
}

/** What a field is worth to a person: the settings' own number divided by `scale`, in `unit`. */
export interface NumberSetting extends FieldPlace {
  readonly kind: 'number';
  readonly least: number;
  readonly most: number;
  readonly whole: boolean;
  readonly scale: number;
  readonly unit: SettingUnit;
  /** Its texts are those of this id; a field of one venue has those of the field of all. */
  readonly texts: string;
  /** May be left empty: then the field of all holds. */
  readonly inherits?: string;
}
export interface ChoiceSetting extends FieldPlace {
  readonly kind: 'choice';
  readonly options: readonly string[];
  /** `theme` of `theme.dark`: the words of the options. */
  readonly words: 'theme' | 'colours' | 'language' | 'zone' | 'numberstyle' | 'profile' | 'datasource';
}
export interface SwitchSetting extends FieldPlace {
  readonly kind: 'switch';
  readonly texts: string;
}
export interface AddressSetting extends FieldPlace {
  readonly kind: 'address';
}
/** Something that is no field: found by search as one. */
export interface BlockSetting extends FieldPlace {
  readonly kind: 'block';
}
export type SettingField = NumberSetting | ChoiceSetting | SwitchSetting | AddressSetting | BlockSetting;

export type SettingUnit = 'seconds' | 'times' | 'percent' | 'megabytes' | 'count';

const number = (
  section: SectionId,
  id: BoundedSetting,
  unit: SettingUnit,
  scale = unit === 'seconds' ? 1000 : unit === 'percent' ? 0.01 : 1,
): NumberSetting => ({ kind: 'number', section, id, texts: id, unit, scale, ...SETTING_BOUNDS[id] });
const choice = (
  section: SectionId,
  id: string,
  words: ChoiceSetting['words'],
  options: readonly string[],
): ChoiceSetting => ({
  kind: 'choice',
  section,
  id,
  words,
  options,
});
const toggle = (section: SectionId, id: string): SwitchSetting => ({
  kind: 'switch',
  section,
  id,
  texts: id,
});
const block = (section: SectionId, id: string): BlockSetting => ({ kind: 'block', section, id });

const SOURCES = ['auto', 'websocket', 'rest'];

const GENERAL: readonly SettingField[] = [
  choice('appearance', 'theme', 'theme', ['dark', 'light', 'system']),
  choice('appearance', 'directionColours', 'colours', ['western', 'korean', 'colour-blind', 'inverted']),
  choice('appearance', 'language', 'language', ['en', 'ko', 'system']),
  choice('appearance', 'timeZone', 'zone', ['local', 'kst', 'utc']),
  choice('appearance', 'numbers', 'numberstyle', ['auto', 'western', 'korean']),
  toggle('appearance', 'flash'),
  toggle('appearance', 'titlePnl'),

  block('connections', 'profile'),
  number('connections', 'connections.heartbeatMs', 'seconds'),
  number('connections', 'connections.staleAfterMs', 'seconds'),
  number('connections', 'connections.backoffBaseMs', 'seconds'),
  number('connections', 'connections.backoffFactor', 'times'),
  number('connections', 'connections.backoffCapMs', 'seconds'),
  number('connections', 'connections.backoffJitter', 'percent'),
  number('connections', 'connections.quickAttempts', 'count'),

  choice('rates', 'rateProfile', 'profile', ['conservative', 'balanced', 'aggressive']),
  number('rates', 'rates.errors', 'count'),
  number('rates', 'rates.reduction', 'percent'),
  number('rates', 'rates.recoveryMs', 'seconds'),

  choice('sources', 'sources.ticker', 'datasource', SOURCES),
  choice('sources', 'sources.book', 'datasource', SOURCES),
  choice('sources', 'sources.trade', 'datasource', SOURCES),
  choice('sources', 'sources.candle', 'datasource', SOURCES),

  number('cache', 'priceCache.size', 'count'),
  number('cache', 'priceCache.ttlMs', 'seconds'),

  number('alarms', 'alarms.scoreBelow', 'percent'),
  number('alarms', 'alarms.errors', 'count'),
  number('alarms', 'alarms.inactiveMs', 'seconds'),
  number('alarms', 'alarms.memoryMb', 'megabytes'),
  number('alarms', 'alarms.reconnects', 'count'),
  toggle('alarms', 'alarms.sound'),
  toggle('alarms', 'alarms.notification'),
  { kind: 'address', section: 'alarms', id: 'alarms.webhookUrl' },

  block('trading', 'trading'),
  block('venues', 'venues'),
  block('hotkeys', 'hotkeys'),
  block('files', 'files'),
  block('files', 'transfer'),
  block('about', 'about'),
];

const STALE = 'connections.staleAfterMs' satisfies BoundedSetting;

/** Fields of single venues: `connections.venueStaleAfterMs.upbit`. */
function fieldsOfVenue(venue: string): readonly SettingField[] {
  return [
    {
      ...number('connections', STALE, 'seconds'),
      id: `connections.venueStaleAfterMs.${venue}`,
      texts: 'connections.venueStaleAfterMs',
      most: mostStaleMs(venue),
      inherits: STALE,
    },
    {
      kind: 'switch',
      section: 'connections',
      id: `connections.compression.${venue}`,
      texts: 'connections.compression',
    },
  ];
}

/** Every field of the page, in its order. `venues`: those whose sockets are Heartline's own. */
export function settingFields(venues: readonly string[]): readonly SettingField[] {
  const own = venues.flatMap(fieldsOfVenue);
  const at = GENERAL.findIndex(({ id }) => id === 'connections.backoffBaseMs');
  const stale = own.filter(({ kind }) => kind === 'number');
  const compression = own.filter(({ kind }) => kind === 'switch');
  const after = GENERAL.findIndex(({ section }) => section === 'rates');
  return [
    ...GENERAL.slice(0, at),
    ...stale,
    ...GENERAL.slice(at, after),
    ...compression,
    ...GENERAL.slice(after),
  ];
}

/** Name of the texts of a field: its path with dashes, `connections-heartbeatMs`. */
export function textsOf(field: SettingField): string {
  return ('texts' in field ? field.texts : field.id).replaceAll('.', '-');
}

/** The venue a field is about alone, if it is. */
export function venueOfField({ id }: Pick<SettingField, 'id'>): string | undefined {
  return /^connections\.(?:venueStaleAfterMs|compression)\.(.+)$/.exec(id)?.[1];
}
