import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useDesk } from '../../ui/desk-context.ts';
import { formatExact } from '../../ui/format-exact.ts';
import { NumberInput } from '../../ui/number-input.tsx';
import { stepDecimal } from '../trading/step-decimal.ts';
import { QuantityPresets } from '../trading/ticket/quantity-presets.tsx';
import { GROUPINGS } from './ladder-scale.ts';
import { OneClick } from './one-click.tsx';

/** How a click is taken, how prices are grouped, and how much a click is for. */
export function LadderTools({ onCentre }: { readonly onCentre: () => void }) {
  const { t } = useTranslation();
  const { instruments, ladder, ticket } = useDesk();
  const grouping = useStore(ladder.store, (state) => state.grouping);
  const instrument = useStore(ticket.store, (state) => state.instrument);
  const about = useStore(instruments.store, ({ known }) => known.get(instrument));
  const stepOf = (count: number) =>
    // Where the step depends on the price, a number of steps is all that can be said.
    about === undefined || about.tickBands?.length
      ? `${count}×`
      : formatExact(stepDecimal('0', about.tickSize, count));
  return (
    <div className="ladder-tools">
      <div className="ladder-line">
        <OneClick />
        <select
          className="field ladder-group"
          aria-label={t('ladder.group')}
          title={t('ladder.group')}
          value={grouping}
          data-testid="ladder-group"
          onChange={({ target }) => ladder.group(Number(target.value))}
        >
          {GROUPINGS.map((count) => (
            <option key={count} value={count}>
              {stepOf(count)}
            </option>
          ))}
        </select>
        <button
          type="button"
          className="button"
          title={t('ladder.centre-means')}
          data-testid="ladder-centre"
          onClick={onCentre}
        >
          {t('ladder.centre')}
        </button>
      </div>
      <Quantity base={about?.base ?? ''} quote={about?.quote ?? ''} />
    </div>
  );
}

/** The ticket's own quantity and unit: what is changed here is changed there. */
function Quantity({ base, quote }: { readonly base: string; readonly quote: string }) {
  const { t } = useTranslation();
  const { ticket } = useDesk();
  const { quantity, unit, postOnly, reduceOnly } = useStore(ticket.store, (state) => state.form);
  const units = { base, quote, contracts: t('ticket.unit-contracts'), percent: '%' } as const;
  const terms = [
    ...(postOnly ? [t('ticket.post-only')] : []),
    ...(reduceOnly ? [t('ticket.reduce-only')] : []),
  ].join(' · ');
  return (
    <>
      <div className="ladder-line">
        <label className="ladder-quantity">
          <span className="text-dim">{t('ticket.quantity')}</span>
          <NumberInput
            className="field"
            value={quantity}
            title={t('ladder.quantity-means')}
            data-testid="ladder-quantity"
            onChange={(text) => ticket.change({ quantity: text, closePosition: false })}
          />
        </label>
        <span>{units[unit]}</span>
        {terms !== '' && (
          <span className="text-dim" title={t('ladder.terms-mean')}>
            {terms}
          </span>
        )}
      </div>
      <QuantityPresets testId="ladder-preset" />
    </>
  );
}
