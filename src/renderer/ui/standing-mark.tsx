import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { type InstrumentId, venueOf } from '#shared/domain/instrument.ts';
import type { InstrumentsState } from '../stores/instruments.ts';
import { useDesk } from './desk-context.ts';

type Standing = 'halted' | 'warned' | 'unlisted';

/** What is the matter with an instrument at its venue, in a word; nothing where it is simply traded. */
export function StandingMark({ instrument, after = '' }: { instrument: InstrumentId; after?: string }) {
  const { t } = useTranslation();
  const { instruments } = useDesk();
  const standing = useStore(instruments.store, (state) => standingOf(state, instrument));
  if (standing === undefined) return null;
  return (
    <span className="text-warn" title={t(`standing.${standing}-explained`)} data-standing={standing}>
      {t(`standing.${standing}`)}
      {after}
    </span>
  );
}

function standingOf({ known }: InstrumentsState, instrument: InstrumentId): Standing | undefined {
  const status = known.get(instrument)?.status;
  if (status !== undefined) return status === 'trading' ? undefined : status;
  // Not listed is only what a venue whose list is here does not list.
  const venue = venueOf(instrument);
  for (const one of known.values()) if (one.venue === venue) return 'unlisted';
  return undefined;
}
