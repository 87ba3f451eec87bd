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

/** What either way of telling says of an order, in the stream's words. Decimal texts. */
interface OrderWords {
  readonly market: unknown;
  readonly id: string;
  readonly clientId: string | undefined;
  readonly side: unknown;
  readonly orderType: string;
  readonly state: string;
  readonly timeInForce: string | undefined;
  /** Of a limit order its price, of an order by total the total; absent where the field speaks of a fill instead. */
  readonly price: string | undefined;
  readonly volume: string | undefined;
  readonly executed: string;
  readonly remaining: string | undefined;
  readonly funds: string | undefined;
  readonly average: string | undefined;
  readonly createdAt: number | undefined;
  readonly venueTime: number;
}

/** Throws `order.status-unknown`, and {@link Misshapen}. */
export function orderReport(words: OrderWords): OrderReport {
  const side = sideOf(words.side);
  const { orderType, state, timeInForce } = words;
  const byTotal = isByTotal({ orderType, side });
  const total = byTotal ? words.price : undefined;
  const instrument = instrumentIn(words.market);
  const status = statusOf({
    ...words,
    remaining: byTotal ? undefined : words.remaining,
    total,
    quote: quoteOf(instrument),
  });
  if (status === undefined) {
    throw new HeartlineError('order.status-unknown', `Upbit calls an order ${show(state)}`, {
      details: { venue: 'upbit', status: state.slice(0, 40) },
    });
  }
  const price = orderType === 'limit' ? words.price : undefined;
  const quantity = byTotal ? undefined : words.volume;
  const average = words.average ?? averageOf(words);
  return {
    instrument,
    venueOrderId: words.id,
    ...(words.clientId !== undefined && { clientOrderId: words.clientId }),
    side,
    type: TYPES.get(orderType) ?? 'other',
    timeInForce: TIMES.get(timeInForce ?? orderType) ?? 'other',
    status,
    venueStatus: state,
    ...(price !== undefined && { price }),
    ...(quantity !== undefined && { quantity }),
    ...(total !== undefined && { quoteQuantity: total }),
    filledQuantity: words.executed,
    ...(average !== undefined && average !== '0' && { averagePrice: average }),
    reduceOnly: false,
    postOnly: timeInForce === 'post_only',
    ...(words.createdAt !== undefined && { createdAt: words.createdAt }),
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

/** An order as REST tells it. Its latest fill, where it is told, is the latest that is known of when this was so. */
export function readOrder(row: WireObject): OrderReport {
  const createdAt = zonedTime(row, 'created_at');
  const trades = row['trades'] === undefined ? [] : objects(row['trades']);
  const tradedAt = trades.map((trade) => optionalTime(trade, 'created_at') ?? createdAt);
  return orderReport({
    market: row['market'],
    id: idText(row, 'uuid'),
    clientId: optionalId(row, 'identifier'),
    side: row['side'],
    orderType: text(row, 'ord_type'),
    state: text(row, 'state'),
    timeInForce: optionalId(row, 'time_in_force'),
    price: optionalDecimal(row, 'price'),
    volume: optionalDecimal(row, 'volume'),
    executed: exactDecimal(row, 'executed_volume'),
    remaining: optionalDecimal(row, 'remaining_volume'),
    funds: optionalDecimal(row, 'executed_funds') ?? sumOf(trades, 'funds'),
    average: undefined,
    createdAt,
    venueTime: Math.max(createdAt, ...tradedAt),
  });
}

/** The fills of an order as REST tells it, oldest first; their fees and sides of the book it does not tell one by one. */
export function readFills(row: WireObject): readonly FillReport[] {
  const orderId = idText(row, 'uuid');
  const clientId = optionalId(row, 'identifier');
  return objects(row['trades'] ?? [])
    .map((trade) => ({
      id: idText(trade, 'uuid'),
      instrument: instrumentIn(trade['market'] ?? row['market']),
      venueOrderId: orderId,
      ...(clientId !== undefined && { clientOrderId: clientId }),
      side: sideOf(trade['side'] ?? row['side']),
      price: exactDecimal(trade, 'price'),
      quantity: exactDecimal(trade, 'volume'),
      venueTime: optionalTime(trade, 'created_at') ?? zonedTime(row, 'created_at'),
    }))
    .sort((a, b) => a.venueTime - b.venueTime);
}

function instrumentIn(market: unknown): InstrumentId {
  const instrument = typeof market === 'string' ? instrumentOf(market) : undefined;
  if (instrument === undefined) throw new Misshapen(`an order of ${show(market)}`);
  return instrument;
}

/** What prices are in, and fees are paid in. */
export function quoteOf(instrument: InstrumentId): string {
  return instrument.slice(instrument.lastIndexOf('-') + 1);
}

/** `bid`/`ask` over REST, `BID`/`ASK` on the stream. */
export function sideOf(side: unknown): OrderSide {
  if (side === 'bid' || side === 'BID') return 'buy';
  if (side === 'ask' || side === 'ASK') return 'sell';
  throw new Misshapen(`neither bid nor ask: ${show(side)}`);
}

function averageOf({ funds, executed }: OrderWords): string | undefined {
  if (funds === undefined || new Big(executed).eq(0)) return undefined;
  return trimDecimal(new Big(funds).div(executed).round(AVERAGE_PLACES).toFixed());
}

const AVERAGE_PLACES = 12;

function sumOf(rows: readonly WireObject[], key: string): string | undefined {
  if (rows.length === 0) return undefined;
  const parts = rows.map((row) => optionalDecimal(row, key));
  if (parts.includes(undefined)) return undefined;
  return parts.reduce((sum, part) => sum.plus(part ?? 0), new Big(0)).toFixed();
}

function optionalTime(row: WireObject, key: string): number | undefined {
  return row[key] === undefined || row[key] === null ? undefined : zonedTime(row, key);
}

/** KST with its offset; the rest of the second is told for fills alone. */
function zonedTime(row: WireObject, key: string): number {
  const ms = msOfZonedText(text(row, key));
  if (ms === undefined) throw new Misshapen(`${key} is no time: ${show(row[key])}`);
  return ms;
}
