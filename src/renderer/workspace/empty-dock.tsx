import { useTranslation } from 'react-i18next';
import { useDesk } from '../ui/desk-context.ts';
import { PRESETS } from './presets.ts';

/** In the place of panels where the last one was closed. */
export function EmptyDock() {
  const { t } = useTranslation();
  const { workspace } = useDesk();
  return (
    <div className="empty-dock" data-testid="empty-dock">
      <p>{t('workspace.empty')}</p>
      <p className="empty-dock-presets">
        {PRESETS.map((preset) => (
          <button key={preset} type="button" className="button" onClick={() => workspace.applyPreset(preset)}>
            {t(`preset.${preset}`)}
          </button>
        ))}
      </p>
    </div>
  );
}
