import type { AlarmCall } from '#shared/domain/alarm.ts';

/** What the webhook is told of an alarm. */
export function alarmMessage({ alarm, isTest, at }: AlarmCall, dropped: number) {
  const { id, rule, subject, venue, exposure, state, raisedAt, count, value, bound } = alarm;
  return {
    app: 'Heartline',
    at,
    isTest,
    alarm: { id, rule, subject, venue, exposure, state, raisedAt, count, value, bound },
    ...(dropped === 0 ? {} : { dropped }),
  };
}
