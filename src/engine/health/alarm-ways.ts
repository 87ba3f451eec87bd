import type { Settings } from '#shared/contract/settings.ts';
import type { Alarm, AlarmWay } from '#shared/domain/alarm.ts';

/** By which ways an alarm goes out: the more is at stake, the louder. Ways that are switched off stay silent. */
export function waysOf(exposure: Alarm['exposure'], settings: Settings['alarms']): readonly AlarmWay[] {
  switch (exposure) {
    case 'none':
      return ['toast'];
    case 'order':
    case 'position':
      return switchedOn(settings);
  }
}

/** Every way that is switched on: what a test goes by. */
export function switchedOn(settings: Settings['alarms']): readonly AlarmWay[] {
  return [
    'toast',
    ...(settings.sound ? (['sound'] as const) : []),
    ...(settings.notification ? (['notification'] as const) : []),
    ...(settings.webhookUrl === '' ? [] : (['webhook'] as const)),
  ];
}
