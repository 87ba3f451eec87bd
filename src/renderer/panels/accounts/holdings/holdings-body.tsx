import type { HoldingsTab } from '../../../stores/holdings-choice.ts';
import '../../../styles/holdings.css';
import { HistoryTable } from './history-table.tsx';
import { BalancesTable, FillsTable, OrdersTable, PositionsTable } from './tables.tsx';

/** The table of a tab, in the accounts view and below the desk's chart. */
export function HoldingsBody({ tab }: { readonly tab: HoldingsTab }) {
  switch (tab) {
    case 'positions':
      return <PositionsTable />;
    case 'orders':
      return <OrdersTable />;
    case 'balances':
      return <BalancesTable />;
    case 'fills':
      return <FillsTable />;
    case 'closed':
      return <HistoryTable />;
  }
}
