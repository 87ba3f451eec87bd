import i18next from 'i18next';
import type { AppDescription } from '#shared/contract/api.ts';
import type { HeatMeasure, HeatView } from '#shared/domain/metrics.ts';
import { currentLanguage } from '../../../i18n/i18n.ts';
import type { MetricsIndex } from '../../../stores/metrics.ts';
import { streamId } from '../../../stores/stream-id.ts';
import { formatDecimal, UNKNOWN } from '../../../ui/format-number.ts';
import { formatAge, formatClock } from '../../../ui/format-time.ts';
import { streamName } from '../../status-bar/connection-words.ts';
import { connectionName } from '../names.ts';
import { heatBounds, heatLevel } from './heat-levels.ts';
import type { HeatCell } from './heat-painter.ts';

/** One cell in a sentence: whose, when, how much, and what that is called. */
export function heatSentence(
  app: Pick<AppDescription, 'venues'>,
  view: HeatView,
  { row, column }: HeatCell,
): string {
  const of = view.streams[row];
  if (of === undefined) return '';
  const t = i18next.t;
  const width = (view.to - view.from) / view.columns;
  const from = view.from + column * width;
  const at = row * view.columns + column;
  const value = view.values[at] ?? Number.NaN;
  const level = heatLevel(view.measure, value);
  const figures = () => {
    if (Number.isNaN(value)) return t('heat.unknown');
    if (view.measure === 'rate') return t('heat.rate-of', { value: formatDecimal(value, 1) });
    const length = formatAge(value, currentLanguage());
    if (view.measure === 'silence') return t('heat.silence-of', { value: length });
    const median = formatAge(view.medians?.[at], currentLanguage());
    return t('heat.latency-of', { p50: median, p99: length });
  };
  return [
    connectionName(app, of.connection),
    streamName(of.stream),
    `${formatClock(from)}–${formatClock(from + width)}`,
    figures(),
    ...(view.measure === 'rate' || level === 'unknown' ? [] : [t(`heat.level.${level}`)]),
  ].join(' · ');
}

/** What the column at the right says now: `33 / 149` ms for latency, else one figure. */
export function heatFigure(
  measure: HeatMeasure,
  of: HeatView['streams'][number],
  metrics: MetricsIndex | undefined,
): string {
  const now = metrics?.streams.get(streamId(of));
  if (now === undefined) return UNKNOWN;
  switch (measure) {
    case 'latency': {
      const { p50, p99 } = now.venueToReceive;
      return Number.isNaN(p99) ? UNKNOWN : `${formatDecimal(p50, 0)} / ${formatDecimal(p99, 0)}`;
    }
    case 'silence':
      return formatAge(now.silenceMs, currentLanguage());
    case 'rate':
      return formatDecimal(now.perSecond, 1);
  }
}

/** `≤ 250 ms`, `≤ 1.0 s`, `≤ 3.0 s`, `> 3.0 s`: what the four levels mean. */
export function levelBounds(measure: Exclude<HeatMeasure, 'rate'>): Readonly<Record<string, string>> {
  const [good, fair, late] = heatBounds(measure).map((bound) => formatAge(bound, currentLanguage()));
  return { good: `≤ ${good}`, fair: `≤ ${fair}`, late: `≤ ${late}`, bad: `> ${late}` };
}
