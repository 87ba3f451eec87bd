import { z } from 'zod';
import { alertNote, alertRule, alertWays } from '#shared/contract/alert-api.ts';
import {
  ALERT_PHASES,
  type Alert,
  type AlertHappening,
  type AlertStanding,
  BLIND_REASONS,
} from '#shared/domain/alert.ts';

// What alerts.json may hold. Entries are read one by one: one that makes no sense takes no other with it.

const time = z.number().min(0);
const id = z.string().min(1).max(40);
const side = z.enum(['above', 'below']);

const alertSchema = z.object({
  id,
  createdAt: time,
  rule: alertRule,
  note: alertNote,
  ways: alertWays,
  repeatAfterMs: time.optional(),
  expiresAt: time.optional(),
  isPaused: z.boolean(),
});
const standingSchema = z.object({
  phase: z.enum(ALERT_PHASES),
  armedAt: time,
  side: side.optional(),
  knownAt: time.optional(),
  blind: z.object({ since: time, reason: z.enum(BLIND_REASONS), isTold: z.boolean() }).optional(),
  triggeredAt: time.optional(),
  triggeredValue: z.number().optional(),
});
export const keptAlertSchema = z.object({ alert: alertSchema, standing: standingSchema });

const happened = {
  id,
  call: id,
  at: time,
  alert: alertSchema.pick({ id: true, rule: true, note: true, ways: true }),
  isSeen: z.boolean(),
} as const;
export const happeningSchema = z.discriminatedUnion('kind', [
  z.object({
    ...happened,
    kind: z.literal('triggered'),
    value: z.number(),
    maybeSince: time.optional(),
    isLate: z.boolean(),
  }),
  z.object({
    ...happened,
    kind: z.literal('blind'),
    since: time,
    reason: z.enum(BLIND_REASONS),
    until: time.optional(),
  }),
]);

export const alertFileSchema = z.object({
  version: z.literal(1),
  /** When alerts were last watched, wall ms. */
  aliveAt: time,
  alerts: z.array(z.unknown()),
  happenings: z.array(z.unknown()),
});
export const newerFileSchema = z.object({ version: z.number().min(2) });

export interface KeptAlert {
  readonly alert: Alert;
  readonly standing: AlertStanding;
}

export interface KeptAlerts {
  readonly aliveAt: number;
  readonly alerts: readonly KeptAlert[];
  /** Newest first. */
  readonly happenings: readonly AlertHappening[];
}
