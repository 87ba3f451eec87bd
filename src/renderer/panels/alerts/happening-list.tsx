import { useTranslation } from 'react-i18next';
import type { AlertHappening } from '#shared/domain/alert.ts';
import { happeningText } from '../../i18n/alert-text.ts';
import { formatClock, formatMoment, machineTime } from '../../ui/format-time.ts';
import { HealthGlyph } from '../../ui/health-glyph.tsx';

/** What triggered, and what nobody could watch, newest first. */
export function HappeningList({ happenings }: { readonly happenings: readonly AlertHappening[] }) {
  const { t } = useTranslation();
  return (
    <section aria-label={t('alert.history')}>
      <h3 className="alert-heading">{t('alert.history')}</h3>
      {happenings.length === 0 && <p className="text-dim">{t('alert.history-empty')}</p>}
      <ul className="alert-history">
        {happenings.map((one) => (
          <li key={one.id} data-testid="alert-happening" data-kind={one.kind} data-seen={one.isSeen}>
            <time dateTime={machineTime(one.at)} title={formatMoment(one.at)} className="text-dim">
              {formatClock(one.at)}
            </time>
            <HealthGlyph kind={one.kind === 'blind' ? 'stale' : one.isSeen ? 'idle' : 'degraded'} />
            <span>
              <bdi>{happeningText(one)}</bdi>{' '}
              {one.kind === 'blind' && one.until !== undefined && (
                <span className="text-dim">{t('alert.blind-over', { time: formatClock(one.until) })}</span>
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
