import { fromScaled, trimDecimal } from '#shared/base/decimal.ts';
import type { Coin } from '../coins.ts';
import type { Category } from './category.ts';
import { DELIVERY_TIMES, UNTRADED } from './coins.ts';

/** All rows of one family, those first that are traded. */
export function instrumentRows(category: Category, coins: readonly Coin[], launchTime: number): object[] {
  if (category === 'spot') return coins.map(spotRow);
  const [first] = coins;
  const traded = coins.map((coin, index) => linearRow(coin, index + 5, launchTime));
  if (!first) return traded;
  const others = Object.entries(UNTRADED).map(([symbol, status], index) => ({
    ...linearRow(first, 900 + index, launchTime),
    symbol,
    baseCoin: symbol.replace('USDT', ''),
    status,
    isPreListing: status === 'PreLaunch',
  }));
  return [...traded, ...others];
}

function priceBounds({ anchorPrice, tick, tickUnits, priceDecimals, tickSize }: Coin) {
  const highest = Math.floor((anchorPrice * 24) / tick) * tickUnits;
  return { minPrice: tickSize, maxPrice: fromScaled(highest, priceDecimals), tickSize };
}

function linearRow(coin: Coin, symbolId: number, launchTime: number) {
  const deliveryTime = DELIVERY_TIMES.get(coin.symbol);
  const largest = fromScaled(Number(coin.maxQuantity) * 10 ** coin.quantityDecimals, coin.quantityDecimals);
  return {
    symbol: coin.symbol,
    contractType: deliveryTime === undefined ? 'LinearPerpetual' : 'LinearFutures',
    status: 'Trading',
    baseCoin: coin.base,
    quoteCoin: coin.quote,
    launchTime: String(launchTime),
    deliveryTime: String(deliveryTime ?? 0),
    deliveryFeeRate: deliveryTime === undefined ? '' : '0.0005',
    priceScale: String(coin.priceDecimals),
    leverageFilter: { minLeverage: '1', maxLeverage: '100.00', leverageStep: '0.01' },
    priceFilter: priceBounds(coin),
    lotSizeFilter: {
      maxOrderQty: largest,
      minOrderQty: coin.stepSize,
      qtyStep: coin.stepSize,
      postOnlyMaxOrderQty: largest,
      maxMktOrderQty: fromScaled(
        Math.round(Number(coin.maxMarketQuantity) * 10 ** coin.quantityDecimals),
        coin.quantityDecimals,
      ),
      minNotionalValue: coin.minNotional,
    },
    unifiedMarginTrade: true,
    fundingInterval: 480,
    settleCoin: coin.quote,
    copyTrading: 'both',
    upperFundingRate: '0.005',
    lowerFundingRate: '-0.005',
    isPreListing: false,
    preListingInfo: null,
    riskParameters: { priceLimitRatioX: '0.01', priceLimitRatioY: '0.02' },
    displayName: '',
    symbolType: '',
    forbidUplWithdrawal: false,
    symbolId,
  };
}

function spotRow(coin: Coin, index: number) {
  const notionalDecimals = coin.priceDecimals + coin.quantityDecimals;
  return {
    symbolId: index + 9,
    symbol: coin.symbol,
    baseCoin: coin.base,
    quoteCoin: coin.quote,
    innovation: '0',
    status: 'Trading',
    marginTrading: 'utaOnly',
    stTag: '0',
    lotSizeFilter: {
      basePrecision: coin.stepSize,
      quotePrecision: fromScaled(1, notionalDecimals),
      minOrderQty: coin.stepSize,
      maxOrderQty: coin.maxQuantity,
      minOrderAmt: coin.minNotional,
      maxOrderAmt: '8000000',
      maxLimitOrderQty: coin.maxQuantity,
      maxMarketOrderQty: coin.maxMarketQuantity,
      postOnlyMaxLimitOrderSize: '60000',
    },
    priceFilter: { tickSize: trimDecimal(coin.tickSize) },
    riskParameters: { priceLimitRatioX: '0.005', priceLimitRatioY: '0.01' },
    symbolType: '',
  };
}
