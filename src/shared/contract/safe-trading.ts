import type { Settings } from './settings.ts';

/**
 * Trading settings of a first start, and what a person goes back to: small enough that a slip of the finger costs little,
 * no real money, a confirmation for every order. Whoever trades more says so in the settings.
 */
export const SAFE_TRADING: Settings['trading'] = {
  limits: {
    collarPercent: 5,
    slippagePercent: 1,
    maxNotional: { USDT: 10_000, KRW: 15_000_000 },
    dailyNotional: { USDT: 100_000, KRW: 150_000_000 },
    depthSharePercent: 25,
    maxOpenOrders: 50,
    ordersPer10s: 10,
    confirmAbove: { USDT: 5000, KRW: 7_000_000 },
  },
  venues: {},
  accounts: {},
  mainnet: false,
  disarmAfterMin: 15,
  oneClick: false,
  presets: ['25%', '50%', '75%', '100%'],
  hotkeys: false,
};
