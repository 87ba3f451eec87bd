import type Big from 'big.js';
import type { Undo } from '#shared/base/emitter.ts';
import type { DeskRules } from './desk-rules.ts';
import type { SimRequest } from './sim-request.ts';

/** What a façade knows of the accounts behind it. One desk per venue; the façade words everything as its venue does. */
export interface AccountDesk {
  readonly venue: string;
  readonly rules: DeskRules;
  /** Every key there is to try, with its secret: `/_sim/keys`. */
  readonly keys: readonly SimKey[];
  /** `undefined`: no such key, or it was revoked. */
  keyOf(apiKey: string): SimKey | undefined;
  accountOf(key: SimKey): SimAccount;
  /** Settles what can be settled at once: a market order comes back filled. */
  place(account: SimAccount, draft: SimDraft): SimOrder | Refused;
  amend(
    account: SimAccount,
    order: SimOrder,
    change: { readonly price?: Big; readonly quantity?: Big; readonly triggerPrice?: Big },
  ): SimOrder | Refused;
  cancel(account: SimAccount, order: SimOrder): SimOrder | Refused;
  setLeverage(account: SimAccount, at: Listing, leverage: number): Refused | undefined;
  /**
   * Runs `run` while the engine is not itself: orders placed meanwhile are taken and `rejected` before they come to the
   * book, or everything is `refused`.
   */
  under<Result>(mode: 'rejected' | 'refused', run: () => Result): Result;
  /** Told of everything that happens to any account of the venue, after it happened, in order. */
  on(listener: DeskListener): Undo;
  /** Keeps a private request for `/_sim/requests`, as it came: secrets and signatures left out. */
  note(request: SimRequest): void;
}

/** An instrument as a venue with several markets names it: Bybit's `linear` and `BTCUSDT`. */
export interface Listing {
  readonly category: string;
  readonly symbol: string;
}

export interface SimKey {
  readonly venue: string;
  /**
   * `trade`, `read-only`, `withdraw`, `transfer`, `expired`, `mainnet` (a key of another environment), `busy` (200 orders,
   * 50 positions), `no-read`, `revocable` (one to take away and give back). `trade` and `read-only` are one account.
   */
  readonly name: string;
  readonly apiKey: string;
  readonly secret: string;
  readonly read: boolean;
  readonly trade: boolean;
  readonly withdraw: boolean;
  readonly transfer: boolean;
  readonly isIpBound: boolean;
  /** Of another environment: refused as the venue refuses a key it does not know. */
  readonly isForeign: boolean;
  /** ms epoch. */
  readonly expiresAt: number | undefined;
  /** Keys of one account share everything. */
  readonly account: string;
}

export interface SimDraft extends Listing {
  readonly clientOrderId?: string;
  readonly side: 'buy' | 'sell';
  readonly type: 'limit' | 'market';
  readonly timeInForce: 'GTC' | 'IOC' | 'FOK' | 'GTX';
  readonly price?: Big;
  readonly quantity?: Big;
  /** Market buys that name a total in quote instead. */
  readonly quoteQuantity?: Big;
  readonly reduceOnly: boolean;
  /** Waits until the price has passed it. `by`: default the category's `triggerBy`. */
  readonly trigger?: {
    readonly price: Big;
    readonly kind: 'stop' | 'take-profit';
    readonly by?: 'mark' | 'last';
  };
  /** With a trigger: once it is reached, the order is as large as the position is then. */
  readonly closesPosition?: boolean;
  /** What only the façade has words for (Upbit's `best`): the desk keeps it with the order and never looks into it. */
  readonly words?: Readonly<Record<string, string>>;
}

export type SimStatus =
  | 'untriggered'
  | 'new'
  | 'partially-filled'
  | 'filled'
  | 'canceled'
  | 'expired'
  | 'rejected';

