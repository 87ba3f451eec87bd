import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useDesk } from '../../../ui/desk-context.ts';
import { askForNotifications, notificationRight } from '../../../ui/notification-permission.ts';
import { useAsk } from '../../../ui/use-ask.ts';

/** Says when a way that is switched on cannot work, and asks for the right to it on a click. */
export function AlarmWays() {
  const { t } = useTranslation();
  const { settings } = useDesk();
  const wanted = useStore(settings.store, ({ alarms }) => alarms.notification);
  const [right, setRight] = useState(notificationRight);
  const { busy, ask } = useAsk();
  if (!wanted || right === 'granted') return null;
  if (right !== 'default') return <p className="alarm-webhook text-dim">{t('alarms.no-notifications')}</p>;
  return (
    <p className="alarm-webhook">
      {t('alarms.ask-notifications')}{' '}
      <button
        type="button"
        className="button"
        disabled={busy}
        onClick={() => ask(async () => setRight(await askForNotifications()))}
      >
        {t('alarms.allow-notifications')}
      </button>
    </p>
  );
}
