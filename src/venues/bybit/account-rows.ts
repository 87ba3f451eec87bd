import Big from 'big.js';
import * as wire from '#shared/base/wire.ts';
import * as signed from '#shared/base/wire-signed.ts';
import { type InstrumentId, instrumentName } from '#shared/domain/instrument.ts';
import type { FillReport, OrderReport, OrderSide, OrderType, TimeInForce } from '#shared/domain/order.ts';
import type { BalanceReport, PositionReport } from '../account.ts';
import { statusOf, venueStatusOf } from './account-status.ts';
import { type Family, instrumentOf } from './symbols.ts';
import { time } from './wire-fields.ts';

// Rows of REST answers and of the private topics, which are all but the same: the fact sheet, sections 4 and 5. All throw
// `Misshapen` (`venue.answer`), orders `order.status-unknown` too.

/** Throws for a name that follows no rule: what may be owed or owned is never left out unsaid. */
function instrumentIn(row: wire.WireObject, family: Family): InstrumentId {
  const symbol = wire.text(row, 'symbol');
  const instrument = instrumentOf(symbol, family);
  if (instrument === undefined) throw new wire.Misshapen(`an instrument nobody knows: ${wire.show(symbol)}`);
  return instrument;
}

function sideOf(word: unknown): OrderSide {
  if (word === 'Buy') return 'buy';
  if (word === 'Sell') return 'sell';
  throw new wire.Misshapen(`side is neither Buy nor Sell: ${wire.show(word)}`);
}

/** A description we do not model is `other`, unlike a status. */
function typeOf(orderType: unknown, stopOrderType: unknown): OrderType {
  const isMarket = orderType === 'Market';
  if (!isMarket && orderType !== 'Limit') return 'other';
  switch (stopOrderType) {
    case undefined:
    case null:
    case '':
    case 'UNKNOWN':
      return isMarket ? 'market' : 'limit';
    case 'Stop':
    case 'StopLoss':
    case 'PartialStopLoss':
      return isMarket ? 'stop-market' : 'stop';
    case 'TakeProfit':
    case 'PartialTakeProfit':
      return isMarket ? 'take-profit-market' : 'take-profit';
    case 'TrailingStop':
      return 'trailing';
    default:
      return 'other';
  }
}

function timeInForceOf(word: unknown): TimeInForce {
  switch (word) {
    case 'GTC':
    case 'IOC':
    case 'FOK':
      return word;
    case 'PostOnly':
      return 'GTX';
    default:
      return 'other';
  }
}

export function readOrder(row: wire.WireObject, family: Family): OrderReport {
  const clientOrderId = signed.textIfAny(row, 'orderLinkId');
  const price = signed.signedTextUnlessZero(row, 'price');
  const triggerPrice = signed.signedTextUnlessZero(row, 'triggerPrice');
  // 0 where the order closes whatever the position is then.
  const quantity = signed.signedTextUnlessZero(row, 'qty');
  const averagePrice = signed.signedTextUnlessZero(row, 'avgPrice');
  const side = sideOf(row['side']);
  // A market buy in spot names what is paid, unless it says otherwise.
  const isInQuote =
    family === 'spot' && side === 'buy' && row['orderType'] === 'Market' && row['marketUnit'] !== 'baseCoin';
  return {
    instrument: instrumentIn(row, family),
    venueOrderId: wire.text(row, 'orderId'),
    ...(clientOrderId !== undefined && { clientOrderId }),
    side,
    type: typeOf(row['orderType'], row['stopOrderType']),
    timeInForce: timeInForceOf(row['timeInForce']),
    status: statusOf(row),
    venueStatus: venueStatusOf(row),
    ...(price !== undefined && row['orderType'] !== 'Market' && { price }),
    ...(triggerPrice !== undefined && { triggerPrice }),
    ...(quantity !== undefined && (isInQuote ? { quoteQuantity: quantity } : { quantity })),
    filledQuantity: signed.signedTextIfAny(row, 'cumExecQty') ?? '0',
    ...(averagePrice !== undefined && { averagePrice }),
    reduceOnly: row['reduceOnly'] === true || row['closeOnTrigger'] === true,
    postOnly: row['timeInForce'] === 'PostOnly' || row['timeInForce'] === 'RPI',
    ...(row['createdTime'] !== undefined && { createdAt: time(row, 'createdTime') }),
    venueTime: time(row, 'updatedTime'),
    // Waiting or not, it is one order under one id in one list here: its status tells that it waits.
    isConditional: false,
  };
}

/** Kinds of execution that trade. The others (funding, settlement, moves between accounts) are no fills. */
const TRADING_KINDS: ReadonlySet<unknown> = new Set(['Trade', 'AdlTrade', 'BustTrade', 'BlockTrade']);

