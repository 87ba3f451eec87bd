import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '#shared/base/system-clock.ts';
import { instrumentId, venueId } from '#shared/domain/instrument.ts';
import { defaultSettings } from '../default-settings.ts';
import { createEventLog } from '../health/event-log.ts';
import { createMarketList } from '../market/market-list.ts';
import { openSettings } from '../settings.ts';
import { until, urlsOn } from './test-kit/ccxt-stage.ts';
import { okxScript } from './test-kit/okx-script.ts';
import { type ScriptedVenue, startScriptedVenue } from './test-kit/scripted-venue.ts';
import { createVenueRoom } from './venue-room.ts';

const OKX = venueId('ccxt:okx');
const defaults = defaultSettings([{ favourites: [instrumentId('binance:BTC-USDT-PERP')] }]);
let folder: string;
let venue: ScriptedVenue;
const opened: (() => void)[] = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'heartline-venues-'));
  venue = await startScriptedVenue(okxScript(systemClock.now));
});
afterEach(async () => {
  for (const close of opened.splice(0)) close();
  await venue.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** A start of the engine on the same folder. */
function open() {
  const log = createEventLog(systemClock);
  const settings = openSettings(folder, defaults, log);
  const markets = createMarketList();
  const room = createVenueRoom({
    clock: systemClock,
    markets,
    settings,
    log,
    urlsOf: (id) => urlsOn(id, venue),
  });
  const close = () => {
    room.dispose();
    markets.dispose();
  };
  opened.push(close);
  const ids = () => markets.all.map((market) => market.venue.id);
  return { requests: room.requests, markets, settings, log, ids, close };
}

describe('exchanges added by name', () => {
  test('are offered in order, without what Heartline reaches natively', async () => {
    const ids = await open().requests['venues.offered']({});
    expect(ids).toEqual([...ids].sort());
    expect([
      ids.includes('okx'),
      ids.includes('kraken'),
      ids.includes('upbit'),
      ids.includes('binance'),
    ]).toEqual([true, true, false, true]);
  });

  test('come to stay: after a restart they are back by themselves, paused where they were', async () => {
    const first = open();
    await first.requests['venues.add']({ venue: OKX });
    await first.requests['venues.add']({ venue: OKX });
    const added = first.ids();
    first.settings.write({ pausedVenues: [OKX] });
    first.close();
    const second = open();
    await until(() => second.ids().length > 0);
    expect([added, second.ids(), second.markets.of(OKX).isPaused]).toEqual([[OKX], [OKX], true]);
  });

  test('come back also while the exchange is away, and say so themselves', async () => {
    const first = open();
    await first.requests['venues.add']({ venue: OKX });
    first.close();
    venue.refuse('instruments', { status: 503, body: 'closed' });
    const second = open();
    await until(() => second.ids().length > 0);
    const market = second.markets.of(OKX);
    market.hold({ kind: 'ticker', instrument: instrumentId('ccxt:okx:BTC-USDT') });
    await until(() => market.health()[0]?.state.kind === 'waiting');
    expect(market.health()[0]?.state).toMatchObject({ kind: 'waiting', cause: { code: 'maintenance' } });
  });

  test.each(['ccxt:nosuch', 'ccxt:bybit', 'ccxt:constructor', 'okx'])(
    '%s is refused with words',
    async (name) => {
      const { requests, settings, ids } = open();
      await expect(requests['venues.add']({ venue: venueId(name) })).rejects.toMatchObject({
        code: 'venue.not-offered',
        message: `${name} is not among the exchanges that can be added`,
      });
      expect([ids(), settings.read().addedVenues]).toEqual([[], []]);
    },
  );

  test('that cannot be loaded say why, leave nothing behind, and can be tried again', async () => {
    const { requests, settings, ids } = open();
    venue.refuse('instruments', { status: 451, body: 'Unavailable For Legal Reasons' });
    await expect(requests['venues.add']({ venue: OKX })).rejects.toMatchObject({
      code: 'venue.load-failed',
      details: { venue: OKX, reason: expect.stringContaining('451') },
    });
    const after = [ids(), settings.read().addedVenues];
    venue.refuse('instruments', undefined);
    await requests['venues.add']({ venue: OKX });
    expect([after, ids(), settings.read().addedVenues]).toEqual([[[], []], [OKX], [OKX]]);
  });

  test('are removed with everything of theirs, for good', async () => {
    const { requests, markets, settings, ids } = open();
    await requests['venues.add']({ venue: OKX });
    const letGo = markets.of(OKX).hold({ kind: 'ticker', instrument: instrumentId('ccxt:okx:BTC-USDT') });
    await until(() => venue.sockets.size === 1);
    await requests['venues.remove']({ venue: OKX });
    letGo();
    await until(() => venue.sockets.size === 0);
    expect([ids(), settings.read().addedVenues]).toEqual([[], []]);
    await expect(requests['venues.remove']({ venue: OKX })).rejects.toMatchObject({ code: 'venue.unknown' });
  });

  test('removed while they are being restored do not come back', async () => {
    const first = open();
    await first.requests['venues.add']({ venue: OKX });
    first.close();
    const second = open();
    await second.requests['venues.remove']({ venue: OKX });
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect([second.ids(), second.settings.read().addedVenues]).toEqual([[], []]);
  });
});
