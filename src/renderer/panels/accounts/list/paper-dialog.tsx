import { useTranslation } from 'react-i18next';
import type { AccountView } from '#shared/contract/account-views.ts';
import { useDesk } from '../../../ui/desk-context.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { useAsk } from '../../../ui/use-ask.ts';

interface PaperDialogProps {
  readonly account: AccountView;
  readonly what: 'reset' | 'remove';
  readonly onClose: () => void;
}

/** Says what goes before it goes: there is no way back. */
export function PaperDialog({ account, what, onClose }: PaperDialogProps) {
  const { t } = useTranslation();
  const { client } = useDesk();
  const { busy, ask } = useAsk();
  const isReset = what === 'reset';
  const { id, label } = account;
  const act = () =>
    ask(async () => {
      await client.request(isReset ? 'paper.reset' : 'paper.remove', { account: id });
      onClose();
    });
  return (
    <Dialog
      title={isReset ? t('paper.reset-title', { label }) : t('paper.remove-title', { label })}
      testId="paper-dialog"
      onClose={onClose}
    >
      <p>{isReset ? t('paper.reset-explained') : t('paper.remove-explained')}</p>
      <div className="dialog-actions">
        <button type="button" className="button" onClick={onClose}>
          {t('accounts.keep')}
        </button>
        <button
          type="button"
          className="button button-bad"
          disabled={busy}
          data-testid="paper-sure"
          onClick={act}
        >
          {isReset ? t('paper.reset-sure') : t('paper.remove-sure')}
        </button>
      </div>
    </Dialog>
  );
}
