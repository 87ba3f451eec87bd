import i18next from 'i18next';
import { useTranslation } from 'react-i18next';

/** Which rights to tick when the key is made at the venue, and which never. */
export function VenueHints({ venue, name }: { readonly venue: string; readonly name: string }) {
  const { t } = useTranslation();
  const own = `hint.${venue}`;
  return (
    <div className="hints" data-testid="hints">
      <p>
        <strong>{t('hint.title', { venue: name })}</strong>
      </p>
      <ul>
        {i18next.exists(own) && <li>{String(t(own as 'hint.binance'))}</li>}
        <li>{t('hint.never')}</li>
        <li>{t('hint.address')}</li>
      </ul>
    </div>
  );
}
