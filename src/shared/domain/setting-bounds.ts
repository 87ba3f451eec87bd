/** What a number of the settings may be. `whole`: no fractions. */
export interface SettingBound {
  readonly least: number;
  readonly most: number;
  readonly whole: boolean;
}

const bound = (least: number, most: number, whole = true): SettingBound => ({ least, most, whole });

/**
 * Bounds of every number a person can set, by path; the schema and the settings page read the same ones. Where a bound
 * keeps a promise of docs/safety-case.md, the promise is named: no setting can take it back.
 */
export const SETTING_BOUNDS = {
  'alarms.scoreBelow': bound(0, 1, false),
  'alarms.errors': bound(1, 1000),
  'alarms.inactiveMs': bound(1000, 3_600_000),
  'alarms.memoryMb': bound(10, 10_000, false),
  'alarms.reconnects': bound(1, 1000),

  /** A peer that is gone is noticed within eight seconds (G1), so it is looked for at least every five. */
  'connections.heartbeatMs': bound(1000, 5000),
  /** Silence is believed for thirty seconds at most (G2). Below ten, ordinary pauses of a market would count as deaths. */
  'connections.staleAfterMs': bound(10_000, 30_000),
  /** Below half a second a venue that refuses would be hammered. */
  'connections.backoffBaseMs': bound(500, 5000),
  /** At 1 waits would never grow. */
  'connections.backoffFactor': bound(1.2, 4, false),
  /** Nobody waits longer than thirty seconds for the next try (G4). */
  'connections.backoffCapMs': bound(5000, 30_000),
  /** Some, or all connections that fell together would come back together; half at most (G4). */
  'connections.backoffJitter': bound(0.1, 0.5, false),
  'connections.quickAttempts': bound(1, 10),

  /** Counted within a minute. Whoever is told to be silent is silent, whatever stands here (G15). */
  'rates.errors': bound(1, 5),
  /** What is left of the pace: a reduction that reduces nothing is none. */
  'rates.reduction': bound(0.3, 0.9, false),
  'rates.recoveryMs': bound(30_000, 600_000),

  'priceCache.size': bound(100, 10_000),
  'priceCache.ttlMs': bound(5000, 300_000),
} as const satisfies Readonly<Record<string, SettingBound>>;

export type BoundedSetting = keyof typeof SETTING_BOUNDS;

/** No settings file of anybody is longer. */
export const MOST_SETTINGS_CHARS = 200_000;

/** Whose busiest stream may rightly be quiet for longer (G2). */
const QUIET_VENUES: readonly string[] = ['upbit', 'bithumb'];

/** The longest silence that may be believed of a venue, ms. */
export function mostStaleMs(venue: string): number {
  return QUIET_VENUES.includes(venue) ? 60_000 : SETTING_BOUNDS['connections.staleAfterMs'].most;
}
