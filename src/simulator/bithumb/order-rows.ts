import type { SimFill, SimOrder } from '../accounts/account-desk.ts';
import { accountRow, kstText, momentText } from '../korean/account-rows.ts';
import type { OrderFacts } from '../korean/order-facts.ts';
import type { PrivateCall } from '../korean/private-call.ts';
import { stateOf } from '../korean/private-dialect.ts';
import { FILL_IDS, ORDER_IDS } from './ids.ts';
import { cancelType, endState } from './private-frames.ts';
import { MAX_TOTAL, MIN_TOTAL } from './private-words.ts';

const STANDARD_STP = 'cancel_taker';

/** An order as version 1 of the venue's REST interface tells it: figures as texts, what it has not left out. */
export function orderRow(facts: OrderFacts, skewMs: number): Record<string, unknown> {
  return { uuid: ORDER_IDS.text(facts.order.number), ...figures(facts, skewMs), ord_type: facts.type };
}

/** The same with the names of version 2. */
export function orderRowV2(facts: OrderFacts, skewMs: number): Record<string, unknown> {
  return { order_id: ORDER_IDS.text(facts.order.number), ...figures(facts, skewMs), order_type: facts.type };
}

function figures(facts: OrderFacts, skewMs: number): Record<string, unknown> {
  const { order, price, total, volume, remaining, timeInForce } = facts;
  const canceled = cancelType(facts);
  return {
    side: facts.side,
    price: (price ?? total)?.toFixed() ?? null,
    state: stateOf(facts, { endState }),
    market: facts.code,
    created_at: kstText(order.createdAt + skewMs),
    volume: volume?.toFixed() ?? null,
    remaining_volume: remaining?.toFixed() ?? null,
    reserved_fee: facts.reservedFee.toFixed(),
    remaining_fee: facts.remainingFee.toFixed(),
    paid_fee: facts.paidFee.toFixed(),
    locked: facts.locked.toFixed(),
    executed_volume: facts.executed.toFixed(),
    executed_funds: facts.funds.toFixed(),
    trades_count: facts.fills.length,
    stp_type: STANDARD_STP,
    ...(order.clientOrderId === undefined ? {} : { client_order_id: order.clientOrderId }),
    ...(timeInForce === undefined ? {} : { time_in_force: timeInForce }),
    ...(canceled === undefined ? {} : { cancel_type: canceled }),
  };
}

/** One order asked for by its id: with its fills. */
export function orderWithTrades(facts: OrderFacts, skewMs: number): Record<string, unknown> {
  return { ...orderRow(facts, skewMs), trades: facts.fills.map((fill) => tradeRow(facts, fill, skewMs)) };
}

function tradeRow({ code, side }: OrderFacts, fill: SimFill, skewMs: number): unknown {
  return {
    market: code,
    uuid: FILL_IDS.text(fill.number),
    price: fill.price.toFixed(),
    volume: fill.quantity.toFixed(),
    funds: fill.price.times(fill.quantity).toFixed(),
    trend: (fill.side === 'buy') !== fill.isMaker ? 'up' : 'down',
    created_at: momentText(fill.time + skewMs),
    side,
  };
}

/** What an order is answered with when it was taken: nothing about what became of it. */
export function takenRow(facts: OrderFacts, skewMs: number): Record<string, unknown> {
  const { order, timeInForce } = facts;
  return {
    order_id: ORDER_IDS.text(order.number),
    market: facts.code,
    side: facts.side,
    order_type: facts.type,
    created_at: kstText(order.createdAt + skewMs),
    stp_type: STANDARD_STP,
    ...(order.clientOrderId === undefined ? {} : { client_order_id: order.clientOrderId }),
    ...(timeInForce === undefined ? {} : { time_in_force: timeInForce }),
  };
}

/** An order whose cancel was taken. */
export function canceledRow(order: SimOrder, skewMs: number): Record<string, unknown> {
  return {
    order_id: ORDER_IDS.text(order.number),
    created_at: kstText(order.createdAt + skewMs),
    ...(order.clientOrderId === undefined ? {} : { client_order_id: order.clientOrderId }),
  };
}

/** What may be ordered of a market, and what is there to pay with. */
export function chanceRow(call: PrivateCall, code: string): unknown {
  const { coin, isSuspended } = call.instrumentOf(code);
  const rules = call.desk.rules.categories[''];
  const [maker, taker] = [rules?.makerFee ?? '0', rules?.takerFee ?? '0'];
  const minTotal = MIN_TOTAL.toFixed();
  return {
    bid_fee: taker,
    ask_fee: taker,
    maker_bid_fee: maker,
    maker_ask_fee: maker,
    market: {
      id: code,
      name: `${coin.base}/KRW`,
      order_types: ['limit'],
      order_sides: ['ask', 'bid'],
      bid_types: ['limit', 'price', 'best'],
      ask_types: ['limit', 'market', 'best'],
      bid: { currency: 'KRW', min_total: minTotal },
      ask: { currency: coin.base, min_total: minTotal },
      max_total: MAX_TOTAL.toFixed(),
      state: isSuspended ? 'inactive' : 'active',
    },
    bid_account: accountRow(call, 'KRW'),
    ask_account: accountRow(call, coin.base),
  };
}
