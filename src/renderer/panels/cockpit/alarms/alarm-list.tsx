import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { AlarmsView } from '#shared/domain/alarm.ts';
import { useDesk } from '../../../ui/desk-context.ts';
import { Empty } from '../../../ui/empty.tsx';
import { formatClock, formatMoment } from '../../../ui/format-time.ts';
import { Pending } from '../../../ui/pending.tsx';
import { useAsk } from '../../../ui/use-ask.ts';
import { AlarmItem } from './alarm-item.tsx';
import { AlarmSettingsDialog } from './alarm-settings-dialog.tsx';
import { AlarmWays } from './alarm-ways.tsx';

/** Alarms that stand, what can be done about them, and whether their ways work. */
export function AlarmList() {
  const { t } = useTranslation();
  const { alarms, client } = useDesk();
  const { view, error } = useStore(alarms.store);
  const { busy, ask } = useAsk();
  const [settingsOpen, setSettingsOpen] = useState(false);
  return (
    <>
      <div className="alarm-tools">
        <button
          type="button"
          className="button"
          disabled={busy}
          title={t('alarms.test-explained')}
          onClick={() => ask(() => client.request('alarms.test', {}))}
        >
          {t('alarms.test')}
        </button>
        <button
          type="button"
          className="button"
          data-testid="alarm-settings-open"
          onClick={() => setSettingsOpen(true)}
        >
          {t('alarms.settings')}
        </button>
      </div>
      <AlarmWays />
      {view === undefined ? (
        <Pending error={error} waiting={t('alarms.loading')} onRetry={alarms.retry} />
      ) : (
        <Standing view={view} onTest={() => ask(() => client.request('alarms.test', {}))} />
      )}
      {settingsOpen && <AlarmSettingsDialog onClose={() => setSettingsOpen(false)} />}
    </>
  );
}

function Standing({ view, onTest }: { readonly view: AlarmsView; readonly onTest: () => void }) {
  const { t } = useTranslation();
  const { webhook } = view;
  return (
    <>
      {webhook && (
        <p
          className={webhook.ok ? 'alarm-webhook text-dim' : 'alarm-webhook text-bad'}
          title={formatMoment(webhook.at)}
        >
          {t(webhook.ok ? 'alarms.webhook-ok' : 'alarms.webhook-failed', {
            time: formatClock(webhook.at),
            detail: webhook.detail,
          })}
        </p>
      )}
      {view.alarms.length === 0 ? (
        <Empty
          what={t('empty.alarms')}
          why={t('empty.alarms-why')}
          next={{ label: t('alarms.test'), onDo: onTest }}
        />
      ) : (
        <ol className="incidents" data-testid="alarms">
          {view.alarms.map((alarm) => (
            <AlarmItem key={alarm.id} alarm={alarm} />
          ))}
        </ol>
      )}
    </>
  );
}
