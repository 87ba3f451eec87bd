import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { KeyStoreView } from '#shared/contract/account-views.ts';
import { useDesk } from '../../../ui/desk-context.ts';
import { useAsk } from '../../../ui/use-ask.ts';
import { ChooseStore } from './choose-store.tsx';
import { StoreGlyph } from './store-glyph.tsx';
import { UnlockForm } from './unlock-form.tsx';

/** Where keys lie and whether they can be used: what it means, and what to do when they cannot. */
export function KeyStoreStrip({ keys, count }: { readonly keys: KeyStoreView; readonly count: number }) {
  const { t } = useTranslation();
  const [isChanging, setChanging] = useState(false);
  const { backend } = keys;
  const state = backend === undefined ? 'choose' : keys.state;
  const place =
    backend === undefined
      ? undefined
      : t(`store.${backend.kind}`, { name: backend.kind === 'keychain' ? backend.name : '' });
  return (
    <section
      className="store"
      data-testid="key-store"
      data-state={state}
      data-backend={backend?.kind}
      aria-label={t('store.title')}
    >
      <p className="store-line">
        <StoreGlyph state={state} />
        <strong data-testid="store-word">{t(`storestate.${state}`)}</strong>
        {place !== undefined && <span data-testid="store-backend">{place}</span>}
        <span className="text-dim">
          {backend ? t(`store.${backend.kind}-means`) : t('store.choose-means')}
        </span>
        {state === 'open' && <LockButton isVault={backend?.kind !== 'memory'} />}
        {(state === 'gone' || (state === 'open' && backend?.kind === 'memory')) && (
          <button type="button" className="button" onClick={() => setChanging(!isChanging)}>
            {t('store.change')}
          </button>
        )}
      </p>
      {keys.keychainFault !== undefined && (
        <p className="text-dim" data-testid="keychain-fault">
          {t('store.keychain-fault', { reason: keys.keychainFault })}
        </p>
      )}
      {state !== 'open' && state !== 'choose' && (
        <p data-testid="store-means">
          {t(`storestate.${state}-means`)} <span className="account-next">{t(`storestate.${state}-do`)}</span>
        </p>
      )}
      {(state === 'locked' || state === 'gone') && backend && (
        <UnlockForm kind={backend.kind} isGone={state === 'gone'} />
      )}
      {(state === 'choose' || state === 'empty' || isChanging) && (
        <ChooseStore
          isVaultOnly={state === 'empty'}
          canHaveKeychain={keys.keychainFault === undefined}
          count={count}
          onDone={() => setChanging(false)}
        />
      )}
    </section>
  );
}

function LockButton({ isVault }: { readonly isVault: boolean }) {
  const { t } = useTranslation();
  const { client } = useDesk();
  const { busy, ask } = useAsk();
  if (!isVault) return null;
  return (
    <button
      type="button"
      className="button"
      disabled={busy}
      title={t('store.lock-explained')}
      data-testid="keys-lock"
      onClick={() => ask(() => client.request('keys.lock', {}))}
    >
      {t('store.lock')}
    </button>
  );
}
