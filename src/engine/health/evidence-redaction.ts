import type { Settings } from '#shared/contract/settings.ts';
import { decodedPart } from './decoded-part.ts';

const MASK = '…';
/** Shorter is no secret, and masking it would blacken ordinary words. */
const MIN_SECRET = 6;
/** A part of a path that is no word: services put their token there as often as into the query. */
const TOKEN_LIKE = /^(?=.*\d)[\w~.%-]{8,}$|^[\w~.%-]{20,}$/;
const USER_IN_ADDRESS = /\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@"'<>]+@/gi;
const TELLING_PARAMETER =
  /\b([\w-]*(?:key|token|secret|signature|password|passwd|authorization)["']?\s*[=:]\s*["']?)(?:Bearer\s+|Basic\s+)?[^\s&"'<>,;]+/gi;
const BEARER = /\b(Bearer|Basic)\s+[A-Za-z0-9+/=._~-]{6,}/g;

/** Settings as they may be passed on: of the webhook only which server it goes to. */
export function shareableSettings(settings: Settings): Settings {
  const { webhookUrl } = settings.alarms;
  return { ...settings, alarms: { ...settings.alarms, webhookUrl: serverOf(webhookUrl) } };
}

function serverOf(url: string): string {
  if (url === '') return '';
  return URL.canParse(url) ? `${new URL(url).protocol}//${new URL(url).host}/${MASK}` : MASK;
}

/** Every part of the settings that must not be found in anything that leaves. */
export function secretsIn(settings: Settings): readonly string[] {
  const { webhookUrl } = settings.alarms;
  if (!URL.canParse(webhookUrl)) return [webhookUrl].filter(isLong);
  const url = new URL(webhookUrl);
  const parts = [
    webhookUrl,
    url.username,
    url.password,
    ...url.pathname.split('/').filter((part) => TOKEN_LIKE.test(part)),
    ...url.searchParams.values(),
    url.hash.slice(1),
  ];
  return [...new Set(parts.flatMap((part) => [part, decodedPart(part)]))]
    .filter(isLong)
    .toSorted((a, b) => b.length - a.length);
}

const isLong = (text: string) => text.length >= MIN_SECRET;

/** Masks known secrets, what looks like one, and the person's home folder, in every text of `value`. Keys stay. */
export function redacted<Value>(
  value: Value,
  known: { readonly secrets: readonly string[]; readonly home: string },
): Value {
  const text = (original: string) => {
    let masked = original;
    for (const secret of known.secrets) masked = masked.replaceAll(secret, MASK);
    if (known.home.length > 1) masked = masked.replaceAll(known.home, '~');
    return masked
      .replaceAll(USER_IN_ADDRESS, `$1${MASK}@`)
      .replaceAll(TELLING_PARAMETER, `$1${MASK}`)
      .replaceAll(BEARER, `$1 ${MASK}`);
  };
  const walk = (part: unknown): unknown => {
    if (typeof part === 'string') return text(part);
    if (Array.isArray(part)) return part.map(walk);
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(Object.entries(part).map(([key, inner]) => [key, walk(inner)]));
  };
  return walk(value) as Value;
}
