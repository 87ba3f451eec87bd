import { useTranslation } from 'react-i18next';
import type { Alarm } from '#shared/domain/alarm.ts';
import type { HealthKind } from '#shared/domain/health-kind.ts';
import { alarmText } from '../../../i18n/alarm-text.ts';
import { useDesk } from '../../../ui/desk-context.ts';
import { formatClock, formatMoment } from '../../../ui/format-time.ts';
import { HealthGlyph, healthWordClass } from '../../../ui/health-glyph.tsx';
import { useAsk } from '../../../ui/use-ask.ts';

const MINUTE = 60_000;
const GLYPHS: Readonly<Record<Alarm['state'], HealthKind>> = {
  active: 'stale',
  acknowledged: 'degraded',
  snoozed: 'paused',
  ended: 'live',
};

export function AlarmItem({ alarm }: { readonly alarm: Alarm }) {
  const { t } = useTranslation();
  const { client } = useDesk();
  const { busy, ask } = useAsk();
  const { id, state, raisedAt, snoozedUntil, count, exposure } = alarm;
  const snooze = (forMs: number) => ask(() => client.request('alarms.snooze', { id, forMs }));
  const word =
    state === 'snoozed' && snoozedUntil !== undefined
      ? t('alarms.snoozed-until', { time: formatClock(snoozedUntil) })
      : t(`alarms.${state}`);
  return (
    <li className="incident" data-testid="alarm" data-state={state}>
      <p className="alarm-head">
        <HealthGlyph kind={GLYPHS[state]} />
        <strong
          className={healthWordClass(GLYPHS[state])}
          title={snoozedUntil === undefined ? undefined : formatMoment(snoozedUntil)}
        >
          {word}
        </strong>
        <span className="text-dim" title={formatMoment(raisedAt)}>
          {t('alarms.since', { time: formatClock(raisedAt) })}
          {count > 1 && ` · ${t('alarms.times', { count })}`} · {t(`exposure.${exposure}`)}
        </span>
      </p>
      <p>{alarmText(alarm)}</p>
      {state !== 'ended' && (
        <p className="toast-actions">
          {state !== 'acknowledged' && (
            <button
              type="button"
              className="button"
              disabled={busy}
              onClick={() => ask(() => client.request('alarms.acknowledge', { id }))}
            >
              {t('alarms.acknowledge')}
            </button>
          )}
          {state === 'snoozed' ? (
            <button type="button" className="button" disabled={busy} onClick={() => snooze(0)}>
              {t('alarms.wake')}
            </button>
          ) : (
            <>
              <button type="button" className="button" disabled={busy} onClick={() => snooze(10 * MINUTE)}>
                {t('alarms.snooze-10m')}
              </button>
              <button type="button" className="button" disabled={busy} onClick={() => snooze(60 * MINUTE)}>
                {t('alarms.snooze-1h')}
              </button>
            </>
          )}
        </p>
      )}
    </li>
  );
}
