import { type KeyboardEvent, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useDesk } from '../../../ui/desk-context.ts';
import { AccountChoice } from './account-choice.tsx';
import { DenialList } from './denial-list.tsx';
import { Estimate } from './estimate.tsx';
import { MoneyBand } from './money-band.tsx';
import { OrderKind } from './order-kind.tsx';
import { OrderTerms } from './order-terms.tsx';
import { OutcomeLine } from './outcome-line.tsx';
import { PlaceButton } from './place-button.tsx';
import { PriceFields } from './price-fields.tsx';
import { ProofList } from './proof-list.tsx';
import { QuantityField } from './quantity-field.tsx';
import { Segments } from './segments.tsx';

/** The fields in the order they are filled, then what the engine makes of them, then the one button. */
export function TicketForm() {
  const { t } = useTranslation();
  const { ticket } = useDesk();
  const account = useStore(ticket.store, (state) => state.account);
  const side = useStore(ticket.store, ({ form }) => form.side);
  const button = useRef<HTMLButtonElement>(null);
  const denials = useId();
  // Enter never orders: it goes to the button, which says what would leave and takes a press of its own.
  const toButton = (event: KeyboardEvent) => {
    const isField = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
    if (event.key !== 'Enter' || !isField || event.nativeEvent.isComposing) return;
    event.preventDefault();
    button.current?.focus();
  };
  if (account === undefined) return null;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the fields inside are heard here.
    <div className="ticket" data-side={side} data-testid="ticket" onKeyDown={toButton}>
      <div className="ticket-fields">
        <MoneyBand account={account} />
        <AccountChoice account={account} />
        <Segments
          name="side"
          legend={t('ticket.side')}
          value={side}
          options={[
            { value: 'buy', label: t('ticket.buy') },
            { value: 'sell', label: t('ticket.sell') },
          ]}
          onChoose={(next) => ticket.change({ side: next })}
        />
        <OrderKind />
        <PriceFields describedBy={denials} />
        <QuantityField describedBy={denials} />
        <OrderTerms />
        <Estimate />
        <ProofList account={account} />
      </div>
      <div className="ticket-foot">
        <DenialList id={denials} />
        <PlaceButton button={button} />
        <OutcomeLine />
      </div>
    </div>
  );
}
