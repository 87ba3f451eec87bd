import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEngine, type Engine } from '#engine/engine.ts';
import { systemClock } from '#shared/base/system-clock.ts';
import { figure } from '#shared/test-kit/figure.ts';
import { type SimulatorProcess, startSimulatorProcess } from '#simulator/test-kit/simulator-process.ts';
import { venuesAt } from '#venues/registry.ts';
import { pause } from './test-kit/linked-stage.ts';
import { watchInstrument } from './watched-instrument.ts';

// G1 and G5 against a venue whose process the system really stopped: its kernel still takes what we send, and nobody
// behind it answers, not even a ping or a handshake.

const NO_SIGNAL = 'Windows cannot stop a process';
const NOTICED_WITHIN_MS = 10_000;
/** One second over the limit of a handshake, for the machine. */
const CONNECTING_AT_MOST_MS = 6500;

let folder: string;
let venue: SimulatorProcess;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'heartline-stopped-'));
  venue = await startSimulatorProcess(21);
});
afterAll(async () => {
  await venue[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

function startEngine() {
  const staged = venuesAt(({ id }) => venue.address.venues[id]);
  const engine = createEngine({
    clock: systemClock,
    dataDir: join(folder, 'engine'),
    venues: staged,
    app: { version: 'test', mode: 'demo', environment: 'simulator', shell: 'headless' },
  });
  const watched = staged.flatMap(({ venue: { favourites } }) =>
    favourites.slice(0, 1).map((instrument) => watchInstrument(engine, instrument)),
  );
  return { engine, watched };
}

const states = (engine: Engine) =>
  engine.health().connections.map(({ id, state }) => [id, state.kind] as const);
const allLive = (engine: Engine) => states(engine).every(([, state]) => state === 'live');

describe('a venue whose process is stopped', { timeout: 60_000 }, () => {
  test('is noticed on every connection, knocked at with a limit, left at once, and found again', async ({
    skip,
  }) => {
    if (process.platform === 'win32') return skip(NO_SIGNAL);
    const { engine, watched } = startEngine();
    await expect
      .poll(() => allLive(engine) && watched.every(({ book }) => book?.state === 'live'), {
        timeout: 30_000,
      })
      .toBe(true);

    // What is asked for over REST instead, later, is a row of its own and never called live.
    const sockets = states(engine).map(([id]) => id);
    venue.stop();
    const stoppedAt = performance.now();
    const noticedAt = new Map<string, number>();
    let longestConnectingMs = 0;
    const connectingSince = new Map<string, { epoch: number; at: number }>();
    while (performance.now() - stoppedAt < NOTICED_WITHIN_MS + 1000) {
      for (const { id, state, epoch } of engine.health().connections) {
        const now = performance.now();
        if (sockets.includes(id) && state.kind !== 'live')
          noticedAt.set(id, noticedAt.get(id) ?? now - stoppedAt);
        const since = connectingSince.get(id);
        if (state.kind !== 'connecting') connectingSince.delete(id);
        else if (since?.epoch !== epoch) connectingSince.set(id, { epoch, at: now });
        else longestConnectingMs = Math.max(longestConnectingMs, now - since.at);
      }
      await pause(20);
    }
    const notLive = states(engine).filter(([, state]) => state === 'live');
    venue.resume();
    const resumedAt = performance.now();
    await expect
      .poll(() => allLive(engine) && watched.every(({ book }) => book?.state === 'live'), {
        timeout: 35_000,
      })
      .toBe(true);
    const backMs = performance.now() - resumedAt;

    venue.stop();
    const quitAt = performance.now();
    for (const one of watched) one.dispose();
    await engine[Symbol.asyncDispose]();
    const quitMs = performance.now() - quitAt;
    venue.resume();

    const slowest = Math.max(...noticedAt.values());
    figure('G1', `stopped process noticed after, slowest of ${noticedAt.size} connections`, slowest, 'ms');
    figure('G1', 'stopped process: live again after it went on', backMs, 'ms');
    figure('G5', 'longest frozen handshake', longestConnectingMs, 'ms');
    figure('G5', 'engine closed with every peer frozen, in', quitMs, 'ms');
    expect({
      connections: noticedAt.size,
      noticedInTime: slowest <= NOTICED_WITHIN_MS,
      stillCalledLive: notLive,
      knockedWithALimit: longestConnectingMs > 0 && longestConnectingMs <= CONNECTING_AT_MOST_MS,
      quitInTime: quitMs <= 2000,
    }).toEqual({
      connections: 5,
      noticedInTime: true,
      stillCalledLive: [],
      knockedWithALimit: true,
      quitInTime: true,
    });
  });

  test('keeps no program alive: it ends by itself within two seconds, no handle left', async ({ skip }) => {
    if (process.platform === 'win32') return skip(NO_SIGNAL);
    const program = join(import.meta.dirname, 'test-kit', 'engine-process.ts');
    const child = spawn(process.execPath, [
      program,
      join(folder, 'program'),
      JSON.stringify(venue.address),
      'idle',
    ]);
    let out = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
    try {
      await expect.poll(() => out, { timeout: 30_000 }).toMatch(/^ready \d+$/m);
      venue.stop();
      // Long enough for some of its sockets to be in a handshake that nobody answers.
      await pause(7500);
      const askedAt = performance.now();
      child.kill('SIGTERM');
      const [code] = await once(child, 'exit');
      const tookMs = performance.now() - askedAt;
      figure('G5', 'program ended by itself with every peer frozen, in', tookMs, 'ms');
      expect([code, tookMs <= 2000]).toEqual([0, true]);
    } finally {
      child.kill('SIGKILL');
      venue.resume();
    }
  });
});
