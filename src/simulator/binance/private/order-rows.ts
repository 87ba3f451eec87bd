import type Big from 'big.js';
import type { SimFill, SimOrder } from '../../accounts/account-desk.ts';
import type { Coin } from '../../coins.ts';
import {
  algoIdOf,
  clientIdOf,
  conditionalType,
  lifeWord,
  originalType,
  sideWord,
  statusWord,
  typeWord,
  workingWord,
} from './order-words.ts';
import { isOpen, type Triggers } from './triggers.ts';

/** Rows of the REST answers about orders and fills, key for key as the venue's 2026 pages list them. */

export function priceOf(coin: Coin, price: Big | undefined): string {
  return price === undefined ? '0' : price.toFixed(coin.priceDecimals);
}

export function quantityOf(coin: Coin, quantity: Big | undefined): string {
  return quantity === undefined ? '0' : quantity.toFixed(coin.quantityDecimals);
}

/** Average price of what is filled; `'0'` where nothing is. */
export function averageOf(coin: Coin, { filled, filledNotional }: SimOrder): string {
  if (filled.eq(0)) return '0';
  return filledNotional.div(filled).toFixed(coin.priceDecimals + 3);
}

/** What placing, changing and cancelling answer: without `avgPrice` and `cumQuote`, which went in 2026. */
export function acceptedRow(order: SimOrder, coin: Coin, skewMs: number): Record<string, unknown> {
  return {
    orderId: order.number,
    symbol: order.symbol,
    status: statusWord(order),
    clientOrderId: clientIdOf(order),
    price: priceOf(coin, order.price),
    origQty: quantityOf(coin, order.quantity),
    executedQty: quantityOf(coin, order.filled),
    cumQty: quantityOf(coin, order.filled),
    timeInForce: lifeWord(order),
    type: typeWord(order),
    reduceOnly: order.reduceOnly,
    closePosition: order.closesPosition ?? false,
    side: sideWord(order.side),
    positionSide: 'BOTH',
    stopPrice: '0',
    workingType: workingWord(order),
    priceProtect: false,
    origType: originalType(order),
    priceMatch: 'NONE',
    selfTradePreventionMode: 'EXPIRE_MAKER',
    goodTillDate: 0,
    updateTime: order.updatedAt + skewMs,
  };
}

/** A regular order as it is read. */
export function orderRow(order: SimOrder, coin: Coin, skewMs: number): Record<string, unknown> {
  const { cumQty: _, ...row } = acceptedRow(order, coin, skewMs);
  return {
    ...row,
    avgPrice: averageOf(coin, order),
    cumQuote: order.filledNotional.toFixed(),
    time: order.createdAt + skewMs,
  };
}

/** A conditional order, waiting or not. */
export function algoRow(
  order: SimOrder,
  coin: Coin,
  skewMs: number,
  triggers: Triggers,
): Record<string, unknown> {
  const isRegular = triggers.isRegular(order);
  return {
    algoId: algoIdOf(order),
    clientAlgoId: clientIdOf(order),
    algoType: 'CONDITIONAL',
    orderType: conditionalType(order),
    symbol: order.symbol,
    side: sideWord(order.side),
    positionSide: 'BOTH',
    timeInForce: lifeWord(order),
    quantity: quantityOf(coin, order.quantity),
    algoStatus: isRegular ? (isOpen(order) ? 'TRIGGERED' : 'FINISHED') : statusWord(order),
    actualOrderId: isRegular ? String(order.number) : '',
    actualPrice: isRegular ? averageOf(coin, order) : '0.00000',
    triggerPrice: priceOf(coin, order.trigger?.price),
    price: priceOf(coin, order.price),
    icebergQuantity: null,
    tpTriggerPrice: '0.000',
    tpPrice: '0.000',
    slTriggerPrice: '0.000',
    slPrice: '0.000',
    tpOrderType: '',
    selfTradePreventionMode: 'EXPIRE_MAKER',
    workingType: workingWord(order),
    priceMatch: 'NONE',
    closePosition: order.closesPosition ?? false,
    priceProtect: false,
    reduceOnly: order.reduceOnly,
    createTime: order.createdAt + skewMs,
    updateTime: order.updatedAt + skewMs,
    triggerTime: isRegular ? order.updatedAt + skewMs : 0,
    goodTillDate: 0,
  };
}

/** One fill: `/fapi/v1/userTrades`. */
export function fillRow(fill: SimFill, coin: Coin, skewMs: number): Record<string, unknown> {
  return {
    symbol: fill.symbol,
    id: fill.tradeId,
    orderId: fill.order.number,
    side: sideWord(fill.side),
    price: priceOf(coin, fill.price),
    qty: quantityOf(coin, fill.quantity),
    realizedPnl: fill.realisedPnl.toFixed(8),
    quoteQty: fill.price.times(fill.quantity).toFixed(),
    commission: fill.fee.toFixed(8),
    commissionAsset: fill.feeCurrency,
    time: fill.time + skewMs,
    positionSide: 'BOTH',
    maker: fill.isMaker,
    buyer: fill.side === 'buy',
  };
}
