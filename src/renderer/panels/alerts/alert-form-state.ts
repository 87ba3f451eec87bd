import { assertNever } from '#shared/base/assert-never.ts';
import type { RequestInput } from '#shared/contract/api.ts';
import type { AlarmWay } from '#shared/domain/alarm.ts';
import type { Alert, AlertKind, AlertRule } from '#shared/domain/alert.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';

export const ENDS = ['never', 'hour', 'day', 'week', 'month'] as const;
export type Ends = (typeof ENDS)[number] | 'keep';
const HOUR_MS = 3_600_000;
const ENDS_MS: Readonly<Record<(typeof ENDS)[number], number | null>> = {
  never: null,
  hour: HOUR_MS,
  day: 24 * HOUR_MS,
  week: 168 * HOUR_MS,
  month: 720 * HOUR_MS,
};

/** The form as it stands: every field of every kind, so that a change of kind loses nothing that was typed. */
export interface AlertFormState {
  readonly kind: AlertKind;
  readonly instrument: string;
  readonly krw: string;
  readonly usdt: string;
  readonly of: 'last' | 'mark';
  readonly when: string;
  readonly level: string;
  readonly within: string;
  readonly spreadUnit: 'bps' | 'ticks';
  readonly basis: 'official' | 'tether';
  readonly account: string;
  /** Empty: all of the account. */
  readonly position: string;
  readonly profitUnit: 'currency' | 'percent';
  readonly currency: string;
  readonly venue: string;
  readonly seconds: string;
  readonly note: string;
  readonly ways: readonly AlarmWay[];
  readonly repeats: boolean;
  readonly cooldown: string;
  readonly ends: Ends;
}

/** `instrument`: what the panel is about. */
export function beginForm(
  instrument: InstrumentId,
  known: { readonly krw: string; readonly usdt: string; readonly account: string; readonly venue: string },
  rule: AlertRule | undefined,
  alert?: Alert,
): AlertFormState {
  const plain: AlertFormState = {
    kind: 'price',
    instrument,
    ...known,
    of: 'last',
    when: 'above',
    level: '',
    within: '15',
    spreadUnit: 'bps',
    basis: 'official',
    position: '',
    profitUnit: 'currency',
    currency: 'USDT',
    seconds: '30',
    note: alert?.note ?? '',
    ways: alert?.ways ?? ['toast', 'sound', 'notification'],
    repeats: alert?.repeatAfterMs !== undefined,
    cooldown: String((alert?.repeatAfterMs ?? 300_000) / 60_000),
    ends: alert?.expiresAt === undefined ? 'never' : 'keep',
  };
  return rule ? { ...plain, ...fieldsOf(rule) } : plain;
}

function fieldsOf(rule: AlertRule): Partial<AlertFormState> {
  const { kind } = rule;
  switch (kind) {
    case 'price':
      return { kind, instrument: rule.instrument, of: rule.of, when: rule.when, level: rule.level };
    case 'move':
      return {
        kind,
        instrument: rule.instrument,
        when: rule.when,
        level: rule.level,
        within: String(rule.withinMin),
      };
    case 'spread':
      return { kind, instrument: rule.instrument, spreadUnit: rule.unit, when: rule.when, level: rule.level };
    case 'premium':
      return {
        kind,
        krw: rule.krw,
        usdt: rule.usdt,
        basis: rule.basis,
        when: rule.when,
        level: rule.level,
      };
    case 'funding':
      return { kind, instrument: rule.instrument, when: rule.when, level: rule.level };
    case 'pnl':
      return {
        kind,
        account: rule.account,
        position: rule.instrument ?? '',
        profitUnit: rule.unit,
        currency: rule.currency,
        when: rule.when,
        level: rule.level,
      };
    case 'liquidation':
      return { kind, account: rule.account, position: rule.instrument ?? '', level: rule.level };
    case 'connection':
      return { kind, venue: rule.venue, seconds: String(rule.seconds) };
    default:
      return assertNever(rule);
  }
}

const SIDES = ['above', 'below'] as const;
const CROSSING = ['above', 'below', 'cross'] as const;
const MOVES = ['up', 'down', 'either'] as const;

/** What "when" may be for a kind; none where there is no choice. */
export function whensOf(
  kind: AlertKind,
): readonly ('above' | 'below' | 'cross' | 'up' | 'down' | 'either')[] {
  switch (kind) {
    case 'price':
    case 'premium':
      return CROSSING;
    case 'move':
      return MOVES;
    case 'spread':
    case 'funding':
    case 'pnl':
      return SIDES;
    case 'liquidation':
    case 'connection':
      return [];
    default:
      return assertNever(kind);
  }
}

/** What was chosen, where the kind knows it. */
function chosen<When extends string>(whens: readonly When[], when: string): When {
  return whens.find((one) => one === when) ?? (whens[0] as When);
}

type Order = RequestInput<'alerts.add'>;

/** For the engine, which says what makes no sense. `now`: engine wall time. */
export function orderOfForm(
  form: AlertFormState,
  now: number,
): Omit<Order, 'expiresAt' | 'isPaused'> & {
  readonly expiresAt?: number | null;
} {
  const { note, ways, repeats, cooldown, ends } = form;
  const endsMs = ends === 'keep' ? undefined : ENDS_MS[ends];
  return {
    rule: ruleOf(form),
    note,
    ways: [...ways],
    repeatAfterMs: repeats ? Math.round(number(cooldown) * 60_000) : null,
    ...(endsMs !== undefined && { expiresAt: endsMs === null ? null : Math.round(now + endsMs) }),
  };
}

function ruleOf(form: AlertFormState): Order['rule'] {
  const { kind, instrument, level, account, position } = form;
  const where = position === '' ? {} : { instrument: position };
  switch (kind) {
    case 'price':
      return { kind, instrument, of: form.of, when: chosen(CROSSING, form.when), level };
    case 'move':
      return { kind, instrument, when: chosen(MOVES, form.when), level, withinMin: number(form.within) };
    case 'spread':
      return { kind, instrument, unit: form.spreadUnit, when: chosen(SIDES, form.when), level };
    case 'premium':
      return {
        kind,
        krw: form.krw,
        usdt: form.usdt,
        basis: form.basis,
        when: chosen(CROSSING, form.when),
        level,
      };
    case 'funding':
      return { kind, instrument, when: chosen(SIDES, form.when), level };
    case 'pnl':
      return {
        kind,
        account,
        ...where,
        unit: form.profitUnit,
        currency: form.currency,
        when: chosen(SIDES, form.when),
        level,
      };
    case 'liquidation':
      return { kind, account, ...where, level };
    case 'connection':
      return { kind, venue: form.venue, seconds: number(form.seconds) };
    default:
      return assertNever(kind);
  }
}

/** What is no number becomes one the engine refuses by name. */
function number(text: string): number {
  const value = text.trim() === '' ? -1 : Number(text);
  return Number.isFinite(value) ? value : -1;
}
