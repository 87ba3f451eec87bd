import type { LogEntry } from '#shared/contract/api.ts';

/** Entries that say the same in turn, shown as one line with the newest time. */
export interface FoldedEntry {
  readonly entry: LogEntry;
  readonly count: number;
}

/** `entries` newest last; the answer newest first. */
export function foldLog(entries: readonly LogEntry[]): readonly FoldedEntry[] {
  const folded: { entry: LogEntry; count: number }[] = [];
  for (const entry of entries.toReversed()) {
    const last = folded.at(-1);
    // Two connections in the same trouble take turns in the log.
    const turn = last?.entry.code === entry.code ? folded.at(-2) : undefined;
    const above = [last, turn].find((line) => line !== undefined && saysTheSame(line.entry, entry));
    if (above !== undefined) above.count += 1;
    else folded.push({ entry, count: 1 });
  }
  return folded;
}

/** What a person reads comes from the code and whom it is about; counts and reasons for the log may differ. */
function saysTheSame(one: LogEntry, other: LogEntry): boolean {
  return (
    one.code === other.code &&
    one.level === other.level &&
    (
      [
        'connection',
        'venue',
        'instrument',
        'interval',
        'cause',
        'attempt',
        'count',
        'tookMs',
        'order',
        'words',
      ] as const
    ).every((name) => one.details[name] === other.details[name])
  );
}
