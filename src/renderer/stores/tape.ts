import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Undo } from '#shared/base/emitter.ts';
import type { HeartlineError } from '#shared/base/errors.ts';
import type { ContractClient } from '#shared/contract/client.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import { createTapeRing, type TapeRing } from './tape-ring.ts';

const TAPE_CAPACITY = 500;

export interface TapeState {
  readonly instrument: InstrumentId | undefined;
  /** Filled in place; `revision` tells that it moved. */
  readonly ring: TapeRing;
  readonly revision: number;
  readonly dropped: number;
  readonly error: HeartlineError | undefined;
}

export interface Tape {
  readonly store: StoreApi<TapeState>;
  follow(instrument: InstrumentId): void;
  readonly dispose: Undo;
}

export function createTape(client: ContractClient): Tape {
  const store = createStore<TapeState>()(() => ({
    instrument: undefined,
    ring: createTapeRing(TAPE_CAPACITY),
    revision: 0,
    dropped: 0,
    error: undefined,
  }));
  let undo: Undo = () => undefined;
  return {
    store,
    follow(instrument) {
      if (store.getState().instrument === instrument) return;
      undo();
      const ring = createTapeRing(TAPE_CAPACITY);
      store.setState({ instrument, ring, revision: 0, dropped: 0, error: undefined });
      undo = client.watch(
        'trades',
        { instrument },
        (trades) => {
          ring.push(trades);
          store.setState(({ revision }) => ({ revision: revision + 1, dropped: ring.dropped }));
        },
        (error) => store.setState({ error }),
      );
    },
    dispose: () => undo(),
  };
}
