import i18next from 'i18next';
import type { AppDescription } from '#shared/contract/api.ts';
import type { Verdict } from '#shared/domain/incident.ts';
import type { en } from '../../../i18n/en.ts';
import { currentLanguage } from '../../../i18n/i18n.ts';
import { formatAge, formatClock } from '../../../ui/format-time.ts';
import { formatShare } from '../format-share.ts';
import { venueName } from '../names.ts';

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

/** One piece of evidence in words, with the figures it comes with; one we have no words for is told by its code. */
export function evidenceText(app: Venues, { code, details }: Evidence): string {
  const key = `evidence.${code}`;
  const words = i18next.exists(key)
    ? String(i18next.t(key as keyof typeof en))
    : i18next.t('evidence.other', { code });
  const figures = Object.entries(details).flatMap(([name, value]) => figureText(app, name, value));
  return figures.length === 0 ? words : `${words} (${figures.join(', ')})`;
}

/** Details are named by what they are; those a person cannot read are left to the export. */
function figureText(app: Venues, name: string, value: string | number): readonly string[] {
  if (/(?:Ms|^ms)$/.test(name) && typeof value === 'number') return [formatAge(value, currentLanguage())];
  if (/(?:At|^until|^at)$/.test(name) && typeof value === 'number') return [formatClock(value)];
  if (name === 'venue' || name === 'venues') {
    const names = String(value).split(/[\s,]+/);
    return [names.map((venue) => venueName(app, venue)).join(', ')];
  }
  if (name === 'status') return [`HTTP ${value}`];
  return [];
}
