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
  /** Asks for as many levels as there are to be had, for whoever groups them, until undone. */
  deepen(): Undo;
  /** Levels per side asked for now. */
  readonly depth: number;
  readonly dispose: Undo;
}

/** Levels per side asked for: the tallest panel shows 20. */
const DEPTH = 20;
/** The most the engine gives a window. */
const MOST_DEPTH = 100;

export function createBook(client: ContractClient): Book {
  const store = createStore<BookState>()(() => ({
    instrument: undefined,
    view: undefined,
    error: undefined,
  }));
  let undo: Undo = () => undefined;
  let deepened = 0;
  const depth = () => (deepened > 0 ? MOST_DEPTH : DEPTH);
  const open = (instrument: InstrumentId) => {
    // The new watch opens before the old one ends, so that the engine never lets go of the stream.
    const previous = undo;
    undo = client.watch(
      'book',
      { instrument, depth: depth() },
      (view) => store.setState({ view }),
      (error) => store.setState({ error, view: undefined }),
    );
    previous();
  };
  const change = (by: number) => {
    const before = depth();
    deepened += by;
    const { instrument } = store.getState();
    if (instrument !== undefined && depth() !== before) open(instrument);
  };
  return {
    store,
    follow(instrument) {
      if (store.getState().instrument === instrument) return;
      undo();
      undo = () => undefined;
      store.setState({ instrument, view: undefined, error: undefined });
      open(instrument);
    },
    deepen() {
      change(1);
      let isUndone = false;
      return () => {
        if (isUndone) return;
        isUndone = true;
        change(-1);
      };
    },
    get depth() {
      return depth();
    },
    dispose: () => undo(),
  };
}
