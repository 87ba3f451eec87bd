import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { AlarmWay } from '#shared/domain/alarm.ts';
import { ALERT_WAYS } from '#shared/domain/alert.ts';
import { useDesk } from '../../ui/desk-context.ts';
import { askForNotifications } from '../../ui/notification-permission.ts';
import { Popover } from '../../ui/popover.tsx';
import { useAsk } from '../../ui/use-ask.ts';

/** One test for each way, with what came of it. */
export function WayTests() {
  const { t } = useTranslation();
  return (
    <Popover button={t('alert.test')} buttonClass="button" label={t('alert.test')} testId="alert-tests">
      {() => (
        <div className="alert-tests">
          <p className="form-hint">{t('alert.test-explained')}</p>
          {ALERT_WAYS.map((way) => (
            <WayTest key={way} way={way} />
          ))}
        </div>
      )}
    </Popover>
  );
}

function WayTest({ way }: { readonly way: AlarmWay }) {
  const { t } = useTranslation();
  const { alerts } = useDesk();
  const { ask } = useAsk();
  const outcome = useStore(alerts.outcomes, (outcomes) => outcomes[way]);
  const allow = () =>
    ask(async () => {
      await askForNotifications();
      alerts.test('notification');
    });
  return (
    <div className="alert-test">
      <button
        type="button"
        className="button"
        data-testid={`alert-test-${way}`}
        aria-label={t('alert.test-way', { way: t(`alertway.${way}`) })}
        disabled={outcome?.kind === 'asking'}
        onClick={() => alerts.test(way)}
      >
        {t(`alertway.${way}`)}
      </button>
      <span role="status" data-testid={`alert-tested-${way}`} data-outcome={outcome?.kind}>
        {outcome && t(`alerttest.${outcome.kind}`, { detail: outcome.detail ?? '' })}
        {outcome?.kind === 'unasked' && (
          <button type="button" className="button" onClick={allow}>
            {t('alert.allow')}
          </button>
        )}
      </span>
    </div>
  );
}
