import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Instrument } from '#shared/domain/instrument.ts';
import { AMOUNT_UNITS, type AmountUnit } from '#shared/domain/order-draft.ts';
import { plainTyped } from '../../../stores/ticket-form.ts';
import { useDesk } from '../../../ui/desk-context.ts';
import { stepDecimal } from '../step-decimal.ts';
import { wrongField } from './mend-of.ts';
import { NumberField } from './number-field.tsx';
import { QuantityPresets } from './quantity-presets.tsx';

/** How much a step is worth in a quote currency. */
const QUOTE_STEP: Readonly<Record<string, string>> = { KRW: '1000' };

function stepOf(unit: AmountUnit, about: Instrument): string {
  switch (unit) {
    case 'base':
    case 'contracts':
      return about.quantityStep;
    case 'quote':
      return QUOTE_STEP[about.quote] ?? '1';
    case 'percent':
      return '1';
  }
}

/** How much: in base, quote, contracts or a share of what is free, with the presets of the settings. */
export function QuantityField({ describedBy }: { readonly describedBy: string }) {
  const { t } = useTranslation();
  const { ticket, instruments } = useDesk();
  const { quantity, unit, closePosition } = useStore(ticket.store, (state) => state.form);
  const wrong = useStore(ticket.store, wrongField);
  const instrument = useStore(ticket.store, (state) => state.instrument);
  const about = useStore(instruments.store, ({ known }) => known.get(instrument));
  if (closePosition) return null;
  const units = AMOUNT_UNITS.filter((one) => one !== 'contracts' || about?.kind !== 'spot');
  const named: Readonly<Record<AmountUnit, string>> = {
    base: about?.base ?? '',
    quote: about?.quote ?? '',
    contracts: t('ticket.unit-contracts'),
    percent: '%',
  };
  const isWrong = wrong === 'quantity';
  return (
    <>
      <NumberField
        label={t('ticket.quantity')}
        name="quantity"
        value={quantity}
        onChange={(text) => ticket.change({ quantity: text })}
        onStep={
          about &&
          ((steps) =>
            ticket.change({ quantity: stepDecimal(plainTyped(quantity), stepOf(unit, about), steps) }))
        }
        isWrong={isWrong}
        describedBy={isWrong ? describedBy : undefined}
        after={
          <select
            className="field ticket-unit"
            aria-label={t('ticket.unit')}
            value={unit}
            data-testid="ticket-unit"
            // A number of one unit means nothing in another.
            onChange={({ target }) => ticket.change({ unit: target.value as AmountUnit, quantity: '' })}
          >
            {units.map((one) => (
              <option key={one} value={one}>
                {named[one]}
              </option>
            ))}
          </select>
        }
      />
      <QuantityPresets testId="ticket-preset" />
    </>
  );
}
