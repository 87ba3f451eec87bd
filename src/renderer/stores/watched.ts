import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Undo } from '#shared/base/emitter.ts';
import type { HeartlineError } from '#shared/base/errors.ts';
import type { WatchInput, WatchName, WatchUpdates } from '#shared/contract/api.ts';
import type { ContractClient } from '#shared/contract/client.ts';

/** What a watch told last. Neither view nor error: nothing has been heard yet. */
export interface Watched<View> {
  readonly view: View | undefined;
  /** Why the engine ended or refused the watch; then `view` is forgotten, so that nothing old stands as if it were told. */
  readonly error: HeartlineError | undefined;
}

export interface Watching<View> {
  readonly store: StoreApi<Watched<View>>;
  /** Opens the watch again after a refusal. */
  retry(): void;
  readonly dispose: Undo;
}

/**
 * A watch with its state. `join` makes the new view of what is held and what came; without it the update is the view.
 * A refused watch is opened again when the engine comes back.
 */
export function openWatch<Name extends WatchName, View = WatchUpdates[Name]>(
  client: ContractClient,
  name: Name,
  input: WatchInput<Name>,
  join: (held: View | undefined, update: WatchUpdates[Name]) => View = (_, update) => update as View,
): Watching<View> {
  const store = createStore<Watched<View>>()(() => ({ view: undefined, error: undefined }));
  let undo: Undo = () => undefined;
  const open = () => {
    undo();
    undo = client.watch(
      name,
      input,
      (update) => store.setState({ view: join(store.getState().view, update), error: undefined }),
      (error) => store.setState({ view: undefined, error }),
    );
  };
  const retry = () => {
    if (store.getState().error === undefined) return;
    store.setState({ error: undefined });
    open();
  };
  const undoStatus = client.onStatus((status) => {
    if (status === 'open') retry();
  });
  open();
  return {
    store,
    retry,
    dispose() {
      undoStatus();
      undo();
    },
  };
}
