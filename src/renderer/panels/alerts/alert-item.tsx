import { useTranslation } from 'react-i18next';
import type { AlertRow } from '#shared/domain/alert.ts';
import type { Freshness } from '#shared/domain/freshness.ts';
import type { HealthKind } from '#shared/domain/health-kind.ts';
import { alertDistanceText, alertRuleText, alertValueText } from '../../i18n/alert-text.ts';
import type { Desk } from '../../stores/desk.ts';
import { useDesk } from '../../ui/desk-context.ts';
import { UNKNOWN } from '../../ui/format-number.ts';
import { formatClock, formatMoment } from '../../ui/format-time.ts';
import { HealthGlyph, healthWordClass } from '../../ui/health-glyph.tsx';
import { LiveText, type Reading } from '../../ui/live-text.tsx';
import { useAsk } from '../../ui/use-ask.ts';

type Shown = 'armed' | 'resting' | 'done' | 'expired' | 'paused' | 'blind';
const GLYPHS: Readonly<Record<Shown, HealthKind>> = {
  armed: 'live',
  resting: 'rotating',
  done: 'idle',
  expired: 'idle',
  paused: 'paused',
  blind: 'stale',
};

function shownAs({ alert, standing }: AlertRow): Shown {
  if (standing.phase === 'done' || standing.phase === 'expired') return standing.phase;
  if (alert.isPaused) return 'paused';
  // What has just been set has not heard anything yet: that is no trouble before the bound.
  if (standing.blind && (standing.blind.isTold || standing.blind.reason !== 'waiting')) return 'blind';
  return standing.phase;
}

/** One alert: what it watches, where it stands, the figure now and how far it has to go. */
export function AlertItem({ row }: { readonly row: AlertRow }) {
  const { t } = useTranslation();
  const desk = useDesk();
  const { alerts, client, pulse } = desk;
  const { busy, ask } = useAsk();
  const { alert, standing, idle } = row;
  const { id, rule, note } = alert;
  const state = shownAs(row);
  const isOver = state === 'done' || state === 'expired';
  const name = alertRuleText(rule);
  const since = standing.triggeredAt ?? standing.armedAt;
  return (
    <li className="alert-item" data-testid="alert" data-alert={id} data-state={state}>
      <p className="alert-head">
        <HealthGlyph kind={GLYPHS[state]} />
        <strong className={healthWordClass(GLYPHS[state])} title={formatMoment(since)}>
          {t(`alertphase.${state}`)}
        </strong>
        {isOver && <span className="text-dim">{formatClock(since)}</span>}
        {idle && !isOver && <span className="text-dim">{t(`alertidle.${idle}`)}</span>}
        {alert.expiresAt !== undefined && !isOver && (
          <span className="text-dim" title={formatMoment(alert.expiresAt)}>
            {t('alert.until', { time: formatClock(alert.expiresAt) })}
          </span>
        )}
      </p>
      <p className="alert-what">
        {note !== '' && <bdi className="alert-note">{note}</bdi>} {name}
      </p>
      {!isOver && !alert.isPaused && (
        <p className="alert-figures">
          <span className="text-dim">{t('alert.value')}</span>
          <LiveText read={() => valueReading(desk, row)} wake={[pulse, alerts.store]} testId="alert-value" />
          <span className="text-dim">{t('alert.distance')}</span>
          <LiveText read={() => distanceReading(desk, row)} wake={[pulse, alerts.store]} />
        </p>
      )}
      {state === 'blind' && standing.blind && (
        <p className="alert-blind" data-testid="alert-blind" title={formatMoment(standing.blind.since)}>
          {t('alert.blind-row', {
            time: formatClock(standing.blind.since),
            why: t(`blindness.${standing.blind.reason}`),
          })}{' '}
          {t('alert.blind-money')}
        </p>
      )}
      <p className="toast-actions">
        {isOver ? (
          <button
            type="button"
            className="button"
            disabled={busy}
            onClick={() =>
              ask(() =>
                client.request('alerts.change', {
                  id,
                  rearm: true,
                  ...(state === 'expired' && { expiresAt: null }),
                }),
              )
            }
          >
            {t('alert.rearm')}
          </button>
        ) : (
          <button
            type="button"
            className="button"
            disabled={busy}
            onClick={() => ask(() => client.request('alerts.change', { id, isPaused: !alert.isPaused }))}
          >
            {alert.isPaused ? t('alert.resume') : t('alert.pause')}
          </button>
        )}
        <button
          type="button"
          className="button"
          aria-label={t('alert.edit-named', { name })}
          onClick={() => alerts.draft.setState({ draft: { kind: 'edit', id } })}
        >
          {t('alert.edit')}
        </button>
        <button
          type="button"
          className="button"
          disabled={busy}
          aria-label={t('alert.remove-named', { name })}
          data-testid="alert-remove"
          onClick={() => ask(() => client.request('alerts.remove', { id }))}
        >
          {t('alert.remove')}
        </button>
      </p>
    </li>
  );
}

/** Decided here, so that a figure of an engine that is silent is not shown as the figure now. */
function freshness({ pulse }: Desk, { standing }: AlertRow, isLate: boolean): Freshness {
  const { answering } = pulse.getState();
  if (standing.blind || !answering) return 'stale';
  return isLate ? 'late' : 'fresh';
}

function valueReading(desk: Desk, row: AlertRow): Reading {
  const figure = desk.alerts.store.getState().view?.figures.get(row.alert.id);
  if (!figure) return { text: UNKNOWN, fresh: 'unknown' };
  return {
    text: alertValueText(row.alert.rule, figure.value),
    fresh: freshness(desk, row, figure.isLate),
    title: formatMoment(figure.receivedAt),
  };
}

function distanceReading(desk: Desk, row: AlertRow): Reading {
  const figure = desk.alerts.store.getState().view?.figures.get(row.alert.id);
  if (!figure) return { text: UNKNOWN, fresh: 'unknown' };
  return {
    text: alertDistanceText(row.alert.rule, figure.distance),
    fresh: freshness(desk, row, figure.isLate),
  };
}
