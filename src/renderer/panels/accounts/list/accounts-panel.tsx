import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { AccountsView } from '#shared/contract/account-views.ts';
import { useDesk } from '../../../ui/desk-context.ts';
import { Panel } from '../../../ui/panel.tsx';
import { Pending } from '../../../ui/pending.tsx';
import { KeyStoreStrip } from '../keys/key-store-strip.tsx';
import { AddWizard } from '../wizard/add-wizard.tsx';
import { AccountLine } from './account-line.tsx';
import { NoAccounts } from './no-accounts.tsx';

/** Where keys lie, and the accounts they open. */
export function AccountsPanel() {
  const { t } = useTranslation();
  const { holdings } = useDesk();
  const { view, error } = useStore(holdings.accounts.store);
  const [isAdding, setAdding] = useState(false);
  const canAdd = view?.keys.state === 'open' && view.keys.backend !== undefined && view.offered.length > 0;
  return (
    <Panel
      name="accounts"
      title={t('accounts.title')}
      head={
        <>
          {view && <span className="text-dim">{view.accounts.length}</span>}
          <button
            type="button"
            className="button button-main ml-auto"
            data-testid="account-add"
            disabled={!canAdd}
            title={view && !canAdd ? t('accounts.add-closed') : undefined}
            onClick={() => setAdding(true)}
          >
            {t('accounts.add')}
          </button>
        </>
      }
    >
      {view === undefined ? (
        <Pending error={error} waiting={t('accounts.waiting')} onRetry={holdings.accounts.retry} />
      ) : (
        <Shown view={view} canAdd={canAdd} onAdd={() => setAdding(true)} />
      )}
      {isAdding && view && <AddWizard offered={view.offered} onClose={() => setAdding(false)} />}
    </Panel>
  );
}

interface ShownProps {
  readonly view: AccountsView;
  readonly canAdd: boolean;
  readonly onAdd: () => void;
}

function Shown({ view, canAdd, onAdd }: ShownProps) {
  const { t } = useTranslation();
  return (
    // A scrolling part must be reachable without a mouse.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above.
    <div className="accounts-scroll" tabIndex={0} role="region" aria-label={t('accounts.list')}>
      <KeyStoreStrip keys={view.keys} count={view.accounts.length} />
      {view.accounts.length === 0 ? (
        <NoAccounts offered={view.offered} canAdd={canAdd} onAdd={onAdd} />
      ) : (
        <ul className="accounts" data-testid="accounts">
          {view.accounts.map((account) => (
            <AccountLine key={account.id} account={account} />
          ))}
        </ul>
      )}
    </div>
  );
}
