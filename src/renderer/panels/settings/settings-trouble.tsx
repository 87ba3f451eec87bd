import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { logText } from '../../i18n/text-for.ts';
import { isSettingsTrouble } from '../../stores/settings-trouble.ts';
import { useDesk } from '../../ui/desk-context.ts';

/** What was wrong with the settings file at the start, for as long as the log remembers it, and where it is kept. */
export function SettingsTrouble() {
  const { t } = useTranslation();
  const { log } = useDesk();
  const entry = useStore(log, ({ entries }) => entries.findLast(isSettingsTrouble));
  if (entry === undefined) return null;
  const file = entry.details['file'];
  return (
    <div className="settings-trouble" role="status" data-testid="settings-trouble">
      <p>{logText(entry)}</p>
      {file !== undefined && <p className="text-dim">{t('settingsfiles.kept-in', { file: String(file) })}</p>}
    </div>
  );
}
