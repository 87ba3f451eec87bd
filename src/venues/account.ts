import type { Secret } from '#shared/base/secret.ts';
import type { Environment, KeyRights, Right } from '#shared/domain/account.ts';
import type { InstrumentId, VenueId } from '#shared/domain/instrument.ts';
import type { FillReport, OrderReport } from '#shared/domain/order.ts';
import type { Budget, BudgetNote } from './venue.ts';

/** What signs a venue's private calls. */
export interface Credentials {
  readonly apiKey: Secret;
  readonly secret: Secret;
}

/** Base URLs without a trailing slash. */
export interface AccountEndpoints {
  readonly rest: string;
  /** Where the private socket opens. */
  readonly ws: string;
  /** Where a key's rights are asked for, where that is another host (Binance: `api.binance.com`). */
  readonly rights?: string;
}

type Parameter = string | number | boolean | readonly string[];

/**
 * One private REST call, described and parsed but neither signed nor made. `section` and `path` are what ccxt calls
 * them in the class named by `AccountVenue.signer`: ccxt signs, the engine sends.
 */
export interface SignedCall<Answer> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** E.g. `fapiPrivateV3`, `private`. */
  readonly section: string;
  /** E.g. `balance`, `v5/position/list`, `orders/open`. */
  readonly path: string;
  readonly params: Readonly<Record<string, Parameter>>;
  /** Id of the budget it is charged to: one of `AccountVenue.budgets`. */
  readonly scope: string;
  readonly weight: number;
  /** Which base URL: `rights` only for what asks for a key's rights elsewhere. */
  readonly host?: 'rest' | 'rights';
  /** `body`: parsed by `parseExactJson`. Throws `HeartlineError('venue.answer', …)` on a shape it does not know. */
  parse(body: unknown, receivedAt: number): Answer;
}

/** Rows, and the call for those that follow. */
export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly next?: SignedCall<Page<Row>>;
}

export interface BalanceReport {
  readonly currency: string;
  readonly total?: string;
  readonly free?: string;
  readonly used?: string;
}

export interface PositionReport {
  readonly instrument: InstrumentId;
  readonly leg: 'both' | 'long' | 'short';
  /** Signed; `'0'` for one that is closed. */
  readonly quantity: string;
  readonly entryPrice?: string;
  readonly markPrice?: string;
  readonly unrealisedPnl?: string;
  readonly leverage?: string;
  readonly marginMode?: 'cross' | 'isolated';
  readonly liquidationPrice?: string;
  /** What is held for it, in quote. */
  readonly margin?: string;
}

/** Leverage and margin mode of an instrument, where they are told apart from positions. */
export interface PositionSetting {
  readonly instrument: InstrumentId;
  readonly leverage: string;
  readonly marginMode: 'cross' | 'isolated';
}

/** Shares of the notional: `'0.0004'`. */
export interface Fees {
  readonly instrument: InstrumentId;
  readonly maker: string;
  readonly taker: string;
}

/** General facts, for the person: what is not told is absent. */
export interface AccountFacts {
  readonly canTrade?: boolean;
  readonly feeTier?: string;
  readonly isHedged?: boolean;
  readonly marginMode?: string;
  readonly userId?: string;
}

export interface History {
  /** ms epoch; at most `historyWindowMs` apart. */
  readonly from: number;
  readonly to: number;
  readonly instrument?: InstrumentId;
}

/**
 * How a key's rights are found out. `told`: calls whose answers say so, merged in order. `probed`: harmless calls, each
 * of which shows one right by being answered (or refused for want of it).
 */
export interface RightsQuestion {
  readonly told: readonly SignedCall<Partial<KeyRights>>[];
  readonly probed: readonly {
    readonly right: 'read' | 'trade' | 'withdraw' | 'transfer';
    readonly call: SignedCall<unknown>;
    /** What is known when the call is refused for any reason but the right itself (e.g. "no such order"). */
    readonly otherwise: Right;
  }[];
  /** What nobody tells and nobody may ask. */
  readonly assumed: Partial<Pick<KeyRights, 'read' | 'trade' | 'withdraw' | 'transfer' | 'ipBound'>>;
}

export interface AccountRest {
  /** `apiKey`: which of the account's keys it is about, where a venue tells of all of them (Upbit, Bithumb). */
  rights(environment: Environment, apiKey?: Secret): RightsQuestion;
  facts(): SignedCall<AccountFacts>;
  balances(): SignedCall<readonly BalanceReport[]>;
  /** Absent where there are no positions (spot). Every call's pages together are the whole. */
  positions?(instrument?: InstrumentId): readonly SignedCall<Page<PositionReport>>[];
  positionSettings?(instrument?: InstrumentId): SignedCall<readonly PositionSetting[]>;
  /** Every call's pages together are all that is open, conditional orders included. */
  openOrders(instrument?: InstrumentId): readonly SignedCall<Page<OrderReport>>[];
  closedOrders(history: History): readonly SignedCall<Page<OrderReport>>[];
  /** Fills of a range; where the venue has none but order by order (Upbit, Bithumb), absent: see `orderFills`. */
  fills?(history: History): readonly SignedCall<Page<FillReport>>[];
  /** One order with its fills, by either id. */
  order(query: {
    readonly instrument: InstrumentId;
    readonly venueOrderId?: string;
    readonly clientOrderId?: string;
    readonly isConditional?: boolean;
    /** Look where ended orders are kept (Bybit): asked once the first answer was `undefined`. */
    readonly isPast?: boolean;
  }): SignedCall<{ readonly order: OrderReport; readonly fills?: readonly FillReport[] } | undefined>;
  fees(instrument: InstrumentId): SignedCall<Fees>;
  /** Longest range `closedOrders` and `fills` answer. */
  readonly historyWindowMs: number;
}

