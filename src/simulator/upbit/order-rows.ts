import type { SimFill } from '../accounts/account-desk.ts';
import { accountRow, kstText, momentText } from '../korean/account-rows.ts';
import type { OrderFacts } from '../korean/order-facts.ts';
import type { PrivateCall } from '../korean/private-call.ts';
import { stateOf } from '../korean/private-dialect.ts';
import { FILL_IDS, ORDER_IDS } from './ids.ts';
import { endState } from './private-frames.ts';
import { MAX_TOTAL, MIN_TOTAL } from './private-words.ts';

/** An order as REST tells it: figures as texts, absent where it has none. */
export function orderRow(facts: OrderFacts, skewMs: number): Record<string, unknown> {
  const { order, price, total, volume, remaining, timeInForce } = facts;
  return {
    uuid: ORDER_IDS.text(order.number),
    side: facts.side,
    ord_type: facts.type,
    price: (price ?? total)?.toFixed() ?? null,
    state: stateOf(facts, { endState }),
    market: facts.code,
    created_at: kstText(order.createdAt + skewMs),
    volume: volume?.toFixed() ?? null,
    remaining_volume: remaining?.toFixed() ?? null,
    executed_volume: facts.executed.toFixed(),
    reserved_fee: facts.reservedFee.toFixed(),
    remaining_fee: facts.remainingFee.toFixed(),
    paid_fee: facts.paidFee.toFixed(),
    locked: facts.locked.toFixed(),
    executed_funds: facts.funds.toFixed(),
    trades_count: facts.fills.length,
    ...(timeInForce === undefined ? {} : { time_in_force: timeInForce }),
    ...(order.clientOrderId === undefined ? {} : { identifier: order.clientOrderId }),
    prevented_volume: '0',
    prevented_locked: '0',
  };
}

/** One order asked for by its id: with its fills. */
export function orderWithTrades(facts: OrderFacts, skewMs: number): Record<string, unknown> {
  return { ...orderRow(facts, skewMs), trades: facts.fills.map((fill) => tradeRow(facts, fill, skewMs)) };
}

function tradeRow({ code, side }: OrderFacts, fill: SimFill, skewMs: number): unknown {
  const isUp = (fill.side === 'buy') !== fill.isMaker;
  return {
    market: code,
    uuid: FILL_IDS.text(fill.number),
    price: fill.price.toFixed(),
    volume: fill.quantity.toFixed(),
    funds: fill.price.times(fill.quantity).toFixed(),
    trend: isUp ? 'up' : 'down',
    created_at: momentText(fill.time + skewMs),
    side,
  };
}

/** What may be ordered of a market, and what is there to pay with. */
export function chanceRow(call: PrivateCall): unknown {
  const code = call.params.text('market') ?? '';
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
      bid_types: ['best_fok', 'best_ioc', 'limit', 'limit_fok', 'limit_ioc', 'price'],
      ask_types: ['best_fok', 'best_ioc', 'limit', 'limit_fok', 'limit_ioc', 'market'],
      bid: { currency: 'KRW', min_total: minTotal },
      ask: { currency: coin.base, min_total: minTotal },
      max_total: MAX_TOTAL.toFixed(),
      state: isSuspended ? 'preview' : 'active',
    },
    bid_account: accountRow(call, 'KRW'),
    ask_account: accountRow(call, coin.base),
  };
}
