import { createStore, type StoreApi } from 'zustand/vanilla';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import type { Interval } from '#shared/domain/interval.ts';
import type { SettingsKeeper } from './settings.ts';

export interface FocusState {
  readonly instrument: InstrumentId;
  readonly interval: Interval;
}

/** What a part of the desk is about. */
export interface Focus {
  readonly store: StoreApi<FocusState>;
  /** For everything that is linked with it. */
  choose(instrument: InstrumentId): void;
  /** For this part alone. */
  chooseInterval(interval: Interval): void;
}

/** The instrument orders are written for, and the interval charts begin with: both are settings. */
export function createMainFocus({ store: settings, change }: SettingsKeeper): Focus {
  const read = () => {
    const { selected, interval } = settings.getState();
    return { instrument: selected, interval };
  };
  const store = createStore<FocusState>()(read);
  // Lives as long as the settings do.
  settings.subscribe(({ selected, interval }) => {
    const held = store.getState();
    if (held.instrument !== selected || held.interval !== interval) store.setState(read());
  });
  return {
    store,
    choose: (instrument) => change({ selected: instrument }),
    chooseInterval: (interval) => change({ interval }),
  };
}
