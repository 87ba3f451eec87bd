import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Undo } from '#shared/base/emitter.ts';
import type { LogEntry } from '#shared/contract/api.ts';
import type { ContractClient } from '#shared/contract/client.ts';

const CAPACITY = 500;

/** Newest last. */
export interface LogState {
  readonly entries: readonly LogEntry[];
}

export function createLog(client: ContractClient): { store: StoreApi<LogState>; dispose: Undo } {
  const store = createStore<LogState>()(() => ({ entries: [] }));
  const dispose = client.watch('log', {}, (update) => {
    store.setState(({ entries }) => ({ entries: joinLog(entries, update) }));
  });
  return { store, dispose };
}

/** Adds what is new. After a reconnect the engine sends its recent past again: what is held is not added twice. */
export function joinLog(held: readonly LogEntry[], update: readonly LogEntry[]): readonly LogEntry[] {
  const known = new Set(held.map(keyOf));
  const fresh = update.filter((entry) => !known.has(keyOf(entry)));
  return fresh.length === 0 ? held : [...held, ...fresh].slice(-CAPACITY);
}

function keyOf(entry: LogEntry): string {
  return `${entry.at} ${entry.code} ${entry.message}`;
}
