import type { AccountDesk, Refused, SimAccount, SimKey, SimOrder } from '../../accounts/account-desk.ts';
import type { Coin } from '../../coins.ts';
import type { Market } from '../../market.ts';
import { type Category, isCategory } from '../category.ts';
import { type Query, Refusal } from '../query.ts';
import type { FiredTriggers } from './fired-triggers.ts';

/** What a private endpoint answers from. */
export interface PrivateContext {
  readonly desk: AccountDesk;
  readonly markets: ReadonlyMap<string, Market>;
  readonly key: SimKey;
  readonly account: SimAccount;
  /** Query or body, whichever the method has. */
  readonly query: Query;
  readonly fired: FiredTriggers;
  /** Market time as the venue's (possibly skewed) clock shows it. */
  readonly serverTime: number;
  readonly skewMs: number;
  coinOf(category: string, symbol: string): Coin;
}

const BAD_PARAM = 10001;

export function badParameter(what: string): Refusal {
  return new Refusal(BAD_PARAM, `params error: ${what}`);
}

/** A family that is simulated; `undefined`: one the venue has and nothing is in. */
export function categoryAsked({ query }: PrivateContext): Category | undefined {
  const family = query.family();
  return isCategory(family) ? family : undefined;
}

/** The instrument a request must name. */
export function coinNamed(context: PrivateContext, category: Category): Coin {
  const symbol = context.query.text('symbol');
  if (symbol === undefined) throw badParameter('symbol is required');
  if (!context.markets.get(category)?.instruments.has(symbol)) throw badParameter('symbol invalid');
  return context.coinOf(category, symbol);
}

/** Which orders and positions a listing is about. Linear listings must say so. */
export function scopeOf(
  context: PrivateContext,
  category: Category,
): (one: { readonly category: string; readonly symbol: string }) => boolean {
  const { query, coinOf } = context;
  const [symbol, base, settle] = ['symbol', 'baseCoin', 'settleCoin'].map((name) => query.text(name));
  if (category === 'linear' && symbol === undefined && base === undefined && settle === undefined) {
    throw badParameter('Missing some parameters that must be filled in, symbol or settleCoin or baseCoin');
  }
  return (one) => {
    if (one.category !== category) return false;
    if (symbol !== undefined) return one.symbol === symbol;
    const coin = coinOf(category, one.symbol);
    return (base === undefined || coin.base === base) && (settle === undefined || coin.quote === settle);
  };
}

type Codes = readonly [linear: number, spot: number, message: string];

const WORDS: Readonly<Record<Refused['refused'], Codes>> = {
  'unknown-symbol': [10001, 170121, 'params error: symbol invalid'],
  suspended: [110074, 170121, 'The contract is not live'],
  'price-step': [10001, 170134, 'params error: price precision is invalid'],
  'price-range': [110003, 170193, 'Order price exceeds the allowable range.'],
  'quantity-step': [10001, 170137, 'Order volume decimal too long.'],
  'quantity-min': [110017, 170136, 'Order quantity is below the lower limit.'],
  'quantity-max': [110120, 170135, 'Order quantity exceeded the upper limit.'],
  'notional-min': [110094, 170140, 'Order does not meet minimum order value'],
  insufficient: [110007, 170131, 'ab not enough for new order'],
  'duplicate-id': [110072, 170141, 'OrderLinkedID is duplicate'],
  'reduce-only': [110017, 110017, 'current position is zero, cannot fix reduce-only order qty'],
  'would-trigger': [110092, 170170, 'expect the trigger price on the other side of the current price'],
  'post-only': [10001, 10001, 'params error: timeInForce is invalid'],
  'not-found': [110001, 170213, 'order not exists or too late to cancel'],
  'already-ended': [110001, 170213, 'order not exists or too late to cancel'],
  'too-many': [110020, 170210, 'Not allowed to have more than 500 active orders'],
  invalid: [10001, 10001, 'params error'],
};

/** The venue's words for what the desk refused: its families have codes of their own. */
export function refusalFor({ refused }: Refused, category: Category): Refusal {
  const [linear, spot, message] = WORDS[refused];
  return new Refusal(category === 'spot' ? spot : linear, message);
}

/** Throws the refusal where the desk refused. */
export function settled(outcome: SimOrder | Refused, category: Category): SimOrder {
  if ('refused' in outcome) throw refusalFor(outcome, category);
  return outcome;
}
