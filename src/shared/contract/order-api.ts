import { z } from 'zod';
import { AMOUNT_UNITS, TICKET_TYPES } from '../domain/order-draft.ts';
import { account, instrument, venue } from './fields.ts';
import type {
  ChangeAnswer,
  ExportedFile,
  Flight,
  OwnOrdersUpdate,
  PlaceAnswer,
  TicketView,
  TradingView,
} from './order-views.ts';

/** The part of the contract that concerns orders; `api.ts` takes it in. */

const nothing = z.strictObject({});
/** As a person types a number: plain decimal text. What is wrong with it otherwise, the guard says in words. */
const typed = z.string().max(40);
const side = z.enum(['buy', 'sell']);
const orderName = z.string().min(1).max(80);
/** Handed out by `orders.intent`; good once, for ten seconds. */
const token = z.string().min(16).max(64);

const orderDraft = z.strictObject({
  account,
  instrument,
  side,
  type: z.enum(TICKET_TYPES),
  quantity: z.strictObject({ unit: z.enum(AMOUNT_UNITS), value: typed }),
  price: typed.exactOptional(),
  triggerPrice: typed.exactOptional(),
  triggerBy: z.enum(['mark', 'last']).exactOptional(),
  timeInForce: z.enum(['GTC', 'IOC', 'FOK']),
  postOnly: z.boolean(),
  reduceOnly: z.boolean(),
  closePosition: z.boolean(),
});

const orderRef = z.strictObject({
  account,
  instrument,
  venueOrderId: orderName.exactOptional(),
  clientOrderId: orderName.exactOptional(),
  isConditional: z.boolean(),
});

export const orderRequestInputs = {
  /** Permission for one order. Asked for ahead, so that a click waits for nothing. */
  'orders.intent': nothing,
  /**
   * One order, exactly one POST. `override`: the person stepped over this one trust reason, in a second step. Throws
   * `intent.used`, `intent.expired`, `intent.unknown`.
   */
  'orders.place': z.strictObject({ token, draft: orderDraft, override: z.string().max(40).optional() }),
  /** Idempotent: one that is gone is gone. Never blocked. */
  'orders.cancel': orderRef,
  'orders.amend': z.strictObject({
    token,
    order: orderRef,
    price: typed.exactOptional(),
    quantity: typed.exactOptional(),
    triggerPrice: typed.exactOptional(),
  }),
  /** Absent: everything of all accounts. Answers when it began; its progress is in `trading`. Never blocked. */
  'orders.cancelAll': z.strictObject({
    account: account.exactOptional(),
    instrument: instrument.exactOptional(),
    side: side.exactOptional(),
  }),
  'orders.stopSweep': z.strictObject({ id: z.string().max(40) }),
  /** Reduce-only, at market with the slippage cap. `percent` of the position, 1–100. */
  'positions.close': z.strictObject({
    token,
    account,
    instrument,
    leg: z.enum(['both', 'long', 'short']),
    percent: z.number().min(1).max(100),
    override: z.string().max(40).optional(),
  }),
  /** Closes, and once it is closed opens as much on the other side. Two orders, two journal lines. */
  'positions.reverse': z.strictObject({
    token,
    account,
    instrument,
    leg: z.enum(['both', 'long', 'short']),
    override: z.string().max(40).optional(),
  }),
  /** Cancels everything of the account, then closes every position. Progress is in `trading`. */
  'positions.flatten': z.strictObject({ token, account }),
  /** Throws `arm.phrase`, `arm.barred`, `arm.declined`. */
  'trading.arm': z.strictObject({ venue, phrase: z.string().max(80) }),
  /** Absent: all. */
  'trading.disarm': z.strictObject({ venue: venue.exactOptional() }),
  /** The kill switch: halts, then cancels everything everywhere. */
  'trading.kill': nothing,
  /** Throws `arm.phrase`: `RESUME` has to be typed. */
  'trading.resume': z.strictObject({ phrase: z.string().max(80) }),
  'paper.add': z.strictObject({ venue }),
  /** Begins anew with the starting money. */
  'paper.reset': z.strictObject({ account }),
  'paper.remove': z.strictObject({ account }),
  /** A person decides about an order no proof can be had for. Throws `order.unknown`, `order.settled`. */
  'orders.settle': z.strictObject({ clientOrderId: orderName, isPlaced: z.boolean() }),
  /** Looks for an unknown order again, now. */
  'orders.look': z.strictObject({ clientOrderId: orderName }),
  /** Throws `order.unknown`. */
  'orders.flight': z.strictObject({ clientOrderId: orderName }),
  'orders.exportFlight': z.strictObject({ clientOrderId: orderName }),
  /** Checks the hash chain of the whole journal. */
  'orders.verifyAudit': nothing,
  /** All of it as NDJSON. */
  'orders.exportAudit': nothing,
} as const;

export interface OrderRequestOutputs {
  'orders.intent': { readonly token: string; readonly expiresAt: number };
  'orders.place': PlaceAnswer;
  'orders.cancel': ChangeAnswer;
  'orders.amend': ChangeAnswer;
  'orders.cancelAll': { readonly sweeps: readonly string[] };
  'orders.stopSweep': Record<string, never>;
  'positions.close': PlaceAnswer;
  'positions.reverse': PlaceAnswer;
  'positions.flatten': { readonly sweeps: readonly string[] };
  'trading.arm': Record<string, never>;
  'trading.disarm': Record<string, never>;
  'trading.kill': { readonly sweeps: readonly string[] };
  'trading.resume': Record<string, never>;
  'paper.add': Record<string, never>;
  'paper.reset': Record<string, never>;
  'paper.remove': Record<string, never>;
  'orders.settle': Record<string, never>;
  'orders.look': Record<string, never>;
  'orders.flight': Flight;
  'orders.exportFlight': ExportedFile;
  'orders.verifyAudit': {
    readonly lines: number;
    /** Sequence number of the first line that is not what it was, or is missing; absent: all of it stands. */
    readonly brokenAt?: number;
  };
  'orders.exportAudit': ExportedFile;
}

export const orderWatchInputs = {
  ticket: orderDraft,
  trading: nothing,
  ownOrders: nothing,
} as const;

export interface OrderWatchUpdates {
  ticket: TicketView;
  trading: TradingView;
  ownOrders: OwnOrdersUpdate;
}
