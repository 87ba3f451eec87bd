import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Clock } from '#shared/base/clock.ts';
import type { Undo } from '#shared/base/emitter.ts';
import type { HeartlineError } from '#shared/base/errors.ts';
import type { ContractClient } from '#shared/contract/client.ts';
import { asError } from './as-error.ts';

/** The last answer to a question that is asked again and again. Neither value nor error: the first is on its way. */
export interface Reading<Value> {
  readonly value: Value | undefined;
  /** Why the latest question was not answered; `value` is then that of an earlier one. */
  readonly error: HeartlineError | undefined;
}

export interface RepeatedReading<Value> {
  readonly store: StoreApi<Reading<Value>>;
  /** Asks now. */
  again(): void;
  /** Asks now, and forgets what is held: it answered another question. */
  anew(): void;
  readonly dispose: Undo;
}

export interface ReadingOptions<Value> {
  readonly client: ContractClient;
  readonly clock: Clock;
  readonly ask: () => Promise<Value>;
  /** From one answer (or refusal) to the next question, ms. */
  readonly everyMs: () => number;
}

/** Asks, waits for the answer, asks again after a while; at once when the engine comes back. Never two at a time. */
export function repeatReading<Value>(options: ReadingOptions<Value>): RepeatedReading<Value> {
  const { client, clock, ask, everyMs } = options;
  const store = createStore<Reading<Value>>()(() => ({ value: undefined, error: undefined }));
  let cancelNext: Undo = () => undefined;
  // Late things die by epoch: only the newest question's answer counts.
  let epoch = 0;
  const again = async () => {
    cancelNext();
    epoch += 1;
    const at = epoch;
    let heard: Partial<Reading<Value>>;
    try {
      heard = { value: await ask(), error: undefined };
    } catch (fault) {
      heard = { error: asError(fault) };
    }
    if (at !== epoch) return;
    store.setState(heard);
    cancelNext = clock.after(everyMs(), () => void again());
  };
  const undoStatus = client.onStatus((status) => {
    if (status === 'open') void again();
  });
  void again();
  return {
    store,
    again: () => void again(),
    anew() {
      store.setState({ value: undefined, error: undefined });
      void again();
    },
    dispose() {
      epoch += 1;
      cancelNext();
      undoStatus();
    },
  };
}
