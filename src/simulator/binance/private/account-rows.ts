import Big from 'big.js';
import type { SimAccount, SimBalance, SimPosition } from '../../accounts/account-desk.ts';
import type { Coin } from '../../coins.ts';
import { quantityOf } from './order-rows.ts';
import { isOpen } from './triggers.ts';

/** What the account endpoints tell. Everything is one-way and cross. */

const ZERO = new Big(0);
/** Margin and profit of every position are in this. */
const SETTLED_IN = 'USDT';

function eight(value: Big): string {
  return value.toFixed(8);
}

function sum(values: readonly Big[]): Big {
  return values.reduce((total, value) => total.plus(value), ZERO);
}

interface Margin {
  readonly wallet: Big;
  readonly profit: Big;
  readonly initial: Big;
  readonly ofPositions: Big;
  readonly ofOrders: Big;
  readonly maintenance: Big;
  readonly available: Big;
}

function marginOf({ currency, total, used }: SimBalance, positions: readonly SimPosition[]): Margin {
  const own = currency === SETTLED_IN ? positions : [];
  const profit = sum(own.map(({ unrealisedPnl }) => unrealisedPnl));
  const ofPositions = sum(own.map(({ margin }) => margin));
  const ofOrders = used.minus(ofPositions);
  const available = total.plus(profit).minus(used);
  return {
    wallet: total,
    profit,
    initial: used,
    ofPositions,
    ofOrders: ofOrders.gt(0) ? ofOrders : ZERO,
    maintenance: sum(own.map(({ maintenanceMargin }) => maintenanceMargin)),
    available: available.gt(0) ? available : ZERO,
  };
}

function assetRow(asset: string, margin: Margin, time: number): Record<string, unknown> {
  return {
    asset,
    walletBalance: eight(margin.wallet),
    unrealizedProfit: eight(margin.profit),
    marginBalance: eight(margin.wallet.plus(margin.profit)),
    maintMargin: eight(margin.maintenance),
    initialMargin: eight(margin.initial),
    positionInitialMargin: eight(margin.ofPositions),
    openOrderInitialMargin: eight(margin.ofOrders),
    crossWalletBalance: eight(margin.wallet),
    crossUnPnl: eight(margin.profit),
    availableBalance: eight(margin.available),
    maxWithdrawAmount: eight(margin.available),
    marginAvailable: true,
    updateTime: time,
  };
}

/** `/fapi/v3/account`. */
export function accountAnswer(account: SimAccount, coinOf: CoinOf, time: number): Record<string, unknown> {
  const positions = account.positions();
  const margins = account
    .balances()
    .map((balance) => ({ asset: balance.currency, margin: marginOf(balance, positions) }));
  const settled = margins.find(({ asset }) => asset === SETTLED_IN)?.margin;
  const total = (pick: (margin: Margin) => Big) => eight(settled ? pick(settled) : ZERO);
  return {
    totalInitialMargin: total(({ initial }) => initial),
    totalMaintMargin: total(({ maintenance }) => maintenance),
    totalWalletBalance: total(({ wallet }) => wallet),
    totalUnrealizedProfit: total(({ profit }) => profit),
    totalMarginBalance: total(({ wallet, profit }) => wallet.plus(profit)),
    totalPositionInitialMargin: total(({ ofPositions }) => ofPositions),
    totalOpenOrderInitialMargin: total(({ ofOrders }) => ofOrders),
    totalCrossWalletBalance: total(({ wallet }) => wallet),
    totalCrossUnPnl: total(({ profit }) => profit),
    availableBalance: total(({ available }) => available),
    maxWithdrawAmount: total(({ available }) => available),
    assets: margins.map(({ asset, margin }) => assetRow(asset, margin, time)),
    positions: heldSymbols(account).map((symbol) => {
      const row = positionRow(account, coinOf(symbol), time);
      return {
        symbol,
        positionSide: row['positionSide'],
        positionAmt: row['positionAmt'],
        unrealizedProfit: row['unRealizedProfit'],
        isolatedMargin: row['isolatedMargin'],
        notional: row['notional'],
        isolatedWallet: row['isolatedWallet'],
        initialMargin: row['initialMargin'],
        maintMargin: row['maintMargin'],
        updateTime: row['updateTime'],
      };
    }),
  };
}

type CoinOf = (symbol: string) => Coin;

