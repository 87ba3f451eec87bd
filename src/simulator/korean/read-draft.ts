import Big from 'big.js';
import type { Refused, SimDraft } from '../accounts/account-desk.ts';
import type { InstrumentMarket } from '../instrument-market.ts';
import { type PriceBand, tickAt } from '../krw-ticks.ts';
import { priceOf, quantityOf } from './number-facts.ts';
import { type KoreanTimeInForce, ORDER_TYPES } from './order-facts.ts';
import type { PrivateCall, PrivateRefusal } from './private-call.ts';

/** What can be wrong with an order before it is one: what the request says, or what the desk says to it. */
export type OrderFault =
  | 'missing'
  | 'side'
  | 'type'
  | 'time-in-force'
  | 'price'
  | 'volume'
  | 'tick'
  | 'total-min'
  | 'total-max'
  | 'depth'
  | Exclude<Refused['refused'], 'price-step' | 'quantity-step' | 'quantity-min' | 'notional-min'>;

export interface DraftWords {
  /** The key the type of an order has. */
  readonly typeKey: string;
  readonly bands: readonly PriceBand[];
  readonly minTotal: Big;
  readonly maxTotal: Big;
  /** The fault as the venue says it. */
  refusal(fault: OrderFault, side: 'bid' | 'ask', detail: string): PrivateRefusal;
}

/** What a request orders, without an id yet. */
export type Ordered = Omit<SimDraft, 'clientOrderId'>;

const TIMES: Readonly<Record<KoreanTimeInForce, SimDraft['timeInForce']>> = {
  ioc: 'IOC',
  fok: 'FOK',
  post_only: 'GTX',
};
/** Levels of the other side a market order may reach into. */
const VISIBLE_LEVELS = 30;
const VOLUME_PLACES = 8;

/** Reads an order out of a request. Throws the venue's refusal. */
export function readDraft(call: PrivateCall, words: DraftWords): Ordered {
  const { params } = call;
  const code = params.text('market');
  const side = params.text('side');
  const type = params.text(words.typeKey);
  if (side !== 'bid' && side !== 'ask') throw words.refusal('side', 'bid', 'side');
  const fail = (fault: OrderFault, detail: string = fault) => words.refusal(fault, side, detail);
  if (code === undefined) throw fail('missing', 'market');
  const instrument = call.instrumentOf(code);
  if (!ORDER_TYPES.includes(type as (typeof ORDER_TYPES)[number])) throw fail('type', words.typeKey);
  if (instrument.isSuspended) throw fail('suspended', code);
  const timeInForce = timeOf(params.text('time_in_force'), type as string, () => fail('time-in-force'));
  const common = { category: '', symbol: code, timeInForce, reduceOnly: false } as const;
  const needs = (name: 'price' | 'volume') => positive(params.text(name), name, fail);
  const lacks = (name: 'price' | 'volume') => {
    if (params.text(name) !== undefined) throw fail('type', `${name} does not go with ${type}`);
  };
  switch (type) {
    case 'limit': {
      const [price, quantity] = [needs('price'), needs('volume')];
      if (!price.mod(tickAt(words.bands, Number(price))).eq(0)) throw fail('tick', price.toFixed());
      checkTotal(price.times(quantity), words, fail);
      return { ...common, side: deskSide(side), type: 'limit', price, quantity: dealt(instrument, quantity) };
    }
    case 'price': {
      if (side !== 'bid') throw fail('type', 'price is a buy');
      lacks('volume');
      const total = needs('price');
      checkTotal(total, words, fail);
      const { notional } = visible(instrument, 'ask');
      if (total.gt(notional)) throw fail('depth');
      return { ...common, side: 'buy', type: 'market', quoteQuantity: total };
    }
    case 'market': {
      if (side !== 'ask') throw fail('type', 'market is a sale');
      lacks('price');
      const quantity = needs('volume');
      const { best, depth } = visible(instrument, 'bid');
      checkTotal(best.times(quantity), words, fail);
      if (quantity.gt(depth)) throw fail('depth');
      return { ...common, side: 'sell', type: 'market', quantity: dealt(instrument, quantity) };
    }
    default:
      return atBest(call, words, instrument, common, side, fail);
  }
}

