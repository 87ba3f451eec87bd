import { describe, expect, test } from 'vitest';
import { plainSettings } from '../../stores/test-kit/plain-settings.ts';
import { changedKeys, differencesOf, exportText } from './settings-transfer.ts';

const held = plainSettings();

describe('settings as a file', () => {
  test('hold everything but the address of the webhook', () => {
    const secret = { ...held, alarms: { ...held.alarms, webhookUrl: 'https://hook.example/T0P' } };
    expect([JSON.parse(exportText(secret)), exportText(secret).includes('T0P')]).toEqual([
      { version: 1, ...held },
      false,
    ]);
  });

  test('that differ are told path by path, and only what differs is written', () => {
    const next = {
      ...held,
      theme: 'light' as const,
      rates: { ...held.rates, errors: 1 },
      connections: { ...held.connections, venueStaleAfterMs: { upbit: 60_000 } },
    };
    expect([differencesOf(held, next), Object.keys(changedKeys(held, next))]).toEqual([
      [
        { path: 'theme', from: 'dark', to: 'light' },
        { path: 'connections.venueStaleAfterMs.bithumb', from: '60000', to: '—' },
        { path: 'rates.errors', from: '3', to: '1' },
      ],
      ['theme', 'connections', 'rates'],
    ]);
  });
});
