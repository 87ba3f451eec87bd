import type Big from 'big.js';
import { type Format, frameText } from '../korean/dialect.ts';
import type { OrderFacts } from '../korean/order-facts.ts';
import type { AssetNews, OrderNews } from '../korean/private-dialect.ts';
import { FILL_IDS, ORDER_IDS } from './ids.ts';

/** What an order that only takes has got is all it will get: with anything at all it is done, with nothing canceled. */
export function endState({ order, executed }: OrderFacts): 'done' | 'cancel' {
  if (order.status === 'filled') return 'done';
  const isTaker = order.ended === 'ioc' || order.ended === 'remainder';
  return isTaker && executed.gt(0) ? 'done' : 'cancel';
}

/** Why an order was canceled; `undefined` for one that was not. */
export function cancelType(facts: OrderFacts): 'user' | 'tif_cancel' | 'stp_cancel' | undefined {
  if (facts.isOpen || endState(facts) === 'done') return undefined;
  const { ended } = facts.order;
  if (ended === 'user') return 'user';
  return ended === 'self-trade' ? 'stp_cancel' : 'tif_cancel';
}

/** Quote an order is about: 0 for sales that name no price. */
function orderTotal({ total, price, volume }: OrderFacts): Big | undefined {
  return total ?? (price && volume?.times(price));
}

function number(value: Big | undefined): string {
  return value?.toFixed() ?? '0';
}

function text(value: string | undefined): string | undefined {
  return value === undefined ? undefined : JSON.stringify(value);
}

/** Fields without a value are left out; which these are depends on the state. */
export function orderFrame(news: OrderNews, format: Format): string {
  const { facts, fill, state } = news;
  const { order, side, price, volume, remaining } = facts;
  const isUntouched = state === 'wait' || state === 'watch';
  const later = (value: Big | undefined) => (isUntouched ? undefined : value?.toFixed());
  return frameText(
    [
      ['type', 'ty', '"myOrder"'],
      ['stream_type', 'st', '"REALTIME"'],
      ['code', 'cd', text(facts.code)],
      ['order_id', 'oid', text(ORDER_IDS.text(order.number))],
      ['client_order_id', 'coid', text(order.clientOrderId)],
      ['side', 'sd', side === 'bid' ? '"buy"' : '"sell"'],
      ['order_type', 'ot', text(facts.type)],
      ['state', 's', text(state)],
      ['time_in_force', 'tif', text(facts.timeInForce)],
      ['order_price', 'op', number(price)],
      ['order_quantity', 'oq', number(volume)],
      ['order_amount', 'oa', number(orderTotal(facts))],
      ['trade_id', 'tid', text(fill && FILL_IDS.text(fill.number))],
      ['trade_price', 'tp', fill?.price.toFixed()],
      ['trade_quantity', 'tq', fill?.quantity.toFixed()],
      ['trade_amount', 'ta', fill?.price.times(fill.quantity).toFixed()],
      ['executed_quantity', 'eq', later(facts.executed)],
      ['executed_amount', 'ea', later(facts.funds)],
      ['remaining_quantity', 'rq', later(remaining)],
      ['reserved_fee', 'rsf', number(facts.reservedFee)],
      ['remaining_fee', 'rmf', number(facts.remainingFee)],
      ['paid_fee', 'pf', number(facts.paidFee)],
      ['cancel_type', 'ct', text(state === 'cancel' ? cancelType(facts) : undefined)],
      ['trade_timestamp', 'ttms', news.tradedAt === undefined ? undefined : String(news.tradedAt)],
      ['order_timestamp', 'otms', String(news.orderedAt)],
      ['timestamp', 'tms', String(news.at)],
    ],
    format,
  );
}

/** `balance` leaves out what is locked; only what changed is there. */
export function assetFrame({ balances, changedAt, at }: AssetNews, format: Format): string {
  const assets = balances.map(({ currency, total, used }) =>
    frameText(
      [
        ['currency', 'cu', text(currency)],
        ['balance', 'b', number(total.minus(used))],
        ['locked', 'l', number(used)],
      ],
      format,
    ),
  );
  return frameText(
    [
      ['type', 'ty', '"myAsset"'],
      ['assets', 'ast', `[${assets.join(',')}]`],
      ['asset_timestamp', 'asttms', String(changedAt)],
      ['timestamp', 'tms', String(at)],
      ['stream_type', 'st', '"REALTIME"'],
    ],
    format,
  );
}
