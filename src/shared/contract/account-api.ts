import { z } from 'zod';
import { ENVIRONMENTS } from '../domain/account.ts';
import type { Fill, Order } from '../domain/order.ts';
import type {
  AccountsView,
  BalancesUpdate,
  FillsUpdate,
  KeyAnswer,
  OrdersUpdate,
  PositionsUpdate,
} from './account-views.ts';
import { account, instrument, keyText, venue, wallTime } from './fields.ts';

/** The part of the contract that concerns keys and accounts; `api.ts` takes it in. A key's secret goes in and never out. */

const nothing = z.strictObject({});
const key = { apiKey: keyText, secret: keyText } as const;
const passphrase = z.string().min(8).max(1024);
/** One line that reads as it is written: no controls, nothing that turns the direction, nothing that cannot be seen. */
const label = z
  .string()
  .trim()
  .min(1)
  .max(40)
  .regex(
    /^[^\p{Cc}\p{Zl}\p{Zp}\u200B\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]+$/u,
    'one plain line',
  );
/** A venue answers a few days at a time: what is asked of it at once has an end. */
const LONGEST_MS = 93 * 86_400_000;
const history = z
  .strictObject({ account, from: wallTime, to: wallTime, instrument: instrument.optional() })
  .refine(({ from, to }) => from <= to && to - from <= LONGEST_MS, 'at most 93 days, from before to');

export const accountRequestInputs = {
  /** Asks the venue what the key may do; keeps nothing. */
  'accounts.check': z.strictObject({ venue, environment: z.enum(ENVIRONMENTS), ...key }),
  /** The same, and keeps the key unless it is refused. */
  'accounts.add': z.strictObject({ venue, environment: z.enum(ENVIRONMENTS), label, ...key }),
  /** A ready-made key of the demo market. */
  'accounts.addDemo': z.strictObject({ venue }),
  /** A new key in the place of the old one: same venue, environment and label. The old one is kept if the new is refused. */
  'accounts.rotate': z.strictObject({ account, ...key }),
  'accounts.rename': z.strictObject({ account, label }),
  /** Forgets the key. Nothing is left of it in keychain or vault. */
  'accounts.remove': z.strictObject({ account }),
  /** Asks for the rights again now. */
  'accounts.recheck': z.strictObject({ account }),
  /** Reads everything again over REST and compares. */
  'accounts.reconcile': z.strictObject({ account }),
  /** Where keys are kept from now on, where there is no keychain. `passphrase` for a vault that is made. */
  'keys.choose': z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('vault'), passphrase }),
    z.strictObject({ kind: z.literal('memory') }),
    z.strictObject({ kind: z.literal('keychain') }),
  ]),
  'keys.unlock': z.strictObject({ passphrase: z.string().max(1024).optional() }),
  /** Signs nothing more until unlocked. Accounts go out; figures keep their age. */
  'keys.lock': nothing,
  /** Orders that ended, newest first, at most 1,000. */
  'orders.closed': history,
  /** Newest first, at most 1,000. */
  'fills.read': history,
} as const;

export interface AccountRequestOutputs {
  'accounts.check': KeyAnswer;
  'accounts.add': KeyAnswer;
  'accounts.addDemo': KeyAnswer;
  'accounts.rotate': KeyAnswer;
  'accounts.rename': Record<string, never>;
  'accounts.remove': Record<string, never>;
  'accounts.recheck': KeyAnswer;
  'accounts.reconcile': Record<string, never>;
  'keys.choose': Record<string, never>;
  'keys.unlock': Record<string, never>;
  'keys.lock': Record<string, never>;
  'orders.closed': readonly Order[];
  'fills.read': readonly Fill[];
}

export const accountWatchInputs = {
  accounts: nothing,
  balances: nothing,
  positions: nothing,
  orders: nothing,
  fills: nothing,
} as const;

export interface AccountWatchUpdates {
  accounts: AccountsView;
  balances: BalancesUpdate;
  positions: PositionsUpdate;
  orders: OrdersUpdate;
  fills: FillsUpdate;
}
