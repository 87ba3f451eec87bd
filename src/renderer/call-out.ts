import i18next from 'i18next';
import type { Undo } from '#shared/base/emitter.ts';
import type { AlarmCall } from '#shared/domain/alarm.ts';
import { alarmText } from './i18n/alarm-text.ts';
import { asError } from './stores/as-error.ts';
import type { Desk } from './stores/desk.ts';
import { soundAlarm } from './ui/alarm-sound.ts';
import { notificationRight } from './ui/notification-permission.ts';
import { windowSpeaker } from './window-speaker.ts';

/**
 * Makes sounds and notifications of the engine's calls; toasts are drawn, webhooks are the engine's own. It is the page that
 * notifies, in both shells: it knows the person's words and opens the right view. Of several windows only one does.
 */
export function callOut({ alarms, notices, view }: Pick<Desk, 'alarms' | 'notices' | 'view'>): Undo {
  return alarms.calls.on((call) => {
    if (!windowSpeaker.speaks()) return;
    if (call.ways.includes('sound')) soundAlarm().catch((fault: unknown) => notices.show(asError(fault)));
    if (call.ways.includes('notification')) notify(call, () => view.show('connections', subjectOf(call)));
  });
}

function notify({ alarm, isTest }: AlarmCall, onOpen: () => void): void {
  if (notificationRight() !== 'granted') return;
  const title = isTest ? i18next.t('alarms.test-title') : i18next.t(`exposure.${alarm.exposure}`);
  const body = isTest ? i18next.t('alarms.test-body') : alarmText(alarm);
  const shown = new Notification(title, { body, tag: alarm.id });
  shown.onclick = () => {
    window.focus();
    onOpen();
    shown.close();
  };
}

/** What the connections view can select of it. */
export function subjectOf({ alarm }: Pick<AlarmCall, 'alarm'>): string | undefined {
  return alarm.subject === 'engine' ? undefined : alarm.subject;
}
