import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { AppDescription } from '#shared/contract/api.ts';
import { venueHealth } from '../../stores/venue-health.ts';
import { useDesk } from '../../ui/desk-context.ts';
import { HealthGlyph, healthWordClass } from '../../ui/health-glyph.tsx';
import { useAsk } from '../../ui/use-ask.ts';
import { stateSentence } from '../status-bar/connection-words.ts';
import { VenueActions } from '../venue-actions.tsx';

interface VenueColumnHeadProps {
  readonly venue: AppDescription['venues'][number];
  readonly isSubject: boolean;
}

/** A venue's name, how it is, and what can be done about it. */
export function VenueColumnHead({ venue, isSubject }: VenueColumnHeadProps) {
  const { t } = useTranslation();
  return (
    <th scope="col" data-venue={venue.id} data-subject={isSubject || undefined}>
      <span className="sheet-name">
        {venue.name}
        {venue.isAdded && (
          <span className="sheet-added" title={t('venues.added-explained')}>
            {t('venues.added')}
          </span>
        )}
      </span>
      <Health venue={venue.id} />
      <span className="sheet-actions">
        <VenueActions venue={venue.id} />
        {venue.isAdded && <Remove venue={venue} />}
      </span>
    </th>
  );
}

function Health({ venue }: { readonly venue: AppDescription['venues'][number]['id'] }) {
  const { t } = useTranslation();
  const { pulse, settings } = useDesk();
  const answering = useStore(pulse, (state) => state.answering);
  const connections = useStore(pulse, ({ health }) => health?.connections);
  const now = useStore(pulse, (state) => Math.floor(state.now / 1_000) * 1_000);
  const isPaused = useStore(settings.store, ({ pausedVenues }) => pausedVenues.includes(venue));
  const health = venueHealth(connections ?? [], venue);
  const kind = !answering ? 'stale' : isPaused && health.kind === 'idle' ? 'paused' : health.kind;
  return (
    <span
      className="sheet-health stream-state"
      data-testid="sheet-health"
      title={health.worst && stateSentence(health.worst, now)}
    >
      <HealthGlyph kind={kind} />
      <span className={healthWordClass(kind)}>{answering ? t(`health.${kind}`) : t('health.unheard')}</span>
    </span>
  );
}

/** Pressed twice: what was shown of it goes blank everywhere. */
function Remove({ venue }: { readonly venue: AppDescription['venues'][number] }) {
  const { t } = useTranslation();
  const { client, description, instruments } = useDesk();
  const { busy, ask } = useAsk();
  const [isSure, setSure] = useState(false);
  const remove = () =>
    ask(async () => {
      await client.request('venues.remove', { venue: venue.id });
      await description.again();
      instruments.renew();
    });
  return (
    <button
      type="button"
      className="button"
      disabled={busy}
      title={t('venues.remove-explained')}
      onBlur={() => setSure(false)}
      onClick={() => (isSure ? remove() : setSure(true))}
    >
      {isSure ? t('venues.remove-sure', { name: venue.name }) : t('venues.remove')}
    </button>
  );
}
