import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Undo } from '#shared/base/emitter.ts';
import type { HeartlineError } from '#shared/base/errors.ts';
import type { ContractClient } from '#shared/contract/client.ts';
import type { BookView } from '#shared/contract/columns.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';

export interface BookState {
  readonly instrument: InstrumentId | undefined;
  /** `undefined` until the first book of this instrument. */
  readonly view: BookView | undefined;
  readonly error: HeartlineError | undefined;
}

export interface Book {
  readonly store: StoreApi<BookState>;
  follow(instrument: InstrumentId): void;
  readonly dispose: Undo;
}

/** Levels per side asked for: the tallest panel shows 20. */
const DEPTH = 20;

export function createBook(client: ContractClient): Book {
  const store = createStore<BookState>()(() => ({
    instrument: undefined,
    view: undefined,
    error: undefined,
  }));
  let undo: Undo = () => undefined;
  return {
    store,
    follow(instrument) {
      if (store.getState().instrument === instrument) return;
      undo();
      store.setState({ instrument, view: undefined, error: undefined });
      undo = client.watch(
        'book',
        { instrument, depth: DEPTH },
        (view) => store.setState({ view }),
        (error) => store.setState({ error, view: undefined }),
      );
    },
    dispose: () => undo(),
  };
}
