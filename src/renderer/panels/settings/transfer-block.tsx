import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { HeartlineError } from '#shared/base/errors.ts';
import type { CheckedSettings } from '#shared/contract/settings-api.ts';
import { MOST_SETTINGS_CHARS } from '#shared/domain/setting-bounds.ts';
import { errorText } from '../../i18n/text-for.ts';
import { asError } from '../../stores/as-error.ts';
import { useDesk } from '../../ui/desk-context.ts';
import { saveFile } from '../../ui/save-file.ts';
import { useSettingsPage } from './settings-context.ts';
import { changedKeys, differencesOf, exportText } from './settings-transfer.ts';

const FILE_NAME = 'heartline-settings.json';

type Looked =
  | { readonly kind: 'refused'; readonly error: HeartlineError }
  | { readonly kind: 'checked'; readonly name: string; readonly checked: CheckedSettings };

/** Settings as a file: out without anything secret, and in only after it was shown what they would change. */
export function TransferBlock() {
  const { t } = useTranslation();
  const { client, settings } = useDesk();
  const input = useRef<HTMLInputElement>(null);
  const [looked, setLooked] = useState<Looked>();

  const look = async (file: File) => {
    try {
      if (file.size > MOST_SETTINGS_CHARS)
        throw new HeartlineError('settings.no-file', 'longer than any settings');
      const checked = await client.request('settings.check', { text: await file.text() });
      setLooked({ kind: 'checked', name: file.name, checked });
    } catch (fault) {
      setLooked({ kind: 'refused', error: asError(fault) });
    }
  };
  return (
    <div className="settings-block" data-testid="settings-transfer">
      <div className="settings-actions">
        <button
          type="button"
          className="button"
          data-testid="settings-export"
          onClick={() =>
            saveFile(
              FILE_NAME,
              new TextEncoder().encode(exportText(settings.store.getState())),
              'application/json',
            )
          }
        >
          {t('settingsfiles.export')}
        </button>
        <button
          type="button"
          className="button"
          data-testid="settings-import"
          onClick={() => input.current?.click()}
        >
          {t('settingsfiles.import')}
        </button>
        <input
          ref={input}
          type="file"
          hidden
          accept="application/json,.json"
          aria-label={t('settingsfiles.import')}
          data-testid="settings-import-file"
          onChange={({ target }) => {
            const [file] = target.files ?? [];
            // The same file again is a new choice.
            target.value = '';
            if (file) void look(file);
          }}
        />
      </div>
      {looked?.kind === 'refused' && (
        <p className="text-bad" role="alert" data-testid="settings-import-refused">
          {errorText(looked.error)}
        </p>
      )}
      {looked?.kind === 'checked' && (
        <ImportPreview name={looked.name} checked={looked.checked} onDone={() => setLooked(undefined)} />
      )}
    </div>
  );
}

interface ImportPreviewProps {
  readonly name: string;
  readonly checked: CheckedSettings;
  readonly onDone: () => void;
}

function ImportPreview({ name, checked, onDone }: ImportPreviewProps) {
  const { t } = useTranslation();
  const { settings } = useDesk();
  const { replace } = useSettingsPage();
  const held = settings.store.getState();
  const differences = differencesOf(held, checked.settings);
  return (
    <div className="settings-preview" role="status" data-testid="settings-import-preview">
      <p>
        {differences.length === 0
          ? t('settingsfiles.same', { name })
          : t('settingsfiles.would', { name, count: differences.length })}
      </p>
      {checked.isNewer && <p className="text-warn">{t('settingsfiles.newer')}</p>}
      {checked.lost.length > 0 && (
        <p className="text-warn">{t('settingsfiles.lost', { keys: checked.lost.join(', ') })}</p>
      )}
      {checked.kept.length > 0 && <p className="text-warn">{t('settingsfiles.kept')}</p>}
      <ul className="settings-differences">
        {differences.map(({ path, from, to }) => (
          <li key={path}>
            <span>{path}</span>
            <span>
              {from} → <strong>{to}</strong>
            </span>
          </li>
        ))}
      </ul>
      <div className="settings-actions">
        <button
          type="button"
          className="button button-main"
          disabled={differences.length === 0}
          data-testid="settings-import-apply"
          onClick={() => {
            replace(changedKeys(held, checked.settings));
            onDone();
          }}
        >
          {t('settingsfiles.take')}
        </button>
        <button type="button" className="button" onClick={onDone}>
          {t('dialog.cancel')}
        </button>
      </div>
    </div>
  );
}
