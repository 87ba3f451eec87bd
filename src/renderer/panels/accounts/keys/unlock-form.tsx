import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HeartlineError } from '#shared/base/errors.ts';
import type { KeyBackend } from '#shared/contract/account-views.ts';
import { errorText } from '../../../i18n/text-for.ts';
import { asError } from '../../../stores/as-error.ts';
import { useDesk } from '../../../ui/desk-context.ts';
import { PassphraseField } from './passphrase-field.tsx';

interface UnlockFormProps {
  readonly kind: KeyBackend['kind'];
  /** The place itself cannot be reached: asked for again, not unlocked. */
  readonly isGone: boolean;
}

/** Opens the keys again. Why it did not work is said here, beside the field. */
export function UnlockForm({ kind, isGone }: UnlockFormProps) {
  const { t } = useTranslation();
  const { client } = useDesk();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<HeartlineError>();
  const unlock = (passphrase?: string) => {
    setBusy(true);
    setError(undefined);
    client
      .request('keys.unlock', passphrase === undefined ? {} : { passphrase })
      .catch((fault: unknown) => setError(asError(fault)))
      .finally(() => setBusy(false));
  };
  return (
    <>
      {kind === 'vault' && !isGone ? (
        <PassphraseField busy={busy} isNew={false} submit={t('store.unlock')} onEntered={unlock} />
      ) : (
        <p>
          <button
            type="button"
            className="button button-main"
            disabled={busy}
            data-testid="keys-unlock"
            onClick={() => unlock()}
          >
            {busy ? t('store.busy') : t(isGone ? 'store.look-again' : 'store.unlock')}
          </button>
        </p>
      )}
      {error && (
        <p role="alert" className="text-bad" data-testid="unlock-error">
          {errorText(error)}
        </p>
      )}
    </>
  );
}
