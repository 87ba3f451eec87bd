import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Undo } from '#shared/base/emitter.ts';
import type { ContractClient } from '#shared/contract/client.ts';
import type { Drawing } from '#shared/domain/drawing.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';

export interface DrawingsState {
  readonly drawings: readonly Drawing[];
  /** As the engine told them, or still to come. */
  readonly isKnown: boolean;
  /** Why the last change is not kept; what it changed shows as it was. */
  readonly fault: unknown;
}

/** What is drawn on one instrument's charts: every chart of it in every window shows the same. */
export interface Drawings {
  readonly store: StoreApi<DrawingsState>;
  put(...drawings: readonly Drawing[]): void;
  remove(...ids: readonly string[]): void;
}

interface Shared extends Drawings {
  holders: number;
  readonly dispose: Undo;
}

const held = new WeakMap<ContractClient, Map<InstrumentId, Shared>>();

/** Opens the instrument's drawings for one chart; charts of one instrument share them. The undo lets go. */
export function holdDrawings(
  client: ContractClient,
  instrument: InstrumentId,
): { drawings: Drawings; undo: Undo } {
  const own = held.get(client) ?? new Map<InstrumentId, Shared>();
  held.set(client, own);
  const shared = own.get(instrument) ?? openDrawings(client, instrument);
  own.set(instrument, shared);
  shared.holders += 1;
  let isHeld = true;
  return {
    drawings: shared,
    undo() {
      if (!isHeld) return;
      isHeld = false;
      shared.holders -= 1;
      if (shared.holders > 0) return;
      own.delete(instrument);
      shared.dispose();
    },
  };
}

function openDrawings(client: ContractClient, instrument: InstrumentId): Shared {
  const store = createStore<DrawingsState>()(() => ({ drawings: [], isKnown: false, fault: undefined }));
  let told: readonly Drawing[] = [];
  // Shown at once and asked for after: a line under the pointer must not wait for the disk.
  let pending = 0;
  const write = (put: readonly Drawing[], remove: readonly string[]) => {
    pending += 1;
    const next = new Map(store.getState().drawings.map((drawing) => [drawing.id, drawing]));
    for (const id of remove) next.delete(id);
    for (const drawing of put) next.set(drawing.id, drawing);
    store.setState({ drawings: [...next.values()], fault: undefined });
    const input = {
      instrument,
      put: put.map((drawing) => ({ ...drawing, points: drawing.points.map((point) => ({ ...point })) })),
      remove: [...remove],
    };
    client.request('drawings.write', input).then(
      () => {
        pending -= 1;
      },
      (fault: unknown) => {
        pending -= 1;
        store.setState({ fault, drawings: told });
      },
    );
  };
  const dispose = client.watch(
    'drawings',
    { instrument },
    (view) => {
      told = view.drawings;
      // While a change is on its way the engine's older word would make it jump back.
      if (pending <= 1) store.setState({ drawings: told, isKnown: true });
    },
    (fault) => store.setState({ fault }),
  );
  return {
    store,
    holders: 0,
    put: (...drawings) => write(drawings, []),
    remove: (...ids) => write([], ids),
    dispose,
  };
}
