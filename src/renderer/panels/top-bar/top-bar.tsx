import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { utcText } from '#shared/base/utc-text.ts';
import { useDesk } from '../../ui/desk-context.ts';
import { VIEW_TOOLS } from '../../ui/view-tools.ts';
import { TradingBar } from '../trading/bar/trading-bar.tsx';
import { InstrumentSearch } from './instrument-search.tsx';
import { LayoutMenu } from './layout-menu.tsx';
import { SettingsMenu } from './settings-menu.tsx';
import { ViewSwitch } from './view-switch.tsx';
import { WorthFigure } from './worth-figure.tsx';

export function TopBar() {
  const { t } = useTranslation();
  const { view } = useDesk();
  const shown = useStore(view.store, (state) => state.shown);
  return (
    <header className="top-bar" style={{ gridArea: 'top' }} data-testid="top-bar">
      <h1 className="font-semibold">{t('app.name')}</h1>
      <DemoBadge />
      <RecordingBadge />
      <ViewSwitch />
      {shown === 'desk' && <InstrumentSearch />}
      {/* The view shown puts its own buttons here. */}
      {shown === 'desk' && <LayoutMenu />}
      <span id={VIEW_TOOLS} className="view-tools" />
      <WorthFigure />
      <TradingBar />
      <SettingsMenu />
    </header>
  );
}

/** Said at all times: what here is not a real market, and what, added by the person, is one. */
function DemoBadge() {
  const { t } = useTranslation();
  const { description } = useDesk();
  const { mode, venues } = useStore(description.store);
  if (mode !== 'demo') return null;
  const names = venues
    .filter(({ isAdded }) => isAdded)
    .map(({ name }) => name)
    .join(', ');
  return (
    <span
      className="badge badge-warn"
      data-testid="demo-badge"
      title={names === '' ? t('demo.explained') : t('demo.explained-mixed', { names })}
    >
      {names === '' ? t('demo.badge') : t('demo.badge-mixed', { names })}
    </span>
  );
}

/** Said at all times: what here happened long ago. */
function RecordingBadge() {
  const { t } = useTranslation();
  const { description } = useDesk();
  const { environment, replay } = useStore(description.store);
  if (!replay) return null;
  const told = { date: utcText(replay.from).slice(0, 10), speed: replay.speed, file: environment };
  return (
    <span className="badge badge-warn" data-testid="replay-badge" title={t('replay.explained', told)}>
      {t('replay.badge', told)}
    </span>
  );
}
