import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { AccountId } from '#shared/domain/account.ts';
import { type InstrumentId, instrumentName } from '#shared/domain/instrument.ts';
import { isTerminal } from '#shared/domain/order.ts';
import { useDesk } from '../../../ui/desk-context.ts';
import { Popover } from '../../../ui/popover.tsx';
import { useAsk } from '../../../ui/use-ask.ts';
import { venueName } from './venue-name.ts';

/** Cancels all orders of an account, or of an instrument, or everything: after a second look at how many that are. */
export function CancelAll() {
  const { t } = useTranslation();
  return (
    <Popover
      label={t('cancelall.title')}
      button={t('cancelall.open')}
      buttonClass="button"
      testId="cancel-all"
    >
      {(close) => <CancelAllForm onClose={close} />}
    </Popover>
  );
}

function CancelAllForm({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { app, client, holdings, holdingsChoice } = useDesk();
  const { busy, ask } = useAsk();
  const [account, setAccount] = useState<AccountId | undefined>(() => holdingsChoice.getState().account);
  const [instrument, setInstrument] = useState<InstrumentId>();
  const accounts = useStore(holdings.accounts.store, ({ view }) => view?.accounts) ?? [];
  const orders = useStore(holdings.orders.store, ({ view }) => view);
  const open = [...(orders?.values() ?? [])].filter(
    (order) => !isTerminal(order.status) && (account === undefined || order.account === account),
  );
  const instruments = [...new Set(open.map((order) => order.instrument))];
  const count = open.filter((order) => instrument === undefined || order.instrument === instrument).length;
  const cancel = () =>
    ask(async () => {
      const what = {
        ...(account === undefined ? {} : { account }),
        ...(instrument === undefined ? {} : { instrument }),
      };
      await client.request('orders.cancelAll', what);
      onClose();
    });
  return (
    <div className="form cancel-all" data-testid="cancel-all-form">
      <label className="form-row">
        <span>{t('holding.account')}</span>
        <select
          className="field"
          value={account ?? ''}
          onChange={({ target }) => {
            setAccount(accounts.find(({ id }) => id === target.value)?.id);
            setInstrument(undefined);
          }}
        >
          <option value="">{t('holding.all-accounts')}</option>
          {accounts.map((one) => (
            <option key={one.id} value={one.id}>
              {one.label} · {venueName(app, one.venue)}
            </option>
          ))}
        </select>
      </label>
      <label className="form-row">
        <span>{t('holding.instrument')}</span>
        <select
          className="field"
          value={instrument ?? ''}
          data-testid="cancel-all-instrument"
          onChange={({ target }) => setInstrument(instruments.find((one) => one === target.value))}
        >
          <option value="">{t('cancelall.all-instruments')}</option>
          {instruments.map((one) => (
            <option key={one} value={one}>
              {instrumentName(one)}
            </option>
          ))}
        </select>
      </label>
      <p className="text-dim">{t('cancelall.means')}</p>
      <div className="dialog-actions">
        <button type="button" className="button" onClick={onClose}>
          {t('cancelall.leave')}
        </button>
        <button
          type="button"
          className="button button-bad"
          disabled={busy}
          data-testid="cancel-all-do"
          onClick={cancel}
        >
          {t('cancelall.do', { count })}
        </button>
      </div>
    </div>
  );
}
