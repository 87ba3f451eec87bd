import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '#shared/base/system-clock.ts';
import type { TickerColumns } from '#shared/contract/columns.ts';
import { instrumentId, venueId } from '#shared/domain/instrument.ts';
import { createEngine, type Engine } from '../engine.ts';
import { createFakeSockets } from '../test-kit/fake-socket.ts';
import { PLAIN_BTC, plainVenue } from '../test-kit/plain-venue.ts';
import { until, urlsOn } from './test-kit/ccxt-stage.ts';
import { okxScript } from './test-kit/okx-script.ts';
import { type ScriptedVenue, startScriptedVenue } from './test-kit/scripted-venue.ts';

const OKX = venueId('ccxt:okx');
const BTC = instrumentId('ccxt:okx:BTC-USDT');
let folder: string;
let venue: ScriptedVenue;
const open: Engine[] = [];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'heartline-added-'));
  venue = await startScriptedVenue(okxScript(systemClock.now));
});
afterEach(async () => {
  for (const engine of open.splice(0)) await engine[Symbol.asyncDispose]();
  await venue.stop();
  rmSync(folder, { recursive: true, force: true });
});

function start(): Engine {
  const engine = createEngine({
    clock: systemClock,
    dataDir: folder,
    venues: [{ venue: plainVenue, endpoints: { rest: '', ws: '' } }],
    app: { version: '0.0.0', mode: 'live', environment: 'mainnet', shell: 'headless' },
    openSocket: createFakeSockets().open,
    fetch: () => Promise.reject(new Error('no network')),
    ccxtUrls: (id) => urlsOn(id, venue),
  });
  open.push(engine);
  return engine;
}

/** The rows of a watchlist as a window would have them. */
function watchRows(engine: Engine) {
  const rows = new Map<string, number>();
  const take = () => {
    const columns: TickerColumns | undefined = source.take();
    for (const [index, id] of (columns?.instruments ?? []).entries()) {
      rows.set(id, columns?.last[index] ?? Number.NaN);
    }
  };
  const source = engine.api.watch('tickers', { instruments: [PLAIN_BTC, BTC] }, take);
  return { rows, close: () => source.dispose() };
}

test('an exchange that was added is on the desk like any other, also for a window that opens before it is back', async () => {
  const first = start();
  const watched = watchRows(first);
  await first.api.request('venues.add', { venue: OKX });
  await until(() => watched.rows.get(BTC) === 30_000);
  const described = await first.api.request('app.describe', {});
  expect(described.venues.map(({ id, name, isAdded }) => [id, name, isAdded])).toEqual([
    ['plain', plainVenue.name, false],
    ['ccxt:okx', 'OKX', true],
  ]);
  // The venue that is away does not take the others' instruments with it.
  const listed = await first.api.request('instruments.list', {});
  expect(listed.map(({ id }) => id)).toContain(BTC);
  expect(first.health().connections.find(({ venue: of }) => of === OKX)).toMatchObject({
    id: 'ccxt:okx/all',
    state: { kind: 'live' },
  });
  expect(first.metrics().budgets.some(({ venue: of }) => of === OKX)).toBe(true);
  watched.close();
  await first[Symbol.asyncDispose]();

  const second = start();
  const again = watchRows(second);
  await until(() => again.rows.get(BTC) === 30_000);
  await second.api.request('venues.remove', { venue: OKX });
  expect(second.health().connections.some(({ venue: of }) => of === OKX)).toBe(false);
  await until(() => venue.sockets.size === 0);
  again.close();
});
