import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountView, KeyAnswer } from '#shared/contract/account-views.ts';
import { useDesk } from '../../../ui/desk-context.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { useAsk } from '../../../ui/use-ask.ts';
import { KeyEntry } from '../wizard/key-entry.tsx';
import { VenueHints } from '../wizard/venue-hints.tsx';
import { VerdictWords } from '../wizard/verdict-words.tsx';

interface RotateDialogProps {
  readonly account: AccountView;
  readonly onClose: () => void;
}

/** A new key in the old one's place; a refused one changes nothing. */
export function RotateDialog({ account, onClose }: RotateDialogProps) {
  const { t } = useTranslation();
  const { app, client } = useDesk();
  const { busy, ask } = useAsk();
  const [answer, setAnswer] = useState<KeyAnswer>();
  const venue = app.venues.find(({ id }) => id === account.venue)?.name ?? account.venue;
  return (
    <Dialog
      title={t('accounts.rotate-title', { label: account.label })}
      testId="rotate-dialog"
      onClose={onClose}
    >
      <p>{t('accounts.rotate-explained')}</p>
      <VenueHints venue={account.venue} name={venue} />
      <KeyEntry
        busy={busy}
        submit={t('accounts.rotate-send')}
        onEntered={(key) =>
          ask(async () => {
            setAnswer(undefined);
            setAnswer(await client.request('accounts.rotate', { account: account.id, ...key }));
          })
        }
      />
      {answer && (
        <>
          <VerdictWords verdict={answer.verdict} venue={venue} />
          <p role="status">
            {t(answer.verdict.kind === 'refused' ? 'accounts.rotate-kept' : 'accounts.rotate-done')}
          </p>
        </>
      )}
    </Dialog>
  );
}
