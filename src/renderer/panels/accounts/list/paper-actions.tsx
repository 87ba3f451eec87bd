import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountView } from '#shared/contract/account-views.ts';
import { PaperDialog } from './paper-dialog.tsx';

/** What can be done with an account that is nowhere but here. */
export function PaperActions({ account }: { readonly account: AccountView }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState<'reset' | 'remove'>();
  const { label } = account;
  return (
    <div className="account-actions" role="group" aria-label={t('accounts.actions', { label })}>
      <button type="button" className="button" data-action="reset" onClick={() => setOpened('reset')}>
        {t('paper.reset')}
      </button>
      <button type="button" className="button" data-action="remove" onClick={() => setOpened('remove')}>
        {t('accounts.remove')}
      </button>
      {opened && <PaperDialog account={account} what={opened} onClose={() => setOpened(undefined)} />}
    </div>
  );
}
