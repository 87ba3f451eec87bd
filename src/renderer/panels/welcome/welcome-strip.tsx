import '../../styles/welcome.css';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { isUnspoken } from '../../i18n/language.ts';
import { useDesk } from '../../ui/desk-context.ts';
import { Popover } from '../../ui/popover.tsx';
import { connectExchange, startTour } from './guide.ts';
import { LookChoices } from './look-choices.tsx';

/** On a first start: one quiet line above the desk, which works already. It stays away once it was sent away. */
export function WelcomeStrip() {
  const { t } = useTranslation();
  const desk = useDesk();
  const isNew = useStore(desk.settings.store, ({ welcome }) => welcome === 'new');
  const isDemo = useStore(desk.description.store, ({ mode }) => mode === 'demo');
  const language = useStore(desk.settings.store, (state) => state.language);
  if (!isNew) return null;
  return (
    <section className="welcome-strip" data-testid="welcome" aria-label={t('welcome.title')}>
      <p>
        <strong>{t('welcome.hello')}</strong> {isDemo ? t('welcome.demo') : t('welcome.live')}
        {isUnspoken(language, navigator.languages) && <span> {t('welcome.unspoken')}</span>}
      </p>
      <span className="welcome-actions">
        <button
          type="button"
          className="button button-main"
          data-testid="welcome-tour"
          onClick={() => startTour(desk)}
        >
          {t('welcome.tour')}
        </button>
        <button type="button" className="button" data-testid="welcome-connect" onClick={connectExchange}>
          {t('welcome.connect')}
        </button>
        <Popover
          button={t('welcome.look')}
          buttonClass="button"
          label={t('welcome.look')}
          testId="welcome-look"
        >
          {() => <LookChoices />}
        </Popover>
        <button
          type="button"
          className="button"
          aria-label={t('welcome.dismiss')}
          title={t('welcome.dismiss')}
          data-testid="welcome-dismiss"
          onClick={() => desk.settings.change({ welcome: 'done' })}
        >
          ×
        </button>
      </span>
    </section>
  );
}
