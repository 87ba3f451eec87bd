import i18next from 'i18next';
import type { Undo } from '#shared/base/emitter.ts';
import type { AlarmWay } from '#shared/domain/alarm.ts';
import type { AlertCall } from '#shared/domain/alert.ts';
import { happeningText } from './i18n/alert-text.ts';
import { asError } from './stores/as-error.ts';
import type { Desk } from './stores/desk.ts';
import { soundAlarm } from './ui/alarm-sound.ts';
import { notificationRight } from './ui/notification-permission.ts';
import { windowSpeaker } from './window-speaker.ts';

/** More than this at once are told as a number. */
const MOST_NAMED = 3;

/** Makes sounds and notifications of alerts, and says what came of a test; toasts are drawn, webhooks are the engine's. */
export function callOutAlerts({
  alerts,
  notices,
  view,
  workspace,
}: Pick<Desk, 'alerts' | 'notices' | 'view' | 'workspace'>): Undo {
  const lead = () => {
    view.show('desk');
    workspace.open('alerts');
  };
  const sound = async (isTest: boolean) => {
    const didSound = await soundAlarm();
    if (isTest) alerts.tested('sound', didSound ? 'sounded' : 'silent');
  };
  return alerts.calls.on((call) => {
    const isTest = call.happenings.length === 0;
    // Each window answers a test for itself.
    if (!isTest && !windowSpeaker.speaks()) return;
    if (goes(call, 'toast') && isTest) alerts.tested('toast', 'shown');
    if (goes(call, 'sound')) sound(isTest).catch((fault: unknown) => notices.show(asError(fault)));
    if (!goes(call, 'notification')) return;
    const right = notificationRight();
    if (right === 'granted') notify(call, lead);
    if (!isTest) return;
    if (right === 'granted') alerts.tested('notification', 'notified');
    else alerts.tested('notification', right === 'default' ? 'unasked' : right);
  });
}

function goes({ ways }: AlertCall, way: AlarmWay): boolean {
  return ways.includes(way);
}

function notify({ id, happenings }: AlertCall, onOpen: () => void): void {
  const meant = happenings.filter(({ alert }) => alert.ways.includes('notification'));
  const lines = meant.slice(0, MOST_NAMED).map((one) => happeningText(one));
  if (meant.length > MOST_NAMED) lines.push(i18next.t('alert.more', { count: meant.length - MOST_NAMED }));
  const isBlind = meant.length > 0 && meant.every(({ kind }) => kind === 'blind');
  const title =
    meant.length === 0
      ? i18next.t('alert.test-title')
      : i18next.t(isBlind ? 'alert.blind-title' : 'alert.triggered-title', { count: meant.length });
  const body = meant.length === 0 ? i18next.t('alert.test-body') : lines.join('\n');
  const shown = new Notification(title, { body, tag: id });
  shown.onclick = () => {
    window.focus();
    onOpen();
    shown.close();
  };
}
