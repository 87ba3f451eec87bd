import type { GuardRule } from '#shared/domain/order-check.ts';
import type { OrderRequest } from '#shared/domain/order-draft.ts';
import type { GuardState } from '../facts.ts';

/**
 * Which rules an order breaks, worked out a second time from what the rules are to mean: fractions of whole numbers instead of
 * decimals, one straight run instead of a function a rule. Nothing of the guard is used here.
 */
export function brokenRules(order: OrderRequest, state: GuardState): readonly GuardRule[] {
  const { market, held, limits } = state;
  const { instrument } = market;
  const broken = new Set<GuardRule>();
  const when = (isBroken: boolean, rule: GuardRule) => void (isBroken && broken.add(rule));

  const { abilities } = held;
  const isPlainLimit = order.type === 'limit';
  when(!isPlainLimit && !abilities.conditional, 'ability');
  when(order.timeInForce === 'IOC' && !abilities.immediate.includes('IOC'), 'ability');
  when(order.timeInForce === 'FOK' && !abilities.immediate.includes('FOK'), 'ability');
  when(order.timeInForce === 'GTX' && !abilities.postOnly, 'ability');
  when(order.reduceOnly && !abilities.reduceOnly, 'ability');
  when(order.closePosition && !abilities.closePosition, 'ability');
  when(order.instrument !== instrument.id || instrument.status === 'halted', 'instrument');
  when(order.account.split('#')[0] !== instrument.id.split(':')[0], 'instrument');
  when(held.mode !== 'trade', 'read-only');
  when(state.isRepeat, 'repeat');

  const isAtMarket = order.type === 'stop-market' || order.type === 'take-profit-market';
  const isKnownType = ['limit', 'stop', 'stop-market', 'take-profit', 'take-profit-market'].includes(
    order.type,
  );
  const quantity = fraction(order.quantity);
  const price = fraction(order.price ?? '');
  const trigger = fraction(order.triggerPrice ?? '');
  const told = fraction(order.notional);
  const opens = !order.reduceOnly;
  const leg = !held.isHedged ? 'both' : (order.side === 'buy') === opens ? 'long' : 'short';
  const reckoned = isAtMarket ? trigger : price;
  const makesSense =
    isKnownType &&
    (order.side === 'buy' || order.side === 'sell') &&
    ['GTC', 'IOC', 'FOK', 'GTX'].includes(order.timeInForce) &&
    isOurId(order.clientOrderId) &&
    quantity !== undefined &&
    reckoned !== undefined &&
    told !== undefined &&
    (isAtMarket ? order.price === undefined : price !== undefined) &&
    (isPlainLimit ? order.triggerPrice === undefined : trigger !== undefined) &&
    isPlainLimit === (order.triggerBy === undefined) &&
    !(order.isMarket && !(isPlainLimit && (order.timeInForce === 'IOC' || order.timeInForce === 'FOK'))) &&
    !(order.timeInForce === 'GTX' && !isPlainLimit) &&
    !(order.closePosition && (!order.reduceOnly || !isAtMarket)) &&
    order.leg === leg &&
    equal(times(quantity, reckoned), told);
  if (!makesSense || !quantity || !reckoned) return [...broken.add('shape')];

  const isBuy = order.side === 'buy';
  const fills = isPlainLimit && (order.timeInForce === 'IOC' || order.timeInForce === 'FOK');
  const own = held.positions.find((one) => one.leg === order.leg)?.quantity ?? '0';
  const isShort = own.startsWith('-');
  const isOther = isBuy ? isShort : !isShort;
  const open = isOther ? (fraction(own.replace('-', '')) ?? NOTHING) : NOTHING;
  const isSpot = instrument.kind === 'spot';
  const isWayOut =
    order.reduceOnly &&
    !isSpot &&
    state.addsExposure !== true &&
    (order.closePosition || !more(quantity, open));
  const worth = times(quantity, reckoned);

  for (const one of [price, trigger]) {
    if (!one) continue;
    let step = instrument.tickSize;
    for (const band of instrument.tickBands ?? []) if (!more(number(band.from), one)) step = band.tick;
    when(!isMultiple(one, number(step)), 'tick');
    const last = market.last ?? market.mark;
    if (last !== undefined) {
      when(more(one, times(number(last), number('100'))), 'currency');
      when(more(number(last), times(one, number('100'))), 'currency');
    }
  }
  if (!order.closePosition) {
    when(!isMultiple(quantity, number(instrument.quantityStep)), 'lot');
    when(more(number(instrument.minQuantity), quantity), 'min-quantity');
    const bound = isAtMarket
      ? (instrument.maxMarketQuantity ?? instrument.maxQuantity)
      : instrument.maxQuantity;
    when(bound !== undefined && more(quantity, number(bound)), 'max-quantity');
    if (!isWayOut && instrument.minNotional !== undefined) {
      when(more(number(instrument.minNotional), worth), 'min-notional');
    }
  }

  const money =
    instrument.quote === 'KRW' ? 'KRW' : instrument.quote.slice(0, 3) === 'USD' ? 'USDT' : undefined;
  if (!isWayOut) {
    when(money === undefined || more(worth, number(String(limits.maxNotional[money]))), 'max-notional');
    const base = held.freeBase && fraction(held.freeBase.quantity);
    const isSaleOfHeld = isSpot && !isBuy && base !== undefined && !more(quantity, base);
    const today = plus(worth, number(state.spentToday));
    when(
      !isSaleOfHeld && (money === undefined || more(today, number(String(limits.dailyNotional[money])))),
      'daily-notional',
    );
    when(held.openOrders + 1 > limits.maxOpenOrders, 'open-orders');
    when(state.ordersIn10s + 1 > limits.ordersPer10s, 'rate');
    when(held.unknownHere > 0, 'unknown-order');
  }

  const levels = market.isBookValid ? (isBuy ? market.asks : market.bids) : [];
  const best = levels[0] && number(levels[0][0]);
  const isWorse = (one: Fraction, bound: Fraction) => (isBuy ? more(one, bound) : more(bound, one));
  const shifted = (from: Fraction, percent: number) =>
    times(from, isBuy ? plus(number('1'), hundredth(percent)) : minus(number('1'), hundredth(percent)));
  if (price) {
    const from = trigger ?? best ?? (market.last === undefined ? undefined : number(market.last));
    when(from === undefined || isWorse(price, shifted(from, limits.collarPercent)), 'collar');
  }
  if (trigger) {
    const watched = order.triggerBy === 'mark' ? (market.mark ?? market.last) : (market.last ?? market.mark);
    const now = watched === undefined ? undefined : number(watched);
    const twice = times(trigger, number('2'));
    const isFar = now && (more(twice, times(now, number('3'))) || more(now, twice));
    when(now === undefined || isFar === true, 'collar');
    const isStop = order.type.startsWith('stop');
    const isReached = now && (isBuy === isStop ? !more(trigger, now) : !more(now, trigger));
    when(now === undefined || isReached === true, 'trigger-side');
  }
  if (price && isPlainLimit && order.timeInForce !== 'GTX') {
    let within = NOTHING;
    let all = NOTHING;
    for (const [at, depth] of levels) {
      all = plus(all, number(depth));
      if (!isWorse(number(at), price)) within = plus(within, number(depth));
    }
    const taken = more(quantity, within) ? within : quantity;
    const isSmall = !more(worth, times(number(instrument.minNotional ?? '0'), number('10')));
    const isShare = more(taken, times(all, hundredth(limits.depthSharePercent)));
    when(!isWayOut && !isSmall && isShare, 'depth-share');
    if (order.isMarket) {
      when(best === undefined || isWorse(price, shifted(best, limits.slippagePercent)), 'slippage');
      when(!isWayOut && more(quantity, within), 'slippage');
    }
  }

  if (order.reduceOnly) {
    const standing = number(held.reducing[isBuy ? 'buy' : 'sell']);
    const rests = isPlainLimit && !fills;
    const left = rests ? minus(open, standing) : open;
    when(order.closePosition ? left[0] <= 0n : more(quantity, left), 'reduce-only');
  }

  const fee = number(held.fees?.taker ?? '0');
  const free = isSpot && !isBuy ? held.freeBase : held.free;
  let need: Fraction | undefined;
  if (isSpot) need = isBuy ? times(worth, plus(number('1'), fee)) : quantity;
  else if (opens && held.leverage !== undefined && number(held.leverage)[0] > 0n) {
    const added = minus(quantity, times(open, number('2')));
    const value = times(added, reckoned);
    const margin = over(value, number(held.leverage));
    if (added[0] > 0n) need = plus(margin, times(value, fee));
  }
  if (need && free) {
    const currency = isSpot && !isBuy ? instrument.base : instrument.quote;
    when(free.currency !== currency || more(need, number(free.quantity)), 'funds');
  }
  return [...broken];
}

