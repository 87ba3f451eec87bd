import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { isTerminal } from '#shared/domain/order.ts';
import type { HoldingsTab } from '../stores/holdings-choice.ts';
import { useDesk } from '../ui/desk-context.ts';

/** Names of the tabs, with how many there are of what is always known. */
export function useHoldingsTabs(tabs: readonly HoldingsTab[]) {
  const { t } = useTranslation();
  const { holdings } = useDesk();
  const positions = useStore(holdings.positions.store, ({ view }) => view?.size);
  const orders = useStore(
    holdings.orders.store,
    ({ view }) => view && [...view.values()].filter(({ status }) => !isTerminal(status)).length,
  );
  const counts: Partial<Record<HoldingsTab, number | undefined>> = { positions, orders };
  return tabs.map((id) => {
    const count = counts[id];
    return { id, label: count === undefined ? t(`holdings.${id}`) : `${t(`holdings.${id}`)} ${count}` };
  });
}
