import { FIRST_SETTINGS } from '#shared/contract/first-settings.ts';
import type { Settings } from '#shared/contract/settings.ts';
import { instrumentId } from '#shared/domain/instrument.ts';

/** Settings of a first start, in English, with what a test wants otherwise. */
export function plainSettings(otherwise: Partial<Settings> = {}): Settings {
  const selected = instrumentId('binance:BTC-USDT-PERP');
  return {
    theme: 'dark',
    directionColours: 'western',
    language: 'en',
    timeZone: 'local',
    numbers: 'auto',
    flash: false,
    titlePnl: false,
    watchlist: [selected],
    watchGroups: [],
    selected,
    interval: '1m',
    profile: 'production',
    connections: FIRST_SETTINGS.connections,
    rates: FIRST_SETTINGS.rates,
    priceCache: FIRST_SETTINGS.priceCache,
    rateProfile: 'balanced',
    pausedVenues: [],
    alarms: {
      scoreBelow: 0.8,
      errors: 3,
      inactiveMs: 120_000,
      memoryMb: 100,
      reconnects: 5,
      sound: true,
      notification: true,
      webhookUrl: '',
    },
    sources: { ticker: 'auto', book: 'auto', trade: 'auto', candle: 'auto' },
    addedVenues: [],
    typedFx: null,
    hotkeys: { bindings: {} },
    recentCommands: [],
    trading: {
      limits: {
        collarPercent: 5,
        slippagePercent: 0.5,
        maxNotional: { USDT: 10_000, KRW: 10_000_000 },
        dailyNotional: { USDT: 100_000, KRW: 100_000_000 },
        depthSharePercent: 20,
        maxOpenOrders: 50,
        ordersPer10s: 10,
        confirmAbove: { USDT: 1_000, KRW: 1_000_000 },
      },
      venues: {},
      accounts: {},
      mainnet: false,
      disarmAfterMin: 15,
      oneClick: false,
      presets: ['25%', '50%', '75%', '100%'],
      hotkeys: false,
    },
    welcome: 'done',
    ...otherwise,
  };
}
