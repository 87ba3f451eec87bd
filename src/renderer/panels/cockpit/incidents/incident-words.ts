import i18next from 'i18next';
import type { AppDescription } from '#shared/contract/api.ts';
import { errorClassOf } from '#shared/domain/error-class.ts';
import type { Incident } from '#shared/domain/incident.ts';
import { currentLanguage } from '../../../i18n/i18n.ts';
import { causeText } from '../../../i18n/text-for.ts';
import { formatAge, formatClock, formatDay } from '../../../ui/format-time.ts';
import { connectionName, venueName } from '../names.ts';

type Venues = Pick<AppDescription, 'venues'>;

const DAY = 86_400_000;

/** `Bithumb public · the socket went silent`. */
export function incidentTitle(app: Venues, incident: Incident): string {
  return `${connectionName(app, incident.connection)} · ${causeText(incident.cause)}`;
}

/** When, for how long, how soon noticed, how many attempts: `13:58:21 → now · 4 m 38 s · noticed after 4.8 s · 3 attempts`. */
export function incidentWhen(incident: Incident, now: number): string {
  const t = i18next.t;
  const { startedAt, noticedAt, endedAt, attempts } = incident;
  const day = now - startedAt > DAY / 2 ? `${formatDay(startedAt)} ` : '';
  const until = endedAt === undefined ? t('strip.now') : formatClock(endedAt);
  return [
    `${day}${formatClock(startedAt)} → ${until}`,
    age((endedAt ?? now) - startedAt),
    t('incident.noticed', { age: age(noticedAt - startedAt) }),
    ...(attempts > 0 ? [t('incident.attempts', { count: attempts })] : []),
  ].join(' · ');
}

/** What it cost and what was got back; only what there was. */
export function incidentCosts(incident: Incident): readonly string[] {
  const t = i18next.t;
  const { tradesMissed, tradesRecovered, candlesRepaired, booksResynced, ordersInFlight } = incident;
  const costs = [
    ...(tradesMissed > 0 || tradesRecovered > 0
      ? [t('incident.trades', { missed: tradesMissed, recovered: tradesRecovered })]
      : []),
    ...(candlesRepaired > 0 ? [t('incident.candles', { count: candlesRepaired })] : []),
    ...(booksResynced > 0 ? [t('incident.books', { count: booksResynced })] : []),
  ];
  return [
    ...(costs.length > 0 ? costs : [t('incident.nothing-lost')]),
    ordersInFlight > 0 ? t('incident.orders', { count: ordersInFlight }) : t('incident.no-orders'),
  ];
}

/** How the other venues did meanwhile: `Upbit live · Bybit stale`. */
export function incidentOthers(app: Venues, incident: Incident): string {
  return incident.others
    .map(({ venue, worst }) => `${venueName(app, venue)} ${i18next.t(`health.${worst}`)}`)
    .join(' · ');
}

/** What happened, what it means for the money, what to do; by the class of its cause. */
export function incidentAdvice(incident: Incident): readonly string[] {
  const kind = errorClassOf(incident.cause.code);
  if (kind === undefined) return [i18next.t('advice.none')];
  return [i18next.t(`advice.${kind}`), i18next.t(`advice.${kind}-money`), i18next.t(`advice.${kind}-do`)];
}

function age(ms: number): string {
  return formatAge(Math.max(0, ms), currentLanguage());
}
