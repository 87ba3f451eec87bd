import { SETTINGS_PROFILES } from '../domain/settings-profiles.ts';
import { SAFE_TRADING } from './safe-trading.ts';
import type { Settings } from './settings.ts';

const { production } = SETTINGS_PROFILES;

/**
 * What a first start has and a reset goes back to: everything but what the venues propose (watchlist, selection) and
 * what a person makes over time. The engine's numbers are the profile `production`.
 */
export const FIRST_SETTINGS = {
  theme: 'dark',
  directionColours: 'western',
  language: 'system',
  timeZone: 'local',
  numbers: 'auto',
  flash: false,
  titlePnl: false,
  profile: 'production',
  rateProfile: production.rateProfile,
  connections: { ...production.connections, compression: {} },
  rates: production.rates,
  priceCache: production.priceCache,
  alarms: { ...production.alarms, sound: true, notification: true, webhookUrl: '' },
  sources: { ticker: 'auto', book: 'auto', trade: 'auto', candle: 'auto' },
  hotkeys: { bindings: {} },
  trading: SAFE_TRADING,
  welcome: 'new',
} as const satisfies Partial<Settings>;
