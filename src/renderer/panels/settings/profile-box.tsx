import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import {
  PROFILE_NAMES,
  type ProfileDifference,
  type ProfileName,
  profileDifferences,
  withProfile,
} from '#shared/domain/settings-profiles.ts';
import { useDesk } from '../../ui/desk-context.ts';
import { settingName, valueText } from './setting-words.ts';
import { useSettingsPage } from './settings-context.ts';

/** Named sets of the engine's numbers. Choosing one shows what it would change; only then can it be taken. */
export function ProfileBox() {
  const { t } = useTranslation();
  const { settings } = useDesk();
  const { replace } = useSettingsPage();
  const held = useStore(settings.store);
  const [wanted, setWanted] = useState<ProfileName>();
  const own = profileDifferences(held, held.profile);
  const base = t(`settingsprofile.${held.profile}`);
  return (
    <div className="settings-block" data-testid="settings-profile">
      <p data-testid="settings-profile-now">
        {t('settingsprofile.now')}{' '}
        <strong>{own.length === 0 ? base : t('settingsprofile.custom', { base, count: own.length })}</strong>
      </p>
      <div className="settings-profiles" role="group" aria-label={t('settingsprofile.choose')}>
        {PROFILE_NAMES.map((name) => (
          <button
            key={name}
            type="button"
            className="button settings-profile"
            aria-pressed={name === (wanted ?? held.profile)}
            data-testid={`settings-profile-${name}`}
            onClick={() => setWanted(name)}
          >
            <strong>{t(`settingsprofile.${name}`)}</strong>
            <span>{t(`settingsprofile.${name}-means`)}</span>
          </button>
        ))}
      </div>
      {wanted !== undefined && (
        <div className="settings-preview" role="status" data-testid="settings-profile-preview">
          <Differences differences={profileDifferences(held, wanted)} name={wanted} />
          <div className="settings-actions">
            <button
              type="button"
              className="button button-main"
              data-testid="settings-profile-apply"
              onClick={() => {
                replace({ profile: wanted, ...withProfile(held, wanted) });
                setWanted(undefined);
              }}
            >
              {t('settingsprofile.apply', { name: t(`settingsprofile.${wanted}`) })}
            </button>
            <button type="button" className="button" onClick={() => setWanted(undefined)}>
              {t('dialog.cancel')}
            </button>
          </div>
        </div>
      )}
    </div>
  );
}

interface DifferencesProps {
  readonly differences: readonly ProfileDifference[];
  readonly name: ProfileName;
}

function Differences({ differences, name }: DifferencesProps) {
  const { t } = useTranslation();
  const { fields, venueNames } = useSettingsPage();
  const profile = t(`settingsprofile.${name}`);
  if (differences.length === 0) return <p>{t('settingsprofile.same', { name: profile })}</p>;
  return (
    <>
      <p>{t('settingsprofile.would', { name: profile, count: differences.length })}</p>
      <ul className="settings-differences">
        {differences.map(({ path, from, to }) => {
          const field = fields.find(({ id }) => id === path);
          return (
            <li key={path}>
              <span>{field === undefined ? path : settingName(field, venueNames)}</span>
              <span>
                {valueText(from, field)} → <strong>{valueText(to, field)}</strong>
              </span>
            </li>
          );
        })}
      </ul>
    </>
  );
}
