import { describe, expect, test } from 'vitest';
import { FIRST_SETTINGS } from '../contract/first-settings.ts';
import { settingsSchema } from '../contract/settings.ts';
import { PROFILE_NAMES, profileDifferences, withProfile } from './settings-profiles.ts';

describe('profiles', () => {
  test.each(PROFILE_NAMES)(
    '%s is within the bounds of the settings, and is what it says once applied',
    (name) => {
      const applied = withProfile(FIRST_SETTINGS, name);
      expect(settingsSchema.partial().safeParse(applied).error).toBeUndefined();
      expect(profileDifferences(applied, name)).toEqual([]);
    },
  );

  test('production is what a first start has', () => {
    expect(profileDifferences(FIRST_SETTINGS, 'production')).toEqual([]);
  });

  test('name every number they would change, and what it is now', () => {
    const { connections } = FIRST_SETTINGS;
    const held = {
      ...FIRST_SETTINGS,
      rates: { ...FIRST_SETTINGS.rates, errors: 5 },
      connections: { ...connections, venueStaleAfterMs: { upbit: 60_000, binance: 12_000 } },
    };
    expect(profileDifferences(held, 'production')).toEqual([
      { path: 'connections.venueStaleAfterMs.bithumb', from: undefined, to: 60_000 },
      { path: 'rates.errors', from: 5, to: 3 },
      { path: 'connections.venueStaleAfterMs.binance', from: 12_000, to: undefined },
    ]);
  });

  test('leave alone what belongs to the person: where alarms go, compression, limits on orders', () => {
    const held = {
      ...FIRST_SETTINGS,
      connections: { ...FIRST_SETTINGS.connections, compression: { upbit: true } },
      alarms: { ...FIRST_SETTINGS.alarms, sound: false, webhookUrl: 'https://hook.example/' },
    };
    const { connections, alarms, ...rest } = withProfile(held, 'high-frequency');
    expect([connections.compression, alarms.sound, alarms.webhookUrl, Object.keys(rest)]).toEqual([
      { upbit: true },
      false,
      'https://hook.example/',
      ['rateProfile', 'rates', 'priceCache'],
    ]);
  });
});
