import { createStore, type StoreApi } from 'zustand/vanilla';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import type { LinkColour } from '#shared/domain/link-colour.ts';
import type { Focus } from '../stores/focus.ts';

export type LinkState = Readonly<Record<LinkColour, InstrumentId>>;

/** Panels of one colour show one instrument. */
export interface Links {
  readonly store: StoreApi<LinkState>;
  choose(colour: LinkColour, instrument: InstrumentId): void;
  /** As a layout has them; colours it does not name stay. The main one is the settings' affair. */
  restore(kept: Partial<LinkState>): void;
}

export function createLinks(main: Focus): Links {
  const { instrument } = main.store.getState();
  const store = createStore<LinkState>()(() => ({
    main: instrument,
    amber: instrument,
    violet: instrument,
    teal: instrument,
    rose: instrument,
  }));
  // Lives as long as the desk does.
  main.store.subscribe((state) => {
    if (state.instrument !== store.getState().main) store.setState({ main: state.instrument });
  });
  return {
    store,
    choose(colour, chosen) {
      if (colour === 'main') main.choose(chosen);
      else store.setState({ [colour]: chosen });
    },
    restore: ({ main: _, ...kept }) => store.setState(kept),
  };
}