type Fail = (fault: OrderFault, detail?: string) => PrivateRefusal;

/** An order at the other side's best price: a bid names its total, an ask its volume. */
function atBest(
  { params }: PrivateCall,
  words: DraftWords,
  instrument: InstrumentMarket,
  common: Pick<Ordered, 'category' | 'symbol' | 'timeInForce' | 'reduceOnly'>,
  side: 'bid' | 'ask',
  fail: Fail,
): Ordered {
  const { best: price } = visible(instrument, side === 'bid' ? 'ask' : 'bid');
  if (price.eq(0)) throw fail('depth');
  const named = positive(
    params.text(side === 'bid' ? 'price' : 'volume'),
    side === 'bid' ? 'price' : 'volume',
    fail,
  );
  const places = instrument.coin.quantityDecimals;
  const quantity = side === 'bid' ? named.div(price).round(places, Big.roundDown) : dealt(instrument, named);
  checkTotal(side === 'bid' ? named : price.times(named), words, fail);
  return {
    ...common,
    side: deskSide(side),
    type: 'limit',
    price,
    quantity,
    words: { type: 'best', ...(side === 'bid' ? { total: named.toFixed() } : {}) },
  };
}

/**
 * The venues take eight digits of any coin, the simulated book deals in coarser steps: what lies between two of them is let
 * go, and the order says so. Less than a step is left for the desk to refuse.
 */
function dealt({ coin }: InstrumentMarket, quantity: Big): Big {
  const whole = quantity.minus(quantity.mod(coin.stepSize));
  return whole.gt(0) ? whole : quantity;
}

function deskSide(side: 'bid' | 'ask'): 'buy' | 'sell' {
  return side === 'bid' ? 'buy' : 'sell';
}

function timeOf(
  text: string | undefined,
  type: string,
  refusal: () => PrivateRefusal,
): SimDraft['timeInForce'] {
  if (text === undefined) {
    if (type === 'best') throw refusal();
    return type === 'limit' ? 'GTC' : 'IOC';
  }
  const allowed = { limit: ['ioc', 'fok', 'post_only'], best: ['ioc', 'fok'] }[type] ?? [];
  if (!allowed.includes(text)) throw refusal();
  return TIMES[text as KoreanTimeInForce];
}

function positive(text: string | undefined, name: 'price' | 'volume', fail: Fail): Big {
  if (text === undefined) throw fail('missing', name);
  const places = text.split('.')[1]?.length ?? 0;
  if (!/^\d+(\.\d+)?$/.test(text) || places > VOLUME_PLACES || !/[1-9]/.test(text)) throw fail(name, text);
  return new Big(text);
}

function checkTotal(total: Big, { minTotal, maxTotal }: DraftWords, fail: Fail): void {
  if (total.lt(minTotal)) throw fail('total-min', total.toFixed());
  if (total.gt(maxTotal)) throw fail('total-max', total.toFixed());
}

/** What of one side a market order may reach: its best price, coins, and won. */
function visible(instrument: InstrumentMarket, side: 'bid' | 'ask') {
  const { coin } = instrument;
  const levels = (instrument.levels(side, VISIBLE_LEVELS) ?? []).map(
    ([ticks, steps]) => [new Big(priceOf(coin, ticks)), new Big(quantityOf(coin, steps))] as const,
  );
  const zero = new Big(0);
  return {
    best: levels[0]?.[0] ?? zero,
    depth: levels.reduce((sum, [, quantity]) => sum.plus(quantity), zero),
    notional: levels.reduce((sum, [price, quantity]) => sum.plus(price.times(quantity)), zero),
  };
}

/** What the desk said to a draft, as a fault of the order. */
export function faultOf({ refused }: Refused): OrderFault {
  switch (refused) {
    case 'price-step':
      return 'tick';
    case 'quantity-step':
    case 'quantity-min':
      return 'volume';
    case 'notional-min':
      return 'total-min';
    default:
      return refused;
  }
}
