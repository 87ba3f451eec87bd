import i18next from 'i18next';
import { assertNever } from '#shared/base/assert-never.ts';
import type { AlertHappening, AlertRule } from '#shared/domain/alert.ts';
import { type InstrumentId, instrumentName, venueOf } from '#shared/domain/instrument.ts';
import { formatExact } from '../ui/format-exact.ts';
import { formatDecimal } from '../ui/format-number.ts';
import { formatClock, formatFull } from '../ui/format-time.ts';

/** `Binance BTC-USDT-PERP: last price rises to or above 84,000`. */
export function alertRuleText(rule: AlertRule): string {
  const t = i18next.t;
  switch (rule.kind) {
    case 'price':
      return t(`alert.price-${rule.of}-${rule.when}`, {
        what: named(rule.instrument),
        level: shown(rule.level),
      });
    case 'move':
      return t(`alert.move-${rule.when}`, {
        what: named(rule.instrument),
        level: shown(rule.level),
        minutes: rule.withinMin,
      });
    case 'spread':
      return t(`alert.spread-${rule.when}`, {
        what: named(rule.instrument),
        level: shown(rule.level),
        unit: t(`alertunit.${rule.unit}`),
      });
    case 'premium':
      return t(`alert.premium-${rule.when}`, {
        what: named(rule.krw),
        over: named(rule.usdt),
        level: shown(rule.level),
        basis: t(`alertbasis.${rule.basis}`),
      });
    case 'funding':
      return t(`alert.funding-${rule.when}`, { what: named(rule.instrument), level: shown(rule.level) });
    case 'pnl':
      return t(`alert.pnl-${rule.when}`, {
        what: positionsOf(rule.account, rule.instrument),
        level: shown(rule.level),
        unit: rule.unit === 'percent' ? '%' : rule.currency,
      });
    case 'liquidation':
      return t('alert.liquidation', {
        what: positionsOf(rule.account, rule.instrument),
        level: shown(rule.level),
      });
    case 'connection':
      return t('alert.connection', { what: venueName(rule.venue), seconds: rule.seconds });
    default:
      return assertNever(rule);
  }
}

/** What happened, with when it may have. */
export function happeningText(happening: AlertHappening): string {
  const t = i18next.t;
  const { rule, note } = happening.alert;
  const about = note === '' ? alertRuleText(rule) : `${note} — ${alertRuleText(rule)}`;
  if (happening.kind === 'blind') {
    const { since, reason } = happening;
    return t('alert.blind-text', { about, time: whenText(since), why: t(`blindness.${reason}`) });
  }
  const { value, maybeSince, at, isLate } = happening;
  const now = t('alert.triggered-text', { about, value: alertValueText(rule, value), time: whenText(at) });
  const doubt = maybeSince === undefined ? '' : ` ${t('alert.maybe', { time: whenText(maybeSince) })}`;
  return `${now}${doubt}${isLate ? ` ${t('alert.was-late')}` : ''}`;
}

/** A figure in the unit of its level: `84,012.5`, `+3.21 %`, `12 s`. */
export function alertValueText(rule: AlertRule, value: number | undefined): string {
  switch (rule.kind) {
    case 'price':
      return formatDecimal(value, undefined);
    case 'move':
    case 'premium':
    case 'liquidation':
      return `${formatDecimal(value, 2)} %`;
    case 'funding':
      return `${formatDecimal(value, 4)} %`;
    case 'spread':
      return `${formatDecimal(value, rule.unit === 'ticks' ? 0 : 2)} ${i18next.t(`alertunit.${rule.unit}`)}`;
    case 'pnl':
      return `${formatDecimal(value, 2)} ${rule.unit === 'percent' ? '%' : rule.currency}`;
    case 'connection':
      return i18next.t('alert.seconds', { seconds: formatDecimal(value, 0) });
    default:
      return assertNever(rule);
  }
}

/** How far the figure is from its level. */
export function alertDistanceText(rule: AlertRule, distance: number | undefined): string {
  if (rule.kind === 'price') return distance === undefined ? '' : `${signed(distance)} %`;
  if (distance === undefined) return '';
  return `${distance > 0 ? '+' : ''}${alertValueText(rule, distance)}`;
}

function signed(value: number): string {
  return `${value > 0 ? '+' : ''}${formatDecimal(value, 2)}`;
}

const DAY_MS = 86_400_000;

/** The time of day, with the day where it is not of the last one. */
function whenText(time: number): string {
  return Date.now() - time < DAY_MS ? formatClock(time) : formatFull(time);
}

const shown = (level: string) => formatExact(level);

function named(instrument: InstrumentId): string {
  return `${venueName(venueOf(instrument))} ${instrumentName(instrument)}`;
}

function venueName(venue: string): string {
  return venue.charAt(0).toUpperCase() + venue.slice(1);
}

function positionsOf(account: string, instrument: InstrumentId | undefined): string {
  return instrument === undefined ? i18next.t('alert.all-positions', { account }) : named(instrument);
}
