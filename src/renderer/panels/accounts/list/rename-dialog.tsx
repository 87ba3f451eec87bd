import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountView } from '#shared/contract/account-views.ts';
import { useDesk } from '../../../ui/desk-context.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { useAsk } from '../../../ui/use-ask.ts';

interface RenameDialogProps {
  readonly account: AccountView;
  readonly onClose: () => void;
}

export function RenameDialog({ account, onClose }: RenameDialogProps) {
  const { t } = useTranslation();
  const { client } = useDesk();
  const { busy, ask } = useAsk();
  const [label, setLabel] = useState(account.label);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    ask(async () => {
      await client.request('accounts.rename', { account: account.id, label: label.trim() });
      onClose();
    });
  };
  return (
    <Dialog
      title={t('accounts.rename-title', { label: account.label })}
      testId="rename-dialog"
      onClose={onClose}
    >
      <form className="form" onSubmit={submit}>
        <label className="form-row">
          <span>{t('wizard.label')}</span>
          <input
            type="text"
            className="field"
            maxLength={40}
            required
            autoComplete="off"
            value={label}
            onChange={({ target }) => setLabel(target.value)}
          />
        </label>
        <div className="dialog-actions">
          <button type="submit" className="button button-main" disabled={busy || label.trim() === ''}>
            {t('accounts.rename-save')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
