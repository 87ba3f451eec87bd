import Big from 'big.js';
import { trimDecimal } from '#shared/base/decimal.ts';
import type { SimAccount, SimFill, SimFunding, SimOrder } from '../../accounts/account-desk.ts';
import type { Coin } from '../../coins.ts';
import {
  cancelWord,
  categoryOf,
  executionIdOf,
  isOpen,
  lifeWord,
  orderIdOf,
  rejectWord,
  sideWord,
  statusWord,
  triggerDirection,
  uuidOf,
} from './order-words.ts';

/** Rows about orders, fills and positions, the same on the socket and over REST unless it says otherwise. */

const ZERO = new Big(0);
const PRICE_DIGITS = 10;

export function plain(value: Big): string {
  return value.toFixed();
}

function priceText(order: Pick<SimOrder, 'category'>, coin: Coin, price: Big): string {
  const text = price.toFixed(coin.priceDecimals);
  return categoryOf(order) === 'spot' ? trimDecimal(text) : text;
}

function quantityText(order: Pick<SimOrder, 'category'>, coin: Coin, quantity: Big): string {
  const text = quantity.toFixed(coin.quantityDecimals);
  return categoryOf(order) === 'spot' ? trimDecimal(text) : text;
}

function averagePrice({ filled, filledNotional }: SimOrder): string {
  return filled.eq(0) ? '' : plain(filledNotional.div(filled).round(PRICE_DIGITS));
}

/** `hasFired`: see `statusWord`. */
export function orderRow(
  order: SimOrder,
  coin: Coin,
  skewMs: number,
  hasFired: boolean,
): Record<string, unknown> {
  const isSpot = categoryOf(order) === 'spot';
  const left = isOpen(order) && order.quantity ? order.quantity.minus(order.filled) : ZERO;
  const worth = order.price ? left.times(order.price) : ZERO;
  const isQuote = order.quoteQuantity !== undefined;
  const asked = order.quoteQuantity ?? order.quantity ?? ZERO;
  return {
    category: order.category,
    symbol: order.symbol,
    orderId: orderIdOf(order),
    orderLinkId: order.clientOrderId ?? '',
    blockTradeId: '',
    side: sideWord(order.side),
    positionIdx: 0,
    orderStatus: statusWord(order, hasFired),
    cancelType: cancelWord(order),
    rejectReason: rejectWord(order),
    timeInForce: lifeWord(order),
    isLeverage: isSpot ? '0' : '',
    // A market order goes as a limit order a good way off.
    price: order.price ? priceText(order, coin, order.price) : isSpot ? '0' : '',
    qty: isQuote ? plain(asked) : quantityText(order, coin, asked),
    avgPrice: averagePrice(order),
    leavesQty: isQuote ? '0' : plain(left),
    leavesValue: plain(worth),
    cumExecQty: plain(order.filled),
    cumExecValue: plain(order.filledNotional),
    cumExecFee: plain(order.fee),
    cumFeeDetail: order.fee.eq(0) ? {} : { [order.feeCurrency]: plain(order.fee) },
    closedPnl: '0',
    orderType: order.type === 'market' ? 'Market' : 'Limit',
    stopOrderType: order.trigger ? (isSpot ? 'tpslOrder' : 'Stop') : '',
    orderIv: '',
    triggerPrice: order.trigger ? priceText(order, coin, order.trigger.price) : isSpot ? '0' : '',
    takeProfit: '',
    stopLoss: '',
    triggerBy: order.trigger ? (order.trigger.by === 'mark' ? 'MarkPrice' : 'LastPrice') : '',
    tpTriggerBy: '',
    slTriggerBy: '',
    triggerDirection: triggerDirection(order),
    placeType: '',
    lastPriceOnCreated: '',
    closeOnTrigger: false,
    reduceOnly: order.reduceOnly,
    marketUnit: isSpot && order.type === 'market' ? (isQuote ? 'quoteCoin' : 'baseCoin') : '',
    smpType: 'None',
    smpGroup: 0,
    smpOrderId: '',
    feeCurrency: isSpot ? order.feeCurrency : '',
    ...(isSpot ? {} : { createType: order.isLiquidation ? 'CreateByLiq' : 'CreateByUser' }),
    createdTime: String(order.createdAt + skewMs),
    updatedTime: String(order.updatedAt + skewMs),
    rpiTakerAccess: false,
  };
}

