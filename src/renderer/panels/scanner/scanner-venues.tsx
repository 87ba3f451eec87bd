import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { HeartlineError } from '#shared/base/errors.ts';
import type { HealthKind } from '#shared/domain/health-kind.ts';
import { SCAN_STALE_AFTER_MS, type ScannedVenue } from '#shared/domain/scanner.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { errorText } from '../../i18n/text-for.ts';
import { useDesk } from '../../ui/desk-context.ts';
import { formatAge, formatMoment, formatSeconds } from '../../ui/format-time.ts';
import { HealthGlyph } from '../../ui/health-glyph.tsx';

interface ScannerVenuesProps {
  readonly venues: readonly ScannedVenue[];
  /** Empty: all. */
  readonly chosen: readonly string[];
  readonly onChoose: (chosen: readonly string[]) => void;
}

/** Each venue with how old its figures are; pressing one shows it alone, or with the others that are pressed. */
export function ScannerVenues({ venues, chosen, onChoose }: ScannerVenuesProps) {
  const { t } = useTranslation();
  return (
    <fieldset className="scan-venues">
      <legend className="sr-only">{t('scan.venues')}</legend>
      {venues.map((status) => {
        const { venue } = status;
        const isChosen = chosen.includes(venue);
        return (
          <button
            key={venue}
            type="button"
            className="scan-venue"
            aria-pressed={isChosen}
            data-testid={`scan-venue-${venue}`}
            data-state={status.state}
            onClick={() =>
              onChoose(isChosen ? chosen.filter((other) => other !== venue) : [...chosen, venue])
            }
          >
            <VenueStatus status={status} />
          </button>
        );
      })}
    </fieldset>
  );
}

function VenueStatus({ status }: { readonly status: ScannedVenue }) {
  const { t } = useTranslation();
  const { app, pulse } = useDesk();
  const name = app.venues.find(({ id }) => id === status.venue)?.name ?? status.venue;
  const seconds = useStore(pulse, ({ now }) => Math.floor((now - status.readAt) / 1_000));
  const isStale = useStore(
    pulse,
    ({ now, answering }) => !answering || !(now - status.readAt <= SCAN_STALE_AFTER_MS),
  );
  const { kind, words } = wordsFor(status, isStale);
  const age = Number.isNaN(status.readAt) ? '' : formatSeconds(seconds, currentLanguage());
  return (
    <span className="scan-venue-words" title={age === '' ? undefined : formatMoment(status.readAt)}>
      <HealthGlyph kind={kind} alone />
      <span>{name}</span>
      <span
        className={words === 'read' || words === 'waiting' || words === 'paused' ? 'text-dim' : 'text-bad'}
      >
        {words !== 'read' && t(`scan.state-${words}`)}
        {words !== 'read' && age !== '' && ' · '}
        {age !== '' && <span className="scan-long">{t('scan.read-ago', { age })}</span>}
        {age !== '' && (
          <span className="scan-short" aria-hidden="true">
            {age}
          </span>
        )}
      </span>
    </span>
  );
}

function wordsFor(
  { state }: ScannedVenue,
  isStale: boolean,
): { readonly kind: HealthKind; readonly words: ScannedVenue['state'] | 'stale' } {
  switch (state) {
    case 'waiting':
      return { kind: 'connecting', words: state };
    case 'paused':
      return { kind: 'paused', words: state };
    case 'failed':
      return { kind: 'failed', words: state };
    case 'unsupported':
      return { kind: 'degraded', words: state };
    case 'part':
      return { kind: isStale ? 'stale' : 'degraded', words: state };
    case 'read':
      return isStale ? { kind: 'stale', words: 'stale' } : { kind: 'live', words: state };
  }
}

/** Why rows are missing or old, and what becomes of it. */
export function ScannerTroubles({ venues }: { readonly venues: readonly ScannedVenue[] }) {
  const { t } = useTranslation();
  const { app, pulse } = useDesk();
  const now = useStore(pulse, (state) => Math.floor(state.now / 1_000) * 1_000);
  const troubles = venues.filter(
    ({ state, unread }) => state === 'failed' || state === 'part' || state === 'unsupported' || unread > 0,
  );
  if (troubles.length === 0) return null;
  const nameOf = (venue: string) => app.venues.find(({ id }) => id === venue)?.name ?? venue;
  return (
    <ul className="scan-troubles" data-testid="scan-troubles">
      {troubles.map((status) => {
        const { venue, state, fault, unread, triesAgainAt } = status;
        const details = { venue: nameOf(venue) };
        const left = triesAgainAt - now;
        return (
          <li key={venue} data-testid={`scan-trouble-${venue}`}>
            <strong>{nameOf(venue)}</strong> {state === 'unsupported' && t('scan.unsupported')}
            {state === 'part' && `${t('scan.part')} `}
            {fault &&
              errorText(
                new HeartlineError(fault.code, fault.message, { details: { ...fault.details, ...details } }),
              )}
            {unread > 0 && ` ${t('scan.unread', { count: unread })}`}
            {left > 0 && ` ${t('scan.again', { time: formatAge(left, currentLanguage()) })}`}
          </li>
        );
      })}
    </ul>
  );
}
