import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '#shared/base/system-clock.ts';
import { type RequestInput, requestInputs } from '#shared/contract/api.ts';
import type { AlertHappening, AlertRow } from '#shared/domain/alert.ts';
import { type Simulator, startSimulator } from '#simulator/simulator.ts';
import { venuesAt } from '#venues/registry.ts';
import { createEngine, type Engine } from '../engine.ts';

// The whole way: a venue's own protocol on real sockets, a whole engine, and nobody who watches but the alerts.

const PATIENCE_MS = 60_000;
let simulator: Simulator;
let dataDir: string;
let engine: Engine;

function openEngine(): Engine {
  return createEngine({
    clock: systemClock,
    dataDir,
    venues: venuesAt((venue) => simulator.address.venues[venue.id]),
    app: { version: 'test', mode: 'demo', environment: 'simulator', shell: 'headless' },
  });
}
beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'heartline-alerts-'));
  simulator = await startSimulator({ seed: 11 });
  engine = openEngine();
});
afterEach(async () => {
  await engine[Symbol.asyncDispose]();
  await simulator.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

/** `mute`: sockets say nothing. `rest`: nor does the venue answer when it is asked instead. */
async function fault(method: 'POST' | 'DELETE', kind?: 'mute' | 'rest'): Promise<void> {
  const answer = await fetch(`${simulator.address.control}/_sim/faults`, {
    method,
    ...(kind && { body: JSON.stringify({ kind }) }),
  });
  expect(answer.ok).toBe(true);
}

function add(rule: RequestInput<'alerts.add'>['rule']): Promise<{ readonly id: string }> {
  const order = { note: '', ways: ['toast'], repeatAfterMs: null, expiresAt: null, isPaused: false };
  return engine.api.request('alerts.add', requestInputs['alerts.add'].parse({ rule, ...order }));
}

/** Read anew each time: a window that comes now. */
function now(): { readonly rows: readonly AlertRow[]; readonly happenings: readonly AlertHappening[] } {
  const source = engine.api.watch('alerts', {}, () => undefined);
  const { rows = [], happenings = [] } = source.take() ?? {};
  source.dispose();
  return { rows, happenings };
}

async function until(isSo: () => boolean, what: string): Promise<void> {
  const endsAt = systemClock.monotonic() + PATIENCE_MS;
  while (!isSo()) {
    if (systemClock.monotonic() > endsAt) throw new Error(`never came: ${what} ${JSON.stringify(now())}`);
    await new Promise<void>((resolve) => void systemClock.after(50, resolve));
  }
}

test('alerts of every public kind are judged on the simulated venues, without a window', {
  timeout: 120_000,
}, async () => {
  const perp = 'binance:BTC-USDT-PERP';
  await add({ kind: 'price', instrument: perp, of: 'last', when: 'above', level: '1' });
  await add({ kind: 'price', instrument: 'bybit:BTC-USDT', of: 'last', when: 'above', level: '1' });
  await add({ kind: 'price', instrument: 'bithumb:BTC-KRW', of: 'last', when: 'above', level: '1' });
  await add({ kind: 'price', instrument: perp, of: 'mark', when: 'above', level: '1' });
  await add({ kind: 'spread', instrument: 'upbit:BTC-KRW', unit: 'bps', when: 'above', level: '0.01' });
  await add({ kind: 'spread', instrument: perp, unit: 'ticks', when: 'above', level: '1' });
  await add({ kind: 'funding', instrument: perp, when: 'above', level: '-50' });
  await add({
    kind: 'premium',
    krw: 'upbit:BTC-KRW',
    usdt: perp,
    basis: 'tether',
    when: 'above',
    level: '-50',
  });
  await until(() => now().rows.every(({ standing }) => standing.phase === 'done'), 'all of them');
  expect(now().happenings.length).toBe(8);
});

test('data that stops is said, triggers nothing, and is over when data is back; a restart forgets nothing', {
  timeout: 180_000,
}, async () => {
  const { id } = await add({
    kind: 'price',
    instrument: 'binance:BTC-USDT-PERP',
    of: 'last',
    when: 'above',
    level: '900000000',
  });
  const row = () => now().rows.find(({ alert }) => alert.id === id);
  await until(() => row()?.standing.blind === undefined, 'the first price');
  await fault('POST', 'mute');
  await fault('POST', 'rest');
  await until(() => now().happenings.some(({ kind }) => kind === 'blind'), 'the word that it is blind');
  const blind = row()?.standing.blind;
  await engine[Symbol.asyncDispose]();
  engine = openEngine();
  const after = row()?.standing.blind;
  await fault('DELETE');
  await until(() => row()?.standing.blind === undefined, 'sight again');
  const [happening] = now().happenings;
  expect([blind?.reason, after?.since, happening?.kind === 'blind' && happening.until !== undefined]).toEqual(
    ['stale', blind?.since, true],
  );
});
