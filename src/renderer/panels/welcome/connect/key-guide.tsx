import i18next from 'i18next';
import { useTranslation } from 'react-i18next';

/** Where a key is made at the venue, what to tick, and what never. */
export function KeyGuide({ venue, name }: { readonly venue: string; readonly name: string }) {
  const { t } = useTranslation();
  const where = `keyguide.${venue}`;
  const own = `hint.${venue}`;
  return (
    <section className="hints" data-testid="key-guide" aria-label={t('hint.title', { venue: name })}>
      <p>
        <strong>{t('hint.title', { venue: name })}</strong>
      </p>
      <ol>
        {i18next.exists(where) && <li>{String(t(where as 'keyguide.binance'))}</li>}
        {i18next.exists(own) && <li>{String(t(own as 'hint.binance'))}</li>}
        <li>
          <strong>{t('hint.never')}</strong>
        </li>
        <li>{t('keyguide.address')}</li>
        <li>{t('keyguide.once')}</li>
      </ol>
    </section>
  );
}
