import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { currentLanguage } from '../i18n/i18n.ts';
import { useDesk } from '../ui/desk-context.ts';
import { formatSeconds } from '../ui/format-time.ts';

/** Over the whole desk: the engine is silent, so nothing on this screen is live. */
export function EngineBanner() {
  const { t } = useTranslation();
  const { client, pulse } = useDesk();
  const answering = useStore(pulse, (state) => state.answering);
  const seconds = useStore(pulse, ({ quietMs }) => Math.floor(quietMs / 1_000));
  const [status, setStatus] = useState(client.status);
  useEffect(() => client.onStatus(setStatus), [client]);
  if (answering) return null;
  const age = formatSeconds(Math.max(1, seconds), currentLanguage());
  const refused = status === 'refused';
  const next = refused ? t('banner.refused') : status === 'open' ? t('banner.quiet') : t('banner.retrying');
  return (
    <div className="banner" data-testid="engine-banner">
      {/* Announced once; the seconds beside it are for the eye. */}
      <p className="sr-only" role="alert">
        {refused ? t('banner.refused') : t('banner.announced')}
      </p>
      <p aria-hidden="true">
        <strong>{t('banner.silent', { age })}</strong> {next}
      </p>
    </div>
  );
}
