import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Undo } from '#shared/base/emitter.ts';
import type { AppDescription } from '#shared/contract/api.ts';
import type { ContractClient } from '#shared/contract/client.ts';

export interface Description {
  readonly store: StoreApi<AppDescription>;
  /** Asks the engine anew: a venue was added or removed. Rejects as the request does. */
  again(): Promise<void>;
  readonly dispose: Undo;
}

/** What the engine says it is and which venues it speaks to; asked again after every reconnect. */
export function createDescription(client: ContractClient, first: AppDescription): Description {
  const store = createStore<AppDescription>()(() => first);
  const again = async () => store.setState(await client.request('app.describe', {}), true);
  const undo = client.onStatus((status) => {
    // An answer that does not come leaves what was told: the banner says that the engine is gone.
    if (status === 'open') void Promise.allSettled([again()]);
  });
  return { store, again, dispose: undo };
}