/** `/fapi/v3/balance`. */
export function balanceRows(account: SimAccount, time: number): Record<string, unknown>[] {
  const positions = account.positions();
  return account.balances().map((balance) => {
    const margin = marginOf(balance, positions);
    return {
      accountAlias: 'SgsRfWsR',
      asset: balance.currency,
      balance: eight(margin.wallet),
      crossWalletBalance: eight(margin.wallet),
      crossUnPnl: eight(margin.profit),
      availableBalance: eight(margin.available),
      maxWithdrawAmount: eight(margin.available),
      marginAvailable: true,
      updateTime: time,
    };
  });
}

/** Symbols with a position or with open regular orders: what version 3 lists. */
export function heldSymbols(account: SimAccount): string[] {
  const ordered = account.openOrders().filter((order) => isOpen(order) && order.status !== 'untriggered');
  return [...new Set([...account.positions(), ...ordered].map(({ symbol }) => symbol))];
}

/** One row of `/fapi/v3/positionRisk`, flat where there is no position. */
export function positionRow(account: SimAccount, coin: Coin, time: number): Record<string, unknown> {
  const { symbol } = coin;
  const position = account.positions().find((one) => one.symbol === symbol);
  const isIsolated = position?.marginMode === 'isolated';
  const notional = position ? position.quantity.times(position.markPrice) : ZERO;
  const isolated = eight(position && isIsolated ? position.margin : ZERO);
  return {
    symbol,
    positionSide: 'BOTH',
    positionAmt: position ? quantityOf(coin, position.quantity) : '0',
    entryPrice: position ? position.entryPrice.toFixed(coin.priceDecimals + 3) : '0.0',
    breakEvenPrice: position ? position.entryPrice.toFixed(coin.priceDecimals + 3) : '0.0',
    markPrice: position ? eight(position.markPrice) : '0.00000000',
    unRealizedProfit: eight(position?.unrealisedPnl ?? ZERO),
    liquidationPrice: position?.liquidationPrice ? position.liquidationPrice.toFixed(8) : '0',
    isolatedMargin: isolated,
    notional: eight(notional),
    marginAsset: SETTLED_IN,
    isolatedWallet: isolated,
    initialMargin: eight(position?.margin ?? ZERO),
    maintMargin: eight(position?.maintenanceMargin ?? ZERO),
    positionInitialMargin: eight(position?.margin ?? ZERO),
    openOrderInitialMargin: '0.00000000',
    adl: position ? 2 : 0,
    bidNotional: '0',
    askNotional: '0',
    updateTime: position ? time : 0,
  };
}

/** One row of version 2, which still tells leverage and margin mode. */
export function positionRowV2(account: SimAccount, coin: Coin, time: number): Record<string, unknown> {
  const row = positionRow(account, coin, time);
  const position = account.positions().find((one) => one.symbol === coin.symbol);
  return {
    symbol: row['symbol'],
    positionAmt: row['positionAmt'],
    entryPrice: row['entryPrice'],
    breakEvenPrice: row['breakEvenPrice'],
    markPrice: row['markPrice'],
    unRealizedProfit: row['unRealizedProfit'],
    liquidationPrice: row['liquidationPrice'],
    leverage: String(account.leverageOf({ category: '', symbol: coin.symbol })),
    maxNotionalValue: maxNotional(coin),
    marginType: position?.marginMode ?? 'cross',
    isolatedMargin: row['isolatedMargin'],
    isAutoAddMargin: 'false',
    positionSide: 'BOTH',
    notional: row['notional'],
    isolatedWallet: row['isolatedWallet'],
    updateTime: row['updateTime'],
  };
}

export function maxNotional({ anchorPrice, maxQuantity }: Coin): string {
  return String(Math.round(anchorPrice * Number(maxQuantity)));
}

/** One row of `/fapi/v1/symbolConfig`. */
export function configRow(account: SimAccount, coin: Coin): Record<string, unknown> {
  const position = account.positions().find((one) => one.symbol === coin.symbol);
  return {
    symbol: coin.symbol,
    marginType: position?.marginMode === 'isolated' ? 'ISOLATED' : 'CROSSED',
    isAutoAddMargin: false,
    leverage: account.leverageOf({ category: '', symbol: coin.symbol }),
    maxNotionalValue: maxNotional(coin),
  };
}
