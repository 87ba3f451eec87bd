import { plainNumber } from '#shared/base/decimal.ts';
import type { TradingLimits } from '#shared/domain/trading-limits.ts';
import { plainTyped } from '../../stores/ticket-form.ts';

/** What the engine takes (src/shared/contract/settings.ts). */
const BOUNDS = {
  collarPercent: { least: 0.5, most: 20, whole: false, unit: '%' },
  slippagePercent: { least: 0.05, most: 10, whole: false, unit: '%' },
  'maxNotional.USDT': { least: 0, most: 1e12, whole: false, unit: 'USDT' },
  'maxNotional.KRW': { least: 0, most: 1e15, whole: false, unit: 'KRW' },
  'dailyNotional.USDT': { least: 0, most: 1e12, whole: false, unit: 'USDT' },
  'dailyNotional.KRW': { least: 0, most: 1e15, whole: false, unit: 'KRW' },
  depthSharePercent: { least: 1, most: 100, whole: false, unit: '%' },
  maxOpenOrders: { least: 1, most: 500, whole: true, unit: '' },
  ordersPer10s: { least: 1, most: 100, whole: true, unit: '' },
  'confirmAbove.USDT': { least: 0, most: 1e12, whole: false, unit: 'USDT' },
  'confirmAbove.KRW': { least: 0, most: 1e15, whole: false, unit: 'KRW' },
} as const;

export type LimitField = keyof typeof BOUNDS;
export const LIMIT_FIELDS = Object.keys(BOUNDS) as readonly LimitField[];
export type TypedLimits = Readonly<Record<LimitField, string>>;
type Currency = 'USDT' | 'KRW';
type MoneyLimit = 'maxNotional' | 'dailyNotional' | 'confirmAbove';
type PlainLimit = Exclude<keyof TradingLimits, MoneyLimit>;

export function boundsOf(field: LimitField): (typeof BOUNDS)[LimitField] {
  return BOUNDS[field];
}

/** Of one limit: the whole number, or the part of it in one currency. */
export function limitOf(limits: Partial<TradingLimits>, field: LimitField): number | undefined {
  const [name, currency] = field.split('.') as [keyof TradingLimits, Currency | undefined];
  const value = limits[name];
  return typeof value === 'object' ? (currency === undefined ? undefined : value[currency]) : value;
}

/** The form as typed; what is not set is empty. */
export function typedLimits(limits: Partial<TradingLimits>): TypedLimits {
  const entries = LIMIT_FIELDS.map((field) => {
    const value = limitOf(limits, field);
    return [field, value === undefined ? '' : plainNumber(value)];
  });
  return Object.fromEntries(entries) as TypedLimits;
}

/** A number as typed, within the bounds of its field; `undefined`: it is none, or outside. */
function readLimit(field: LimitField, text: string): number | undefined {
  const plain = plainTyped(text);
  const { least, most, whole } = BOUNDS[field];
  const value = /^\d+(?:\.\d*)?$/.test(plain) ? Number(plain) : Number.NaN;
  if (!(value >= least && value <= most) || (whole && !Number.isInteger(value))) return undefined;
  return value;
}

/** Fields the engine would refuse. `isOwn`: limits of one venue or account, of which each may be left empty. */
export function wrongFields(typed: TypedLimits, isOwn: boolean): readonly LimitField[] {
  return LIMIT_FIELDS.filter((field) =>
    typed[field].trim() === '' ? !isOwn : readLimit(field, typed[field]) === undefined,
  );
}

/**
 * What is typed as limits: those that stand there alone. Of a limit in two currencies of which one is set, the other is
 * what holds without it (`inherited`). Only for what `wrongFields` finds nothing wrong with.
 */
export function readLimits(typed: TypedLimits, inherited: TradingLimits): Partial<TradingLimits> {
  const one = (field: LimitField) =>
    typed[field].trim() === '' ? undefined : readLimit(field, typed[field]);
  const plain = (name: PlainLimit) => {
    const value = one(name);
    return value === undefined ? {} : { [name]: value };
  };
  const money = (name: MoneyLimit) => {
    const own = { USDT: one(`${name}.USDT`), KRW: one(`${name}.KRW`) };
    if (own.USDT === undefined && own.KRW === undefined) return {};
    const held = inherited[name];
    return { [name]: { USDT: own.USDT ?? held.USDT, KRW: own.KRW ?? held.KRW } };
  };
  return {
    ...plain('collarPercent'),
    ...plain('slippagePercent'),
    ...money('maxNotional'),
    ...money('dailyNotional'),
    ...plain('depthSharePercent'),
    ...plain('maxOpenOrders'),
    ...plain('ordersPer10s'),
    ...money('confirmAbove'),
  };
}
