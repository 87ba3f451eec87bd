import { useTranslation } from 'react-i18next';
import type { ArmView } from '#shared/contract/order-views.ts';
import { useDesk } from '../../../ui/desk-context.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { PhraseForm } from '../phrase-form.tsx';

/** Real money can leave after this: says so, and wants the phrase typed. */
export function ArmDialog({ arm, onClose }: { readonly arm: ArmView; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { client } = useDesk();
  return (
    <Dialog title={t('arm.title', { venue: arm.name })} testId="arm-dialog" onClose={onClose}>
      <p>{t('arm.explained', { venue: arm.name })}</p>
      <PhraseForm
        label={t('arm.type', { phrase: arm.phrase })}
        doLabel={t('arm.do')}
        leaveLabel={t('arm.keep')}
        testId="arm"
        send={(phrase) => client.request('trading.arm', { venue: arm.venue, phrase })}
        onClose={onClose}
      />
    </Dialog>
  );
}
