import type { SimFill, SimOrder } from '../../accounts/account-desk.ts';
import type { Coin } from '../../coins.ts';
import { averageOf, priceOf, quantityOf } from './order-rows.ts';
import {
  algoIdOf,
  clientIdOf,
  conditionalType,
  endCode,
  lifeWord,
  originalType,
  sideWord,
  statusWord,
  typeWord,
  workingWord,
} from './order-words.ts';

/** The order frames of the user stream as objects, key for key as the venue's 2026 pages list them. */

export interface EventTime {
  /** When it was sent, and when it happened; both on the venue's clock. */
  readonly E: number;
  readonly T: number;
}

export type Execution = 'NEW' | 'CANCELED' | 'CALCULATED' | 'EXPIRED' | 'TRADE' | 'AMENDMENT';

/** Keys that live events sometimes lack: a client must do without them. */
const SOMETIMES_MISSING = ['M', 'er', 'gtd', 'pm'];

/** `fill`: where this is about one, the last of the order. */
export function orderFrame(
  order: SimOrder,
  execution: Execution,
  coin: Coin,
  { E, T }: EventTime,
  fill?: SimFill,
): Record<string, unknown> {
  const remaining =
    order.quantity && order.price ? order.quantity.minus(order.filled).times(order.price) : undefined;
  const open = order.status === 'new' || order.status === 'partially-filled' ? remaining : undefined;
  const said: Record<string, unknown> = {
    s: order.symbol,
    c: clientIdOf(order),
    S: sideWord(order.side),
    o: typeWord(order),
    f: lifeWord(order),
    q: quantityOf(coin, order.quantity),
    p: priceOf(coin, order.price),
    ap: averageOf(coin, order),
    sp: priceOf(coin, order.trigger?.price),
    x: execution,
    X: statusWord(order),
    i: order.number,
    M: '0',
    l: fill ? quantityOf(coin, fill.quantity) : '0',
    z: quantityOf(coin, order.filled),
    L: fill ? priceOf(coin, fill.price) : '0',
    ...(fill
      ? { N: fill.feeCurrency, n: fill.fee.toFixed(8) }
      : // Before any fill the commission is missing or nothing, as it comes.
        order.number % 2 === 0
        ? {}
        : { N: 'USDT', n: '0' }),
    T,
    t: fill?.tradeId ?? 0,
    b: order.side === 'buy' && open ? open.toFixed() : '0',
    a: order.side === 'sell' && open ? open.toFixed() : '0',
    m: fill?.isMaker ?? false,
    R: order.reduceOnly,
    wt: workingWord(order),
    ot: originalType(order),
    ps: 'BOTH',
    cp: order.closesPosition ?? false,
    pP: false,
    si: 0,
    ss: 0,
    rp: fill ? fill.realisedPnl.toFixed(8) : '0',
    V: 'EXPIRE_MAKER',
    pm: 'NONE',
    gtd: 0,
    er: endCode(order),
  };
  const isWhole = order.number % 3 !== 0;
  if (!isWhole) for (const name of SOMETIMES_MISSING) delete said[name];
  return { e: 'ORDER_TRADE_UPDATE', E, T, o: said, ...(isWhole ? { st: 1 } : {}) };
}

/** The short word of a fill, which comes before everything else about it. */
export function fillFrame(fill: SimFill, coin: Coin, { E, T }: EventTime): Record<string, unknown> {
  const { order } = fill;
  return {
    e: 'TRADE_LITE',
    E,
    T,
    s: fill.symbol,
    q: quantityOf(coin, order.quantity),
    p: priceOf(coin, order.price),
    m: fill.isMaker,
    c: clientIdOf(order),
    S: sideWord(fill.side),
    L: priceOf(coin, fill.price),
    l: quantityOf(coin, fill.quantity),
    t: fill.tradeId,
    i: order.number,
  };
}

export type AlgoStatus =
  | 'NEW'
  | 'TRIGGERING'
  | 'TRIGGERED'
  | 'FINISHED'
  | 'CANCELED'
  | 'REJECTED'
  | 'EXPIRED';

/** A conditional order's own life; `ai` names the regular order it has become. */
export function algoFrame(
  order: SimOrder,
  status: AlgoStatus,
  coin: Coin,
  { E, T }: EventTime,
): Record<string, unknown> {
  const hasBecome = status === 'TRIGGERED' || status === 'FINISHED';
  return {
    e: 'ALGO_UPDATE',
    T,
    E,
    o: {
      caid: clientIdOf(order),
      aid: algoIdOf(order),
      at: 'CONDITIONAL',
      o: conditionalType(order),
      s: order.symbol,
      S: sideWord(order.side),
      ps: 'BOTH',
      f: lifeWord(order),
      q: quantityOf(coin, order.quantity),
      X: status,
      ai: hasBecome ? String(order.number) : '',
      ap: hasBecome ? averageOf(coin, order) : '0.00000',
      aq: hasBecome ? quantityOf(coin, order.filled) : '0.00000',
      act: hasBecome ? typeWord(order) : '',
      tp: priceOf(coin, order.trigger?.price),
      p: priceOf(coin, order.price),
      V: 'EXPIRE_MAKER',
      wt: workingWord(order),
      pm: 'NONE',
      cp: order.closesPosition ?? false,
      pP: false,
      R: order.reduceOnly,
      tt: hasBecome ? T : 0,
      gtd: 0,
      rm: '',
    },
  };
}
