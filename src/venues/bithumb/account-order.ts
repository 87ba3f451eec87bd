import Big from 'big.js';
import { trimDecimal } from '#shared/base/decimal.ts';
import { HeartlineError } from '#shared/base/errors.ts';
import { Misshapen, show, text, type WireObject } from '#shared/base/wire.ts';
import { exactDecimal, idText, objects, optionalDecimal, optionalId } from '#shared/base/wire-decimal.ts';
import { msOfZonedText } from '#shared/base/zoned-time.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import type { FillReport, OrderReport, OrderSide, OrderType, TimeInForce } from '#shared/domain/order.ts';
import { isByTotal, statusOf } from './account-status.ts';
import { instrumentOf } from './symbols.ts';

/** What either way of telling says of an order. Decimal texts; `'0'` counts as not told. */
interface OrderWords {
  readonly market: unknown;
  readonly id: string;
  readonly clientId: string | undefined;
  readonly side: unknown;
  readonly orderType: string;
  readonly state: string;
  readonly cancelType: string | undefined;
  readonly timeInForce: string | undefined;
  /** Of a limit order. */
  readonly price: string | undefined;
  /** In base; of an order by total not told. */
  readonly quantity: string | undefined;
  /** In quote; of an order by total. */
  readonly total: string | undefined;
  readonly executed: string;
  /** In quote, executed. */
  readonly funds: string | undefined;
  readonly createdAt: number;
  readonly venueTime: number;
}

/** Throws `order.status-unknown`, and {@link Misshapen}. */
export function orderReport(words: OrderWords): OrderReport {
  const side = sideOf(words.side);
  const { orderType, state, timeInForce, cancelType, executed } = words;
  const byTotal = isByTotal(orderType, side);
  const quantity = byTotal ? undefined : told(words.quantity);
  const status = statusOf({ state, cancelType, executed, quantity });
  if (status === undefined) {
    throw new HeartlineError('order.status-unknown', `Bithumb calls an order ${show(state)}`, {
      details: { venue: 'bithumb', status: state.slice(0, 40) },
    });
  }
  const price = orderType === 'limit' ? told(words.price) : undefined;
  const total = byTotal ? told(words.total) : undefined;
  const average = averageOf(words);
  return {
    instrument: instrumentIn(words.market),
    venueOrderId: words.id,
    ...(words.clientId !== undefined && { clientOrderId: words.clientId }),
    side,
    type: TYPES.get(orderType) ?? 'other',
    timeInForce: TIMES.get(timeInForce ?? orderType) ?? 'other',
    status,
    venueStatus: cancelType === undefined ? state : `${state} ${cancelType}`,
    ...(price !== undefined && { price }),
    ...(quantity !== undefined && { quantity }),
    ...(total !== undefined && { quoteQuantity: total }),
    filledQuantity: executed,
    ...(average !== undefined && { averagePrice: average }),
    reduceOnly: false,
    postOnly: timeInForce === 'post_only',
    createdAt: words.createdAt,
    venueTime: words.venueTime,
    // Waiting or not, it is one order under one id: its status tells that it waits.
    isConditional: false,
  };
}

const TYPES: ReadonlyMap<string, OrderType> = new Map([
  ['limit', 'limit'],
  ['price', 'market'],
  ['market', 'market'],
]);

/** By the venue's word, or by the type where it has none: market orders take what is there, and are over. */
const TIMES: ReadonlyMap<string, TimeInForce> = new Map([
  ['ioc', 'IOC'],
  ['fok', 'FOK'],
  ['post_only', 'GTX'],
  ['limit', 'GTC'],
  ['price', 'IOC'],
  ['market', 'IOC'],
]);

/**
 * An order as REST tells it, in the names of v1 (`uuid`, `ord_type`) or v2 (`order_id`, `order_type`). Its latest fill,
 * where it is told, is the latest that is known of when this was so.
 */
export function readOrder(row: WireObject): OrderReport {
  const createdAt = zonedTime(row, 'created_at');
  const trades = objects(row['trades'] ?? []);
  const price = optionalDecimal(row, 'price');
  return orderReport({
    market: row['market'],
    id: orderIdOf(row),
    clientId: optionalId(row, 'client_order_id'),
    side: row['side'],
    orderType: optionalId(row, 'order_type') ?? text(row, 'ord_type'),
    state: text(row, 'state'),
    cancelType: optionalId(row, 'cancel_type'),
    timeInForce: optionalId(row, 'time_in_force'),
    // Of an order by total this is the total.
    price,
    quantity: optionalDecimal(row, 'volume'),
    total: price,
    executed: exactDecimal(row, 'executed_volume'),
    funds: optionalDecimal(row, 'executed_funds') ?? sumOf(trades, 'funds'),
    createdAt,
    venueTime: Math.max(createdAt, ...trades.map((trade) => tradedAt(trade, createdAt))),
  });
}

/** The fills of an order as REST tells it, oldest first; without fees and sides of the book. */
export function readFills(row: WireObject): readonly FillReport[] {
  const clientId = optionalId(row, 'client_order_id');
  const createdAt = zonedTime(row, 'created_at');
  return objects(row['trades'] ?? [])
    .map((trade) => ({
      id: optionalId(trade, 'trade_id') ?? idText(trade, 'uuid'),
      instrument: instrumentIn(trade['market'] ?? row['market']),
      venueOrderId: orderIdOf(row),
      ...(clientId !== undefined && { clientOrderId: clientId }),
      side: sideOf(trade['side'] ?? row['side']),
      price: exactDecimal(trade, 'price'),
      quantity: exactDecimal(trade, 'volume'),
      venueTime: tradedAt(trade, createdAt),
    }))
    .sort((a, b) => a.venueTime - b.venueTime);
}

export function instrumentIn(market: unknown): InstrumentId {
  const instrument = typeof market === 'string' ? instrumentOf(market) : undefined;
  if (instrument === undefined) throw new Misshapen(`an order of ${show(market)}`);
  return instrument;
}

/** KST with its offset. */
function zonedTime(row: WireObject, key: string): number {
  const ms = msOfZonedText(text(row, key));
  if (ms === undefined) throw new Misshapen(`${key} is no time: ${show(row[key])}`);
  return ms;
}

/** `bid`/`ask` over REST, `buy`/`sell` on the stream. */
function sideOf(side: unknown): OrderSide {
  if (side === 'bid' || side === 'buy') return 'buy';
  if (side === 'ask' || side === 'sell') return 'sell';
  throw new Misshapen(`neither a buy nor a sell: ${show(side)}`);
}

function orderIdOf(row: WireObject): string {
  return optionalId(row, 'order_id') ?? idText(row, 'uuid');
}

function tradedAt(trade: WireObject, createdAt: number): number {
  return optionalId(trade, 'created_at') === undefined ? createdAt : zonedTime(trade, 'created_at');
}

/** The venue writes 0 for what an order of this type does not have. */
function told(decimal: string | undefined): string | undefined {
  return decimal === '0' ? undefined : decimal;
}

const AVERAGE_PLACES = 12;

/** The venue tells of none. */
function averageOf({ funds, executed }: OrderWords): string | undefined {
  if (told(funds) === undefined || executed === '0') return undefined;
  return trimDecimal(new Big(funds ?? 0).div(executed).round(AVERAGE_PLACES).toFixed());
}

function sumOf(rows: readonly WireObject[], key: string): string | undefined {
  if (rows.length === 0) return undefined;
  const parts = rows.map((row) => optionalDecimal(row, key));
  if (parts.includes(undefined)) return undefined;
  return parts.reduce((sum, part) => sum.plus(part ?? 0), new Big(0)).toFixed();
}