/** How a private call was refused. `code`: what Heartline does about it. `venueCode`: the venue's own, for the person. */
export interface AccountRefusal {
  readonly code:
    | 'wrong-key'
    | 'wrong-secret'
    | 'expired'
    /** Not from this address. */
    | 'address'
    /** The key lacks the right to do this. */
    | 'permission'
    | 'clock'
    | 'rate-limit'
    | 'ban'
    | 'geo'
    | 'maintenance'
    | 'not-found'
    | 'listen-key'
    | 'venue.error';
  readonly venueCode: string;
  readonly message: string;
  readonly retryAfterMs?: number;
}

/** What a private frame meant. Decoding never throws but for an order status nobody knows: that is `failed` with `isAlarming`. */
export type AccountDecoded =
  | { readonly kind: 'order'; readonly order: OrderReport }
  | { readonly kind: 'fill'; readonly fill: FillReport }
  | { readonly kind: 'balance'; readonly balance: BalanceReport; readonly venueTime: number }
  | { readonly kind: 'position'; readonly position: PositionReport; readonly venueTime: number }
  | {
      readonly kind: 'setting';
      readonly instrument: InstrumentId;
      readonly leverage: string;
      readonly venueTime: number;
    }
  /** Something changed that the stream does not tell whole: to be read over REST. */
  | { readonly kind: 'reread'; readonly what: 'balances' | 'positions' | 'orders'; readonly reason: string }
  | { readonly kind: 'logged-in' }
  | { readonly kind: 'login-refused'; readonly venueCode: string; readonly message: string }
  /** Subscribed: from here on nothing is missed. */
  | { readonly kind: 'ready' }
  /** The token the socket was opened with is dead: nothing more will come. */
  | { readonly kind: 'token-expired' }
  | { readonly kind: 'pong' }
  | { readonly kind: 'ignored'; readonly reason: string }
  | { readonly kind: 'failed'; readonly reason: string; readonly isAlarming?: true };

/** Pure but for memory kept in the closure, one per connection. */
export type DecodeAccount = (frame: Uint8Array | string, receivedAt: number) => readonly AccountDecoded[];

/** What the private socket's login needs, brought by the engine: hashing is Node's. */
export interface Signing {
  readonly credentials: Credentials;
  /** The venue's clock, ms epoch, as well as it is known. */
  readonly now: number;
  /** Lower-case hex. */
  hmacSha256(text: string): string;
  /** A JSON Web Token, HS256. */
  jwt(payload: Readonly<Record<string, string | number>>): string;
  /** A fresh UUID v4. */
  uuid(): string;
}

export interface AccountStream {
  /** A token the socket is opened with (Binance: the listen key). One per key: made by one call at a time. */
  readonly token?: {
    create(): SignedCall<string>;
    extend(token: string): SignedCall<unknown>;
    close(token: string): SignedCall<unknown>;
    readonly extendEveryMs: number;
  };
  url(endpoints: AccountEndpoints, token?: string): string;
  /** On the upgrade; made anew for every socket. */
  headers?(signing: Signing): Readonly<Record<string, string>>;
  /** The first frame, answered by `logged-in` or `login-refused`. */
  loginFrame?(signing: Signing): string;
  /** Sent once logged in, or at once; absent: the socket speaks by itself. */
  subscribeFrame?(): string;
  /** True where a `ready` answers `subscribeFrame`; otherwise an open (logged-in) socket counts as subscribed. */
  readonly confirms: boolean;
  /** See `Venue.ping`. */
  readonly ping?: { readonly frame: string; readonly everyMs: number; readonly always: boolean };
  readonly connectionLifeMs: number;
  createDecoder(): DecodeAccount;
}

/** The private half of a venue: data and pure functions, as the public one. */
export interface AccountVenue {
  readonly id: VenueId;
  /** The ccxt class that signs: `binanceusdm`, `bybit`, `upbit`, `bithumb`. */
  readonly signer: string;
  /** The `urls.api` sections of that class, each with the path that comes after the base URL. */
  readonly signerSections: Readonly<Record<string, string>>;
  readonly environments: Readonly<Partial<Record<Environment, AccountEndpoints>>>;
  readonly budgets: readonly Budget[];
  readonly rest: AccountRest;
  readonly stream: AccountStream;
  /** `undefined`: not refused. Never throws. */
  refusalOf(
    status: number,
    headers: { get(name: string): string | null },
    body: string,
    now: number,
  ): AccountRefusal | undefined;
  budgetNotes?(
    call: { readonly scope: string },
    headers: { get(name: string): string | null },
  ): readonly BudgetNote[];
  /** Which currency margin and profit of its positions are in; absent: it has none. */
  readonly settleCurrency?: string;
}
