import type { Settings } from '#shared/contract/settings.ts';

/** As the file of the desk itself, without the webhook's address: whoever knows it may post there. */
export function exportText(settings: Settings): string {
  const { alarms, ...others } = settings;
  const kept = { version: 1, ...others, alarms: { ...alarms, webhookUrl: '' } };
  return `${JSON.stringify(kept, undefined, 2)}\n`;
}

export interface SettingDifference {
  readonly path: string;
  readonly from: string;
  readonly to: string;
}

/** Longer lists are told by their length. */
const MOST_SHOWN = 40;

/** Where two settings part, path by path, as text; `—`: nothing there. */
export function differencesOf(held: object, next: object, before = ''): readonly SettingDifference[] {
  const keys = new Set([...Object.keys(held), ...Object.keys(next)]);
  return [...keys].flatMap((key) => {
    const path = before + key;
    const [from, to] = [held, next].map((one) =>
      Object.hasOwn(one, key) ? Reflect.get(one, key) : undefined,
    );
    if (isTree(from) && isTree(to)) return differencesOf(from, to, `${path}.`);
    const [was, is] = [shown(from), shown(to)];
    return JSON.stringify(from) === JSON.stringify(to) ? [] : [{ path, from: was, to: is }];
  });
}

/** The part of `next` that differs, to be written. */
export function changedKeys(held: Settings, next: Settings): Partial<Settings> {
  const keys = Object.keys(next) as (keyof Settings)[];
  return Object.fromEntries(
    keys
      .filter((key) => JSON.stringify(held[key]) !== JSON.stringify(next[key]))
      .map((key) => [key, next[key]]),
  );
}

function isTree(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function shown(value: unknown): string {
  if (value === undefined || value === null || value === '') return '—';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;
}