export interface SimOrder extends SimDraft {
  /** Counts up over all orders of the venue. */
  readonly number: number;
  readonly status: SimStatus;
  /** Why it ended otherwise than by being filled. */
  readonly ended?:
    | 'user'
    | 'ioc'
    | 'fok'
    | 'post-only'
    | 'reduce-only'
    | 'liquidation'
    | 'remainder'
    | 'self-trade'
    | 'insufficient'
    | 'engine';
  readonly isLiquidation: boolean;
  /** When its trigger was reached and it became an order like any other. */
  readonly triggeredAt?: number;
  readonly filled: Big;
  /** Sum of price times quantity of its fills. */
  readonly filledNotional: Big;
  /** Paid so far. */
  readonly fee: Big;
  readonly feeCurrency: string;
  /** Market time, ms epoch. */
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface SimFill extends Listing {
  /** Counts up over all fills of the venue. */
  readonly number: number;
  readonly order: SimOrder;
  readonly side: 'buy' | 'sell';
  readonly price: Big;
  readonly quantity: Big;
  /** The print's fill as the public tape counts it: the same for both sides. */
  readonly tradeId: number;
  readonly fee: Big;
  readonly feeCurrency: string;
  readonly isMaker: boolean;
  /** Derivatives only; before fees. */
  readonly realisedPnl: Big;
  readonly time: number;
}

export interface SimBalance {
  readonly currency: string;
  /** All of it, locked included; derivatives: the wallet, without unrealised profit. */
  readonly total: Big;
  /** Held by open orders (spot), or as margin of orders and positions (derivatives). */
  readonly used: Big;
}

export interface SimPosition extends Listing {
  /** Signed; never zero. */
  readonly quantity: Big;
  readonly entryPrice: Big;
  readonly markPrice: Big;
  readonly unrealisedPnl: Big;
  readonly realisedPnl: Big;
  readonly leverage: number;
  readonly marginMode: 'cross' | 'isolated';
  readonly margin: Big;
  readonly maintenanceMargin: Big;
  /** Undefined where nothing could liquidate it. */
  readonly liquidationPrice: Big | undefined;
  readonly openedAt: number;
  readonly updatedAt: number;
}

/** Reads are live: they say what is so now. */
export interface SimAccount {
  readonly id: string;
  balances(): readonly SimBalance[];
  balanceOf(currency: string): SimBalance;
  positions(): readonly SimPosition[];
  /** Leverage of an instrument, with or without a position. */
  leverageOf(at: Listing): number;
  /** All that are open or wait for a trigger, oldest first. */
  openOrders(): readonly SimOrder[];
  /** Ended ones, oldest first; the latest 5,000. */
  closedOrders(): readonly SimOrder[];
  /** Oldest first. */
  fills(): readonly SimFill[];
  /** Settled funding, oldest first. */
  fundings(): readonly SimFunding[];
  orderByNumber(number: number): SimOrder | undefined;
  /** The latest with this id. */
  orderByClientId(clientOrderId: string): SimOrder | undefined;
  /** Ids ever seen in a draft, also in one that was refused. */
  hasUsed(clientOrderId: string): boolean;
}

/** Funding settled on one position. */
export interface SimFunding extends Listing {
  /** Counts up over all of the venue. */
  readonly number: number;
  readonly rate: Big;
  readonly quantity: Big;
  readonly markPrice: Big;
  /** Negative: paid. */
  readonly payment: Big;
  readonly time: number;
}

/** Why a draft never became an order. The façade finds the venue's code for it. */
export interface Refused {
  readonly refused:
    | 'unknown-symbol'
    | 'suspended'
    | 'price-step'
    | 'quantity-step'
    | 'quantity-min'
    | 'quantity-max'
    /** Too far from the market. */
    | 'price-range'
    | 'notional-min'
    | 'insufficient'
    | 'duplicate-id'
    | 'reduce-only'
    | 'would-trigger'
    | 'post-only'
    | 'not-found'
    | 'already-ended'
    | 'too-many'
    | 'invalid';
  readonly message: string;
}

/** One thing that happened to an account. `fill` always comes with its order as it stands after it. */
export type DeskEvent =
  | {
      readonly kind: 'order';
      readonly account: SimAccount;
      readonly order: SimOrder;
      readonly amended: boolean;
      readonly time: number;
    }
  | { readonly kind: 'fill'; readonly account: SimAccount; readonly fill: SimFill; readonly time: number }
  | {
      readonly kind: 'balances';
      readonly account: SimAccount;
      readonly why: 'order' | 'funding' | 'deposit' | 'liquidation';
      readonly currencies: readonly string[];
      readonly time: number;
    }
  | { readonly kind: 'position'; readonly account: SimAccount; readonly at: Listing; readonly time: number }
  | {
      readonly kind: 'leverage';
      readonly account: SimAccount;
      readonly at: Listing;
      readonly leverage: number;
      readonly time: number;
    }
  /** Funding of one position: comes after its `balances`. */
  | {
      readonly kind: 'funding';
      readonly account: SimAccount;
      readonly at: Listing;
      /** `'0.0001'`: longs pay shorts. */
      readonly rate: Big;
      /** Signed position it was paid on. */
      readonly quantity: Big;
      readonly markPrice: Big;
      /** Negative: paid. */
      readonly payment: Big;
      readonly time: number;
    }
  /**
   * Somebody did something to a key from outside (`POST /_sim/accounts`). `listen-keys-expired`: the token of its private
   * socket dies, as the venue lets it die. `disconnected`: its private sockets are cut without a word.
   */
  | {
      readonly kind: 'key';
      readonly key: SimKey;
      readonly change: 'revoked' | 'restored' | 'listen-keys-expired' | 'disconnected';
      readonly time: number;
    };

export type DeskListener = (event: DeskEvent) => void;