type Fraction = readonly [above: bigint, below: bigint];
const NOTHING: Fraction = [0n, 1n];

/** Above zero and written plainly; anything else is `undefined`. */
function fraction(text: string): Fraction | undefined {
  let above = 0n;
  let below = 1n;
  let isBehind = false;
  let digits = 0;
  for (const sign of text) {
    const digit = '0123456789'.indexOf(sign);
    if (sign === '.' && !isBehind && digits > 0) {
      isBehind = true;
      digits = 0;
    } else if (digit >= 0) {
      above = above * 10n + BigInt(digit);
      if (isBehind) below *= 10n;
      digits += 1;
    } else return undefined;
  }
  const isPadded = text.length > 1 && text[0] === '0' && text[1] !== '.';
  return digits === 0 || text.length > 40 || isPadded || above === 0n ? undefined : [above, below];
}

/** Of facts, which may be zero. */
function number(text: string): Fraction {
  return fraction(text) ?? NOTHING;
}

const hundredth = (percent: number): Fraction => times(number(String(percent)), [1n, 100n]);
const times = (a: Fraction, b: Fraction): Fraction => [a[0] * b[0], a[1] * b[1]];
const over = (a: Fraction, b: Fraction): Fraction => [a[0] * b[1], a[1] * b[0]];
const plus = (a: Fraction, b: Fraction): Fraction => [a[0] * b[1] + b[0] * a[1], a[1] * b[1]];
const minus = (a: Fraction, b: Fraction): Fraction => [a[0] * b[1] - b[0] * a[1], a[1] * b[1]];
const more = (a: Fraction, b: Fraction): boolean => a[0] * b[1] > b[0] * a[1];
const equal = (a: Fraction, b: Fraction): boolean => a[0] * b[1] === b[0] * a[1];
const isMultiple = (a: Fraction, step: Fraction): boolean => (a[0] * step[1]) % (a[1] * step[0]) === 0n;

function isOurId(text: string): boolean {
  if (text.length < 20 || text.length > 32) return false;
  return [...text].every((sign) => 'abcdefghijklmnopqrstuvwxyz0123456789'.includes(sign));
}
