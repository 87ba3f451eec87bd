import { useTranslation } from 'react-i18next';
import type { AccountView } from '#shared/contract/account-views.ts';
import { useDesk } from '../../../ui/desk-context.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { useAsk } from '../../../ui/use-ask.ts';

interface RemoveDialogProps {
  readonly account: AccountView;
  readonly onClose: () => void;
}

/** Says what goes and what stays: orders at the venue do not end with a key. */
export function RemoveDialog({ account, onClose }: RemoveDialogProps) {
  const { t } = useTranslation();
  const { client } = useDesk();
  const { busy, ask } = useAsk();
  const remove = () =>
    ask(async () => {
      await client.request('accounts.remove', { account: account.id });
      onClose();
    });
  return (
    <Dialog
      title={t('accounts.remove-title', { label: account.label })}
      testId="remove-dialog"
      onClose={onClose}
    >
      <p>{t('accounts.remove-explained')}</p>
      <p className="text-warn">{t('accounts.remove-venue')}</p>
      <div className="dialog-actions">
        <button type="button" className="button" onClick={onClose}>
          {t('accounts.keep')}
        </button>
        <button
          type="button"
          className="button button-bad"
          disabled={busy}
          data-testid="remove-sure"
          onClick={remove}
        >
          {t('accounts.remove-sure')}
        </button>
      </div>
    </Dialog>
  );
}
