import i18next from 'i18next';
import { HeartlineError } from '#shared/base/errors.ts';
import type { LogEntry } from '#shared/contract/api.ts';
import type { Cause } from '#shared/domain/connection.ts';
import { type InstrumentId, instrumentName, type VenueId } from '#shared/domain/instrument.ts';
import { formatClock } from '../ui/format-time.ts';
import type { en } from './en.ts';
import { haltedFrom } from './order-words.ts';
import { VENUE_ERRORS } from './venue-error-kind.ts';
import { venueErrorKind, venueTitle, venueWords } from './venue-error-text.ts';

type Key = keyof typeof en;
type Details = Readonly<Record<string, string | number>>;

// Codes come from the engine at run time, so their keys cannot be checked by the compiler.
function known(key: string): key is Key {
  return i18next.exists(key);
}

/** What happened, what it means for the person's money, and what to do; by code, else the log's own words. */
export function errorText(fault: unknown): string {
  if (!(fault instanceof HeartlineError)) return i18next.t('errors.unknown', { message: String(fault) });
  const ofVenue = venueFault(fault);
  if (ofVenue !== undefined) return ofVenue;
  const key = `errors.${fault.code}`;
  return known(key)
    ? String(i18next.t(key, { message: fault.message, ...wordsOf(fault.details) }))
    : i18next.t('errors.unknown', { message: fault.message });
}

/**
 * What a venue refused of an account with a code of its own: its meaning, and the venue's words. What was asked then was a
 * question (orders are answered, not thrown), so whatever the code may mean for an order, nothing was touched.
 */
function venueFault({ code, details, message }: HeartlineError): string | undefined {
  const { venue, venueCode } = details;
  if (!code.startsWith('account.') || typeof venue !== 'string' || venueCode === undefined) return undefined;
  const kind = venueErrorKind(venue as VenueId, String(venueCode));
  const words = venueWords(String(venueCode), message.replace(/^\S+ answered HTTP \d+: /, ''));
  const named = { venue: venueTitle(venue as VenueId) };
  const generic = `errors.${code}`;
  const isPlain = kind !== undefined && VENUE_ERRORS[kind] === 'none';
  if (!isPlain && !known(generic)) return undefined;
  const what = isPlain
    ? [
        i18next.t(`venueerror.${kind}`, named),
        i18next.t('venuemoney.untouched'),
        i18next.t(`venueerror.${kind}-do`, named),
      ].join(' ')
    : String(i18next.t(generic as Key, wordsOf(details)));
  return i18next.t('rejection.said', { what, words });
}

/** One line of the connection log, by code, else the log's own words. */
export function logText(entry: LogEntry): string {
  // The first attempt to connect is the 0th: nothing has failed yet.
  const first = entry.code === 'connection.connecting' && entry.details['attempt'] === 0;
  const key = first ? 'happened.connection.first' : `happened.${entry.code}`;
  return known(key) ? String(i18next.t(key, wordsOf(entry.details))) : entry.message;
}

export function causeText(cause: Cause): string {
  const key = `cause.${cause.code}`;
  return known(key) ? String(i18next.t(key)) : cause.detail;
}

/** Details that are themselves codes or ids become what a person calls them. */
function wordsOf(details: Details): Details {
  return Object.fromEntries(Object.entries(details).map(([name, value]) => [name, wordOf(name, value)]));
}

function wordOf(name: string, value: string | number): string | number {
  if (typeof value !== 'string') return name === 'until' ? formatClock(value) : value;
  switch (name) {
    case 'cause':
      return worded(`cause.${value}`, value);
    case 'connection':
      return connectionWords(value);
    case 'instrument':
      return instrumentName(value as InstrumentId);
    case 'venue':
      return value.charAt(0).toUpperCase() + value.slice(1);
    case 'subject':
      return value.includes('/') ? connectionWords(value) : value;
    case 'reason':
      // Of a key's refusal a code; of other things the venue's words or the log's.
      return worded(`why.${value}`, value);
    case 'state':
      return worded(`accountstate.${value}`, value);
    case 'mode':
      return worded(`mode.${value}`, value);
    case 'environment':
      return worded(`environment.${value}`, value);
    case 'store':
      return worded(`choose.${value}`, value);
    case 'from':
      return haltedFrom(value);
    case 'rule':
      return worded(`rule.${value}`, value);
    case 'kind':
    case 'figure':
      return worded(`stream.${value}`, value);
    default:
      return value;
  }
}

function worded(key: string, otherwise: string): string {
  return known(key) ? String(i18next.t(key)) : otherwise;
}

/** `binance/market` → `Binance market`, `binance/market#2` → `Binance market 2`, `bybit/account:Main` → `Bybit account Main`; with the venue's own name where it is known. */
export function connectionWords(id: string, venueName?: string): string {
  const slash = id.indexOf('/');
  const venue = venueName ?? id.charAt(0).toUpperCase() + id.slice(1, slash);
  const rest = id.slice(slash + 1);
  // A label is the person's own, whatever stands in it.
  if (rest.startsWith('account:')) {
    return `${venue} ${i18next.t('connection.account', { label: rest.slice('account:'.length) })}`;
  }
  const [part = '', ordinal] = rest.split('#');
  return [venue, worded(`connection.${part}`, part), ordinal].filter(Boolean).join(' ');
}
