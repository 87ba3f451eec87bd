import { useTranslation } from 'react-i18next';
import type { AccountsView } from '#shared/contract/account-views.ts';
import { DemoKeys } from '../wizard/demo-keys.tsx';

interface NoAccountsProps {
  readonly offered: AccountsView['offered'];
  readonly canAdd: boolean;
  readonly onAdd: () => void;
}

/** What an account is for, what happens to a key, and the two ways to begin. */
export function NoAccounts({ offered, canAdd, onAdd }: NoAccountsProps) {
  const { t } = useTranslation();
  return (
    <div className="no-accounts" data-testid="no-accounts">
      <p>
        <strong>{t('accounts.none')}</strong>
      </p>
      <ul>
        <li>{t('accounts.none-once')}</li>
        <li>{t('accounts.none-rights')}</li>
        <li>{t('accounts.none-live')}</li>
      </ul>
      <p className="no-accounts-actions">
        <button type="button" className="button button-main" disabled={!canAdd} onClick={onAdd}>
          {t('accounts.add')}
        </button>
      </p>
      {canAdd && <DemoKeys offered={offered} />}
    </div>
  );
}
