import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { activeAlarms } from '../../stores/alarms.ts';
import { VIEWS, type View } from '../../stores/view.ts';
import { useDesk } from '../../ui/desk-context.ts';
import { HealthGlyph } from '../../ui/health-glyph.tsx';

/** By physical key, so that no keyboard layout or input method hides it. */
const KEYS: Readonly<Record<string, View>> = {
  Digit1: 'desk',
  Digit2: 'connections',
  Digit3: 'premium',
  Digit4: 'venues',
  Digit5: 'accounts',
};

/** Which part of Heartline is shown; Alt+1 to Alt+5 from anywhere. */
export function ViewSwitch() {
  const { t } = useTranslation();
  const { alarms, view } = useDesk();
  const shown = useStore(view.store, (state) => state.shown);
  const active = useStore(alarms.store, (state) => activeAlarms(state.view).length);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const wanted = KEYS[event.code];
      if (wanted === undefined || !event.altKey || event.ctrlKey || event.metaKey || event.repeat) return;
      event.preventDefault();
      view.show(wanted);
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [view]);
  return (
    <nav className="view-switch" aria-label={t('view.title')}>
      {VIEWS.map((one, index) => (
        <button
          key={one}
          type="button"
          className="button"
          aria-current={one === shown ? 'page' : undefined}
          title={t('view.key', { key: `Alt+${index + 1}` })}
          data-view={one}
          onClick={() => view.show(one)}
        >
          {t(`view.${one}`)}
          {one === 'connections' && active > 0 && (
            <span className="view-alarms" title={t('alarms.tab', { count: active })}>
              <HealthGlyph kind="stale" /> {active}
            </span>
          )}
        </button>
      ))}
    </nav>
  );
}
