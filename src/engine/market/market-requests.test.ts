import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { venueId } from '#shared/domain/instrument.ts';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import { defaultSettings } from '../default-settings.ts';
import { createEventLog } from '../health/event-log.ts';
import { openSettings } from '../settings.ts';
import { plainVenue } from '../test-kit/plain-venue.ts';
import type { Market } from './market.ts';
import { createMarketList } from './market-list.ts';
import { createMarketRequests } from './market-requests.ts';

let dataDir: string | undefined;
afterEach(() => {
  if (dataDir !== undefined) rmSync(dataDir, { recursive: true, force: true });
});

function start() {
  dataDir = mkdtempSync(join(tmpdir(), 'heartline-'));
  const clock = createVirtualClock();
  const log = createEventLog(clock);
  const markets = createMarketList();
  const told: string[] = [];
  for (const id of ['one', 'two']) {
    let isPaused = false;
    markets.add({
      venue: { id: venueId(id), name: id },
      get isPaused() {
        return isPaused;
      },
      pause() {
        isPaused = true;
        told.push(`${id} paused`);
      },
      resume() {
        isPaused = false;
        told.push(`${id} resumed`);
      },
      reconnectNow: () => told.push(`${id} renewed`),
      dispose: () => undefined,
    } as unknown as Market);
  }
  const settings = openSettings(dataDir, defaultSettings([plainVenue]), log);
  return { requests: createMarketRequests({ markets, settings, clock, log }), told, log };
}

describe('requests of a window', () => {
  test('venues paused by a change of the settings are paused now, not at the next start', async () => {
    const { requests, told, log } = start();
    await requests['settings.write']({ pausedVenues: [venueId('two')] });
    await requests['settings.write']({ theme: 'light' });
    await requests['settings.write']({ pausedVenues: [venueId('one')] });
    expect([told, log.entries.map(({ code }) => code)]).toEqual([
      ['two paused', 'one paused', 'two resumed'],
      ['venue.paused', 'venue.paused', 'venue.unpaused'],
    ]);
  });

  test('a venue whose compression changes gets new sockets, and no other does', async () => {
    const { requests, told, log } = start();
    const { connections } = await requests['settings.write']({});
    await requests['settings.write']({ connections: { ...connections, compression: { two: true } } });
    await requests['settings.write']({
      connections: { ...connections, heartbeatMs: 1000, compression: { two: true } },
    });
    await requests['settings.write']({ connections: { ...connections, compression: { two: false } } });
    expect([told, log.entries.map(({ code }) => code)]).toEqual([
      ['two renewed', 'two renewed'],
      ['venue.compressed', 'venue.plain'],
    ]);
  });

  test('a venue is paused and let go on by its own request, and that is remembered', async () => {
    const { requests, told } = start();
    await requests['connections.pause']({ venue: venueId('one'), paused: true });
    await requests['connections.pause']({ venue: venueId('one'), paused: true });
    await requests['connections.pause']({ venue: venueId('one'), paused: false });
    const { pausedVenues } = await requests['settings.write']({});
    expect([told, pausedVenues]).toEqual([['one paused', 'one resumed'], []]);
  });
});
