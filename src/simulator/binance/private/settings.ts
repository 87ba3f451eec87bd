import { Refusal } from '../query.ts';
import { configRow, heldSymbols, maxNotional, positionRow, positionRowV2 } from './account-rows.ts';
import { CATEGORY, coinNamed, type PrivateContext, refusalFor, symbolAsked } from './context.ts';

/** Positions and settings. The simulated account is one-way, cross, and of one currency. */

export function readPositions(context: PrivateContext): unknown {
  const { account, coinOf, serverTime } = context;
  const symbol = symbolAsked(context);
  return heldSymbols(account)
    .filter((one) => symbol === undefined || one === symbol)
    .map((one) => positionRow(account, coinOf(one), serverTime));
}

/** Version 2 lists every symbol, flat or not. */
export function readPositionsV2(context: PrivateContext): unknown {
  const { account, market, serverTime } = context;
  const symbol = symbolAsked(context);
  return market.instruments.coins
    .filter((coin) => symbol === undefined || coin.symbol === symbol)
    .map((coin) => positionRowV2(account, coin, serverTime));
}

export function readSymbolConfig(context: PrivateContext): unknown {
  const { account, market } = context;
  const symbol = symbolAsked(context);
  return market.instruments.coins
    .filter((coin) => symbol === undefined || coin.symbol === symbol)
    .map((coin) => configRow(account, coin));
}

export function readAccountConfig({ key, serverTime }: PrivateContext): unknown {
  return {
    feeTier: 0,
    canTrade: key.trade,
    canDeposit: true,
    canWithdraw: key.withdraw,
    dualSidePosition: false,
    updateTime: serverTime,
    multiAssetsMargin: false,
    tradeGroupId: -1,
  };
}

export function readRestrictions({ key, serverTime }: PrivateContext): unknown {
  return {
    ipRestrict: key.isIpBound,
    createTime: Math.floor(serverTime / 86_400_000) * 86_400_000 - 30 * 86_400_000,
    enableReading: key.read,
    enableWithdrawals: key.withdraw,
    enableInternalTransfer: key.transfer,
    enableMargin: false,
    enableFutures: key.trade,
    permitsUniversalTransfer: key.transfer,
    enableVanillaOptions: false,
    enableSpotAndMarginTrading: key.trade,
    enablePortfolioMarginTrading: false,
    enableFixApiTrade: false,
    enableFixReadOnly: false,
  };
}

export function readCommission(context: PrivateContext): unknown {
  const { symbol } = coinNamed(context);
  const rules = context.desk.rules.categories[CATEGORY];
  const maker = Number(rules?.makerFee ?? 0).toFixed(6);
  return {
    symbol,
    makerCommissionRate: maker,
    takerCommissionRate: Number(rules?.takerFee ?? 0).toFixed(6),
    rpiCommissionRate: maker,
  };
}

export function readBrackets(context: PrivateContext): unknown {
  const { desk, market } = context;
  const symbol = symbolAsked(context);
  const rules = desk.rules.categories[CATEGORY];
  return market.instruments.coins
    .filter((coin) => symbol === undefined || coin.symbol === symbol)
    .map((coin) => ({
      symbol: coin.symbol,
      notionalCoef: 1,
      brackets: [
        {
          bracket: 1,
          initialLeverage: rules?.maxLeverage ?? 1,
          notionalCap: Number(maxNotional(coin)),
          notionalFloor: 0,
          maintMarginRatio: Number(rules?.maintenanceRate ?? 0),
          cum: 0,
        },
      ],
    }));
}

export function setLeverage(context: PrivateContext): unknown {
  const { desk, account, query } = context;
  const coin = coinNamed(context);
  const leverage = query.integer('leverage');
  if (leverage === undefined) query.required('leverage');
  const most = desk.rules.categories[CATEGORY]?.maxLeverage ?? 1;
  if (leverage === undefined || leverage < 1 || leverage > most) {
    throw new Refusal(-4028, `Leverage ${leverage} is not valid`);
  }
  const refused = desk.setLeverage(account, { category: CATEGORY, symbol: coin.symbol }, leverage);
  if (refused?.refused === 'insufficient') throw new Refusal(-2028, 'Leverage is smaller than permitted.');
  if (refused) throw refusalFor(refused);
  return { symbol: coin.symbol, leverage, maxNotionalValue: maxNotional(coin) };
}

export function setMarginType(context: PrivateContext): unknown {
  const { account, query } = context;
  const { symbol } = coinNamed(context);
  const wanted = query.required('marginType');
  if (wanted !== 'ISOLATED' && wanted !== 'CROSSED') {
    throw new Refusal(-1130, "Data sent for parameter 'marginType' is not valid.");
  }
  const position = account.positions().find((one) => one.symbol === symbol);
  if ((position?.marginMode === 'isolated') === (wanted === 'ISOLATED')) {
    throw new Refusal(-4046, 'No need to change margin type.');
  }
  // Nothing in the simulation changes it: said as the venue says it of a position that stands in the way.
  throw new Refusal(-4048, 'Margin type cannot be changed if there exists position.');
}

export function readPositionMode(): unknown {
  return { dualSidePosition: false };
}

export function setPositionMode({ query }: PrivateContext): unknown {
  const wanted = query.required('dualSidePosition');
  if (wanted === 'false') throw new Refusal(-4059, 'No need to change position side.');
  throw new Refusal(-4068, 'Position side cannot be changed if there exists position.');
}
