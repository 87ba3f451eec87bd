import Big from 'big.js';
import * as wire from '#shared/base/wire.ts';
import { digits, epochMs } from '#shared/base/wire-number.ts';
import * as signed from '#shared/base/wire-signed.ts';
import { type InstrumentId, instrumentName } from '#shared/domain/instrument.ts';
import type { FillReport, OrderReport, OrderSide, OrderType, TimeInForce } from '#shared/domain/order.ts';
import type { BalanceReport, PositionReport } from '../account.ts';
import { list, objects } from './account-answer.ts';
import { algoStatusOf, type Successor, statusOf } from './account-status.ts';
import { instrumentOf } from './symbols.ts';

// Rows of the private REST answers → reports. All throw `Misshapen` (`venue.answer`), orders `order.status-unknown` too.
// Sources: the venue's "Account Endpoints" and "Trade Endpoints" pages by way of the fact sheet, section 6.

const TYPES: ReadonlyMap<unknown, OrderType> = new Map([
  ['LIMIT', 'limit'],
  ['MARKET', 'market'],
  ['STOP', 'stop'],
  ['STOP_MARKET', 'stop-market'],
  ['TAKE_PROFIT', 'take-profit'],
  ['TAKE_PROFIT_MARKET', 'take-profit-market'],
  ['TRAILING_STOP_MARKET', 'trailing'],
]);

/** A description we do not model is `other`, unlike a status. */
export function typeOf(word: unknown): OrderType {
  return TYPES.get(word) ?? 'other';
}

export function timeInForceOf(word: unknown): TimeInForce {
  switch (word) {
    case 'GTC':
    case 'IOC':
    case 'FOK':
    case 'GTX':
    case 'GTD':
      return word;
    default:
      return 'other';
  }
}

/** GTX takes no liquidity, nor does the kind reserved for retail orders. */
export function isPostOnly(word: unknown): boolean {
  return word === 'GTX' || word === 'RPI';
}

export function sideOf(word: unknown): OrderSide {
  if (word === 'BUY') return 'buy';
  if (word === 'SELL') return 'sell';
  throw new wire.Misshapen(`side is neither BUY nor SELL: ${wire.show(word)}`);
}

export function legOf(word: unknown): 'both' | 'long' | 'short' {
  switch (word) {
    case 'BOTH':
      return 'both';
    case 'LONG':
      return 'long';
    case 'SHORT':
      return 'short';
    default:
      throw new wire.Misshapen(`no such position side: ${wire.show(word)}`);
  }
}

/** A symbol that follows no rule. What may be owed or owned is never left out unsaid: it throws. */
export function instrumentIn(row: wire.WireObject, key: string): InstrumentId {
  const symbol = wire.text(row, key);
  const instrument = instrumentOf(symbol);
  if (instrument === undefined) throw new wire.Misshapen(`an instrument nobody knows: ${wire.show(symbol)}`);
  return instrument;
}

/** A row of `order`, `openOrders`, `allOrders`. */
export function readOrder(row: wire.WireObject): OrderReport {
  const clientOrderId = signed.textIfAny(row, 'clientOrderId');
  const price = signed.signedTextUnlessZero(row, 'price');
  const triggerPrice = signed.signedTextUnlessZero(row, 'stopPrice');
  const averagePrice = signed.signedTextUnlessZero(row, 'avgPrice');
  // 0 where the order closes whatever the position is then.
  const quantity = signed.signedTextUnlessZero(row, 'origQty');
  const updatedAt = epochMs(row, 'updateTime');
  return {
    instrument: instrumentIn(row, 'symbol'),
    venueOrderId: digits(row, 'orderId'),
    ...(clientOrderId !== undefined && { clientOrderId }),
    side: sideOf(row['side']),
    type: typeOf(row['type']),
    timeInForce: timeInForceOf(row['timeInForce']),
    status: statusOf(row['status']),
    venueStatus: String(row['status']),
    ...(price !== undefined && { price }),
    ...(triggerPrice !== undefined && { triggerPrice }),
    ...(quantity !== undefined && { quantity }),
    filledQuantity: wire.decimalText(row, 'executedQty'),
    ...(averagePrice !== undefined && { averagePrice }),
    reduceOnly: row['reduceOnly'] === true || row['closePosition'] === true,
    postOnly: isPostOnly(row['timeInForce']),
    ...(row['time'] !== undefined && { createdAt: epochMs(row, 'time') }),
    venueTime: updatedAt,
    isConditional: false,
  };
}

/** A row of `algoOrder`, `openAlgoOrders`, `allAlgoOrders`. */
export function readAlgoOrder(row: wire.WireObject): OrderReport {
  const clientOrderId = signed.textIfAny(row, 'clientAlgoId');
  const price = signed.signedTextUnlessZero(row, 'price');
  const triggerPrice = signed.signedTextUnlessZero(row, 'triggerPrice');
  const quantity = signed.signedTextUnlessZero(row, 'quantity');
  const filled = signed.signedTextUnlessZero(row, 'actualQty');
  const averagePrice = signed.signedTextUnlessZero(row, 'actualPrice');
  return {
    instrument: instrumentIn(row, 'symbol'),
    venueOrderId: digits(row, 'algoId'),
    ...(clientOrderId !== undefined && { clientOrderId }),
    side: sideOf(row['side']),
    type: typeOf(row['orderType']),
    timeInForce: timeInForceOf(row['timeInForce']),
    status: algoStatusOf(row['algoStatus'], successorOf(row['actualOrderId'], filled, quantity)),
    venueStatus: venueAlgoStatus(row['algoStatus'], row['actualOrderId']),
    ...(price !== undefined && { price }),
    ...(triggerPrice !== undefined && { triggerPrice }),
    ...(quantity !== undefined && { quantity }),
    filledQuantity: filled ?? '0',
    ...(filled !== undefined && averagePrice !== undefined && { averagePrice }),
    reduceOnly: row['reduceOnly'] === true || row['closePosition'] === true,
    postOnly: isPostOnly(row['timeInForce']),
    ...(row['createTime'] !== undefined && { createdAt: epochMs(row, 'createTime') }),
    venueTime: epochMs(row, 'updateTime'),
    isConditional: true,
    ...becameOrder(row['actualOrderId']),
  };
}

