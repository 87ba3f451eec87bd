import type { Clock } from '#shared/base/clock.ts';
import { createEmitter, type Undo } from '#shared/base/emitter.ts';
import type { LogEntry } from '#shared/contract/api.ts';

/** Entries remembered, and at most waiting for a window that is slow. */
export const KEPT = 1000;

/** What happened, newest last, bounded. */
export interface EventLog {
  add(
    level: LogEntry['level'],
    code: string,
    message: string,
    details?: Readonly<Record<string, string | number>>,
  ): void;
  readonly entries: readonly LogEntry[];
  onEntry(listener: (entry: LogEntry) => void): Undo;
}

export function createEventLog(clock: Clock): EventLog {
  const entries: LogEntry[] = [];
  const added = createEmitter<LogEntry>();
  return {
    add(level, code, message, details = {}) {
      const entry: LogEntry = { at: clock.now(), level, code, message, details };
      entries.push(entry);
      if (entries.length > KEPT) entries.shift();
      added.emit(entry);
    },
    entries,
    onEntry: (listener) => added.on(listener),
  };
}
