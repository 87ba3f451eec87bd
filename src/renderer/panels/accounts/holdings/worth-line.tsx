import i18next from 'i18next';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { BalancesUpdate } from '#shared/contract/account-views.ts';
import { currentLanguage } from '../../../i18n/i18n.ts';
import type { BalanceSheet } from '../../../stores/holdings.ts';
import { useDesk } from '../../../ui/desk-context.ts';
import { formatExact } from '../../../ui/format-exact.ts';
import { UNKNOWN } from '../../../ui/format-number.ts';
import { formatAge, formatMoment } from '../../../ui/format-time.ts';
import { LiveText } from '../../../ui/live-text.tsx';
import { accountFresh } from './account-fresh.ts';
import { currencyDigits } from './currency-digits.ts';
import { venueName } from './venue-name.ts';

type Sum = NonNullable<BalancesUpdate['total']>;

/** What it is all worth, priced by what, and how old the oldest price in it is. The engine's own sums: nothing is added up here. */
export function WorthLine({ sheet }: { readonly sheet: BalanceSheet }) {
  const { t } = useTranslation();
  const { app, holdings, holdingsChoice, pulse } = useDesk();
  const { account, venue, worthIn } = useStore(holdingsChoice);
  const accounts = useStore(holdings.accounts.store, ({ view }) => view?.accounts);
  const answering = useStore(pulse, (state) => state.answering);
  const shown = (accounts ?? []).filter(
    (one) => (account === undefined || one.id === account) && (venue === undefined || one.venue === venue),
  );
  const parts = shown.flatMap(({ id, venue: at, label, state }) => {
    const sum = sheet.worth.get(id);
    return sum === undefined
      ? []
      : [
          {
            id: String(id),
            label: `${label} · ${venueName(app, at)}`,
            sum: sum as Sum,
            fresh: answering ? accountFresh(state) : 'stale',
          },
        ];
  });
  const isAll = account === undefined && venue === undefined;
  const total =
    isAll && sheet.total && parts.length > 1
      ? [{ id: 'all', label: t('worth.all'), sum: sheet.total, fresh: answering ? 'fresh' : 'stale' }]
      : [];
  if (parts.length === 0) return null;
  return (
    <section className="worth" aria-label={t('worth.title')} data-testid="worth">
      <dl>
        {[...total, ...parts].map(({ id, label, sum, fresh }) => (
          <div key={id} data-worth={id} data-fresh={fresh}>
            <dt>{label}</dt>
            <dd>
              <span className="value" title={sum[worthIn]}>
                {sum[worthIn] === undefined
                  ? UNKNOWN
                  : formatExact(sum[worthIn], currencyDigits(worthIn.toUpperCase()))}
              </span>{' '}
              {worthIn.toUpperCase()}
              {sum.unpriced.length > 0 && (
                <span className="text-warn" title={sum.unpriced.join(' ')}>
                  {' '}
                  {t('worth.unpriced', {
                    count: sum.unpriced.length,
                    first: sum.unpriced.slice(0, 4).join(', '),
                  })}
                </span>
              )}
            </dd>
          </div>
        ))}
      </dl>
      <Basis sum={total[0]?.sum ?? parts[0]?.sum} />
    </section>
  );
}

/** `KRW-USDT at Upbit`, in the language shown. */
function sourceWords(source: string): string {
  const [market = source, venue] = source.split(' at ');
  return venue === undefined ? source : i18next.t('worth.source', { market, venue });
}

function Basis({ sum }: { readonly sum: Sum | undefined }) {
  const { t } = useTranslation();
  const { pulse } = useDesk();
  if (sum === undefined) return null;
  const { basis, oldestAt } = sum;
  return (
    <p className="text-dim worth-basis" data-testid="worth-basis">
      {t('worth.estimate')}{' '}
      {basis === undefined
        ? t('worth.no-basis')
        : t('worth.basis', { source: sourceWords(basis.source), rate: formatExact(basis.krwPerUsdt) })}{' '}
      {oldestAt !== undefined && (
        <LiveText
          wake={[pulse]}
          read={() => ({
            text: t('worth.oldest', { age: formatAge(pulse.getState().now - oldestAt, currentLanguage()) }),
            title: formatMoment(oldestAt),
          })}
        />
      )}
    </p>
  );
}
