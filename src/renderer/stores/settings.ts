import { createStore, type StoreApi } from 'zustand/vanilla';
import { HeartlineError, messageOf } from '#shared/base/errors.ts';
import type { ContractClient } from '#shared/contract/client.ts';
import type { Settings } from '#shared/contract/settings.ts';

export interface SettingsKeeper {
  readonly store: StoreApi<Settings>;
  /** Shown at once, then written. When the engine cannot keep it, `onFault` hears why and the screen keeps the change. */
  change(change: Partial<Settings>): void;
}

export function createSettings(
  client: ContractClient,
  initial: Settings,
  onFault: (error: HeartlineError) => void,
): SettingsKeeper {
  const store = createStore<Settings>()(() => initial);
  return {
    store,
    change(change) {
      store.setState(change);
      client.request('settings.write', change).catch((fault: unknown) => {
        onFault(
          fault instanceof HeartlineError
            ? fault
            : new HeartlineError('internal', messageOf(fault), { cause: fault }),
        );
      });
    },
  };
}
