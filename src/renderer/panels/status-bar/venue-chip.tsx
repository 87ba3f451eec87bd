import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { ConnectionHealth } from '#shared/domain/connection.ts';
import type { HealthKind } from '#shared/domain/health-kind.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { causeText } from '../../i18n/text-for.ts';
import { type VenueHealth, venueHealth } from '../../stores/venue-health.ts';
import { useDesk } from '../../ui/desk-context.ts';
import { UNKNOWN } from '../../ui/format-number.ts';
import { formatAge, formatSeconds } from '../../ui/format-time.ts';
import { HealthGlyph, healthWordClass } from '../../ui/health-glyph.tsx';
import { Popover } from '../../ui/popover.tsx';
import { VenueDetails } from './venue-details.tsx';

interface VenueChipProps {
  readonly venue: string;
  readonly name: string;
  readonly connections: readonly ConnectionHealth[];
}

/**
 * One venue: shape, word and round trip of its markets' worst connection, and an account in trouble beside it; opens what
 * is known of all of them.
 */
export function VenueChip({ venue, name, connections }: VenueChipProps) {
  const { t } = useTranslation();
  const { pulse } = useDesk();
  const answering = useStore(pulse, (state) => state.answering);
  const health = venueHealth(connections, venue);
  // What a silent engine said last is no longer known.
  const kind: HealthKind = answering ? health.kind : 'stale';
  const state = answering ? health.worst?.state : undefined;
  const word = answering ? t(`health.${kind}`) : t('health.unheard');
  return (
    <Popover
      label={name}
      testId="venue-chip"
      buttonClass="chip"
      button={
        <>
          <HealthGlyph kind={kind} />
          <span>{name}</span>
          <span className={healthWordClass(kind)} data-testid="chip-word">
            {word}
          </span>
          {state !== undefined && 'cause' in state && (
            <span className="chip-cause" title={causeText(state.cause)}>
              {causeText(state.cause)}
            </span>
          )}
          {answering && health.account !== undefined && <AccountTrouble {...health.account} />}
          <span className="text-dim">
            {state?.kind === 'waiting' ? (
              <Retry attempt={state.attempt} retryAt={state.retryAt} />
            ) : (
              <RoundTrip ms={health.roundTripMs} answering={answering} />
            )}
          </span>
        </>
      }
    >
      {(close) => <VenueDetails venue={venue} name={name} onLeave={close} />}
    </Popover>
  );
}

function AccountTrouble({ kind, connection }: NonNullable<VenueHealth['account']>) {
  const { t } = useTranslation();
  const { state } = connection;
  const why = 'cause' in state ? causeText(state.cause) : t(`health.${kind}`);
  const label = connection.id.slice(connection.id.indexOf(':') + 1);
  return (
    <span className="chip-cause" data-testid="chip-account" title={why}>
      <HealthGlyph kind={kind} /> {t('connection.account', { label })}:{' '}
      <span className={healthWordClass(kind)}>{t(`health.${kind}`)}</span>
    </span>
  );
}

function RoundTrip({ ms, answering }: { readonly ms: number | undefined; readonly answering: boolean }) {
  const { t } = useTranslation();
  const text = ms === undefined ? UNKNOWN : formatAge(ms, currentLanguage());
  return (
    <span className="value" data-fresh={answering ? undefined : 'stale'} title={t('status.round-trip')}>
      {text}
    </span>
  );
}

function Retry({ attempt, retryAt }: { readonly attempt: number; readonly retryAt: number }) {
  const { t } = useTranslation();
  const { pulse } = useDesk();
  const seconds = useStore(pulse, ({ now }) => Math.max(0, Math.ceil((retryAt - now) / 1_000)));
  if (seconds === 0) return t('status.retry-now', { attempt });
  return t('status.retry', { attempt, wait: formatSeconds(seconds, currentLanguage()) });
}
