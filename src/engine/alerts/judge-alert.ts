import { assertNever } from '#shared/base/assert-never.ts';
import type {
  Alert,
  AlertRule,
  AlertStanding,
  AlertWhen,
  BlindReason,
  IdleReason,
} from '#shared/domain/alert.ts';

/** What can be said of an alert's figure at one moment. */
export type AlertReading =
  /** In the unit of the level. `receivedAt`: wall ms of what it was made of, the oldest of several. */
  | { readonly kind: 'known'; readonly value: number; readonly receivedAt: number; readonly isLate: boolean }
  | { readonly kind: 'blind'; readonly reason: BlindReason }
  /** Everything is known, and there is nothing to compare. */
  | { readonly kind: 'idle'; readonly reason: IdleReason };

export interface AlertTriggering {
  readonly value: number;
  /** Since when nobody could watch, where it may have happened in that time. Wall ms. */
  readonly maybeSince?: number | undefined;
  readonly isLate: boolean;
}

export interface AlertJudgement {
  readonly standing: AlertStanding;
  readonly triggering?: AlertTriggering | undefined;
}

/** How the figure of a rule is compared with its level. */
export function comparisonOf(rule: AlertRule): { readonly when: AlertWhen; readonly level: number } {
  switch (rule.kind) {
    case 'price':
    case 'spread':
    case 'premium':
    case 'funding':
    case 'pnl':
      return { when: rule.when, level: Number(rule.level) };
    case 'move':
      return { when: 'above', level: Number(rule.level) };
    case 'liquidation':
      return { when: 'below', level: Number(rule.level) };
    case 'connection':
      return { when: 'above', level: rule.seconds };
    default:
      return assertNever(rule);
  }
}

export const armed = (now: number): AlertStanding => ({ phase: 'armed', armedAt: now });

/**
 * One look at one alert. Pure: the same standing and reading come to the same. Only a figure that is known triggers;
 * one that is known again after a blind time, and has reached the level, triggers and says since when it may have.
 */
export function judgeAlert(
  { rule, repeatAfterMs }: Pick<Alert, 'rule' | 'repeatAfterMs'>,
  standing: AlertStanding,
  reading: AlertReading,
  now: number,
): AlertJudgement {
  switch (reading.kind) {
    case 'blind':
      return { standing: blinded(standing, reading.reason) };
    case 'idle': {
      const { blind: _over, ...seen } = standing;
      const isRested = standing.phase === 'resting' && isCool(standing, repeatAfterMs, now);
      return { standing: isRested ? { ...seen, phase: 'armed', armedAt: now } : seen };
    }
    case 'known':
      return known(rule, repeatAfterMs, standing, reading, now);
    default:
      return assertNever(reading);
  }
}

function blinded(standing: AlertStanding, reason: BlindReason): AlertStanding {
  const { blind } = standing;
  if (blind) {
    // That Heartline was not running is not made better by there being nothing yet.
    return blind.reason === reason || reason === 'waiting'
      ? standing
      : { ...standing, blind: { ...blind, reason } };
  }
  const since = Math.max(standing.knownAt ?? standing.armedAt, standing.armedAt);
  return { ...standing, blind: { since, reason, isTold: false } };
}

function known(
  rule: AlertRule,
  repeatAfterMs: number | undefined,
  { blind, ...before }: AlertStanding,
  { value, receivedAt, isLate }: Extract<AlertReading, { kind: 'known' }>,
  now: number,
): AlertJudgement {
  const { when, level } = comparisonOf(rule);
  const side = value > level ? 'above' : value < level ? 'below' : undefined;
  const seen: AlertStanding = { ...before, knownAt: receivedAt };
  if (before.phase === 'resting') {
    const isBack = when === 'cross' || (side !== undefined && side !== when);
    if (!isBack || !isCool(before, repeatAfterMs, now)) return { standing: sided(seen, when, side) };
    return { standing: sided({ ...seen, phase: 'armed', armedAt: now }, when, side) };
  }
  if (before.phase !== 'armed') return { standing: seen };
  const hasReached =
    when === 'cross'
      ? before.side !== undefined && side !== before.side
      : side === undefined || side === when;
  if (!hasReached) return { standing: sided(seen, when, side) };
  return {
    standing: {
      ...sided(seen, when, side),
      phase: repeatAfterMs === undefined ? 'done' : 'resting',
      triggeredAt: now,
      triggeredValue: value,
    },
    triggering: { value, isLate, ...(blind && { maybeSince: blind.since }) },
  };
}

function sided(standing: AlertStanding, when: AlertWhen, side: 'above' | 'below' | undefined): AlertStanding {
  return when === 'cross' ? { ...standing, side } : standing;
}

function isCool({ triggeredAt }: AlertStanding, repeatAfterMs: number | undefined, now: number): boolean {
  return repeatAfterMs !== undefined && now - (triggeredAt ?? 0) >= repeatAfterMs;
}
