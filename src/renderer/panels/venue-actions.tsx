import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { VenueId } from '#shared/domain/instrument.ts';
import { useDesk } from '../ui/desk-context.ts';
import { useAsk } from '../ui/use-ask.ts';

/** Reconnect now; pause, or let go on. Each says what it will do to the data. */
export function VenueActions({ venue }: { readonly venue: string }) {
  const { t } = useTranslation();
  const { client, settings, pulse } = useDesk();
  const answering = useStore(pulse, (state) => state.answering);
  const paused = useStore(settings.store, ({ pausedVenues }) => pausedVenues.includes(venue as VenueId));
  const { busy, ask } = useAsk();
  const id = venue as VenueId;

  const pause = (isPaused: boolean) =>
    ask(async () => {
      await client.request('connections.pause', { venue: id, paused: isPaused });
      // The engine keeps it with the settings; this window's copy follows.
      settings.store.setState(({ pausedVenues }) => ({
        pausedVenues: isPaused
          ? [...new Set([...pausedVenues, id])]
          : pausedVenues.filter((one) => one !== id),
      }));
    });
  return (
    <span className="venue-actions">
      <button
        type="button"
        className="button"
        disabled={busy || !answering || paused}
        title={answering ? t('connection.reconnect-explained') : t('connection.reconnect-silent')}
        onClick={() => ask(() => client.request('connections.reconnect', { venue: id }))}
      >
        {t('connection.reconnect')}
      </button>
      <button
        type="button"
        className="button"
        disabled={busy || !answering}
        title={paused ? t('venue.resume-explained') : t('venue.pause-explained')}
        onClick={() => pause(!paused)}
      >
        {paused ? t('venue.resume') : t('venue.pause')}
      </button>
    </span>
  );
}
