import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import type { View } from '../../stores/view.ts';
import { useDesk } from '../../ui/desk-context.ts';
import { VenueActions } from '../venue-actions.tsx';
import { ConnectionDetails } from './connection-details.tsx';

interface VenueDetailsProps {
  readonly venue: string;
  readonly name: string;
  /** Called when the person goes where more is told. */
  readonly onLeave: () => void;
}

/** A venue's connections one under the other, what can be done about them, and the ways to where more is told. */
export function VenueDetails({ venue, name, onLeave }: VenueDetailsProps) {
  const { t } = useTranslation();
  const { pulse, view } = useDesk();
  const answering = useStore(pulse, (state) => state.answering);
  const ids = useStore(
    pulse,
    useShallow(({ health }) =>
      (health?.connections ?? []).filter((one) => one.venue === venue).map(({ id }) => id),
    ),
  );
  const go = (where: View) => {
    view.show(where, venue);
    onLeave();
  };
  return (
    <div className="connection" data-testid="venue-details">
      <div className="connection-head">
        <h2>{name}</h2>
        <span className="ml-auto" />
        <button
          type="button"
          className="button"
          title={t('view.key', { key: 'Alt+2' })}
          onClick={() => go('connections')}
        >
          {t('connection.look')}
        </button>
        <button
          type="button"
          className="button"
          title={t('view.key', { key: 'Alt+4' })}
          onClick={() => go('venues')}
        >
          {t('venue.look')}
        </button>
        <VenueActions venue={venue} />
      </div>
      {!answering && <p className="text-bad">{t('connection.unheard')}</p>}
      {ids.length === 0 && <p className="text-dim">{t('status.none')}</p>}
      {ids.map((id) => (
        <ConnectionDetails key={id} id={id} venueName={name} />
      ))}
    </div>
  );
}
