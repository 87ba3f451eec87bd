import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readdirSync, rmSync, unlinkSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { createEngine, type Engine } from '#engine/engine.ts';
import { messageOf } from '#shared/base/errors.ts';
import { systemClock } from '#shared/base/system-clock.ts';
import type { LogEntry } from '#shared/contract/api.ts';
import { figure } from '#shared/test-kit/figure.ts';
import { type Simulator, startSimulator } from '#simulator/simulator.ts';
import { venuesAt } from '#venues/registry.ts';
import { pause } from './test-kit/linked-stage.ts';
import { type WatchedInstrument, watchInstrument } from './watched-instrument.ts';

// G17: the disk is full. A few megabytes of memory stand in for it, which only root may mount.

const MEGABYTES = 3;
const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** A disk of its own, or the reason why there can be none. */
function mountDisk(): { readonly folder: string } | { readonly reason: string } {
  if (process.platform !== 'linux') return { reason: 'only Linux mounts memory as a disk' };
  const folder = mkdtempSync(join(tmpdir(), 'heartline-disk-'));
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${MEGABYTES}m`, 'tmpfs', folder], { stdio: 'pipe' });
  } catch (fault) {
    return { reason: `no disk can be mounted here (${messageOf(fault).split('\n')[0]})` };
  }
  cleanups.push(() => execFileSync('umount', ['--lazy', folder]));
  return { folder };
}

/** Writes until not a byte more goes. */
function fill(folder: string): string {
  const file = join(folder, 'ballast');
  const handle = openSync(file, 'w');
  for (let length = 1 << 20; length >= 1; length >>= 1) {
    try {
      for (;;) writeSync(handle, Buffer.alloc(length));
    } catch (fault) {
      if ((fault as NodeJS.ErrnoException).code !== 'ENOSPC') throw fault;
    }
  }
  closeSync(handle);
  return file;
}

async function startSimulatorHere(): Promise<Simulator> {
  const simulator = await startSimulator({ seed: 9 });
  cleanups.push(() => simulator.stop());
  return simulator;
}

function startEngine(simulator: Simulator, dataDir: string) {
  const staged = venuesAt(({ id }) => (id === 'upbit' ? simulator.address.venues[id] : undefined));
  const engine = createEngine({
    clock: systemClock,
    dataDir,
    venues: staged,
    app: { version: 'test', mode: 'demo', environment: 'simulator', shell: 'headless' },
  });
  cleanups.push(() => engine[Symbol.asyncDispose]());
  const watched = staged.flatMap(({ venue }) =>
    venue.favourites.slice(0, 1).map((instrument) => watchInstrument(engine, instrument)),
  );
  cleanups.push(() => {
    for (const one of watched) one.dispose();
  });
  const told: LogEntry[] = [];
  const log = engine.api.watch('log', {}, take);
  function take(): void {
    told.push(...(log.take() ?? []));
  }
  take();
  return {
    engine,
    watched,
    async end() {
      for (const one of watched) one.dispose();
      await engine[Symbol.asyncDispose]();
    },
    codes: () => [...new Set(told.filter(({ level }) => level !== 'info').map(({ code }) => code))],
  };
}

const isShown = (watched: readonly WatchedInstrument[]) =>
  watched.every(({ book, trades, candles }) => book?.state === 'live' && trades.size > 0 && candles.size > 0);

const setTheme = (engine: Engine, theme: 'light' | 'dark') =>
  engine.api.request('settings.write', { theme }).then(
    () => 'written',
    (fault: { readonly code?: string }) => fault.code ?? messageOf(fault),
  );

test('a disk that runs full costs what could not be kept, is said, and nothing else', {
  timeout: 60_000,
}, async ({ skip }) => {
  const disk = mountDisk();
  if ('reason' in disk) return skip(disk.reason);
  const { engine, watched, codes } = startEngine(await startSimulatorHere(), disk.folder);
  await expect.poll(() => isShown(watched), { timeout: 20_000 }).toBe(true);
  const ballast = fill(disk.folder);
  const before = watched[0]?.book?.updateId;
  const refused = await setTheme(engine, 'light');
  await engine.api.request('connections.reconnect', { venue: 'upbit' as never });
  // Long enough for candles and connection states to be due on the disk.
  await pause(6000);
  const during = {
    refused,
    shown: isShown(watched),
    goesOn: watched[0]?.book?.updateId !== before,
    theme: (await engine.api.request('settings.read', {})).theme === 'light',
    said: codes().filter((code) => code.endsWith('.unwritable')),
  };
  unlinkSync(ballast);
  const after = await setTheme(engine, 'light');
  figure('G17', 'the engine goes on with a full disk for', 6000, 'ms');
  expect({ ...during, after }).toEqual({
    refused: 'settings.unwritable',
    shown: true,
    goesOn: true,
    theme: false,
    said: expect.arrayContaining(['history.unwritable', 'timeline.unwritable']),
    after: 'written',
  });
});

test('on a disk that is full from the start the desk works without a memory, and says so', {
  timeout: 60_000,
}, async ({ skip }) => {
  const disk = mountDisk();
  if ('reason' in disk) return skip(disk.reason);
  fill(disk.folder);
  const { watched, codes } = startEngine(await startSimulatorHere(), disk.folder);
  await expect.poll(() => isShown(watched), { timeout: 20_000 }).toBe(true);
  expect(codes()).toEqual(expect.arrayContaining(['history.unusable', 'timeline.unwritable']));
});

test('what was remembered before the disk ran full is left alone, and is there again afterwards', {
  timeout: 60_000,
}, async ({ skip }) => {
  const disk = mountDisk();
  if ('reason' in disk) return skip(disk.reason);
  const simulator = await startSimulatorHere();
  const first = startEngine(simulator, disk.folder);
  await expect.poll(() => isShown(first.watched), { timeout: 20_000 }).toBe(true);
  await pause(2000);
  await first.end();
  const remembered = databases(disk.folder);
  const ballast = fill(disk.folder);
  const second = startEngine(simulator, disk.folder);
  await expect.poll(() => isShown(second.watched), { timeout: 20_000 }).toBe(true);
  await second.end();
  unlinkSync(ballast);
  const left = databases(disk.folder);
  const third = startEngine(simulator, disk.folder);
  await expect.poll(() => isShown(third.watched), { timeout: 20_000 }).toBe(true);
  expect({ remembered, left, said: third.codes() }).toEqual({
    remembered: ['connections.db', 'history.db'],
    left: ['connections.db', 'history.db'],
    said: [],
  });
});

/** Those in use, and those that were set aside as damaged. */
function databases(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => /\.db(?:\.broken.*)?$/u.test(name))
    .toSorted();
}
