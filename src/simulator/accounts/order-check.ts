import Big from 'big.js';
import type { Side } from '../book-side.ts';
import type { InstrumentMarket } from '../instrument-market.ts';
import type { Listing, Refused, SimDraft, SimOrder } from './account-desk.ts';
import { markPriceOf, priceOf, stepsOf, ticksOf } from './coin-units.ts';
import type { CategoryRules } from './desk-rules.ts';
import type { Ledger } from './ledger.ts';
import { initialMargin, withFee } from './margin.ts';

type Change = Partial<Record<'price' | 'quantity' | 'triggerPrice', Big>>;

export function refuse(refused: Refused['refused'], message: string): Refused {
  return { refused, message };
}

/** What is wrong with a draft by itself and by what else is open; money is looked at apart (`checkFunds`). */
export function checkDraft(
  account: Ledger,
  draft: SimDraft,
  instrument: InstrumentMarket,
  rules: CategoryRules,
): Refused | undefined {
  const { coin } = instrument;
  if (instrument.isSuspended) return refuse('suspended', `${coin.symbol} is not traded for now.`);
  const { clientOrderId, trigger, quoteQuantity } = draft;
  if (clientOrderId !== undefined && account.hasOpenWithId(clientOrderId)) {
    return refuse('duplicate-id', `An open order has the id ${clientOrderId}.`);
  }
  const shape = checkShape(draft);
  if (shape) return shape;
  if (draft.price) {
    const found = checkPrice(instrument, rules, draft.side, draft.price);
    if (found) return found;
  }
  if (trigger) {
    if (ticksOf(coin, trigger.price) === undefined) {
      return refuse('price-step', `The trigger is no multiple of ${coin.tickSize}.`);
    }
    if (hasPassed(draft.side, trigger, triggerPriceNow(instrument, trigger.by ?? rules.triggerBy))) {
      return refuse('would-trigger', 'The price has passed the trigger already.');
    }
  }
  if (draft.quantity) {
    const found = checkQuantity(instrument, draft, draft.quantity);
    if (found) return found;
  }
  const notional = quoteQuantity ?? draft.quantity?.times(draft.price ?? nearPrice(instrument, draft.side));
  const least = rules.minNotional ?? coin.minNotional;
  if (!draft.reduceOnly && notional?.lt(least)) {
    return refuse('notional-min', `Worth less than ${least} ${coin.quote}.`);
  }
  return checkCount(account, draft, rules);
}

function checkShape({
  type,
  price,
  quantity,
  quoteQuantity,
  side,
  timeInForce,
}: SimDraft): Refused | undefined {
  const numbers = [price, quantity, quoteQuantity].filter((number) => number !== undefined);
  if (numbers.some((number) => number.lte(0)))
    return refuse('invalid', 'Prices and quantities are above zero.');
  if (type === 'limit' && (!price || !quantity))
    return refuse('invalid', 'A limit order has a price and a quantity.');
  if (type === 'limit') return quoteQuantity ? refuse('invalid', 'A limit order names no total.') : undefined;
  if (price) return refuse('invalid', 'A market order has no price.');
  if (timeInForce === 'GTX') return refuse('invalid', 'A market order cannot wait.');
  if ((quantity === undefined) === (quoteQuantity === undefined)) {
    return refuse('invalid', 'A market order has either a quantity or a total.');
  }
  if (quoteQuantity && side === 'sell') return refuse('invalid', 'Only a purchase names a total.');
  return undefined;
}

function checkPrice(
  { coin, mark }: InstrumentMarket,
  rules: CategoryRules,
  side: 'buy' | 'sell',
  price: Big,
): Refused | undefined {
  if (ticksOf(coin, price) === undefined)
    return refuse('price-step', `The price is not on a tick of ${coin.symbol}.`);
  if (rules.priceBound === undefined) return undefined;
  const away = price
    .div(markPriceOf(coin, mark.markPrice))
    .minus(1)
    .times(side === 'buy' ? 1 : -1);
  return away.gt(rules.priceBound) ? refuse('price-range', 'Too far through the market.') : undefined;
}

function checkQuantity(
  { coin }: InstrumentMarket,
  { type }: Pick<SimDraft, 'type'>,
  quantity: Big,
): Refused | undefined {
  if (quantity.lt(coin.stepSize)) return refuse('quantity-min', `Less than ${coin.stepSize}.`);
  if (stepsOf(coin, quantity) === undefined)
    return refuse('quantity-step', `No multiple of ${coin.stepSize}.`);
  const most = type === 'market' ? coin.maxMarketQuantity : coin.maxQuantity;
  return quantity.gt(most) ? refuse('quantity-max', `More than ${most}.`) : undefined;
}

function checkCount(account: Ledger, draft: SimDraft, rules: CategoryRules): Refused | undefined {
  const most = draft.trigger ? rules.maxConditional : rules.maxOpen;
  if (most === undefined || (draft.type === 'market' && !draft.trigger)) return undefined;
  let count = 0;
  for (const { view } of account.open.values()) {
    const isWaiting = view.status === 'untriggered';
    if (isWaiting !== (draft.trigger !== undefined) || view.category !== draft.category) continue;
    if (isWaiting || view.symbol === draft.symbol) count++;
  }
  return count >= most ? refuse('too-many', `${most} are open already.`) : undefined;
}

