import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HeartlineError } from '#shared/base/errors.ts';
import type { RequestInput } from '#shared/contract/api.ts';
import { errorText } from '../../../i18n/text-for.ts';
import { asError } from '../../../stores/as-error.ts';
import { useDesk } from '../../../ui/desk-context.ts';
import { PassphraseField } from './passphrase-field.tsx';

interface ChooseStoreProps {
  /** The vault was chosen and has no passphrase yet. */
  readonly isVaultOnly: boolean;
  readonly canHaveKeychain: boolean;
  /** Accounts held in memory now: another place begins without them. */
  readonly count: number;
  readonly onDone: () => void;
}

/** Where keys are to be kept, with what each choice means before it is made. */
export function ChooseStore({ isVaultOnly, canHaveKeychain, count, onDone }: ChooseStoreProps) {
  const { t } = useTranslation();
  const { client } = useDesk();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<HeartlineError>();
  const choose = (choice: RequestInput<'keys.choose'>) => {
    setBusy(true);
    setError(undefined);
    client
      .request('keys.choose', choice)
      .then(onDone)
      .catch((fault: unknown) => setError(asError(fault)))
      .finally(() => setBusy(false));
  };
  return (
    <>
      <div className="stores" data-testid="choose-store">
        {canHaveKeychain && !isVaultOnly && (
          <div className="store-choice" data-choice="keychain">
            <strong>{t('choose.keychain')}</strong>
            <p>{t('choose.keychain-means')}</p>
            <button
              type="button"
              className="button"
              disabled={busy}
              data-testid="choose-keychain"
              onClick={() => choose({ kind: 'keychain' })}
            >
              {t('choose.keychain-do')}
            </button>
          </div>
        )}
        <div className="store-choice" data-choice="vault">
          <strong>{t('choose.vault')}</strong>
          <p>{t('choose.vault-means')}</p>
          <PassphraseField
            busy={busy}
            isNew
            submit={t('choose.vault-do')}
            onEntered={(passphrase) => choose({ kind: 'vault', passphrase })}
          />
        </div>
        {!isVaultOnly && count === 0 && (
          <div className="store-choice" data-choice="memory">
            <strong>{t('choose.memory')}</strong>
            <p>{t('choose.memory-means')}</p>
            <button
              type="button"
              className="button"
              disabled={busy}
              data-testid="choose-memory"
              onClick={() => choose({ kind: 'memory' })}
            >
              {t('choose.memory-do')}
            </button>
          </div>
        )}
      </div>
      {error && (
        <p role="alert" className="text-bad" data-testid="choose-error">
          {errorText(error)}
        </p>
      )}
    </>
  );
}
