import type { InstrumentId } from '#shared/domain/instrument.ts';
import type { SettingsKeeper } from '../stores/settings.ts';

const KEPT = 12;

/** Puts it first. What is asked for again and again is not written again and again. */
export function noteRecent({ store, change }: SettingsKeeper, entry: string): void {
  const { recentCommands } = store.getState();
  if (recentCommands[0] === entry) return;
  change({ recentCommands: [entry, ...recentCommands.filter((one) => one !== entry)].slice(0, KEPT) });
}

export function recentInstrument(id: InstrumentId): string {
  return `instrument ${id}`;
}

/** The instrument an entry names; `undefined` where it names a command. */
export function instrumentOfRecent(entry: string): string | undefined {
  return entry.startsWith('instrument ') ? entry.slice('instrument '.length) : undefined;
}
