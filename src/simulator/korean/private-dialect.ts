import type { SimBalance, SimFill } from '../accounts/account-desk.ts';
import type { Format } from './dialect.ts';
import type { OrderFacts } from './order-facts.ts';

/** What a private socket is asked for. */
export interface PrivateWanted {
  /** Codes of the orders to be told of; empty: all. `undefined`: none. */
  readonly orders: ReadonlySet<string> | undefined;
  readonly assets: boolean;
}

/** What a client's message on the private socket comes to. */
export type PrivateRequest =
  | { readonly kind: 'subscribe'; readonly wanted: PrivateWanted; readonly format: Format }
  | { readonly kind: 'list'; readonly ticket: unknown; readonly format: Format | undefined }
  | { readonly kind: 'refused'; readonly errorText: string };

export type OrderState = 'wait' | 'watch' | 'trade' | 'done' | 'cancel';

/** Times inside carry the shift of a skewed clock already, ms epoch. */
export interface OrderNews {
  readonly facts: OrderFacts;
  readonly state: OrderState;
  /** With state `trade`. */
  readonly fill: SimFill | undefined;
  readonly tradedAt: number | undefined;
  readonly orderedAt: number;
  /** When the venue sends it. */
  readonly at: number;
}

export interface AssetNews {
  /** Counts up over the connection. */
  readonly number: number;
  readonly balances: readonly SimBalance[];
  readonly changedAt: number;
  readonly at: number;
}

/** What the two venues say differently on their private sockets. */
export interface PrivateDialect {
  readonly messageLimits: readonly [perSecond: number, perMinute: number] | undefined;
  readonly tooManyMessages: string;
  /** Said before the close when the key is not good any more. */
  readonly keyEnded: string;
  read(text: string): PrivateRequest;
  /** The word for an order that is not open any more. */
  endState(facts: OrderFacts): 'done' | 'cancel';
  order(news: OrderNews, format: Format): string;
  assets(news: AssetNews, format: Format): string;
}

/** How an order stands, as REST says it and the stream's frames that carry no fill. */
export function stateOf(facts: OrderFacts, dialect: Pick<PrivateDialect, 'endState'>): OrderState {
  if (!facts.isOpen) return dialect.endState(facts);
  return facts.order.status === 'untriggered' ? 'watch' : 'wait';
}
