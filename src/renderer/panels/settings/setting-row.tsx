import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useDesk } from '../../ui/desk-context.ts';
import type { SettingField } from './setting-fields.ts';
import { firstValue, isChanged } from './setting-value.ts';
import { settingMeans, settingName, valueText } from './setting-words.ts';
import { useSettingsPage } from './settings-context.ts';

interface SettingRowProps {
  readonly field: SettingField;
  /** Of the control: its label names it. */
  readonly controlId: string;
  /** Stands below the meaning: bounds, and why a text was refused. */
  readonly hint?: ReactNode;
  readonly children: ReactNode;
}

/** One setting: its name, what it means for the person, its control, and the way back where it was changed. */
export function SettingRow({ field, controlId, hint, children }: SettingRowProps) {
  const { t } = useTranslation();
  const { settings } = useDesk();
  const { venueNames, reset } = useSettingsPage();
  const changed = useStore(settings.store, (state) => isChanged(state, field.id));
  const name = settingName(field, venueNames);
  const value = firstValue(field.id) ?? (field.kind === 'switch' ? false : undefined);
  const first = value === undefined ? t('settingspage.as-all') : valueText(value, field);
  return (
    <div className="setting-row" data-testid={`setting-row-${field.id}`} data-changed={changed}>
      <div className="setting-words">
        <label htmlFor={controlId}>{name}</label>
        {changed && (
          <span className="setting-changed" data-testid={`setting-changed-${field.id}`}>
            {t('settingspage.changed', { first })}
          </span>
        )}
        <p className="setting-means" id={`${controlId}-means`}>
          {settingMeans(field)}
        </p>
        {hint}
      </div>
      <div className="setting-control">
        {children}
        <button
          type="button"
          className="button setting-reset"
          aria-label={t('settingspage.reset-one', { name, first })}
          title={t('settingspage.reset-one', { name, first })}
          data-testid={`setting-reset-${field.id}`}
          disabled={!changed}
          onClick={() => reset([field.id])}
        >
          <span aria-hidden="true">↺</span>
        </button>
      </div>
    </div>
  );
}
