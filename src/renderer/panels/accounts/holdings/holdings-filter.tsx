import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useDesk } from '../../../ui/desk-context.ts';
import { venueName } from './venue-name.ts';

/** Which venue's and which account's rows are shown. */
export function HoldingsFilter() {
  const { t } = useTranslation();
  const { app, holdings, holdingsChoice } = useDesk();
  const { venue, account } = useStore(holdingsChoice);
  const accounts = useStore(holdings.accounts.store, ({ view }) => view?.accounts) ?? [];
  const venues = [...new Set(accounts.map((one) => one.venue))];
  return (
    <>
      <select
        className="field"
        aria-label={t('holding.filter-venue')}
        data-testid="filter-venue"
        value={venue ?? ''}
        onChange={({ target }) =>
          holdingsChoice.setState({
            venue: venues.find((id) => id === target.value),
            account: undefined,
          })
        }
      >
        <option value="">{t('holding.all-venues')}</option>
        {venues.map((id) => (
          <option key={id} value={id}>
            {venueName(app, id)}
          </option>
        ))}
      </select>
      <select
        className="field"
        aria-label={t('holding.filter-account')}
        data-testid="filter-account"
        value={account ?? ''}
        onChange={({ target }) =>
          holdingsChoice.setState({ account: accounts.find(({ id }) => id === target.value)?.id })
        }
      >
        <option value="">{t('holding.all-accounts')}</option>
        {accounts
          .filter((one) => venue === undefined || one.venue === venue)
          .map((one) => (
            <option key={one.id} value={one.id}>
              {one.label} · {venueName(app, one.venue)}
            </option>
          ))}
      </select>
    </>
  );
}
