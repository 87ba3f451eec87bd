import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { activeAlarms } from '../../stores/alarms.ts';
import { VIEWS, type View } from '../../stores/view.ts';
import { useDesk } from '../../ui/desk-context.ts';
import { HealthGlyph } from '../../ui/health-glyph.tsx';
import { useBindings, useChordLabel } from '../commands/use-keys.ts';

/** The settings have a button of their own, at the other end. */
const SWITCHED = VIEWS.filter((one) => one !== 'settings');

/** Which part of Heartline is shown. The keys that do the same are those of the commands. */
export function ViewSwitch() {
  const { t } = useTranslation();
  const { alarms, view } = useDesk();
  const shown = useStore(view.store, (state) => state.shown);
  const active = useStore(alarms.store, (state) => activeAlarms(state.view).length);
  const { chordOf } = useBindings();
  const label = useChordLabel();
  const keysOf = (one: View) => {
    const chord = chordOf.get(`view.${one}`);
    return chord === undefined ? undefined : t('view.key', { key: label(chord) });
  };
  return (
    <nav className="view-switch" aria-label={t('view.title')}>
      {SWITCHED.map((one) => (
        <button
          key={one}
          type="button"
          className="button"
          aria-current={one === shown ? 'page' : undefined}
          title={keysOf(one)}
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