/** `undefined` for an execution that is no fill. */
export function readFill(row: wire.WireObject, family: Family): FillReport | undefined {
  if (!TRADING_KINDS.has(row['execType'])) return undefined;
  const instrument = instrumentIn(row, family);
  const side = sideOf(row['side']);
  const clientOrderId = signed.textIfAny(row, 'orderLinkId');
  const fee = signed.signedTextIfAny(row, 'execFee');
  const realisedPnl = signed.signedTextIfAny(row, 'execPnl');
  return {
    id: wire.text(row, 'execId'),
    instrument,
    venueOrderId: wire.text(row, 'orderId'),
    ...(clientOrderId !== undefined && { clientOrderId }),
    side,
    price: wire.decimalText(row, 'execPrice'),
    quantity: wire.decimalText(row, 'execQty'),
    ...(fee !== undefined && {
      fee,
      feeCurrency: signed.textIfAny(row, 'feeCurrency') ?? feeCurrencyOf(instrument, family, side),
    }),
    isMaker: wire.flag(row, 'isMaker'),
    ...(family === 'linear' && realisedPnl !== undefined && { realisedPnl }),
    venueTime: time(row, 'execTime'),
  };
}

/** Contracts are charged in what they settle in; spot in what is bought. */
function feeCurrencyOf(instrument: InstrumentId, family: Family, side: OrderSide): string {
  const [base = '', quote = ''] = instrumentName(instrument).split('-');
  return family === 'spot' && side === 'buy' ? base : quote;
}

const LEGS = new Map([
  [0, 'both'],
  [1, 'long'],
  [2, 'short'],
] as const);

/** `marginMode`: the account's, where it is known: a unified account has one for all its positions. */
export function readPosition(row: wire.WireObject, marginMode?: 'cross' | 'isolated'): PositionReport {
  const leg = LEGS.get(wire.count(row, 'positionIdx') as 0 | 1 | 2);
  if (leg === undefined) throw new wire.Misshapen(`no such leg: ${wire.show(row['positionIdx'])}`);
  // REST and stream name it differently.
  const entryPrice = signed.signedTextUnlessZero(
    row,
    row['entryPrice'] === undefined ? 'avgPrice' : 'entryPrice',
  );
  const markPrice = signed.signedTextUnlessZero(row, 'markPrice');
  const unrealisedPnl = signed.signedTextIfAny(row, 'unrealisedPnl');
  const leverage = signed.signedTextUnlessZero(row, 'leverage');
  const liquidationPrice = signed.signedTextUnlessZero(row, 'liqPrice');
  const margin = signed.signedTextUnlessZero(row, 'positionIM');
  // Accounts that are not unified still say it position by position; unified ones always write 0.
  const mode = row['tradeMode'] === 1 ? 'isolated' : marginMode;
  return {
    instrument: instrumentIn(row, 'linear'),
    leg,
    quantity: signedSize(row),
    ...(entryPrice !== undefined && { entryPrice }),
    ...(markPrice !== undefined && { markPrice }),
    ...(unrealisedPnl !== undefined && { unrealisedPnl }),
    ...(leverage !== undefined && { leverage }),
    ...(mode !== undefined && { marginMode: mode }),
    ...(liquidationPrice !== undefined && { liquidationPrice }),
    ...(margin !== undefined && { margin }),
  };
}

/** Sizes have no sign, and a flat position no side. */
function signedSize(row: wire.WireObject): string {
  const size = wire.decimalText(row, 'size');
  if (signed.isZero(size)) return '0';
  return sideOf(row['side']) === 'sell' ? `-${size}` : size;
}

/** A coin of a wallet: what is held by spot orders, by orders and by positions is used, the rest is free. */
function readCoin(row: wire.WireObject): BalanceReport {
  const total = signed.signedText(row, 'walletBalance');
  const used = ['locked', 'totalOrderIM', 'totalPositionIM']
    // Empty where the margin is counted for the account as a whole.
    .map((key) => signed.signedTextIfAny(row, key) ?? '0')
    .reduce((sum, held) => sum.plus(held), new Big(0));
  return {
    currency: wire.text(row, 'coin'),
    total,
    free: new Big(total).minus(used).toFixed(),
    used: used.toFixed(),
  };
}

/** The coins of all wallets in a `list` or `data`. */
export function readWallets(rows: readonly unknown[]): readonly BalanceReport[] {
  return rows.flatMap((wallet) => {
    const coins = wire.isWireObject(wallet) ? wallet['coin'] : undefined;
    if (!Array.isArray(coins)) throw new wire.Misshapen(`coin is no list: ${wire.show(coins)}`);
    return coins.map((coin) => {
      if (!wire.isWireObject(coin)) throw new wire.Misshapen(`a coin is no object: ${wire.show(coin)}`);
      return readCoin(coin);
    });
  });
}
