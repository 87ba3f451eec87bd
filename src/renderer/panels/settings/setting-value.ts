import { FIRST_SETTINGS } from '#shared/contract/first-settings.ts';
import type { Settings } from '#shared/contract/settings.ts';

export type SettingValue = string | number | boolean;
type Tree = Readonly<Record<string, unknown>>;

/** What stands at a path, `connections.venueStaleAfterMs.upbit`; `undefined`: nothing of its own. */
export function valueAt(of: object, path: string): SettingValue | undefined {
  let at: unknown = of;
  for (const key of path.split('.')) {
    at = typeof at === 'object' && at !== null && Object.hasOwn(at, key) ? (at as Tree)[key] : undefined;
  }
  return at as SettingValue | undefined;
}

/** What a first start has at a path. */
export function firstValue(path: string): SettingValue | undefined {
  return valueAt(FIRST_SETTINGS, path);
}

/** Off is how a switch begins that nobody has touched. */
export function isChanged(settings: Settings, path: string): boolean {
  return (valueAt(settings, path) ?? false) !== (firstValue(path) ?? false);
}

export type PathValue = readonly [path: string, value: SettingValue | undefined];

/** What has to be written so that these paths hold these values; `undefined` takes what a path has of its own away. */
export function changeOf(settings: Settings, values: readonly PathValue[]): Partial<Settings> {
  const change: Record<string, unknown> = {};
  for (const [path, value] of values) {
    const [key = '', ...rest] = path.split('.');
    change[key] = withValue(change[key] ?? settings[key as keyof Settings], rest, value);
  }
  return change as Partial<Settings>;
}

function withValue(held: unknown, path: readonly string[], value: SettingValue | undefined): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  const tree = (held ?? {}) as Tree;
  const { [key]: before, ...others } = tree;
  const next = withValue(before, rest, value);
  // Where it was, and in its order: a settings file is read by people too.
  return next === undefined ? others : { ...tree, [key]: next };
}

/** What these paths hold now, for the way back. */
export function valuesOf(settings: Settings, paths: readonly string[]): readonly PathValue[] {
  return paths.map((path) => [path, valueAt(settings, path)]);
}
