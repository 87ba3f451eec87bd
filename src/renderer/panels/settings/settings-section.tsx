import { useTranslation } from 'react-i18next';
import type { SectionId, SettingField } from './setting-fields.ts';
import { SettingView } from './setting-view.tsx';
import { useSettingsPage } from './settings-context.ts';

interface SettingsSectionProps {
  readonly section: SectionId;
  /** Those to be shown. */
  readonly fields: readonly SettingField[];
  /** Those of the whole section that are not at their defaults, shown or not. */
  readonly changed: readonly SettingField[];
}

/** One part of the page; nothing where none of it is looked for. */
export function SettingsSection({ section, fields, changed }: SettingsSectionProps) {
  const { t } = useTranslation();
  const { reset } = useSettingsPage();
  if (fields.length === 0) return null;
  const name = t(`section.${section}`);
  const hasFields = fields.some(({ kind }) => kind !== 'block');
  return (
    <section
      className="settings-section"
      aria-labelledby={`settings-${section}`}
      data-testid={`settings-part-${section}`}
    >
      <div className="settings-intro">
        <header>
          <h3 id={`settings-${section}`} tabIndex={-1}>
            {name}
          </h3>
          {hasFields && (
            <button
              type="button"
              className="button"
              aria-label={t('settingspage.reset-section', { name })}
              disabled={changed.length === 0}
              data-testid={`settings-reset-${section}`}
              onClick={() => reset(changed.map(({ id }) => id))}
            >
              {t('settingspage.reset', { count: changed.length })}
            </button>
          )}
        </header>
        <p className="setting-means">{t(`section.${section}-means`)}</p>
      </div>
      <div className="settings-fields">
        {fields.map((field) => (
          <SettingView key={field.id} field={field} />
        ))}
      </div>
    </section>
  );
}
