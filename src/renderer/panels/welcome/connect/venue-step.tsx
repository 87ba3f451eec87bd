import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { HeartlineError } from '#shared/base/errors.ts';
import { type VenueId, venueId } from '#shared/domain/instrument.ts';
import { errorText } from '../../../i18n/text-for.ts';
import { asError } from '../../../stores/as-error.ts';
import { useDesk } from '../../../ui/desk-context.ts';
import { OtherVenues } from './other-venues.tsx';

type Adding =
  | { readonly kind: 'idle' }
  | { readonly kind: 'asking'; readonly id: string }
  | { readonly kind: 'failed'; readonly id: string; readonly error: HeartlineError };

interface VenueStepProps {
  readonly chosen: VenueId | undefined;
  readonly onChosen: (venue: VenueId) => void;
}

/** Which exchange: those Heartline speaks to itself, with how far each can be trusted; or any that ccxt knows. */
export function VenueStep({ chosen, onChosen }: VenueStepProps) {
  const { t } = useTranslation();
  const { client, description, instruments } = useDesk();
  const venues = useStore(description.store, (state) => state.venues);
  const [isOther, setOther] = useState(false);
  const [adding, setAdding] = useState<Adding>({ kind: 'idle' });
  const epoch = useRef(0);
  useEffect(
    () => () => {
      epoch.current += 1;
    },
    [],
  );

  const add = (id: string) => {
    const venue = venueId(`ccxt:${id}`);
    epoch.current += 1;
    const at = epoch.current;
    setAdding({ kind: 'asking', id });
    client
      .request('venues.add', { venue })
      .then(async () => {
        // Nobody waits for it any more: it goes again, so that nothing stands that was not wanted.
        if (at !== epoch.current) await client.request('venues.remove', { venue });
        await description.again();
        instruments.renew();
        if (at === epoch.current) onChosen(venue);
      })
      .catch((fault: unknown) => {
        if (at === epoch.current) setAdding({ kind: 'failed', id, error: asError(fault) });
      });
  };
  const stop = () => {
    epoch.current += 1;
    setAdding({ kind: 'idle' });
  };
  return (
    <>
      <p>{t('connect.venue-ask')}</p>
      <ul className="connect-venues" aria-label={t('connect.venues')}>
        {venues.map(({ id, name, sheet, isAdded }) => (
          <li key={id}>
            <button
              type="button"
              className="connect-venue"
              data-venue-choice={id}
              aria-pressed={id === chosen}
              onClick={() => onChosen(id)}
            >
              <strong>{name}</strong>
              <span className="text-dim">{t(isAdded ? 'connect.by-ccxt' : 'connect.first-class')}</span>
              <span>{t('connect.safety', { level: t(`safety.${sheet.orderSafety}`) })}</span>
            </button>
          </li>
        ))}
      </ul>
      {!isOther && (
        <button type="button" className="button" data-testid="connect-other" onClick={() => setOther(true)}>
          {t('connect.other')}
        </button>
      )}
      {isOther && (
        <OtherVenues
          isBusy={adding.kind === 'asking'}
          held={new Set(venues.map(({ id }) => id))}
          onChosen={add}
        />
      )}
      {adding.kind === 'asking' && (
        <p className="long-step" role="status" data-testid="connect-adding">
          <progress aria-label={t('venues.adding', { id: adding.id })} />
          <span>{t('venues.adding', { id: adding.id })}</span>
          <button type="button" className="button" data-testid="connect-stop" onClick={stop}>
            {t('connect.stop')}
          </button>
        </p>
      )}
      {adding.kind === 'failed' && (
        <p className="text-bad" role="alert" data-testid="connect-failed">
          {adding.id}: {errorText(adding.error)}
        </p>
      )}
    </>
  );
}