export function executionRow(
  fill: SimFill,
  coin: Coin,
  skewMs: number,
  feeRate: string,
): Record<string, unknown> {
  const { order } = fill;
  const isSpot = categoryOf(fill) === 'spot';
  const left = isOpen(order) && order.quantity ? order.quantity.minus(order.filled) : ZERO;
  return {
    category: fill.category,
    symbol: fill.symbol,
    isLeverage: isSpot ? '0' : '',
    orderId: orderIdOf(order),
    orderLinkId: order.clientOrderId ?? '',
    side: sideWord(fill.side),
    orderPrice: order.price ? priceText(fill, coin, order.price) : '0',
    orderQty: order.quantity ? quantityText(fill, coin, order.quantity) : '0',
    leavesQty: plain(left),
    createType: isSpot ? '' : order.isLiquidation ? 'CreateByLiq' : 'CreateByUser',
    orderType: order.type === 'market' ? 'Market' : 'Limit',
    stopOrderType: order.trigger ? 'Stop' : 'UNKNOWN',
    execFee: plain(fill.fee),
    execId: executionIdOf(fill.number),
    execPrice: priceText(fill, coin, fill.price),
    execQty: quantityText(fill, coin, fill.quantity),
    execPnl: plain(fill.realisedPnl),
    execType: order.isLiquidation ? 'BustTrade' : 'Trade',
    execValue: plain(fill.price.times(fill.quantity)),
    execTime: String(fill.time + skewMs),
    isMaker: fill.isMaker,
    feeRate,
    tradeIv: '',
    markIv: '',
    markPrice: priceText(fill, coin, fill.price),
    indexPrice: '',
    underlyingPrice: '',
    blockTradeId: '',
    closedSize: isSpot ? '' : plain(fill.realisedPnl.eq(0) ? ZERO : fill.quantity),
    extraFees: '',
    seq: fill.tradeId,
    feeCurrency: isSpot ? fill.feeCurrency : '',
  };
}

const FUNDING_SALT = 0xf0;

/** Funding comes among the executions: it is none. What is paid is a fee, what is earned a negative one. */
export function fundingRow(funding: SimFunding, coin: Coin, skewMs: number): Record<string, unknown> {
  const size = plain(funding.quantity.abs());
  const time = String(funding.time + skewMs);
  return {
    category: funding.category,
    symbol: funding.symbol,
    isLeverage: '',
    orderId: uuidOf(FUNDING_SALT, funding.number + 1),
    orderLinkId: '',
    side: sideWord(funding.quantity.gt(0) ? 'buy' : 'sell'),
    orderPrice: '0',
    orderQty: '0',
    leavesQty: '0',
    createType: '',
    orderType: 'UNKNOWN',
    stopOrderType: 'UNKNOWN',
    execFee: plain(funding.payment.times(-1)),
    execId: uuidOf(FUNDING_SALT, funding.number),
    execPrice: priceText(funding, coin, funding.markPrice),
    execQty: size,
    execPnl: '0',
    execType: 'Funding',
    execValue: plain(funding.quantity.abs().times(funding.markPrice)),
    execTime: time,
    isMaker: false,
    feeRate: plain(funding.rate),
    tradeIv: '',
    markIv: '',
    markPrice: priceText(funding, coin, funding.markPrice),
    indexPrice: '',
    underlyingPrice: '',
    blockTradeId: '',
    closedSize: '',
    extraFees: '',
    seq: funding.number,
    feeCurrency: '',
  };
}

/** `entryPrice` on the socket is `avgPrice` over REST. A flat position has a row too. */
export function positionRow(
  account: SimAccount,
  coin: Coin,
  {
    time,
    seq,
    entryName,
  }: { readonly time: number; readonly seq: number; readonly entryName: 'entryPrice' | 'avgPrice' },
): Record<string, unknown> {
  const at = { category: 'linear', symbol: coin.symbol };
  const position = account
    .positions()
    .find(({ category, symbol }) => category === at.category && symbol === at.symbol);
  const price = (value: Big | undefined) => (value ? plain(value.round(PRICE_DIGITS)) : '0');
  const entry = price(position?.entryPrice);
  return {
    positionIdx: 0,
    riskId: 1,
    riskLimitValue: '2000000',
    symbol: coin.symbol,
    side: position ? sideWord(position.quantity.gt(0) ? 'buy' : 'sell') : '',
    size: position ? plain(position.quantity.abs()) : '0',
    [entryName]: entry,
    positionValue: position ? plain(position.quantity.abs().times(position.entryPrice).round(8)) : '0',
    tradeMode: 0,
    positionStatus: 'Normal',
    autoAddMargin: 0,
    adlRankIndicator: position ? 2 : 0,
    leverage: String(account.leverageOf(at)),
    breakEvenPrice: entry,
    markPrice: position ? priceText(at, coin, position.markPrice) : '',
    liqPrice: position?.liquidationPrice ? priceText(at, coin, position.liquidationPrice) : '',
    positionIM: plain(position?.margin ?? ZERO),
    positionMM: plain(position?.maintenanceMargin ?? ZERO),
    positionBalance: plain(position?.margin ?? ZERO),
    takeProfit: '0.00',
    stopLoss: '0.00',
    trailingStop: '0.00',
    unrealisedPnl: plain((position?.unrealisedPnl ?? ZERO).round(8)),
    curRealisedPnl: plain((position?.realisedPnl ?? ZERO).round(8)),
    cumRealisedPnl: plain((position?.realisedPnl ?? ZERO).round(8)),
    sessionAvgPrice: '',
    isReduceOnly: false,
    createdTime: String((position?.openedAt ?? 0) || time),
    updatedTime: String(position?.updatedAt ?? time),
    seq,
    ...(entryName === 'entryPrice' ? { category: 'linear' } : {}),
  };
}
