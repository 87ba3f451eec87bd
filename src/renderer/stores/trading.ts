import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Undo } from '#shared/base/emitter.ts';
import type { ContractClient } from '#shared/contract/client.ts';
import type { TradingView } from '#shared/contract/order-views.ts';
import { joinOwnOrders, type OwnOrders } from './own-orders.ts';
import { openWatch, type Watching } from './watched.ts';

/** What of trading is shown over the desk. */
export interface TradingShown {
  readonly isBoardOpen: boolean;
  /** Orders that were in the dark at any time since the board was opened: what became of them stands there until it is closed. */
  readonly boardOrders: ReadonlySet<string>;
  /** Sweeps whose outcome was read and put away. */
  readonly dismissed: ReadonlySet<string>;
}

/** Arming, the halt, orders of unknown fate, sweeps; and the orders placed from here. */
export interface Trading {
  readonly watching: Watching<TradingView>;
  readonly own: Watching<OwnOrders>;
  readonly shown: StoreApi<TradingShown>;
  openBoard(): void;
  closeBoard(): void;
  dismissSweep(id: string): void;
  readonly dispose: Undo;
}

/** Open as long as the window is: what is unknown or halted is said whatever view is shown. */
export function createTrading(client: ContractClient): Trading {
  const shown = createStore<TradingShown>()(() => ({
    isBoardOpen: false,
    boardOrders: new Set(),
    dismissed: new Set(),
  }));
  let known: ReadonlySet<string> = new Set();
  const watching = openWatch(client, 'trading', {}, (_, view) => {
    const unknown = view.unknown.map(({ request }) => request.clientOrderId);
    // Once for each order: closed by the person, the board stays closed until another order is in the dark.
    const isNew = unknown.some((id) => !known.has(id));
    shown.setState((state) => {
      const isBoardOpen = state.isBoardOpen || isNew;
      const isShown = unknown.every((id) => state.boardOrders.has(id));
      if (!isBoardOpen || (isShown && state.isBoardOpen)) return state;
      return { isBoardOpen, boardOrders: new Set([...state.boardOrders, ...unknown]) };
    });
    known = new Set([...known, ...unknown]);
    return view;
  });
  const own = openWatch<'ownOrders', OwnOrders>(client, 'ownOrders', {}, joinOwnOrders);
  return {
    watching,
    own,
    shown,
    openBoard: () => {
      const unknown = watching.store.getState().view?.unknown ?? [];
      const ids = unknown.map(({ request }) => request.clientOrderId);
      shown.setState(({ boardOrders }) => ({
        isBoardOpen: true,
        boardOrders: new Set([...boardOrders, ...ids]),
      }));
    },
    closeBoard: () => shown.setState({ isBoardOpen: false, boardOrders: new Set() }),
    dismissSweep: (id) => shown.setState(({ dismissed }) => ({ dismissed: new Set([...dismissed, id]) })),
    dispose() {
      watching.dispose();
      own.dispose();
    },
  };
}
