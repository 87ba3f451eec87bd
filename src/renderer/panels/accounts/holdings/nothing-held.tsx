import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { HoldingsTab } from '../../../stores/holdings-choice.ts';
import { useDesk } from '../../../ui/desk-context.ts';
import { connectExchange } from '../../welcome/guide.ts';

/** No rows: says whether there is no account, none that is live, or simply nothing, and what would change that. */
export function NothingHeld({ tab }: { readonly tab: HoldingsTab }) {
  const { t } = useTranslation();
  const { holdings, holdingsChoice, view, workspace } = useDesk();
  const shown = useStore(view.store, (state) => state.shown);
  const accounts = useStore(holdings.accounts.store, (state) => state.view?.accounts);
  const { venue, account } = useStore(holdingsChoice);
  const chosen = (accounts ?? []).filter(
    (one) => (venue === undefined || one.venue === venue) && (account === undefined || one.id === account),
  );
  const why =
    accounts === undefined || accounts.length === 0
      ? 'no-account'
      : !chosen.some(({ state }) => state.kind === 'live' || state.kind === 'degraded')
        ? 'not-live'
        : tab;
  return (
    <div className="panel-empty nothing-held" role="status" data-testid="nothing-held" data-why={why}>
      <p>
        <strong>{t(`empty.${tab}`)}</strong>
      </p>
      <p>{t(`nothing.${why}`)}</p>
      <p>{t(`nothing.${why}-do`)}</p>
      {why === 'no-account' && (
        <button type="button" className="button" data-testid="nothing-connect" onClick={connectExchange}>
          {t('empty.connect')}
        </button>
      )}
      {shown !== 'accounts' && (why === 'not-live' || why === 'balances' || why === 'fills') && (
        <button type="button" className="button" onClick={() => view.show('accounts')}>
          {t('nothing.to-accounts')}
        </button>
      )}
      {(why === 'positions' || why === 'orders') && (
        <button
          type="button"
          className="button"
          onClick={() => {
            view.show('desk');
            workspace.open('ticket');
          }}
        >
          {t('connect.to-ticket')}
        </button>
      )}
    </div>
  );
}
