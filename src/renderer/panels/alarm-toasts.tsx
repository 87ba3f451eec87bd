import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { subjectOf } from '../call-out.ts';
import { alarmText } from '../i18n/alarm-text.ts';
import type { Toast } from '../stores/alarms.ts';
import { useDesk } from '../ui/desk-context.ts';
import { useAsk } from '../ui/use-ask.ts';
import { useStepAside } from '../ui/use-step-aside.ts';
import { AlertToasts } from './alert-toasts.tsx';

/** Alarms as they are raised, in the corner. What touches money stays until it is dismissed. */
export function AlarmToasts() {
  const { t } = useTranslation();
  const { alarms } = useDesk();
  const toasts = useStore(alarms.toasts, (state) => state.toasts);
  const corner = useRef<HTMLDivElement>(null);
  useStepAside(corner);
  return (
    <div ref={corner} className="toasts" role="alert" aria-label={t('alarms.title')}>
      <AlertToasts />
      {toasts.map((toast) => (
        <AlarmToast key={toast.id} toast={toast} />
      ))}
    </div>
  );
}

function AlarmToast({ toast: { id, call } }: { readonly toast: Toast }) {
  const { t } = useTranslation();
  const { alarms, client, view } = useDesk();
  const { busy, ask } = useAsk();
  const { alarm, isTest } = call;
  const acknowledge = () =>
    ask(async () => {
      await client.request('alarms.acknowledge', { id: alarm.id });
      alarms.dismiss(id);
    });
  return (
    <div className="notice toast" data-testid="alarm-toast" data-exposure={alarm.exposure}>
      <div>
        <strong>{isTest ? t('alarms.test-title') : t(`exposure.${alarm.exposure}`)}</strong>
        <p>{isTest ? t('alarms.test-body') : alarmText(alarm)}</p>
        {!isTest && (
          <p className="toast-actions">
            <button type="button" className="button" disabled={busy} onClick={acknowledge}>
              {t('alarms.acknowledge')}
            </button>
            <button
              type="button"
              className="button"
              onClick={() => view.show('connections', subjectOf(call))}
            >
              {t('alarms.look')}
            </button>
          </p>
        )}
      </div>
      <button
        type="button"
        className="button"
        aria-label={t('notice.dismiss')}
        onClick={() => alarms.dismiss(id)}
      >
        ×
      </button>
    </div>
  );
}
