import type { CategoryRules, DeskRules } from './desk-rules.ts';

const DAY_MS = 86_400_000;

/** Binance USD-M: 200 open orders and 200 conditional ones, market orders go 5 % far, own orders make room. */
export const BINANCE_DESK: DeskRules = {
  cash: 'USDT',
  keyLength: 64,
  secretLength: 64,
  categories: {
    '': {
      kind: 'derivatives',
      makerFee: '0.0002',
      takerFee: '0.0005',
      feeIn: 'quote',
      maxOpen: 200,
      maxConditional: 200,
      triggerBy: 'last',
      marketBound: '0.05',
      // Its PERCENT_PRICE filter.
      priceBound: '0.05',
      selfTrade: 'maker-expires',
      maxLeverage: 125,
      defaultLeverage: 20,
      maintenanceRate: '0.004',
      fundingName: (coin) => coin.symbol,
    },
  },
};

/** Bybit's unified account: perpetuals and spot out of one wallet; spot buys pay their fee in what they buy. */
export const BYBIT_DESK: DeskRules = {
  cash: 'USDT',
  keyLength: 18,
  secretLength: 36,
  keyLifeMs: 90 * DAY_MS,
  categories: {
    linear: {
      kind: 'derivatives',
      makerFee: '0.0002',
      takerFee: '0.00055',
      feeIn: 'quote',
      minNotional: '5',
      maxOpen: 500,
      maxConditional: 10,
      triggerBy: 'last',
      marketBound: '0.05',
      selfTrade: 'allowed',
      maxLeverage: 100,
      defaultLeverage: 10,
      maintenanceRate: '0.005',
      // Dated futures have a hyphen in their symbol, and no funding.
      fundingName: (coin) => (coin.symbol.includes('-') ? undefined : coin.crowd),
    },
    spot: {
      kind: 'spot',
      makerFee: '0.001',
      takerFee: '0.001',
      feeIn: 'received',
      minNotional: '5',
      maxOpen: 500,
      maxConditional: 30,
      triggerBy: 'last',
      selfTrade: 'allowed',
    },
  },
};

const WON: Omit<CategoryRules, 'makerFee' | 'takerFee'> = {
  kind: 'spot',
  feeIn: 'quote',
  minNotional: '5000',
  triggerBy: 'last',
  selfTrade: 'allowed',
};

/** Upbit's won market; the fee is charged in won on top of a buy's total. */
export const UPBIT_DESK: DeskRules = {
  cash: 'KRW',
  keyLength: 40,
  secretLength: 40,
  keyLifeMs: 365 * DAY_MS,
  categories: { '': { ...WON, makerFee: '0.0005', takerFee: '0.0005' } },
};

/** Bithumb's won market, without the coupon. */
export const BITHUMB_DESK: DeskRules = {
  cash: 'KRW',
  keyLength: 42,
  secretLength: 44,
  keyLifeMs: 365 * DAY_MS,
  categories: { '': { ...WON, makerFee: '0.0025', takerFee: '0.0025' } },
};
