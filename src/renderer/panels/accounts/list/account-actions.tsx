import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountView } from '#shared/contract/account-views.ts';
import { useDesk } from '../../../ui/desk-context.ts';
import { useAsk } from '../../../ui/use-ask.ts';
import { RemoveDialog } from './remove-dialog.tsx';
import { RenameDialog } from './rename-dialog.tsx';
import { RotateDialog } from './rotate-dialog.tsx';

type Opened = 'rename' | 'rotate' | 'remove';

/** What can be done with an account. What comes of it stands in its line: state, rights and when it was reconciled. */
export function AccountActions({ account }: { readonly account: AccountView }) {
  const { t } = useTranslation();
  const { client } = useDesk();
  const { busy, ask } = useAsk();
  const [opened, setOpened] = useState<Opened>();
  const close = () => setOpened(undefined);
  const { id, label } = account;
  const isConnected = account.state.kind === 'live' || account.state.kind === 'degraded';
  return (
    <div className="account-actions" role="group" aria-label={t('accounts.actions', { label })}>
      <button
        type="button"
        className="button"
        disabled={busy || !isConnected}
        title={t('accounts.reconcile-explained')}
        data-action="reconcile"
        onClick={() => ask(() => client.request('accounts.reconcile', { account: id }))}
      >
        {t('accounts.reconcile')}
      </button>
      <button
        type="button"
        className="button"
        disabled={busy || account.state.kind === 'locked'}
        title={t('accounts.recheck-explained')}
        data-action="recheck"
        onClick={() => ask(() => client.request('accounts.recheck', { account: id }))}
      >
        {t('accounts.recheck')}
      </button>
      {(['rename', 'rotate', 'remove'] as const).map((action) => (
        <button
          key={action}
          type="button"
          className="button"
          data-action={action}
          onClick={() => setOpened(action)}
        >
          {t(`accounts.${action}`)}
        </button>
      ))}
      {opened === 'rename' && <RenameDialog account={account} onClose={close} />}
      {opened === 'rotate' && <RotateDialog account={account} onClose={close} />}
      {opened === 'remove' && <RemoveDialog account={account} onClose={close} />}
    </div>
  );
}
