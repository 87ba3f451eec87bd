import i18next from 'i18next';
import { assertNever } from '#shared/base/assert-never.ts';
import type { Alarm } from '#shared/domain/alarm.ts';
import { formatDecimal } from '../ui/format-number.ts';
import { formatAge } from '../ui/format-time.ts';
import { currentLanguage } from './i18n.ts';
import { connectionWords } from './text-for.ts';

/** `Bithumb public has sent no data for 2 m 05 s. The alarm stands at 2 m 00 s.` */
export function alarmText({ rule, subject, value, bound }: Alarm): string {
  const t = i18next.t;
  const about = alarmSubject(subject);
  const words = (shown: string, limit: string) => ({ subject: about, value: shown, bound: limit });
  switch (rule) {
    case 'score':
      return t('alarm.score', words(formatDecimal(value, 2), formatDecimal(bound, 2)));
    case 'inactive':
      return t(
        'alarm.inactive',
        words(formatAge(value, currentLanguage()), formatAge(bound, currentLanguage())),
      );
    case 'errors':
    case 'memory':
    case 'reconnects':
      return t(`alarm.${rule}`, words(formatDecimal(value, 0), formatDecimal(bound, 0)));
    default:
      return assertNever(rule);
  }
}

/** A connection's name, a venue's, or the engine. */
function alarmSubject(subject: string): string {
  if (subject === 'engine') return i18next.t('alarm.engine');
  return subject.includes('/') ? connectionWords(subject) : subject;
}
