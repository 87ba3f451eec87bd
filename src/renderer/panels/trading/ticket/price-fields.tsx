import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { hasPrice, hasTrigger, plainTyped } from '../../../stores/ticket-form.ts';
import { useDesk } from '../../../ui/desk-context.ts';
import { stepPrice } from '../step-decimal.ts';
import { wrongField } from './mend-of.ts';
import { NumberField } from './number-field.tsx';
import { QuickPrices } from './quick-prices.tsx';
import { Segments } from './segments.tsx';

/** Trigger and price, as far as the type has them. */
export function PriceFields({ describedBy }: { readonly describedBy: string }) {
  const { t } = useTranslation();
  const { ticket, instruments } = useDesk();
  const form = useStore(ticket.store, (state) => state.form);
  const wrong = useStore(ticket.store, wrongField);
  const about = useStore(instruments.store, ({ known }) => known.get(ticket.store.getState().instrument));
  const isSpot = about?.kind === 'spot';
  const quote = about?.quote ?? '';
  const field = (name: 'price' | 'triggerPrice', label: string) => (
    <NumberField
      label={label}
      name={name}
      value={form[name]}
      onChange={(text) => ticket.change({ [name]: text })}
      onStep={
        about && ((steps) => ticket.change({ [name]: stepPrice(about, plainTyped(form[name]), steps) }))
      }
      onFocus={() => ticket.aim(name)}
      isWrong={wrong === name}
      describedBy={wrong === name ? describedBy : undefined}
      after={<span className="ticket-unit text-dim">{quote}</span>}
    />
  );
  return (
    <>
      {hasTrigger(form.type) && (
        <>
          {field('triggerPrice', t('ticket.trigger'))}
          {!isSpot && (
            <div className="ticket-row">
              <span aria-hidden="true">{t('ticket.trigger-by')}</span>
              <Segments
                name="trigger-by"
                legend={t('ticket.trigger-by')}
                value={form.triggerBy}
                options={(['mark', 'last'] as const).map((value) => ({
                  value,
                  label: t(`ticket.by-${value}`),
                }))}
                onChoose={(triggerBy) => ticket.change({ triggerBy })}
              />
            </div>
          )}
        </>
      )}
      {hasPrice(form.type) && field('price', t('ticket.price'))}
      {form.type !== 'market' && <QuickPrices />}
    </>
  );
}
