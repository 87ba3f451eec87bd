import type Big from 'big.js';
import { type Format, frameText } from '../korean/dialect.ts';
import { doubleText, tinyText } from '../korean/json-number.ts';
import type { OrderFacts } from '../korean/order-facts.ts';
import type { AssetNews, OrderNews } from '../korean/private-dialect.ts';
import { ASSET_IDS, FILL_IDS, ORDER_IDS } from './ids.ts';

/** Digits averages are told with. */
const PLACES = 8;

/** A buy by total ends with a cancel of what it could not spend, however much it bought. */
export function endState({ order, total, funds }: OrderFacts): 'done' | 'cancel' {
  return order.status === 'filled' && !total?.gt(funds) ? 'done' : 'cancel';
}

function spelling(format: Format): (value: Big) => string {
  const isSimple = format === 'SIMPLE' || format === 'SIMPLE_LIST';
  return (value) => (isSimple ? tinyText(value.toFixed()) : doubleText(value.toFixed()));
}

function text(value: string | undefined): string {
  return value === undefined ? 'null' : JSON.stringify(value);
}

/** With state `trade`, price and volume are the fill's; with any other they are the order's. */
export function orderFrame(news: OrderNews, format: Format): string {
  const { facts, fill, state } = news;
  const { order, side, type, price, total, volume, remaining, average } = facts;
  const number = spelling(format);
  const orNought = (value: Big | undefined) => (value ? number(value) : '0');
  return frameText(
    [
      ['type', 'ty', '"myOrder"'],
      ['code', 'cd', text(facts.code)],
      ['uuid', 'uid', text(ORDER_IDS.text(order.number))],
      ['ask_bid', 'ab', text(side.toUpperCase())],
      ['order_type', 'ot', text(type)],
      ['state', 's', text(state)],
      ['trade_uuid', 'tuid', text(fill && FILL_IDS.text(fill.number))],
      ['price', 'p', orNought(fill?.price ?? price ?? total)],
      ['avg_price', 'ap', orNought(average?.round(PLACES))],
      ['volume', 'v', orNought(fill?.quantity ?? volume)],
      ['remaining_volume', 'rv', orNought(remaining)],
      ['executed_volume', 'ev', number(facts.executed)],
      ['trades_count', 'tc', String(facts.fills.length)],
      ['reserved_fee', 'rsf', number(facts.reservedFee)],
      ['remaining_fee', 'rmf', number(facts.remainingFee)],
      ['paid_fee', 'pf', number(facts.paidFee)],
      ['locked', 'l', number(facts.locked)],
      ['executed_funds', 'ef', number(facts.funds)],
      ['time_in_force', 'tif', text(facts.timeInForce)],
      ['trade_fee', 'tf', fill ? number(fill.fee) : 'null'],
      ['is_maker', 'im', fill ? String(fill.isMaker) : 'null'],
      ['identifier', 'id', text(order.clientOrderId)],
      ['smp_type', 'smpt', 'null'],
      ['prevented_volume', 'pv', '0'],
      ['prevented_locked', 'pl', '0'],
      ['trade_timestamp', 'ttms', news.tradedAt === undefined ? 'null' : String(news.tradedAt)],
      ['order_timestamp', 'otms', String(news.orderedAt)],
      ['timestamp', 'tms', String(news.at)],
      ['stream_type', 'st', '"REALTIME"'],
    ],
    format,
  );
}

/** `balance` leaves out what is locked; only what changed is there. */
export function assetFrame({ number, balances, changedAt, at }: AssetNews, format: Format): string {
  const spell = spelling(format);
  const assets = balances.map(({ currency, total, used }) =>
    frameText(
      [
        ['currency', 'cu', text(currency)],
        ['balance', 'b', spell(total.minus(used))],
        ['locked', 'l', spell(used)],
      ],
      format === 'SIMPLE' || format === 'SIMPLE_LIST' ? 'SIMPLE' : 'DEFAULT',
    ),
  );
  return frameText(
    [
      ['type', 'ty', '"myAsset"'],
      ['asset_uuid', 'astuid', text(ASSET_IDS.text(number))],
      ['assets', 'ast', `[${assets.join(',')}]`],
      ['asset_timestamp', 'asttms', String(changedAt)],
      ['timestamp', 'tms', String(at)],
      ['stream_type', 'st', '"REALTIME"'],
    ],
    format,
  );
}
