import { useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { isSettled } from '#shared/domain/own-order.ts';
import { useDesk } from '../../../ui/desk-context.ts';
import { Panel } from '../../../ui/panel.tsx';
import { Tabs } from '../../../ui/tabs.tsx';
import { OwnOrderList } from '../orders/own-order-list.tsx';
import { SideSwitch } from '../side-switch.tsx';
import { NoTicket } from './no-ticket.tsx';
import { TicketForm } from './ticket-form.tsx';

/** Orders by hand for the instrument shown, and what became of those placed from here. */
export function TicketPanel() {
  const { t } = useTranslation();
  const { trading } = useDesk();
  const [tab, setTab] = useState<'order' | 'mine'>('order');
  const id = useId();
  const running = useStore(trading.own.store, ({ view }) =>
    view === undefined ? 0 : [...view.values()].filter(({ state }) => !isSettled(state)).length,
  );
  const mine = running === 0 ? t('ticket.mine') : t('ticket.mine-count', { count: running });
  return (
    <Panel
      name="ticket"
      title={t('ticket.title')}
      titleHidden
      head={
        <>
          <Tabs
            label={t('ticket.title')}
            controls={id}
            tabs={[
              { id: 'order', label: t('ticket.title') },
              { id: 'mine', label: mine },
            ]}
            current={tab}
            onChoose={setTab}
          />
          <SideSwitch to="book" />
        </>
      }
    >
      <div
        id={id}
        role="tabpanel"
        aria-label={tab === 'order' ? t('ticket.title') : t('ticket.mine')}
        className="ticket-body"
      >
        {tab === 'order' ? <Ticket /> : <OwnOrderList />}
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
