import i18next from 'i18next';
import { HeartlineError } from '#shared/base/errors.ts';
import type { LogEntry } from '#shared/contract/api.ts';
import type { Cause } from '#shared/domain/connection.ts';
import type { en } from './en.ts';

type Key = keyof typeof en;
type Details = Readonly<Record<string, string | number>>;

// Codes come from the engine at run time, so their keys cannot be checked by the compiler.
function known(key: string): key is Key {
  return i18next.exists(key);
}

/** What happened, what it means for the person's money, and what to do; by code, else the log's own words. */
export function errorText(fault: unknown): string {
  if (!(fault instanceof HeartlineError)) return i18next.t('errors.unknown', { message: String(fault) });
  const key = `errors.${fault.code}`;
  return known(key)
    ? String(i18next.t(key, fault.details))
    : i18next.t('errors.unknown', { message: fault.message });
}

/** One line of the connection log, by code, else the log's own words. */
export function logText(entry: LogEntry): string {
  const key = `happened.${entry.code}`;
  return known(key) ? String(i18next.t(key, wordsOf(entry.details))) : entry.message;
}

export function causeText(cause: Cause): string {
  const key = `cause.${cause.code}`;
  return known(key) ? String(i18next.t(key)) : cause.detail;
}

/** Details that are themselves codes (a cause) become words. */
function wordsOf(details: Details): Details {
  const { cause } = details;
  if (typeof cause !== 'string') return details;
  const key = `cause.${cause}`;
  return known(key) ? { ...details, cause: String(i18next.t(key)) } : details;
}