/** Whether the account can pay for `quantity` (or the total), for `instead` given up. */
export function checkFunds(
  account: Ledger,
  draft: SimDraft,
  instrument: InstrumentMarket,
  rules: CategoryRules,
  cost: { readonly quantity: Big; readonly notional: Big },
): Refused | undefined {
  const { coin } = instrument;
  const short = (currency: string) => refuse('insufficient', `Not enough ${currency}.`);
  if (rules.kind === 'spot') {
    const [currency, needed] =
      draft.side === 'sell' ? [coin.base, cost.quantity] : [coin.quote, withFee(cost.notional, rules)];
    return account.availableOf(currency).lt(needed) ? short(currency) : undefined;
  }
  if (draft.reduceOnly) return undefined;
  const { cash } = account.site.rules;
  const added = initialMargin(account, { at: draft, side: draft.side, notional: cost.notional }).total.minus(
    initialMargin(account).total,
  );
  if (added.lte(0)) return undefined;
  return account.availableOf(cash).lt(added.plus(cost.notional.times(rules.takerFee)))
    ? short(cash)
    : undefined;
}

/** How much of the opposite position a reduce-only order may still close. */
export function reducible(account: Ledger, at: Listing, side: 'buy' | 'sell'): Big {
  const { quantity } = account.holdingOf(at);
  const isOpposite = side === 'buy' ? quantity.lt(0) : quantity.gt(0);
  return isOpposite ? quantity.abs() : new Big(0);
}

/** The price a market order would begin at: the best of the other side, or the mark where there is none. */
export function nearPrice({ engine, coin, mark }: InstrumentMarket, side: 'buy' | 'sell'): Big {
  const best = side === 'buy' ? engine.asks.best : engine.bids.best;
  return best ? priceOf(coin, best.price) : markPriceOf(coin, mark.markPrice);
}

/** The worst price in ticks a market order goes to. */
export function worstTicks(instrument: InstrumentMarket, bookSide: Side, bound: string | undefined): number {
  const { engine } = instrument;
  const best = (bookSide === 'bid' ? engine.asks : engine.bids).best;
  if (bound === undefined || !best) return bookSide === 'bid' ? Number.MAX_SAFE_INTEGER : 0;
  const share = Number(bound);
  return bookSide === 'bid' ? Math.floor(best.price * (1 + share)) : Math.ceil(best.price * (1 - share));
}

/** What `steps` would cost from the book as it is, in ticks times steps; what the book cannot give is left out. */
export function costInBook(
  instrument: InstrumentMarket,
  bookSide: Side,
  worst: number,
  steps: number,
): number {
  const other = bookSide === 'bid' ? instrument.engine.asks : instrument.engine.bids;
  let [left, cost] = [steps, 0];
  for (let rank = 0; left > 0; rank++) {
    const level = other.level(rank);
    if (!level || !other.reaches(level.price, worst)) break;
    const taken = Math.min(left, level.quantity);
    left -= taken;
    cost += taken * level.price;
  }
  return cost;
}

/** How many steps a total in quote buys from the book as it is. */
export function stepsForTotal(instrument: InstrumentMarket, worst: number, total: Big): number {
  const { coin, engine } = instrument;
  const stepSize = new Big(coin.stepSize);
  let [left, steps] = [total, 0];
  for (let rank = 0; ; rank++) {
    const level = engine.asks.level(rank);
    if (!level || !engine.asks.reaches(level.price, worst)) return steps;
    const stepPrice = priceOf(coin, level.price).times(stepSize);
    const affordable = Number(left.div(stepPrice).round(0, Big.roundDown).toFixed());
    const taken = Math.min(level.quantity, affordable);
    steps += taken;
    left = left.minus(stepPrice.times(taken));
    if (taken < level.quantity) return steps;
  }
}

function triggerPriceNow({ coin, mark, tape }: InstrumentMarket, by: 'mark' | 'last'): Big {
  return by === 'mark' ? markPriceOf(coin, mark.markPrice) : priceOf(coin, tape.last.price);
}

/** Stops wait for the price to go the order's way, take-profits for it to come towards it. */
export function hasPassed(
  side: 'buy' | 'sell',
  { price, kind }: NonNullable<SimOrder['trigger']>,
  now: Big,
): boolean {
  const isUpwards = (side === 'buy') === (kind === 'stop');
  return isUpwards ? now.gte(price) : now.lte(price);
}

/** Whether what somebody wants to change of an order is a price and a quantity it may have. */
export function checkChange(
  order: SimOrder,
  change: Change,
  instrument: InstrumentMarket,
  rules: CategoryRules,
): Refused | undefined {
  if (order.type === 'market' && change.price) return refuse('invalid', 'A market order has no price.');
  if (order.quoteQuantity && change.quantity) return refuse('invalid', 'The order names a total.');
  if (change.triggerPrice && !order.trigger) return refuse('invalid', 'The order has no trigger.');
  if ([change.price, change.quantity, change.triggerPrice].some((one) => one?.lte(0))) {
    return refuse('invalid', 'Prices and quantities are above zero.');
  }
  if (change.triggerPrice && ticksOf(instrument.coin, change.triggerPrice) === undefined) {
    return refuse('price-step', `The trigger is no multiple of ${instrument.coin.tickSize}.`);
  }
  const price = change.price && checkPrice(instrument, rules, order.side, change.price);
  const quantity = change.quantity && checkQuantity(instrument, order, change.quantity);
  if (price ?? quantity) return price ?? quantity;
  if (change.quantity?.lte(order.filled)) return refuse('invalid', 'More than that is filled already.');
  const notional = (change.quantity ?? order.quantity)?.times(change.price ?? order.price ?? 0);
  const least = rules.minNotional ?? instrument.coin.minNotional;
  if (order.type === 'limit' && !order.reduceOnly && notional?.lt(least)) {
    return refuse('notional-min', `Worth less than ${least} ${instrument.coin.quote}.`);
  }
  return undefined;
}
