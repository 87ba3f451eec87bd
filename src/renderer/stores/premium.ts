import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Undo } from '#shared/base/emitter.ts';
import type { ContractClient } from '#shared/contract/client.ts';
import type { PremiumView } from '#shared/domain/premium.ts';
import { openWatch, type Watched, type Watching } from './watched.ts';

export interface Premium {
  readonly store: StoreApi<Watched<PremiumView>>;
  /** Watches these from now on. What was told last stays until the first answer: it says of which notional it is. */
  follow(coins: readonly string[], notionalKrw: number): void;
  retry(): void;
  readonly dispose: Undo;
}

export function createPremium(client: ContractClient): Premium {
  const store = createStore<Watched<PremiumView>>()(() => ({ view: undefined, error: undefined }));
  let watching: Watching<PremiumView> | undefined;
  let undo: Undo = () => undefined;
  let followed = '';

  const end = () => {
    undo();
    watching?.dispose();
  };
  return {
    store,
    follow(coins, notionalKrw) {
      const asked = JSON.stringify([coins, notionalKrw]);
      if (asked === followed) return;
      followed = asked;
      // The new watch opens before the old one ends, so that the engine never unsubscribes what both want.
      const next = openWatch(client, 'premium', { coins: [...coins], notionalKrw });
      end();
      watching = next;
      undo = next.store.subscribe((told) => {
        if (told.view !== undefined || told.error !== undefined) store.setState(told);
      });
    },
    retry: () => watching?.retry(),
    dispose: end,
  };
}
