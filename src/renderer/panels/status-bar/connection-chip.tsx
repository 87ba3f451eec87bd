import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { ConnectionHealth } from '#shared/domain/connection.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { causeText, connectionWords } from '../../i18n/text-for.ts';
import { connectionKind, type HealthKind } from '../../stores/health-kind.ts';
import { useDesk } from '../../ui/desk-context.ts';
import { UNKNOWN } from '../../ui/format-number.ts';
import { formatAge, formatSeconds } from '../../ui/format-time.ts';
import { HealthGlyph, healthWordClass } from '../../ui/health-glyph.tsx';
import { Popover } from '../../ui/popover.tsx';
import { ConnectionDetails } from './connection-details.tsx';

/** One connection: shape, word, round trip; opens its details. */
export function ConnectionChip({ connection }: { readonly connection: ConnectionHealth }) {
  const { t } = useTranslation();
  const { app, pulse } = useDesk();
  const answering = useStore(pulse, (state) => state.answering);
  const venueName = app.venues.find((one) => one.id === connection.venue)?.name ?? connection.venue;
  const name = connectionWords(connection.id, venueName);
  // What a silent engine said last is no longer known.
  const kind: HealthKind = answering ? connectionKind(connection) : 'stale';
  const word = answering ? t(`health.${kind}`) : t('health.unheard');
  return (
    <Popover
      label={name}
      testId="connection-chip"
      buttonClass="chip"
      button={
        <>
          <HealthGlyph kind={kind} />
          <span>{name}</span>
          <span className={healthWordClass(kind)} data-testid="chip-word">
            {word}
          </span>
          {answering && 'cause' in connection.state && (
            <span className="chip-cause">{causeText(connection.state.cause)}</span>
          )}
          <span className="text-dim">
            {connection.state.kind === 'waiting' && answering ? (
              <Retry attempt={connection.state.attempt} retryAt={connection.state.retryAt} />
            ) : (
              <RoundTrip ms={connection.roundTripMs} answering={answering} />
            )}
          </span>
        </>
      }
    >
      {(close) => <ConnectionDetails id={connection.id} name={name} onLeave={close} />}
    </Popover>
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
