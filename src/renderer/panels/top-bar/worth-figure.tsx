import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { AccountView } from '#shared/contract/account-views.ts';
import type { Freshness } from '#shared/domain/freshness.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { type BalanceSheet, openBalances } from '../../stores/holdings.ts';
import type { Watching } from '../../stores/watched.ts';
import { useDesk } from '../../ui/desk-context.ts';
import { formatExact } from '../../ui/format-exact.ts';
import { UNKNOWN } from '../../ui/format-number.ts';
import { formatAge } from '../../ui/format-time.ts';
import { LiveText } from '../../ui/live-text.tsx';
import { accountFresh } from '../accounts/holdings/account-fresh.ts';
import { currencyDigits } from '../accounts/holdings/currency-digits.ts';
import { useOpened } from '../accounts/holdings/use-opened.ts';

/**
 * What the balances of all accounts are worth together: the engine's own sum, and where it comes from at a press.
 * Nothing without an account, and nothing where play money would stand in one sum with real money.
 */
export function WorthFigure() {
  const { holdings } = useDesk();
  const accounts = useStore(holdings.accounts.store, ({ view }) => view?.accounts);
  if (accounts === undefined || accounts.length === 0) return null;
  if (new Set(accounts.map(({ environment }) => environment)).size > 1) return null;
  return <Opened />;
}

function Opened() {
  const balances = useOpened(openBalances);
  return balances && <Figure balances={balances} />;
}

function Figure({ balances }: { readonly balances: Watching<BalanceSheet> }) {
  const { t } = useTranslation();
  const { holdings, holdingsChoice, pulse, view } = useDesk();
  const worthIn = useStore(holdingsChoice, (choice) => choice.worthIn);
  const unit = worthIn.toUpperCase();
  const read = () => {
    const { now, answering } = pulse.getState();
    const total = balances.store.getState().view?.total;
    const sum = total?.[worthIn];
    if (total === undefined || sum === undefined)
      return { text: UNKNOWN, fresh: 'unknown' as const, title: t('worth.bar-explained') };
    const { oldestAt, unpriced } = total;
    return {
      text: `≈ ${formatExact(sum, currencyDigits(unit))} ${unit}`,
      fresh: answering ? worstOf(holdings.accounts.store.getState().view?.accounts ?? []) : 'stale',
      receivedAt: oldestAt,
      now,
      title: [
        t('worth.bar-explained'),
        oldestAt === undefined
          ? ''
          : t('worth.oldest', { age: formatAge(now - oldestAt, currentLanguage()) }),
        unpriced.length === 0
          ? ''
          : t('worth.unpriced', { count: unpriced.length, first: unpriced.slice(0, 4).join(', ') }),
      ]
        .filter(Boolean)
        .join(' '),
    } as const;
  };
  return (
    <button
      type="button"
      className="worth-figure"
      data-testid="worth-figure"
      onClick={() => {
        holdingsChoice.setState({ tab: 'balances' });
        view.show('accounts');
      }}
    >
      <span className="text-dim worth-figure-label">{t('worth.bar')}</span>{' '}
      <LiveText wake={[pulse, balances.store, holdings.accounts.store]} read={read} testId="worth-sum" />
    </button>
  );
}

/** Of one sum over several accounts: that of the one known least. */
function worstOf(accounts: readonly AccountView[]): Freshness {
  const all = accounts.map(({ state }) => accountFresh(state));
  return all.includes('stale') ? 'stale' : all.includes('late') ? 'late' : 'fresh';
}
