import { useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { AccountView } from '#shared/contract/account-views.ts';
import type { AccountId } from '#shared/domain/account.ts';
import { ticketAccounts } from '../../../stores/ticket-accounts.ts';
import { useDesk } from '../../../ui/desk-context.ts';
import { HealthGlyph } from '../../../ui/health-glyph.tsx';
import { accountHealth } from '../../accounts/list/account-glyph.ts';
import { usePaper } from './use-paper.ts';

/** No account has it as its id. */
const PAPER = '';

/** Accounts of the instrument's venue; those that may only read are named and cannot be chosen. The last choice adds paper. */
export function AccountChoice({ account }: { readonly account: AccountView }) {
  const { t } = useTranslation();
  const { holdings, ticket } = useDesk();
  const id = useId();
  const view = useStore(holdings.accounts.store, (state) => state.view);
  const accounts = ticketAccounts(view, account.venue);
  const { isOffered, add } = usePaper(account.venue);
  const [isWanted, setWanted] = useState(false);
  const paper = accounts.find(({ environment }) => environment === 'paper')?.id;
  // Whoever adds it here means to order with it.
  useEffect(() => {
    if (!isWanted || paper === undefined) return;
    setWanted(false);
    ticket.choose(paper);
  }, [isWanted, paper, ticket]);
  const choose = (chosen: string) => {
    if (chosen !== PAPER) return ticket.choose(chosen as AccountId);
    setWanted(true);
    add();
  };
  return (
    <div className="ticket-row">
      <label htmlFor={id}>{t('ticket.account')}</label>
      <span className="ticket-account">
        <HealthGlyph kind={accountHealth(account.state)} alone />
        <select
          id={id}
          className="field"
          value={account.id}
          title={`${account.label} · ${t(`environment.${account.environment}`)}`}
          data-testid="ticket-account"
          onChange={({ target }) => choose(target.value)}
        >
          {accounts.map((one) => (
            <option key={one.id} value={one.id} disabled={one.mode !== 'trade'}>
              {[
                one.label,
                t(`environment.${one.environment}`),
                one.mode === 'trade' ? '' : t('ticket.read-only'),
              ]
                .filter(Boolean)
                .join(' · ')}
            </option>
          ))}
          {isOffered && <option value={PAPER}>{t('ticket.add-paper')}…</option>}
        </select>
      </span>
    </div>
  );
}
