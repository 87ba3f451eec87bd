import i18next from 'i18next';
import type { AppDescription } from '#shared/contract/api.ts';
import { currentLanguage } from '../../../i18n/i18n.ts';
import { causeText } from '../../../i18n/text-for.ts';
import { formatAge, formatClock, formatDay, formatMinute } from '../../../ui/format-time.ts';
import { connectionName } from '../names.ts';
import type { StripCell } from './merge-spans.ts';

const DAY = 86_400_000;

/** `14:02:59`, with its day where the range is longer than one. */
function momentIn(widthMs: number, at: number): string {
  return widthMs > DAY / 2 ? `${formatDay(at)} ${formatClock(at)}` : formatClock(at);
}

/** A tick of the time axis: `14:02`, or `03-01 14:02`, or only the day. */
export function tickIn(widthMs: number, at: number): string {
  if (widthMs > 2 * DAY) return formatDay(at);
  return widthMs > DAY / 2 ? `${formatDay(at)} ${formatMinute(at)}` : formatMinute(at);
}

/** Everything about one cell in one line: whose, what, from when to when, how long, why. */
export function cellSentence(
  app: Pick<AppDescription, 'venues'>,
  connection: string,
  cell: StripCell,
  range: { readonly from: number; readonly to: number },
): string {
  const t = i18next.t;
  const width = range.to - range.from;
  const until = cell.to >= range.to ? t('strip.now') : momentIn(width, cell.to);
  const parts = [
    connectionName(app, connection),
    t(`health.${cell.kind}`),
    `${momentIn(width, cell.from)} → ${until} (${formatAge(cell.to - cell.from, currentLanguage())})`,
    ...(cell.cause ? [causeText(cell.cause)] : []),
    ...(cell.count > 1 ? [t('strip.changes', { count: cell.count })] : []),
  ];
  return parts.join(' · ');
}
