import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { haltedFrom } from '../../../i18n/order-words.ts';
import { useDesk } from '../../../ui/desk-context.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { formatFull, formatMoment } from '../../../ui/format-time.ts';
import { PhraseForm } from '../phrase-form.tsx';

/** As the engine wants it typed. */
const RESUME = 'RESUME';

/** Across the desk while nothing can be ordered: halted, or the journal cannot be written. */
export function TradingBanners() {
  const { t } = useTranslation();
  const { trading } = useDesk();
  const halted = useStore(trading.watching.store, ({ view }) => view?.halted);
  const journalFault = useStore(trading.watching.store, ({ view }) => view?.journalFault);
  const [isResuming, setResuming] = useState(false);
  return (
    <>
      {halted !== undefined && (
        <div className="banner banner-halted" role="alert" data-testid="halted-banner">
          <strong title={formatMoment(halted.since)}>
            {t('halted.banner', { time: formatFull(halted.since), from: haltedFrom(halted.from) })}
          </strong>
          <button
            type="button"
            className="button"
            data-testid="resume-open"
            onClick={() => setResuming(true)}
          >
            {t('halted.resume')}
          </button>
        </div>
      )}
      {journalFault !== undefined && (
        <div className="banner" role="alert" title={journalFault} data-testid="journal-banner">
          {t('journal.banner')}
        </div>
      )}
      {isResuming && halted !== undefined && <ResumeDialog onClose={() => setResuming(false)} />}
    </>
  );
}

function ResumeDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { client } = useDesk();
  return (
    <Dialog title={t('halted.title')} testId="resume-dialog" onClose={onClose}>
      <p>{t('halted.explained')}</p>
      <PhraseForm
        label={t('halted.type', { phrase: RESUME })}
        doLabel={t('halted.do')}
        leaveLabel={t('halted.stay')}
        testId="resume"
        send={(phrase) => client.request('trading.resume', { phrase })}
        onClose={onClose}
      />
    </Dialog>
  );
}
