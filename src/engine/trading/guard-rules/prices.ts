import Big from 'big.js';
import type { Instrument } from '#shared/domain/instrument.ts';
import type { OrderSide } from '#shared/domain/order.ts';
import type { Denial } from '#shared/domain/order-check.ts';
import { movedBy } from '../exact-decimal.ts';
import type { MarketFacts } from '../facts.ts';
import { ceilToTick, floorToTick } from '../nearest-ticks.ts';
import { bestOf } from './book-reach.ts';
import { type JudgedOrder, type Rule, UNKNOWN } from './judged-order.ts';

/** A trigger further from the price than this is a slip of the finger. Percent. */
const TRIGGER_REACH_PERCENT = 50;
/** Won and dollars are about 1,400 apart: no price of one market is off by so much of itself. */
const CURRENCY_FACTOR = 100;

/**
 * How far a limit may lie beyond the market: buys above, sells below the best price of the other side (of the last price while
 * there is no book). The limit of an order that waits is measured from its trigger, and the trigger from the price.
 * The passive side is harmless and has no collar.
 */
export const collar: Rule = (order, { market, limits }) => {
  const denials: Denial[] = [];
  const { price, trigger, request } = order;
  if (trigger) denials.push(...triggerCollar(order, trigger, market));
  if (price) {
    const { side } = request;
    const from =
      trigger ?? bestOf(market, side) ?? (market.last === undefined ? undefined : new Big(market.last));
    if (!from) denials.push(withoutReference('collar', price, market.instrument));
    else {
      const worst = movedBy(from, side === 'buy' ? limits.collarPercent : -limits.collarPercent);
      const isBeyond = side === 'buy' ? price.gt(worst) : price.lt(worst);
      if (isBeyond) denials.push(beyond('collar', market.instrument, worst, price, side === 'buy'));
    }
  }
  return denials;
};

function triggerCollar({ request }: JudgedOrder, trigger: Big, market: MarketFacts): readonly Denial[] {
  const now = watchedPrice(market, request.triggerBy);
  if (!now) return [withoutReference('collar', trigger, market.instrument)];
  const highest = movedBy(now, TRIGGER_REACH_PERCENT);
  const lowest = movedBy(now, -TRIGGER_REACH_PERCENT);
  if (trigger.gt(highest)) return [beyond('collar', market.instrument, highest, trigger, true)];
  return trigger.lt(lowest) ? [beyond('collar', market.instrument, lowest, trigger, false)] : [];
}

/** A trigger the price has reached already goes off at once: that is a market order nobody asked for. */
export const triggerSide: Rule = ({ request, trigger }, { market }) => {
  if (!trigger) return [];
  const { instrument } = market;
  const now = watchedPrice(market, request.triggerBy);
  if (!now) return [withoutReference('trigger-side', trigger, instrument)];
  const isAbove = waitsAbove(request);
  if (isAbove ? trigger.gt(now) : trigger.lt(now)) return [];
  const passes = isAbove ? ceilToTick(instrument, movedOff(now)) : floorBelow(instrument, now);
  return [
    {
      rule: 'trigger-side',
      limit: now.toFixed(),
      value: trigger.toFixed(),
      ...(passes && { passes: passes.toFixed() }),
      unit: instrument.quote,
    },
  ];
};

/** A won price at a dollar market, or the other way round. */
export const currency: Rule = ({ price, trigger }, { market }) => {
  const last = market.last ?? market.mark;
  if (last === undefined) return [];
  const wide = new Big(last).times(CURRENCY_FACTOR);
  return [price, trigger].flatMap((value): Denial[] => {
    if (value === undefined) return [];
    if (value.lte(wide) && value.times(CURRENCY_FACTOR).gte(last)) return [];
    return [
      { rule: 'currency', limit: last, value: value.toFixed(), passes: last, unit: market.instrument.quote },
    ];
  });
};

/** A stop waits for the price to run away from the order, a take-profit for it to come towards it. */
function waitsAbove({ side, type }: { readonly side: OrderSide; readonly type: string }): boolean {
  return (side === 'buy') === (type === 'stop' || type === 'stop-market');
}

/** The price a trigger is compared with; the other one where the venue does not tell it. */
function watchedPrice({ last, mark }: MarketFacts, by: 'mark' | 'last' | undefined): Big | undefined {
  const text = by === 'mark' ? (mark ?? last) : (last ?? mark);
  return text === undefined ? undefined : new Big(text);
}

/** A hair above. */
function movedOff(price: Big): Big {
  return price.plus('0.000000000000000000000001');
}

function floorBelow(instrument: Instrument, price: Big): Big | undefined {
  const hair = price.minus('0.000000000000000000000001');
  return hair.gt(0) ? floorToTick(instrument, hair) : undefined;
}

function beyond(
  rule: Denial['rule'],
  instrument: Instrument,
  bound: Big,
  value: Big,
  isUpper: boolean,
): Denial {
  const passes = isUpper ? floorToTick(instrument, bound) : ceilToTick(instrument, bound);
  return {
    rule,
    limit: bound.toFixed(),
    value: value.toFixed(),
    ...(passes && { passes: passes.toFixed() }),
    unit: instrument.quote,
  };
}

/** Nothing to measure it by: nothing leaves. */
function withoutReference(rule: Denial['rule'], value: Big, { quote }: Instrument): Denial {
  return { rule, limit: UNKNOWN, value: value.toFixed(), unit: quote };
}
