import { useStore } from 'zustand';
import { isTerminal } from '#shared/domain/order.ts';
import { useDesk } from '../ui/desk-context.ts';

/** `undefined` while it is not known. */
export function usePositionCount(): number | undefined {
  const { holdings } = useDesk();
  return useStore(holdings.positions.store, ({ view }) => view?.size);
}

/** Orders that have not ended; `undefined` while they are not known. */
export function useOpenOrderCount(): number | undefined {
  const { holdings } = useDesk();
  return useStore(
    holdings.orders.store,
    ({ view }) => view && [...view.values()].filter(({ status }) => !isTerminal(status)).length,
  );
}
