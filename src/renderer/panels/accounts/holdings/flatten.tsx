import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { AccountId } from '#shared/domain/account.ts';
import { isTerminal } from '#shared/domain/order.ts';
import { useDesk } from '../../../ui/desk-context.ts';
import { Popover } from '../../../ui/popover.tsx';
import { useAsk } from '../../../ui/use-ask.ts';
import { useAccounts } from './use-accounts.ts';
import { venueName } from './venue-name.ts';

/** Cancels everything of an account and closes every position of it: the account chosen first, then a second step. */
export function Flatten() {
  const { t } = useTranslation();
  return (
    <Popover label={t('flatten.title')} button={t('flatten.open')} buttonClass="button" testId="flatten">
      {(close) => <FlattenForm onClose={close} />}
    </Popover>
  );
}

/** Chooses the account, and flattens it after a second look. */
export function FlattenForm({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { app, holdings, holdingsChoice, positionActions } = useDesk();
  const { busy, ask } = useAsk();
  const accounts = useAccounts().filter(({ mode }) => mode === 'trade');
  const [chosen, setChosen] = useState<AccountId | undefined>(() => holdingsChoice.getState().account);
  const [isSure, setSure] = useState(false);
  const account = accounts.find(({ id }) => id === chosen) ?? accounts[0];
  const orders = useStore(
    holdings.orders.store,
    ({ view }) =>
      [...(view?.values() ?? [])].filter((one) => one.account === account?.id && !isTerminal(one.status))
        .length,
  );
  const positions = useStore(
    holdings.positions.store,
    ({ view }) => [...(view?.values() ?? [])].filter((one) => one.account === account?.id).length,
  );
  const flatten = (id: AccountId) =>
    ask(async () => {
      await positionActions.flatten(id);
      onClose();
    });
  if (account === undefined) return <p>{t('flatten.none')}</p>;
  return (
    <div className="form flatten-form" data-testid="flatten-form">
      <label className="form-row">
        <span>{t('holding.account')}</span>
        <select
          className="field"
          value={account.id}
          data-testid="flatten-account"
          onChange={({ target }) => {
            setChosen(accounts.find(({ id }) => id === target.value)?.id);
            setSure(false);
          }}
        >
          {accounts.map((one) => (
            <option key={one.id} value={one.id}>
              {one.label} · {venueName(app, one.venue)}
            </option>
          ))}
        </select>
      </label>
      <p>{t('flatten.means', { orders, positions })}</p>
      <label className="form-check">
        <input
          type="checkbox"
          checked={isSure}
          data-testid="flatten-sure"
          onChange={({ target }) => setSure(target.checked)}
        />
        <span>{t('flatten.sure', { label: account.label })}</span>
      </label>
      <div className="dialog-actions">
        <button type="button" className="button" onClick={onClose}>
          {t('flatten.leave')}
        </button>
        <button
          type="button"
          className="button button-bad"
          disabled={busy || !isSure}
          data-testid="flatten-do"
          onClick={() => flatten(account.id)}
          onKeyDown={(event) => event.repeat && event.preventDefault()}
        >
          {t('flatten.do')}
        </button>
      </div>
    </div>
  );
}
