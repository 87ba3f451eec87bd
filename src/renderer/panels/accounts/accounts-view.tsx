import '../../styles/accounts.css';
import { HoldingsPanel } from './holdings/holdings-panel.tsx';
import { AccountsPanel } from './list/accounts-panel.tsx';

/** Keys and accounts: where keys lie, what each may do and how it fares, and everything held and open. */
export function AccountsView() {
  return (
    <>
      <AccountsPanel />
      <HoldingsPanel />
    </>
  );
}
