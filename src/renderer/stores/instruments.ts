import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Clock } from '#shared/base/clock.ts';
import type { Undo } from '#shared/base/emitter.ts';
import { HeartlineError, messageOf } from '#shared/base/errors.ts';
import type { ContractClient } from '#shared/contract/client.ts';
import type { Instrument, InstrumentId } from '#shared/domain/instrument.ts';

const RETRY_MS = 5_000;
const RENEW_MS = 60 * 60_000;

export interface InstrumentsState {
  /** In the engine's order; empty until the first list has come, and kept when a later one fails. */
  readonly known: ReadonlyMap<InstrumentId, Instrument>;
  /** Why the list is not here yet; `undefined` while it is on its way or here. */
  readonly error: HeartlineError | undefined;
}

export interface Instruments {
  readonly store: StoreApi<InstrumentsState>;
  /** `undefined` while the list is not here: then neither its decimals nor its units are known. */
  get(instrument: InstrumentId): Instrument | undefined;
  /** Asks now: the venues are others than before, or one lists something else. */
  renew(): void;
  readonly dispose: Undo;
}

/**
 * What the venues list. Nothing waits for it: it needs an answer from each venue, and a desk whose venue is
 * unreachable must stand and say so. Asked again until it comes, after every reconnect, and each hour.
 */
export function createInstruments(client: ContractClient, clock: Clock): Instruments {
  const store = createStore<InstrumentsState>()(() => ({ known: new Map(), error: undefined }));
  let cancelNext: Undo = () => undefined;
  // Late things die by epoch: only the newest question's answer counts.
  let epoch = 0;

  const load = async () => {
    cancelNext();
    epoch += 1;
    const at = epoch;
    try {
      const list = await client.request('instruments.list', {});
      if (at !== epoch) return;
      store.setState({
        known: new Map(list.map((instrument) => [instrument.id, instrument])),
        error: undefined,
      });
      cancelNext = clock.after(RENEW_MS, () => void load());
    } catch (fault) {
      if (at !== epoch) return;
      const error =
        fault instanceof HeartlineError
          ? fault
          : new HeartlineError('internal', messageOf(fault), { cause: fault });
      store.setState({ error });
      cancelNext = clock.after(RETRY_MS, () => void load());
    }
  };
  const undoStatus = client.onStatus((status) => {
    if (status === 'open') void load();
  });
  void load();

  return {
    store,
    renew: () => void load(),
    get: (instrument) => store.getState().known.get(instrument),
    dispose() {
      epoch += 1;
      cancelNext();
      undoStatus();
    },
  };
}
