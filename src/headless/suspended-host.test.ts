import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { systemClock } from '#shared/base/system-clock.ts';
import type { HealthView } from '#shared/contract/api.ts';
import { createClient } from '#shared/contract/client.ts';
import { connectWebSocket } from '#shared/contract/web-socket-channel.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import { figure } from '#shared/test-kit/figure.ts';
import { startSimulatorProcess } from '#simulator/test-kit/simulator-process.ts';
import { ensureBuilt } from '../../scripts/ensure-built.ts';

// G12: the whole program stands still as on a machine that slept, and nobody tells it (no powerMonitor here). Its
// sockets look sound when it goes on. They must not be believed.

const project = join(import.meta.dirname, '..', '..');
const SLEPT_MS = 6000;
let folder: string;
beforeAll(async () => {
  await ensureBuilt(project);
  folder = mkdtempSync(join(tmpdir(), 'heartline-suspended-'));
}, 180_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a host that stood still notices within a second, replaces every socket and is live again', {
  timeout: 60_000,
}, async ({ skip }) => {
  if (process.platform === 'win32') return skip('Windows cannot stop a process');
  const host = spawn(process.execPath, [
    join(import.meta.dirname, 'main.ts'),
    '--json',
    '--data-dir',
    join(folder, 'data'),
  ]);
  try {
    const { client, view } = await openWindow(await firstLine(host.stdout));
    const isLive = () =>
      view.latest !== undefined &&
      view.latest.connections.length >= 4 &&
      view.latest.connections.every(({ state }) => state.kind === 'live');
    await expect.poll(isLive, { timeout: 30_000 }).toBe(true);
    const before = epochs(view.latest);

    host.kill('SIGSTOP');
    await new Promise((resolve) => setTimeout(resolve, SLEPT_MS));
    const wakesAt = performance.now();
    const seen: { afterMs: number; health: HealthView }[] = [];
    view.listener = (health) => seen.push({ afterMs: performance.now() - wakesAt, health });
    host.kill('SIGCONT');
    const isBack = () => isLive() && replaced(before, view.latest);
    await expect.poll(isBack, { timeout: 20_000, interval: 20 }).toBe(true);
    const liveMs = performance.now() - wakesAt;
    const noticed = seen.find(({ health }) => health.connections.some(({ state }) => state.kind !== 'live'));

    figure('G12', 'noticed after waking', noticed?.afterMs ?? Number.NaN, 'ms');
    figure('G12', 'every socket replaced and live after waking', liveMs, 'ms');
    // What a window is told first after waking is not green: the tick that is late comes before any health view.
    expect({
      firstViewAfterWaking: seen[0]?.health.connections.map(({ state }) => state.kind).includes('live'),
      noticedInTime: (noticed?.afterMs ?? Number.POSITIVE_INFINITY) <= 1500,
      liveInTime: liveMs <= 5500,
    }).toEqual({ firstViewAfterWaking: false, noticedInTime: true, liveInTime: true });
    client.close();
  } finally {
    host.kill('SIGKILL');
  }
});

function epochs(health: HealthView | undefined): ReadonlyMap<string, number> {
  return new Map(health?.connections.map(({ id, epoch }) => [id, epoch]));
}

function replaced(before: ReadonlyMap<string, number>, health: HealthView | undefined): boolean {
  const now = epochs(health);
  return [...before].every(([id, epoch]) => (now.get(id) ?? 0) > epoch);
}
