import { createStore, type StoreApi } from 'zustand/vanilla';

export interface FlightChoice {
  readonly store: StoreApi<{ readonly clientOrderId: string | undefined }>;
  /** Shows the flight recorder of this order. */
  openFlight(clientOrderId: string): void;
  close(): void;
}

/** Which order's flight recorder is looked at; `undefined`: none. */
export function createFlightChoice(): FlightChoice {
  const store = createStore<{ readonly clientOrderId: string | undefined }>()(() => ({
    clientOrderId: undefined,
  }));
  return {
    store,
    openFlight: (clientOrderId) => store.setState({ clientOrderId }),
    close: () => store.setState({ clientOrderId: undefined }),
  };
}
