import { createStore, type StoreApi } from 'zustand/vanilla';

export const VIEWS = ['desk', 'connections', 'premium', 'venues', 'accounts', 'settings'] as const;
export type View = (typeof VIEWS)[number];

export interface ViewState {
  readonly shown: View;
  /** What the connections or the venues view is about: a venue's id, a connection's, or `<connection> <stream key>`. */
  readonly subject: string | undefined;
}

export interface ViewKeeper {
  readonly store: StoreApi<ViewState>;
  /** Shows a view; with a subject, that one is selected in it. */
  show(view: View, subject?: string): void;
  select(subject: string): void;
}

export function createView(): ViewKeeper {
  const store = createStore<ViewState>()(() => ({ shown: 'desk', subject: undefined }));
  return {
    store,
    show: (shown, subject) => store.setState(subject === undefined ? { shown } : { shown, subject }),
    select: (subject) => store.setState({ subject }),
  };
}