/** `TRIGGERED`, and the order that it became where it is told: `TRIGGERED order 8886775`. */
export function venueAlgoStatus(word: unknown, orderId: unknown): string {
  return isNamed(orderId) ? `${word} order ${orderId}` : String(word);
}

/** Whether its client's id goes on with it is not written down: the venue's own number is what leads from one to the other. */
export function becameOrder(orderId: unknown): Pick<OrderReport, 'becameOrderId'> {
  return isNamed(orderId) ? { becameOrderId: String(orderId) } : {};
}

/** `filled`, `quantity`: decimal texts; what the order it became has done of it. */
export function successorOf(
  orderId: unknown,
  filled: string | undefined,
  quantity: string | undefined,
): Successor {
  if (filled === undefined || signed.isZero(filled)) return { isNamed: isNamed(orderId), filled: 'none' };
  const isWhole = quantity === undefined || new Big(filled).gte(quantity);
  return { isNamed: isNamed(orderId), filled: isWhole ? 'whole' : 'part' };
}

function isNamed(orderId: unknown): boolean {
  return /^[1-9]\d*$/.test(String(orderId));
}

/** A row of `userTrades`. */
export function readFill(row: wire.WireObject): FillReport {
  const feeCurrency = signed.textIfAny(row, 'commissionAsset');
  const fee = signed.signedTextIfAny(row, 'commission');
  const realisedPnl = signed.signedTextIfAny(row, 'realizedPnl');
  return {
    id: digits(row, 'id'),
    instrument: instrumentIn(row, 'symbol'),
    venueOrderId: digits(row, 'orderId'),
    side: sideOf(row['side']),
    price: wire.decimalText(row, 'price'),
    quantity: wire.decimalText(row, 'qty'),
    ...(fee !== undefined && { fee }),
    ...(feeCurrency !== undefined && { feeCurrency }),
    isMaker: wire.flag(row, 'maker'),
    ...(realisedPnl !== undefined && { realisedPnl }),
    venueTime: epochMs(row, 'time'),
  };
}

/** A row of `positionRisk`. Leverage and, in cross mode, the margin mode are told by `symbolConfig` alone. */
export function readPosition(row: wire.WireObject): PositionReport {
  const leg = legOf(row['positionSide']);
  const markPrice = signed.signedTextUnlessZero(row, 'markPrice');
  const liquidationPrice = signed.signedTextUnlessZero(row, 'liquidationPrice');
  // The venue counts profits not yet taken into an isolated margin; the wallet is what was put there.
  const isolated =
    signed.signedTextUnlessZero(row, 'isolatedWallet') ?? signed.signedTextUnlessZero(row, 'isolatedMargin');
  const margin = isolated ?? signed.signedTextUnlessZero(row, 'positionInitialMargin');
  return {
    instrument: instrumentIn(row, 'symbol'),
    leg,
    quantity: signedQuantity(signed.signedText(row, 'positionAmt'), leg),
    entryPrice: signed.signedText(row, 'entryPrice'),
    ...(markPrice !== undefined && { markPrice }),
    unrealisedPnl: signed.signedText(row, 'unRealizedProfit'),
    ...(isolated !== undefined && { marginMode: 'isolated' as const }),
    ...(liquidationPrice !== undefined && { liquidationPrice }),
    ...(margin !== undefined && { margin }),
  };
}

/** The sign of a hedged position is its leg's, whatever the row says. */
export function signedQuantity(text: string, leg: 'both' | 'long' | 'short'): string {
  if (signed.isZero(text)) return '0';
  const isNegative = text.startsWith('-');
  const isWrong = (leg === 'short' && !isNegative) || (leg === 'long' && isNegative);
  return isWrong ? signed.negated(text) : text;
}

/**
 * `account`: wallets, and what of each is held: margin, and what was put into isolated positions beyond it. Profits not yet
 * taken are in neither. What is empty and was never used is left out.
 */
export function readBalances(account: wire.WireObject): readonly BalanceReport[] {
  const positions = account['positions'] === undefined ? [] : objects(list(account['positions']));
  return objects(list(account['assets'])).flatMap((row) => {
    const currency = wire.text(row, 'asset');
    const total = signed.signedText(row, 'walletBalance');
    if (row['updateTime'] === 0 && signed.isZero(total)) return [];
    const margin = signed.signedText(row, 'initialMargin');
    const beyond = positions.reduce((sum, one) => sum.plus(beyondMargin(one, currency)), new Big(0));
    const used = beyond.eq(0) ? margin : beyond.plus(margin).toFixed();
    return [{ currency, total, free: new Big(total).minus(used).toFixed(), used }];
  });
}

/** Only positions are told of here, not which coin holds them: their symbol says. */
function beyondMargin(position: wire.WireObject, currency: string): Big {
  const wallet = new Big(signed.signedTextIfAny(position, 'isolatedWallet') ?? 0);
  const instrument = instrumentOf(String(position['symbol']));
  if (wallet.lte(0) || instrument === undefined) return new Big(0);
  const [, quote] = instrumentName(instrument).split('-');
  const beyond = wallet.minus(signed.signedTextIfAny(position, 'initialMargin') ?? 0);
  return quote === currency && beyond.gt(0) ? beyond : new Big(0);
}
