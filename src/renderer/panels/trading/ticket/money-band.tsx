import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { AccountView } from '#shared/contract/account-views.ts';
import type { TicketState } from '../../../stores/ticket.ts';
import { useDesk } from '../../../ui/desk-context.ts';
import { useVenueName } from '../use-venue-name.ts';

type Money = 'real' | 'paper' | 'demo' | 'practice';

/** Across the ticket: whose money it is, by word and colour. */
export function MoneyBand({ account }: { readonly account: AccountView }) {
  const { t } = useTranslation();
  const { ticket } = useDesk();
  const money = useStore(ticket.store, moneyOf);
  const venue = useVenueName(account.venue);
  return (
    <p
      className="money-band"
      data-money={money}
      data-testid="money-band"
      title={t(`money.${money}-means`, { venue })}
    >
      <strong>{t(`money.${money}`)}</strong> <span>{t(`money.${money}-means`, { venue })}</span>
    </p>
  );
}

/** What the engine says of it is above what the account is called. */
function moneyOf({ account, verdict }: TicketState): Money {
  if (verdict.kind === 'told' && verdict.view.isReal) return 'real';
  switch (account?.environment) {
    case 'paper':
      return 'paper';
    case 'simulator':
      return 'demo';
    case 'demo':
    case 'testnet':
      return 'practice';
    default:
      return 'real';
  }
}
