import { z } from 'zod';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import { ORDER_STATUSES } from '#shared/domain/order.ts';
import type { PaperState } from './paper-state.ts';

const decimal = z.string().regex(/^-?\d+(?:\.\d+)?$/);
const money = z.record(z.string(), decimal);
const instrument = z.string().transform((text) => text as InstrumentId);
const side = z.enum(['buy', 'sell']);

const listing = z.strictObject({
  id: instrument,
  kind: z.enum(['spot', 'derivatives']),
  base: z.string(),
  quote: z.string(),
});

const order = z.strictObject({
  id: z.string(),
  number: z.number(),
  clientOrderId: z.string().optional(),
  instrument,
  side,
  type: z.enum(['limit', 'market', 'stop-market', 'stop', 'take-profit-market', 'take-profit']),
  timeInForce: z.enum(['GTC', 'IOC', 'FOK', 'GTX']),
  price: decimal.optional(),
  triggerPrice: decimal.optional(),
  triggerBy: z.enum(['mark', 'last']),
  quantity: decimal,
  filled: decimal,
  paid: decimal,
  reduceOnly: z.boolean(),
  closePosition: z.boolean(),
  status: z.enum(ORDER_STATUSES),
  note: z.string(),
  createdAt: z.number(),
  updatedAt: z.number(),
  rest: z.strictObject({ ahead: decimal.optional() }).optional(),
  since: z.number().optional(),
});

const fill = z.strictObject({
  id: z.string(),
  instrument,
  venueOrderId: z.string(),
  clientOrderId: z.string().optional(),
  side,
  price: decimal,
  quantity: decimal,
  fee: decimal,
  feeCurrency: z.string(),
  isMaker: z.boolean(),
  realisedPnl: decimal.optional(),
  venueTime: z.number(),
});

const state = z.strictObject({
  addedAt: z.number(),
  ledger: z.strictObject({
    balances: money,
    positions: z.record(z.string(), z.strictObject({ quantity: decimal, cost: decimal })),
    fees: money,
    realised: money,
    covered: money,
  }),
  listings: z.array(listing),
  orders: z.array(order),
  fills: z.array(fill),
  nextNumber: z.number(),
});

/** A kept account as it came from the disk; `undefined`: it is none. */
export function readPaperState(value: unknown): PaperState | undefined {
  const checked = state.safeParse(value);
  // JSON has no undefined: what is optional is there or it is not.
  return checked.success ? (checked.data as PaperState) : undefined;
}
