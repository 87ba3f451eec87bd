import { assertNever } from '#shared/base/assert-never.ts';
import { plainNumber } from '#shared/base/decimal.ts';
import { utcText } from '#shared/base/utc-text.ts';
import type { AlertHappening, AlertRule } from '#shared/domain/alert.ts';

const KST_MS = 9 * 3_600_000;

/** What the webhook is told. Numbers as numbers, levels as the person wrote them, every time by both clocks. */
export function alertMessage(
  {
    happenings,
    isTest,
    at,
  }: { readonly happenings: readonly AlertHappening[]; readonly isTest: boolean; readonly at: number },
  dropped: number,
) {
  return {
    app: 'Heartline',
    kind: 'alert',
    isTest,
    at: timesOf(at),
    ...(isTest && { text: 'Test of an alert. Nothing has happened.' }),
    alerts: happenings.map(happeningMessage),
    ...(dropped === 0 ? {} : { dropped }),
  };
}

function happeningMessage(happening: AlertHappening) {
  const { id, rule, note } = happening.alert;
  const alert = { id, ...(note !== '' && { note }), rule };
  const about = ruleText(rule);
  if (happening.kind === 'triggered') {
    const { value, maybeSince, isLate, at } = happening;
    const doubt =
      maybeSince === undefined
        ? ''
        : ` It may have happened earlier: nobody could watch from ${utcText(maybeSince)} UTC on.`;
    return {
      what: 'triggered',
      text: `${about}: now ${plainNumber(value)}.${doubt}${isLate ? ' Its data was arriving late.' : ''}`,
      alert,
      value,
      at: timesOf(at),
      ...(maybeSince !== undefined && { mayHaveHappenedSince: timesOf(maybeSince) }),
      isLate,
    };
  }
  const { since, reason, at, until } = happening;
  return {
    what: 'could-not-be-watched',
    text: `${about}: could not be watched since ${utcText(since)} UTC (${reason}).`,
    alert,
    reason,
    at: timesOf(at),
    since: timesOf(since),
    ...(until !== undefined && { until: timesOf(until) }),
  };
}

function ruleText(rule: AlertRule): string {
  switch (rule.kind) {
    case 'price':
      return `${rule.of} price of ${rule.instrument} ${verb(rule.when)} ${rule.level}`;
    case 'move':
      return `${rule.instrument} moves ${rule.when === 'either' ? 'either way' : rule.when} ${rule.level} % within ${rule.withinMin} min`;
    case 'spread':
      return `spread of ${rule.instrument} ${verb(rule.when)} ${rule.level} ${rule.unit}`;
    case 'premium':
      return `premium of ${rule.krw} over ${rule.usdt} (${rule.basis}) ${verb(rule.when)} ${rule.level} %`;
    case 'funding':
      return `funding of ${rule.instrument} ${verb(rule.when)} ${rule.level} %`;
    case 'pnl':
      return `profit of ${rule.instrument ?? 'all positions'} at ${rule.account} ${verb(rule.when)} ${rule.level} ${rule.unit === 'percent' ? '%' : rule.currency}`;
    case 'liquidation':
      return `${rule.instrument ?? 'nearest position'} at ${rule.account} within ${rule.level} % of liquidation`;
    case 'connection':
      return `${rule.venue} not live for ${rule.seconds} s`;
    default:
      return assertNever(rule);
  }
}

function verb(when: 'above' | 'below' | 'cross'): string {
  return when === 'cross' ? 'crosses' : `at or ${when}`;
}

function timesOf(ms: number) {
  return { ms, utc: `${utcText(ms)}Z`, kst: `${utcText(ms + KST_MS)}+09:00` };
}
