import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { venueOf } from '#shared/domain/instrument.ts';
import type { TicketType } from '#shared/domain/order-draft.ts';
import { useDesk } from '../../../ui/desk-context.ts';
import { useVenueName } from '../use-venue-name.ts';
import { Segments } from './segments.tsx';
import { useAbilities } from './use-abilities.ts';

const GROUPS = ['limit', 'market', 'stop', 'take-profit'] as const;
type Group = (typeof GROUPS)[number];

function groupOf(type: TicketType): Group {
  return type === 'stop-market' ? 'stop' : type === 'take-profit-market' ? 'take-profit' : type;
}

/** What a group begins as: waiting orders as market orders, since that is what a stop is for. */
const FIRST: Readonly<Record<Group, TicketType>> = {
  limit: 'limit',
  market: 'market',
  stop: 'stop-market',
  'take-profit': 'take-profit-market',
};

/** Limit, market, or one that waits for its trigger and then is either. What the venue does not have cannot be chosen. */
export function OrderKind() {
  const { t } = useTranslation();
  const { ticket } = useDesk();
  const type = useStore(ticket.store, ({ form }) => form.type);
  const venue = useVenueName(useStore(ticket.store, ({ instrument }) => venueOf(instrument)));
  const abilities = useAbilities();
  const group = groupOf(type);
  const waits = group === 'stop' || group === 'take-profit';
  const isUnable = abilities?.conditional === false;
  const unable = t('ticket.unable', { venue });
  return (
    <>
      <Segments
        name="type"
        legend={t('ticket.type')}
        value={group}
        options={GROUPS.map((value) => {
          const isDisabled = isUnable && (value === 'stop' || value === 'take-profit');
          return { value, label: t(`ticket.${value}`), isDisabled, title: isDisabled ? unable : undefined };
        })}
        onChoose={(next) => ticket.change({ type: FIRST[next] })}
      />
      {waits && (
        <div className="ticket-row">
          <span aria-hidden="true">{t('ticket.then')}</span>
          <Segments
            name="then"
            legend={t('ticket.then')}
            value={type === group ? 'limit' : 'market'}
            options={(['market', 'limit'] as const).map((value) => ({ value, label: t(`ticket.${value}`) }))}
            onChoose={(next) => ticket.change({ type: next === 'limit' ? group : FIRST[group] })}
          />
        </div>
      )}
    </>
  );
}
