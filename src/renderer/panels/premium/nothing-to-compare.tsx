import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useDesk } from '../../ui/desk-context.ts';

/** Instruments are known, and no coin stands on both sides: says which side is missing and what to do. */
export function NothingToCompare() {
  const { t } = useTranslation();
  const { instruments, view } = useDesk();
  const { known } = useStore(instruments.store);
  const quotes = new Set([...known.values()].map(({ quote }) => quote));
  const missing = !quotes.has('KRW') ? 'krw' : !quotes.has('USDT') ? 'usdt' : 'coin';
  return (
    <div className="panel-empty premium-nothing" role="status" data-testid="premium-nothing">
      <p>{t(`premium.no-${missing}`)}</p>
      <p>{t(`premium.no-${missing}-do`)}</p>
      <button type="button" className="button" onClick={() => view.show('venues')}>
        {t('premium.to-venues')}
      </button>
    </div>
  );
}
