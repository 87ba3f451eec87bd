import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { instrumentName } from '#shared/domain/instrument.ts';
import { offerAct } from '../../../commands/offers.ts';
import { useDesk } from '../../../ui/desk-context.ts';
import { Panel } from '../../../ui/panel.tsx';
import { NoTicket } from './no-ticket.tsx';
import { TicketForm } from './ticket-form.tsx';

/** Orders by hand for the main colour's instrument. */
export function TicketPanel() {
  const { t } = useTranslation();
  const { mainFocus } = useDesk();
  const instrument = useStore(mainFocus.store, (state) => state.instrument);
  const body = useRef<HTMLDivElement>(null);
  useEffect(
    () =>
      offerAct('focus-ticket', () => {
        // Once it has come to the front: the quantity, which is the last figure of the form.
        requestAnimationFrame(() => {
          const figures = body.current?.querySelectorAll<HTMLInputElement>('input[inputmode=decimal]');
          const quantity = figures?.[figures.length - 1];
          quantity?.focus();
          quantity?.select();
        });
      }),
    [],
  );
  return (
    <Panel
      name="ticket"
      title={t('ticket.title')}
      head={<span className="ml-auto text-[11px] text-dim truncate">{instrumentName(instrument)}</span>}
    >
      <div ref={body} className="ticket-body">
        <Ticket />
      </div>
    </Panel>
  );
}

function Ticket() {
  const { ticket } = useDesk();
  const hasAccount = useStore(ticket.store, ({ account }) => account !== undefined);
  useEffect(() => ticket.show(), [ticket]);
  return hasAccount ? <TicketForm /> : <NoTicket />;
}
