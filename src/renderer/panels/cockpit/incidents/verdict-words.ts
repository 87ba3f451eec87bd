import i18next from 'i18next';
import type { AppDescription } from '#shared/contract/api.ts';
import type { Verdict } from '#shared/domain/incident.ts';
import type { en } from '../../../i18n/en.ts';
import { currentLanguage } from '../../../i18n/i18n.ts';
import { formatSigned } from '../../../ui/format-number.ts';
import { formatAge, formatClock } from '../../../ui/format-time.ts';
import { streamName } from '../../status-bar/connection-words.ts';
import { formatShare } from '../format-share.ts';
import { connectionName, venueName } from '../names.ts';
import { scopeName } from '../scope-name.ts';

type Venues = Pick<AppDescription, 'venues'>;
type Evidence = Verdict['evidence'][number];

/** Whose fault, how sure, and why: `On the venue’s side (86 %): other venues on the same link are fine (Upbit).` */
export function verdictSentence(app: Venues, verdict: Verdict): string {
  const t = i18next.t;
  const evidence = verdict.evidence.map((one) => evidenceText(app, one)).join('; ');
  const side =
    verdict.kind === 'asked'
      ? t('verdict.asked')
      : t(`verdict.${verdict.side}`, { share: formatShare(verdict.confidence) });
  return evidence === '' ? `${side}.` : t('verdict.because', { side, evidence });
}

/** One piece of evidence in words, with the figures a person can read; one we have no words for is told by its code. */
function evidenceText(app: Venues, { code, details }: Evidence): string {
  const t = i18next.t;
  const key = `sign.${code}`;
  const words = i18next.exists(key) ? String(t(key as keyof typeof en)) : t('verdict.unworded', { code });
  const figures = Object.entries(details).flatMap(([name, value]) => figureText(app, name, value));
  const evidence = figures.length === 0 ? words : `${words} (${figures.join(', ')})`;
  return details['against'] === undefined ? evidence : t('verdict.although', { evidence });
}

/** Details are named by what they are; those only an expert can read are left to the export. */
function figureText(app: Venues, name: string, value: string | number): readonly string[] {
  const list = () => String(value).split(/[\s,]+/);
  switch (name) {
    case 'ms':
    case 'withinMs':
      // 0 is what is not known.
      return value === 0 ? [] : [formatAge(Number(value), currentLanguage())];
    case 'offsetMs':
    case 'movedMs':
      return [`${formatSigned(Number(value), 0)} ms`];
    case 'at':
      return [formatClock(Number(value))];
    case 'venue':
    case 'venues':
      return [
        list()
          .map((venue) => venueName(app, venue))
          .join(', '),
      ];
    case 'connections':
      return [
        list()
          .map((connection) => connectionName(app, connection))
          .join(', '),
      ];
    case 'stream':
      return [streamName(String(value))];
    case 'fine':
      return value === 0 ? [] : [i18next.t('verdict.others', { count: Number(value) })];
    case 'scope':
      return [list().map(scopeName).join(', ')];
    default:
      return [];
  }
}
