import type { StoreApi } from 'zustand/vanilla';
import type { ContractClient } from '#shared/contract/client.ts';
import type { Arrangement } from '#shared/contract/layout-api.ts';
import type { WorkspaceState } from './workspace-state.ts';

/** The person's own layouts, by name; the engine keeps them. What it refuses, rejects with its error. */
export interface SavedLayouts {
  applySaved(name: string): void;
  save(name: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  remove(name: string): Promise<void>;
  /** Takes an arrangement as a file had it: kept under the name, then shown. */
  take(name: string, arrangement: unknown): Promise<void>;
}

export function savedLayouts(options: {
  readonly client: ContractClient;
  readonly store: StoreApi<WorkspaceState>;
  read(): Arrangement | undefined;
  apply(arrangement: Arrangement, name: string): void;
  /** Remembers how the desk stands. */
  keep(): void;
}): SavedLayouts {
  const { client, store, read, apply, keep } = options;
  const applySaved = (name: string) => {
    const saved = store.getState().document?.saved.find((one) => one.name === name);
    if (saved) apply(saved.arrangement, name);
  };
  return {
    applySaved,
    async save(name) {
      const arrangement = read();
      if (arrangement === undefined) return;
      const document = await client.request('layouts.save', { name, arrangement });
      store.setState({ document, current: name.trim() });
      keep();
    },
    async rename(from, to) {
      const document = await client.request('layouts.rename', { from, to });
      const { current } = store.getState();
      store.setState({ document, current: current === from ? to.trim() : current });
    },
    async remove(name) {
      store.setState({ document: await client.request('layouts.remove', { name }) });
    },
    async take(name, arrangement) {
      // The engine checks its shape; whether the dock can show it shows when it does.
      const document = await client.request('layouts.save', {
        name,
        arrangement: arrangement as Arrangement,
      });
      store.setState({ document });
      applySaved(name.trim());
    },
  };
}
