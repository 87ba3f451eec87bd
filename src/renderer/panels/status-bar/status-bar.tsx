import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useDesk } from '../../ui/desk-context.ts';
import { formatDecimal } from '../../ui/format-number.ts';
import { formatClock, formatUtc, zoneName } from '../../ui/format-time.ts';
import { LiveText } from '../../ui/live-text.tsx';
import { ConnectionAnnouncer } from './connection-announcer.tsx';
import { VenueChip } from './venue-chip.tsx';

export function StatusBar() {
  const { t } = useTranslation();
  const { pulse, description } = useDesk();
  const venues = useStore(description.store, (state) => state.venues);
  const health = useStore(pulse, (state) => state.health);
  return (
    <footer className="status-bar" style={{ gridArea: 'status' }} data-testid="status-bar">
      <ul className="status-chips" aria-label={t('status.connections')}>
        {health !== undefined &&
          venues.map(({ id, name }) => (
            <li key={id}>
              <VenueChip venue={id} name={name} connections={health.connections} />
            </li>
          ))}
        {health === undefined && <li className="text-dim">{t('status.waiting')}</li>}
      </ul>
      <ConnectionAnnouncer />
      <LiveText
        className="ml-auto text-dim"
        testId="engine-figures"
        wake={[pulse]}
        read={() => {
          const { health: view, answering } = pulse.getState();
          return {
            text: t('status.engine', {
              memory: formatDecimal(view?.engine.memoryMb, 0),
              delay: formatDecimal(view?.engine.eventLoopDelayMs, 1),
            }),
            fresh: view === undefined ? 'unknown' : answering ? 'fresh' : 'stale',
            title: t('status.engine-explained'),
          };
        }}
      />
      <LiveText
        testId="clock"
        wake={[pulse]}
        read={() => {
          // The clock on the wall runs whether the engine does or not.
          const now = Date.now();
          return { text: `${formatClock(now)} ${zoneName(now)}`, title: formatUtc(now) };
        }}
      />
    </footer>
  );
}
