import type { LogEntry } from '#shared/contract/api.ts';

export const LOG_LEVELS = ['info', 'warn', 'error'] as const;

export interface LogFilter {
  /** The least grave that is shown. */
  readonly level: LogEntry['level'];
  /** By id and by name, for entries say either; `undefined`: all. */
  readonly venue: { readonly id: string; readonly name: string } | undefined;
  readonly text: string;
}

/** The entries a filter lets through. `said` gives the words an entry is shown in: those are searched, and the log's own. */
export function filterLog(
  entries: readonly LogEntry[],
  { level, venue, text }: LogFilter,
  said: (entry: LogEntry) => string,
): readonly LogEntry[] {
  const least = LOG_LEVELS.indexOf(level);
  const words = text.trim().toLowerCase().split(/\s+/).filter(Boolean);
  return entries.filter((entry) => {
    if (LOG_LEVELS.indexOf(entry.level) < least) return false;
    if (venue && ![venue.id, venue.name].includes(venueOfEntry(entry) ?? '')) return false;
    if (words.length === 0) return true;
    const whole = `${said(entry)} ${entry.message} ${entry.code}`.toLowerCase();
    return words.every((word) => whole.includes(word));
  });
}

/** Whom an entry is about, read off whatever of it names a venue. */
export function venueOfEntry({ details }: Pick<LogEntry, 'details'>): string | undefined {
  const { venue, connection, instrument } = details;
  if (typeof venue === 'string') return venue;
  if (typeof connection === 'string') return connection.slice(0, connection.indexOf('/'));
  return typeof instrument === 'string' ? instrument.slice(0, instrument.lastIndexOf(':')) : undefined;
}
