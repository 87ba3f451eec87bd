import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useDesk } from '../../ui/desk-context.ts';
import { VIEW_TOOLS } from '../../ui/view-tools.ts';
import { InstrumentSearch } from './instrument-search.tsx';
import { SettingsMenu } from './settings-menu.tsx';
import { ViewSwitch } from './view-switch.tsx';

export function TopBar() {
  const { t } = useTranslation();
  const { app, view } = useDesk();
  const shown = useStore(view.store, (state) => state.shown);
  return (
    <header className="top-bar" style={{ gridArea: 'top' }} data-testid="top-bar">
      <h1 className="font-semibold">{t('app.name')}</h1>
      {app.mode === 'demo' && (
        <span className="badge badge-warn" data-testid="demo-badge" title={t('demo.explained')}>
          {t('demo.badge')}
        </span>
      )}
      <ViewSwitch />
      {shown === 'desk' && <InstrumentSearch />}
      {/* The view shown puts its own buttons here. */}
      <span id={VIEW_TOOLS} className="view-tools" />
      <SettingsMenu />
    </header>
  );
}
