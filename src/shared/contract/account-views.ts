import type {
  AccountId,
  AccountState,
  Balance,
  Environment,
  KeyRights,
  KeyVerdict,
  Position,
} from '../domain/account.ts';
import type { VenueId } from '../domain/instrument.ts';
import type { Fill, Order } from '../domain/order.ts';

/** Where keys lie. */
export type KeyBackend =
  /** The operating system's keychain; `name` as people know it: `Keychain`, `Credential Manager`, `Secret Service`. */
  | { readonly kind: 'keychain'; readonly name: string }
  /** A file encrypted with a passphrase. */
  | { readonly kind: 'vault' }
  /** Nowhere: gone when Heartline ends. */
  | { readonly kind: 'memory' };

export interface KeyStoreView {
  /** Absent: the person has to choose, as there is no keychain here. */
  readonly backend?: KeyBackend;
  /** Why there is no keychain, in the words of the log. */
  readonly keychainFault?: string;
  /** Nothing is signed before it is unlocked. `empty`: a vault without a passphrase yet. */
  readonly state: 'open' | 'locked' | 'empty' | 'gone';
}

export interface AccountView {
  readonly id: AccountId;
  readonly venue: VenueId;
  readonly label: string;
  /** `paper`: filled here against live public data, with no money and no key. */
  readonly environment: Environment | 'paper';
  readonly mode: 'read-only' | 'trade';
  readonly rights: KeyRights;
  /** The last four characters of the key's public half, to tell keys apart. */
  readonly keyTail: string;
  readonly addedAt: number;
  readonly state: AccountState;
  /** Wall time the state was entered. */
  readonly since: number;
  /** When the last whole comparison with the venue ended, and how many differences it mended. */
  readonly reconciledAt?: number;
  readonly mended?: number;
  /** When the private stream last said anything, data or not. */
  readonly streamHeardAt?: number;
  /** True where the venue's positions are hedged (long and short at once). */
  readonly isHedged?: boolean;
  /** Statuses the venue sent that nobody knows, newest last, at most ten. */
  readonly unknownStatuses: readonly string[];
}

export interface AccountsView {
  readonly keys: KeyStoreView;
  readonly accounts: readonly AccountView[];
  /** What can be added here: environments by venue. */
  readonly offered: readonly {
    readonly venue: VenueId;
    readonly name: string;
    readonly environments: readonly Environment[];
    /** A ready-made key of the demo market can be had. */
    readonly hasDemoKey: boolean;
  }[];
}

/** Rows that changed since the last batch. `restart`: they replace all the window holds. */
export interface RowsUpdate<Row> {
  readonly restart: boolean;
  readonly rows: readonly Row[];
  /** Keys of rows that are gone: see `balanceKey`, `positionKey`, `orderKey`. */
  readonly removed: readonly string[];
}

/** What everything is worth together, priced by the desk's own markets. An estimate, and says of what. */
export interface Worth {
  readonly account: AccountId;
  /** Decimal text; absent while nothing could be priced. */
  readonly usdt?: string;
  readonly krw?: string;
  /** Currencies that could not be priced and are not in the sum. */
  readonly unpriced: readonly string[];
  /** What turned one into the other: `KRW-USDT at Upbit`, with the rate. */
  readonly basis?: { readonly source: string; readonly krwPerUsdt: string; readonly receivedAt: number };
  /** The oldest price in it, ms epoch. */
  readonly oldestAt?: number;
  /** What each currency held is worth, by its name; one that could not be priced is not in it. */
  readonly byCurrency?: Readonly<Record<string, { readonly usdt?: string; readonly krw?: string }>>;
}

export type BalancesUpdate = RowsUpdate<Balance> & {
  readonly worth: readonly Worth[];
  /** Of all accounts that are connected, together. */
  readonly total?: Omit<Worth, 'account' | 'byCurrency'>;
};
export type PositionsUpdate = RowsUpdate<Position>;
/** Open orders, and those that ended in the last minute with their last status. */
export type OrdersUpdate = RowsUpdate<Order>;
/** The newest first batch brings the recent past; at most 1,000 an account. */
export type FillsUpdate = RowsUpdate<Fill>;

export function balanceKey(row: Pick<Balance, 'account' | 'currency'>): string {
  return `${row.account} ${row.currency}`;
}

export function positionKey(row: Pick<Position, 'account' | 'instrument' | 'leg'>): string {
  return `${row.account} ${row.instrument} ${row.leg}`;
}

export function orderKey(
  row: Pick<Order, 'account' | 'instrument' | 'venueOrderId' | 'isConditional'>,
): string {
  return `${row.account} ${row.instrument} ${row.isConditional ? 'c' : ''}${row.venueOrderId}`;
}

export function fillKey(row: Pick<Fill, 'account' | 'instrument' | 'id'>): string {
  return `${row.account} ${row.instrument} ${row.id}`;
}

/** What came of a key: `account` where it was kept. */
export interface KeyAnswer {
  readonly verdict: KeyVerdict;
  readonly account?: AccountId;
}
