import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { AccountView } from '#shared/contract/account-views.ts';
import { currentLanguage } from '../../../i18n/i18n.ts';
import { useDesk } from '../../../ui/desk-context.ts';
import { formatAge, formatClock, formatCountdown, formatMoment } from '../../../ui/format-time.ts';
import { HealthGlyph, healthWordClass } from '../../../ui/health-glyph.tsx';
import { LiveText } from '../../../ui/live-text.tsx';
import { AccountActions } from './account-actions.tsx';
import { accountHealth } from './account-glyph.ts';
import { accountWords } from './account-words.ts';
import { EnvironmentBadge } from './environment-badge.tsx';
import { PaperActions } from './paper-actions.tsx';
import { RightsList } from './rights-list.tsx';

/** One account: what it is, what its key may do, how it fares and what to do next. */
export function AccountLine({ account }: { readonly account: AccountView }) {
  const { t } = useTranslation();
  const { app } = useDesk();
  const venue = app.venues.find(({ id }) => id === account.venue)?.name ?? account.venue;
  // It has no key, and nothing a key could be asked for.
  const isPaper = account.environment === 'paper';
  return (
    <li
      className="account"
      data-testid="account"
      data-account={account.id}
      data-state={account.state.kind}
      aria-label={account.label}
    >
      <div className="account-who">
        <span className="account-name">
          <strong>{account.label}</strong>
          <EnvironmentBadge environment={account.environment} />
        </span>
        <span className="text-dim">
          {venue} ·{' '}
          {!isPaper && (
            <>
              <span title={t('accounts.tail-explained')}>…{account.keyTail}</span> ·{' '}
            </>
          )}
          <span data-mode={account.mode} title={t(`mode.${account.mode}-means`)}>
            {t(`mode.${account.mode}`)}
          </span>
          {account.isHedged && ` · ${t('accounts.hedged')}`}
        </span>
      </div>
      {isPaper ? (
        <span className="text-dim">{t('paper.rules')}</span>
      ) : (
        <RightsList rights={account.rights} />
      )}
      <State account={account} venue={venue} />
      {isPaper ? <PaperActions account={account} /> : <AccountActions account={account} />}
    </li>
  );
}

function State({ account, venue }: { readonly account: AccountView; readonly venue: string }) {
  const { t } = useTranslation();
  const { pulse } = useDesk();
  const answering = useStore(pulse, (state) => state.answering);
  const kind = answering ? accountHealth(account.state) : 'stale';
  const { what, next } = accountWords(account.state, venue);
  return (
    <div className="account-state" data-testid="account-state">
      <span className="stream-state">
        <HealthGlyph kind={kind} />
        <strong className={healthWordClass(kind)} data-testid="account-word">
          {answering ? t(`accountstate.${account.state.kind}`) : t('health.unheard')}
        </strong>
        <LiveText
          className="text-dim"
          wake={[pulse]}
          read={() => ({
            text: t('accounts.since', {
              time: formatClock(account.since),
              age: formatAge(pulse.getState().now - account.since, currentLanguage()),
            }),
            title: formatMoment(account.since),
          })}
        />
        <Retry account={account} />
        {account.environment !== 'paper' && <Reconciled account={account} />}
      </span>
      {account.state.kind !== 'live' && <span data-testid="account-what">{what}</span>}
      {next !== undefined && (
        <span className="account-next" data-testid="account-next">
          <span className="sr-only">{t('accounts.next')} </span>
          <span aria-hidden="true">→ </span>
          {next}
        </span>
      )}
      {account.state.kind === 'refused' && account.state.detail !== '' && (
        <span className="text-dim account-detail">
          {t('accounts.detail', { detail: account.state.detail })}
        </span>
      )}
      {account.unknownStatuses.length > 0 && (
        <span className="text-warn" data-testid="unknown-statuses" title={t('accounts.unknown-explained')}>
          {t('accounts.unknown', { words: account.unknownStatuses.join(', ') })}
        </span>
      )}
    </div>
  );
}

function Retry({ account: { state } }: { readonly account: AccountView }) {
  const { t } = useTranslation();
  const { pulse } = useDesk();
  if (state.kind !== 'waiting') return null;
  return (
    <LiveText
      className="text-dim"
      wake={[pulse]}
      read={() => ({
        text: t('accounts.retry', {
          attempt: state.attempt,
          left: formatCountdown(state.retryAt - pulse.getState().now),
        }),
      })}
    />
  );
}

function Reconciled({
  account: { reconciledAt, mended = 0, streamHeardAt },
}: {
  readonly account: AccountView;
}) {
  const { t } = useTranslation();
  const { pulse } = useDesk();
  const age = (at: number) => formatAge(pulse.getState().now - at, currentLanguage());
  return (
    <>
      <LiveText
        className="text-dim"
        testId="account-reconciled"
        wake={[pulse]}
        read={() =>
          reconciledAt === undefined
            ? { text: t('accounts.never-reconciled') }
            : {
                text: t('accounts.reconciled', { age: age(reconciledAt) }),
                title: `${t('accounts.reconciled-explained')} ${formatMoment(reconciledAt)}`,
              }
        }
      />
      {mended > 0 && (
        <span className="text-warn" title={t('accounts.mended-explained')}>
          {t('accounts.mended', { count: mended })}
        </span>
      )}
      {streamHeardAt !== undefined && (
        <LiveText
          className="text-dim"
          wake={[pulse]}
          read={() => ({ text: t('accounts.heard', { age: age(streamHeardAt) }) })}
        />
      )}
    </>
  );
}
