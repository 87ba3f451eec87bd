import type { AccountDesk, Refused, SimAccount, SimDraft, SimKey } from '../../accounts/account-desk.ts';
import type { Coin } from '../../coins.ts';
import type { Market } from '../../market.ts';
import { type Query, Refusal } from '../query.ts';
import type { Countdowns } from './countdowns.ts';
import type { ListenKeys } from './listen-keys.ts';
import type { Triggers } from './triggers.ts';
import type { UserFeed } from './user-feed.ts';

/** What a private endpoint answers from. */
export interface PrivateContext {
  readonly desk: AccountDesk;
  readonly market: Market;
  readonly listenKeys: ListenKeys;
  readonly triggers: Triggers;
  readonly feed: UserFeed;
  readonly countdowns: Countdowns;
  readonly key: SimKey;
  readonly account: SimAccount;
  readonly query: Query;
  /** Market time as the venue's (possibly skewed) clock shows it. */
  readonly serverTime: number;
  readonly skewMs: number;
  coinOf(symbol: string): Coin;
}

/** The one category of the venue, as the desk names it. */
export const CATEGORY = '';

/** The instrument a request must name. Throws −1121. */
export function coinNamed({ market, query, coinOf }: PrivateContext): Coin {
  const symbol = query.required('symbol');
  if (!market.instruments.has(symbol)) throw new Refusal(-1121, 'Invalid symbol.');
  return coinOf(symbol);
}

/** The one a request may name. */
export function symbolAsked(context: PrivateContext): string | undefined {
  return context.query.text('symbol') === undefined ? undefined : coinNamed(context).symbol;
}

type Wording = readonly [code: number, msg: string];

const WORDS: Readonly<Record<Refused['refused'], Wording>> = {
  'unknown-symbol': [-1121, 'Invalid symbol.'],
  suspended: [-1122, 'Invalid symbol status.'],
  'price-step': [-4014, 'Price not increased by tick size.'],
  'price-range': [-4016, "Limit price can't be higher than the cap."],
  'quantity-step': [-1111, 'Precision is over the maximum defined for this asset.'],
  'quantity-min': [-4004, 'Quantity less than minimum quantity.'],
  'quantity-max': [-4005, 'Quantity greater than max quantity.'],
  'notional-min': [
    -4164,
    "Order's notional must be no smaller than the minimum (unless you choose reduce only).",
  ],
  insufficient: [-2019, 'Margin is insufficient.'],
  'duplicate-id': [-4116, 'ClientOrderId is duplicated.'],
  'reduce-only': [-2022, 'ReduceOnly Order is rejected.'],
  'would-trigger': [-2021, 'Order would immediately trigger.'],
  'post-only': [
    -5022,
    'Due to the order could not be executed as maker, the Post Only order will be rejected. The order will not be recorded in the order history.',
  ],
  'not-found': [-2013, 'Order does not exist.'],
  'already-ended': [-2011, 'Unknown order sent.'],
  'too-many': [-2025, 'Reach max open order limit.'],
  invalid: [-1102, 'Mandatory parameter was not sent, was empty/null, or malformed.'],
};

const TOO_LOW: Wording = [-4024, "Limit price can't be lower than the floor."];
const TOO_MANY_WAIT: Wording = [-4045, 'Reach max stop order limit.'];

/** The venue's words for what the desk refused; `draft`: of what, where that makes a difference. */
export function refusalFor({ refused }: Refused, draft?: Pick<SimDraft, 'side' | 'trigger'>): Refusal {
  const isTooLow = refused === 'price-range' && draft?.side === 'sell';
  const isTooManyWait = refused === 'too-many' && draft?.trigger !== undefined;
  const [code, msg] = isTooLow ? TOO_LOW : isTooManyWait ? TOO_MANY_WAIT : WORDS[refused];
  return new Refusal(code, msg);
}

/** Throws the refusal where the desk refused. */
export function settled<Done extends object>(
  outcome: Done | Refused,
  draft?: Pick<SimDraft, 'side' | 'trigger'>,
): Done {
  if ('refused' in outcome) throw refusalFor(outcome as Refused, draft);
  return outcome as Done;
}
