import type { Undo } from '#shared/base/emitter.ts';
import { HeartlineError } from '#shared/base/errors.ts';
import type { LogEntry } from '#shared/contract/api.ts';
import type { Desk } from './desk.ts';

/** What the engine says of a settings file that was not as it should be. */
const CODES: ReadonlySet<string> = new Set([
  'settings.broken',
  'settings.partly',
  'settings.newer',
  'settings.newer-whole',
  'settings.unreadable',
]);

export function isSettingsTrouble({ code }: LogEntry): boolean {
  return CODES.has(code);
}

/** Says once in the corner what the log knows of a damaged settings file: nobody reads a log at the start. */
export function tellSettingsTrouble({ log, notices }: Pick<Desk, 'log' | 'notices'>): Undo {
  let hasTold = false;
  const look = ({ entries }: { readonly entries: readonly LogEntry[] }) => {
    const entry = entries.findLast(isSettingsTrouble);
    if (hasTold || entry === undefined) return;
    hasTold = true;
    notices.show(new HeartlineError(entry.code, entry.message, { details: entry.details }));
  };
  look(log.getState());
  return log.subscribe(look);
}
