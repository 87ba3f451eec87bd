import { z } from 'zod';
import { cleanText } from '../base/clean-text.ts';
import { ALERT_WAYS, type AlertsUpdate, type AlertTest } from '../domain/alert.ts';
import { account, instrument, venue, wallTime } from './fields.ts';

/** The part of the contract that concerns the person's own alerts; `api.ts` takes it in. */

const nothing = z.strictObject({});
/** Decimal text as typed; whether it makes sense is said with a code of its own. */
const level = z.string().trim().max(40);
const alertId = z.string().max(40);
const aboveBelow = z.enum(['above', 'below']);
const aboveBelowCross = z.enum(['above', 'below', 'cross']);
const NOTE_CHARS = 120;

/** See `AlertRule`. */
export const alertRule = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('price'),
    instrument,
    of: z.enum(['last', 'mark']),
    when: aboveBelowCross,
    level,
  }),
  z.strictObject({
    kind: z.literal('move'),
    instrument,
    when: z.enum(['up', 'down', 'either']),
    level,
    withinMin: z.number(),
  }),
  z.strictObject({
    kind: z.literal('spread'),
    instrument,
    unit: z.enum(['bps', 'ticks']),
    when: aboveBelow,
    level,
  }),
  z.strictObject({
    kind: z.literal('premium'),
    krw: instrument,
    usdt: instrument,
    basis: z.enum(['official', 'tether']),
    when: aboveBelowCross,
    level,
  }),
  z.strictObject({ kind: z.literal('funding'), instrument, when: aboveBelow, level }),
  z.strictObject({
    kind: z.literal('pnl'),
    account,
    instrument: instrument.optional(),
    unit: z.enum(['currency', 'percent']),
    currency: z.string().regex(/^[\p{L}\p{N}]{1,20}$/u),
    when: aboveBelow,
    level,
  }),
  z.strictObject({ kind: z.literal('liquidation'), account, instrument: instrument.optional(), level }),
  z.strictObject({ kind: z.literal('connection'), venue, seconds: z.number() }),
]);

export const alertWays = z
  .array(z.enum(ALERT_WAYS))
  .max(ALERT_WAYS.length)
  .transform((ways) => [...new Set(ways)]);
export const alertNote = z
  .string()
  .max(500)
  .transform((text) => cleanText(text, NOTE_CHARS));

const order = {
  rule: alertRule,
  note: alertNote,
  ways: alertWays,
  /** ms; `null`: once. */
  repeatAfterMs: z.number().nullable(),
  /** `null`: never. */
  expiresAt: wallTime.nullable(),
  isPaused: z.boolean(),
} as const;

/**
 * Refusals of `alerts.add` and `alerts.change`: `instrument.unknown`, `venue.unknown`, `account.unknown`, what the venue's
 * list throws, `alert.level` {level}, `alert.range` {least, most}, `alert.window`, `alert.seconds`, `alert.cooldown`
 * {least, most}, `alert.past`, `alert.ways`, `alert.spot` {instrument}, `alert.legs`, `alert.full` {most}, `alert.unknown`.
 */
export const alertRequestInputs = {
  'alerts.add': z.strictObject(order),
  /** What is left out stays. A changed rule, a pause taken back or `rearm` arms it anew. */
  'alerts.change': z.strictObject({
    id: alertId,
    ...z.strictObject(order).partial().shape,
    rearm: z.literal(true).optional(),
  }),
  'alerts.remove': z.strictObject({ id: alertId }),
  /** What happened has been seen; without ids all of it. */
  'alerts.acknowledge': z.strictObject({ happenings: z.array(alertId).max(500).optional() }),
  /** Sends a test by one way. The webhook's answer is waited for. Throws `alert.testing`. */
  'alerts.test': z.strictObject({ way: z.enum(ALERT_WAYS) }),
} as const;

export interface AlertRequestOutputs {
  'alerts.add': { readonly id: string };
  'alerts.change': Record<string, never>;
  'alerts.remove': Record<string, never>;
  'alerts.acknowledge': Record<string, never>;
  'alerts.test': AlertTest;
}

export const alertWatchInputs = { alerts: nothing } as const;

export interface AlertWatchUpdates {
  alerts: AlertsUpdate;
}
