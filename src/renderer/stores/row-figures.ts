import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Clock } from '#shared/base/clock.ts';
import type { Undo } from '#shared/base/emitter.ts';
import type { ContractClient } from '#shared/contract/client.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import { SPARK_POINTS } from '#shared/domain/scanner.ts';

/** Scrolling changes what is on the screen many times a second. */
const SETTLE_MS = 250;

export interface RowFiguresState {
  /** Share; NaN where it is not known. Filled in place, as `sparks`. */
  readonly premiums: ReadonlyMap<InstrumentId, number>;
  /** `SPARK_POINTS` closes each, oldest first, NaN where not known. */
  readonly sparks: ReadonlyMap<InstrumentId, Float64Array>;
  /** Counts what was told. */
  readonly told: number;
}

export interface RowFiguresStore {
  readonly store: StoreApi<RowFiguresState>;
  /** Premiums of all, lines of those on the screen. Both empty: nothing is watched. */
  follow(instruments: readonly InstrumentId[], sparks: readonly InstrumentId[]): void;
  readonly dispose: Undo;
}

/** What a watchlist shows besides tickers. Lines once told stay: a row that is scrolled back has its own at once. */
export function createRowFigures(client: ContractClient, clock: Clock): RowFiguresStore {
  const premiums = new Map<InstrumentId, number>();
  const sparks = new Map<InstrumentId, Float64Array>();
  const store = createStore<RowFiguresState>()(() => ({ premiums, sparks, told: 0 }));
  let undo: Undo = () => undefined;
  let cancel: Undo = () => undefined;
  let followed = '';

  return {
    store,
    follow(instruments, lines) {
      const asked = JSON.stringify([instruments, lines]);
      if (asked === followed) return;
      const isFirst = followed === '';
      followed = asked;
      cancel();
      const open = () => {
        const previous = undo;
        undo =
          instruments.length === 0 && lines.length === 0
            ? () => undefined
            : client.watch(
                'rowFigures',
                { instruments: [...instruments], sparks: lines.slice(0, 200) },
                (update) => {
                  premiums.clear();
                  for (const [at, id] of update.instruments.entries()) {
                    premiums.set(id, update.premium[at] ?? Number.NaN);
                  }
                  for (const [at, id] of update.sparks.entries()) {
                    sparks.set(id, update.points.slice(at * SPARK_POINTS, (at + 1) * SPARK_POINTS));
                  }
                  store.setState(({ told }) => ({ told: told + 1 }));
                },
                // A line that cannot be had is an empty cell: the prices beside it say what is wrong.
                () => {
                  premiums.clear();
                  store.setState(({ told }) => ({ told: told + 1 }));
                },
              );
        previous();
      };
      if (isFirst) open();
      else cancel = clock.after(SETTLE_MS, open);
    },
    dispose() {
      cancel();
      undo();
    },
  };
}
