import { useTranslation } from 'react-i18next';
import type { HoldingsTab } from '../stores/holdings-choice.ts';
import { useOpenOrderCount, usePositionCount } from './holdings-counts.ts';

/** Names of the tabs, with how many there are of what is always known. */
export function useHoldingsTabs(tabs: readonly HoldingsTab[]) {
  const { t } = useTranslation();
  const positions = usePositionCount();
  const orders = useOpenOrderCount();
  const counts: Partial<Record<HoldingsTab, number | undefined>> = { positions, orders };
  return tabs.map((id) => {
    const count = counts[id];
    return { id, label: count === undefined ? t(`holdings.${id}`) : `${t(`holdings.${id}`)} ${count}` };
  });
}
