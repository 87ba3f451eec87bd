import { HeartlineError } from '#shared/base/errors.ts';
import { type Settings, settingsSchema } from '#shared/contract/settings.ts';

/** Raised when a file of this version would be misunderstood by the one before. */
const SETTINGS_VERSION = 1;
/** Stands in the file beside the settings. */
const VERSION_KEY = 'version';
/** What is named of a long list of mistakes. */
const MOST_NAMED = 20;
const MOST_NAME_CHARS = 60;

export interface SettingsRead {
  readonly settings: Settings;
  /** What made no sense, `theme` or `alarms.errors`; the defaults hold there. */
  readonly lost: readonly string[];
  /** The file was written by a later version of Heartline. */
  readonly isNewer: boolean;
}

/**
 * Sections whose fields stand alone: one mistake costs one field, and a field that an older version did not know has its
 * default. How orders are given is none of them: half of what somebody meant there is worse than nothing of it.
 */
const BY_FIELD: readonly string[] = ['alarms', 'sources', 'connections', 'rates', 'priceCache', 'hotkeys'];

/** Reads what a settings file holds. Throws `settings.broken` where that is no settings at all. */
export function readSettings(value: unknown, defaults: Settings): SettingsRead {
  const given = readObject(value);
  const lost: string[] = [];
  const kept: Record<string, unknown> = {};
  let isNewer = false;
  for (const [key, value] of Object.entries(given)) {
    if (key === VERSION_KEY) {
      isNewer = typeof value === 'number' && value > SETTINGS_VERSION;
      continue;
    }
    const whole = settingsSchema.partial().safeParse({ [key]: value });
    if (whole.success) Object.assign(kept, whole.data);
    else if (BY_FIELD.includes(key) && isObject(value)) {
      kept[key] = fieldByField(key as keyof Settings, value, defaults, lost);
    } else lost.push(named(key));
  }
  return { settings: { ...defaults, ...kept }, lost: lost.slice(0, MOST_NAMED), isNewer };
}

/** The file as it is written. */
export function settingsText(settings: Settings): string {
  return `${JSON.stringify({ [VERSION_KEY]: SETTINGS_VERSION, ...settings }, undefined, 2)}\n`;
}

/** Anything but an object would pass as no setting at all, and be overwritten by the first change. */
function readObject(value: unknown): object {
  if (isObject(value)) return value;
  throw new HeartlineError('settings.broken', 'the settings file holds no settings');
}

function fieldByField(section: keyof Settings, given: object, defaults: Settings, lost: string[]): unknown {
  let held = defaults[section] as unknown as Readonly<Record<string, unknown>>;
  for (const [field, value] of Object.entries(given)) {
    const tried = settingsSchema.partial().safeParse({ [section]: { ...held, [field]: value } });
    if (tried.success) held = { ...held, [field]: value };
    else lost.push(named(`${section}.${field}`));
  }
  return held;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A key is a stranger's text: short, and without what would turn a line around. */
function named(key: string): string {
  return key.replaceAll(/[\p{Cc}\p{Cf}]/gu, '').slice(0, MOST_NAME_CHARS);
}
