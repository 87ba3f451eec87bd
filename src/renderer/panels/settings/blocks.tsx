import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useDesk } from '../../ui/desk-context.ts';
import { Pending } from '../../ui/pending.tsx';
import { useLoaded } from '../../ui/use-loaded.ts';
import { TradingSettingsDoor } from '../trading-settings-door.tsx';

/** Limits on orders have a page of their own: they are kept together or not at all. */
export function TradingBlock() {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  return (
    <div className="settings-block">
      <p className="setting-means">{t('setting.trading-means')}</p>
      <button
        type="button"
        className="button"
        data-testid="settings-open-trading"
        onClick={() => setOpen(true)}
      >
        {t('limits.open')}
      </button>
      {isOpen && <TradingSettingsDoor onClose={() => setOpen(false)} />}
    </div>
  );
}

/** Which venues there are, and where they are paused, added and removed. */
export function VenuesBlock() {
  const { t } = useTranslation();
  const { description, settings, view } = useDesk();
  const venues = useStore(description.store, (app) => app.venues);
  const paused = useStore(settings.store, ({ pausedVenues }) => pausedVenues);
  return (
    <div className="settings-block">
      <p className="setting-means">{t('setting.venues-means')}</p>
      <ul className="settings-venues">
        {venues.map(({ id, name, isAdded }) => (
          <li key={id}>
            {name}
            {isAdded && <span className="text-dim"> {t('settingspage.added')}</span>}
            {paused.includes(id) && <span className="text-warn"> {t('settingspage.paused')}</span>}
          </li>
        ))}
      </ul>
      <button
        type="button"
        className="button"
        data-testid="settings-open-venues"
        onClick={() => view.show('venues')}
      >
        {t('venues.settings')}
      </button>
    </div>
  );
}

export function AboutBlock() {
  const { t } = useTranslation();
  const { description } = useDesk();
  const { version, shell, environment } = useStore(description.store);
  return (
    <div className="settings-block settings-about" data-testid="settings-about">
      <p>
        {t('app.name')} {version} · {t(`shell.${shell}`)} · {environment}
      </p>
      <p>
        {t('about.charts')}{' '}
        <a href="https://www.tradingview.com/" target="_blank" rel="noreferrer">
          {t('about.tradingview')}
        </a>
      </p>
      <p>{t('about.licences')}</p>
    </div>
  );
}

/** Where this desk keeps its files, and which of them there are. */
export function FilesBlock() {
  const { t } = useTranslation();
  const { client } = useDesk();
  const [load] = useState(() => () => client.request('settings.place', {}));
  const { part: place, error, retry } = useLoaded(load);
  if (place === undefined) return <Pending error={error} waiting={t('view.loading')} onRetry={retry} />;
  return (
    <div className="settings-block" data-testid="settings-place">
      <p className="setting-means">{t('setting.files-means')}</p>
      <p>
        <code className="settings-folder" data-testid="settings-folder">
          {place.folder}
        </code>
      </p>
      <dl className="settings-files">
        {place.files.map(({ name, isThere }) => (
          <div key={name}>
            <dt>
              <code>{name}</code>
            </dt>
            <dd className={isThere ? '' : 'text-dim'}>
              {t(`settingsfile.${name.replaceAll('.', '-')}` as 'settingsfile.settings-json')}
              {!isThere && ` ${t('settingsfiles.none-yet')}`}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
