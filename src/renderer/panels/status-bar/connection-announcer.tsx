import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { venueHealth } from '../../stores/venue-health.ts';
import { useDesk } from '../../ui/desk-context.ts';
import { ConnectionNews } from './connection-news.ts';

/** Reads out what changed with the connections, when the reader has a pause; nothing of it is seen. */
export function ConnectionAnnouncer() {
  const { t } = useTranslation();
  const { pulse, description } = useDesk();
  const [said, setSaid] = useState('');
  const news = useRef(new ConnectionNews());
  useEffect(
    () =>
      pulse.subscribe(({ health, answering, now }) => {
        // That the engine is silent is said by its banner.
        if (health === undefined || !answering) return;
        const { venues } = description.store.getState();
        const kinds = new Map(venues.map(({ id }) => [id, venueHealth(health.connections, id).kind]));
        const lines = news.current
          .take(kinds, now)
          .map(
            ([id, kind]) => `${venues.find((venue) => venue.id === id)?.name ?? id}: ${t(`health.${kind}`)}`,
          );
        if (lines.length > 0) setSaid(lines.join(', '));
      }),
    [pulse, description, t],
  );
  return (
    <p className="sr-only" role="status" aria-live="polite" data-testid="connection-news">
      {said}
    </p>
  );
}
