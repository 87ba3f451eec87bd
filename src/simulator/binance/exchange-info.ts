import { fromScaled } from '#shared/base/decimal.ts';
import type { Coin } from '../coins.ts';
import type { Market } from '../market.ts';

/** Deliveries and others that are listed beside the perpetuals: a client has to filter. */
export const DELIVERY_SYMBOL = 'BTCUSDT_261225';
export const SETTLING_SYMBOL = 'EOSUSDT';
const DELIVERY_DATE = 1_798_185_600_000;
/** What perpetuals have instead of a delivery date: the year 2100. */
const NEVER = 4_133_404_800_000;

const RATE_LIMITS = [
  { rateLimitType: 'REQUEST_WEIGHT', interval: 'MINUTE', intervalNum: 1, limit: 2400 },
  { rateLimitType: 'ORDERS', interval: 'MINUTE', intervalNum: 1, limit: 1200 },
  { rateLimitType: 'ORDERS', interval: 'SECOND', intervalNum: 10, limit: 300 },
];

export function exchangeInfo(market: Market, serverTime: number): unknown {
  const coins = market.instruments.coins;
  const [first] = coins;
  const others = first
    ? [
        {
          ...symbolRow(first, market.onboardTime),
          symbol: DELIVERY_SYMBOL,
          contractType: 'CURRENT_QUARTER',
          deliveryDate: DELIVERY_DATE,
        },
        {
          ...symbolRow(first, market.onboardTime),
          symbol: SETTLING_SYMBOL,
          pair: SETTLING_SYMBOL,
          baseAsset: 'EOS',
          status: 'SETTLING',
          deliveryDate: serverTime - (serverTime % 86_400_000),
        },
      ]
    : [];
  return {
    timezone: 'UTC',
    serverTime,
    futuresType: 'U_MARGINED',
    rateLimits: RATE_LIMITS,
    exchangeFilters: [],
    assets: [
      { asset: 'USDT', marginAvailable: true, autoAssetExchange: '-10000' },
      { asset: 'BTC', marginAvailable: true, autoAssetExchange: '-0.10000000' },
      { asset: 'BNB', marginAvailable: true, autoAssetExchange: '0' },
    ],
    symbols: [...coins.map((coin) => listedRow(coin, market)), ...others],
  };
}

function listedRow(coin: Coin, { instruments, onboardTime }: Market) {
  const row = symbolRow(coin, onboardTime);
  return instruments.listingOf(coin.symbol) === 'suspended' ? { ...row, status: 'SETTLING' } : row;
}

function symbolRow(coin: Coin, onboardDate: number) {
  return {
    symbol: coin.symbol,
    pair: coin.symbol,
    contractType: 'PERPETUAL',
    deliveryDate: NEVER,
    onboardDate,
    status: 'TRADING',
    maintMarginPercent: '2.5000',
    requiredMarginPercent: '5.0000',
    baseAsset: coin.base,
    quoteAsset: 'USDT',
    marginAsset: 'USDT',
    pricePrecision: coin.priceDecimals,
    quantityPrecision: coin.quantityDecimals,
    baseAssetPrecision: 8,
    quotePrecision: 8,
    underlyingType: 'COIN',
    underlyingSubType: [coin.subType],
    triggerProtect: '0.0500',
    liquidationFee: '0.012500',
    marketTakeBound: '0.05',
    maxMoveOrderLimit: 10000,
    filters: filters(coin),
    orderTypes: ['LIMIT', 'MARKET', 'STOP', 'STOP_MARKET', 'TAKE_PROFIT', 'TAKE_PROFIT_MARKET'],
    timeInForce: ['GTC', 'IOC', 'FOK', 'GTX', 'GTD', 'RPI'],
    permissionSets: ['GRID', 'COPY'],
  };
}

function filters(coin: Coin): readonly Record<string, unknown>[] {
  const { tickSize, stepSize, priceDecimals, tickUnits } = coin;
  const ticks = Math.round(coin.anchorPrice / coin.tick);
  const minPrice = fromScaled(Math.max(1, Math.round(ticks / 200)) * tickUnits, priceDecimals);
  const maxPrice = fromScaled(ticks * 50 * tickUnits, priceDecimals);
  return [
    { filterType: 'PRICE_FILTER', minPrice, maxPrice, tickSize },
    { filterType: 'LOT_SIZE', stepSize, minQty: stepSize, maxQty: coin.maxQuantity },
    { filterType: 'MARKET_LOT_SIZE', stepSize, minQty: stepSize, maxQty: coin.maxMarketQuantity },
    { filterType: 'MAX_NUM_ORDERS', limit: 200 },
    { filterType: 'MIN_NOTIONAL', notional: coin.minNotional },
    {
      filterType: 'PERCENT_PRICE',
      multiplierUp: '1.0500',
      multiplierDown: '0.9500',
      multiplierDecimal: '4',
    },
    { filterType: 'POSITION_RISK_CONTROL', positionControlSide: 'NONE', notionalLimit: '0' },
  ];
}
