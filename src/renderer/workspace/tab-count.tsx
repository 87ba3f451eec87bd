import { useStore } from 'zustand';
import { isSettled } from '#shared/domain/own-order.ts';
import { useOpenOrderCount, usePositionCount } from '../panels/holdings-counts.ts';
import { useDesk } from '../ui/desk-context.ts';
import type { PanelKind } from './panel-list.ts';

/** How many there are of what the panel holds, where that is always known. */
export function TabCount({ kind }: { readonly kind: PanelKind }) {
  switch (kind) {
    case 'positions':
      return <Positions />;
    case 'orders':
      return <Orders />;
    case 'mine':
      return <Mine />;
    case 'log':
      return <Log />;
    default:
      return null;
  }
}

function Count({ count }: { readonly count: number | undefined }) {
  return count === undefined || count === 0 ? null : <span className="dock-count">{count}</span>;
}

function Positions() {
  return <Count count={usePositionCount()} />;
}

function Orders() {
  return <Count count={useOpenOrderCount()} />;
}

function Mine() {
  const { trading } = useDesk();
  const count = useStore(
    trading.own.store,
    ({ view }) => view && [...view.values()].filter(({ state }) => !isSettled(state)).length,
  );
  return <Count count={count} />;
}

function Log() {
  const { log } = useDesk();
  return <Count count={useStore(log, ({ entries }) => entries.length)} />;
}
