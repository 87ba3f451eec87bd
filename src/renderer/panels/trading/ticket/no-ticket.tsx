import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { venueOf } from '#shared/domain/instrument.ts';
import { ticketAccounts } from '../../../stores/ticket-accounts.ts';
import { useDesk } from '../../../ui/desk-context.ts';
import { Pending } from '../../../ui/pending.tsx';
import { useVenueName } from '../use-venue-name.ts';
import { AddPaper } from './add-paper.tsx';

/** In the ticket's place while there is nothing to order with, with both ways to get it. */
export function NoTicket() {
  const { t } = useTranslation();
  const { holdings, settings, view } = useDesk();
  const selected = useStore(settings.store, (state) => state.selected);
  const { view: told, error } = useStore(holdings.accounts.store);
  const venue = venueOf(selected);
  const name = useVenueName(venue);
  if (told === undefined) {
    return <Pending error={error} waiting={t('ticket.waiting')} onRetry={holdings.accounts.retry} />;
  }
  const hasReader = ticketAccounts(told, venue).length > 0;
  return (
    <div className="no-ticket" data-testid="no-ticket">
      <p>
        <strong>
          {hasReader ? t('ticket.none-read-only', { venue: name }) : t('ticket.none', { venue: name })}
        </strong>
      </p>
      <p className="text-dim">{t('ticket.none-do')}</p>
      <button
        type="button"
        className="button button-main"
        data-testid="ticket-to-accounts"
        onClick={() => view.show('accounts')}
      >
        {t('ticket.to-accounts')}
      </button>
      <AddPaper venue={venue} />
    </div>
  );
}
