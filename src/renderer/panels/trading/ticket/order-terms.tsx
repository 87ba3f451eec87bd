import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { venueOf } from '#shared/domain/instrument.ts';
import { hasPrice } from '../../../stores/ticket-form.ts';
import { useDesk } from '../../../ui/desk-context.ts';
import { useVenueName } from '../use-venue-name.ts';
import { Segments } from './segments.tsx';
import { useAbilities } from './use-abilities.ts';

/** How long it stands, and what it must never do. */
export function OrderTerms() {
  const { t } = useTranslation();
  const { ticket, instruments } = useDesk();
  const form = useStore(ticket.store, (state) => state.form);
  const instrument = useStore(ticket.store, (state) => state.instrument);
  const isSpot = useStore(instruments.store, ({ known }) => known.get(instrument)?.kind === 'spot');
  const unable = t('ticket.unable', { venue: useVenueName(venueOf(instrument)) });
  const abilities = useAbilities();
  const canReduce = abilities === undefined ? !isSpot : abilities.reduceOnly;
  const canClose = (abilities?.closePosition ?? !isSpot) && form.type !== 'limit';
  return (
    <div className="ticket-terms">
      {hasPrice(form.type) && !form.postOnly && (
        <Segments
          name="time-in-force"
          legend={t('ticket.time-in-force')}
          value={form.timeInForce}
          options={(['GTC', 'IOC', 'FOK'] as const).map((value) => {
            const isDisabled = value !== 'GTC' && abilities?.immediate.includes(value) === false;
            return { value, label: value, isDisabled, title: isDisabled ? unable : t(`ticket.${value}`) };
          })}
          onChoose={(timeInForce) => ticket.change({ timeInForce })}
        />
      )}
      {form.type === 'limit' && (
        <Check
          name="post-only"
          checked={form.postOnly}
          isDisabled={abilities?.postOnly === false && !form.postOnly}
          unable={unable}
          onChange={(postOnly) => ticket.change({ postOnly })}
        />
      )}
      {(!isSpot || form.reduceOnly) && (
        <Check
          name="reduce-only"
          checked={form.reduceOnly || form.closePosition}
          isDisabled={form.closePosition || (!canReduce && !form.reduceOnly)}
          unable={unable}
          onChange={(reduceOnly) => ticket.change({ reduceOnly })}
        />
      )}
      {((!isSpot && form.type !== 'limit') || form.closePosition) && (
        <Check
          name="close-position"
          checked={form.closePosition}
          isDisabled={!canClose && !form.closePosition}
          unable={unable}
          onChange={(closePosition) => ticket.change({ closePosition })}
        />
      )}
    </div>
  );
}

interface CheckProps {
  readonly name: 'post-only' | 'reduce-only' | 'close-position';
  readonly checked: boolean;
  readonly isDisabled: boolean;
  readonly unable: string;
  readonly onChange: (checked: boolean) => void;
}

function Check({ name, checked, isDisabled, unable, onChange }: CheckProps) {
  const { t } = useTranslation();
  return (
    <label className="form-check" title={isDisabled && !checked ? unable : t(`ticket.${name}-means`)}>
      <input
        type="checkbox"
        checked={checked}
        disabled={isDisabled}
        data-testid={`ticket-${name}`}
        onChange={({ target }) => onChange(target.checked)}
      />
      <span>{t(`ticket.${name}`)}</span>
    </label>
  );
}
