import { useTranslation } from 'react-i18next';
import { useDesk } from '../../ui/desk-context.ts';
import { InstrumentSearch } from './instrument-search.tsx';
import { SettingsMenu } from './settings-menu.tsx';

export function TopBar() {
  const { t } = useTranslation();
  const { app } = useDesk();
  return (
    <header className="top-bar" style={{ gridArea: 'top' }} data-testid="top-bar">
      <h1 className="font-semibold">{t('app.name')}</h1>
      {app.mode === 'demo' && (
        <span className="badge badge-warn" data-testid="demo-badge" title={t('demo.explained')}>
          {t('demo.badge')}
        </span>
      )}
      <InstrumentSearch />
      <span className="ml-auto" />
      <SettingsMenu />
    </header>
  );
}
