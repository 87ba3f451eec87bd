import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '#shared/base/system-clock.ts';
import { figure } from '#shared/test-kit/figure.ts';
import { chanceOf, replayOf } from '#shared/test-kit/seeds.ts';
import { IS_SOAK, runs } from '#shared/test-kit/soak.ts';
import { createEventLog } from '../health/event-log.ts';
import { createJournal } from './journal.ts';

// G17, G22: whatever the moment, a line that `append` has returned is there afterwards.
const KILLS = runs(12, 500);
const KILLS_A_JOURNAL = 25;
const SEED = Number(process.env['HEARTLINE_SEED'] ?? 17) || 17;
const WRITER = fileURLToPath(new URL('./test-kit/journal-writer.ts', import.meta.url));

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'heartline-journal-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Lines the child had been told were written: number, order, kind. */
function writeUntilKilled(dataDir: string, afterMs: number): Promise<readonly (readonly string[])[]> {
  const child = spawn(process.execPath, [WRITER, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (more: string) => {
    text += more;
  });
  return new Promise((resolve) => {
    child.stdout.once('data', () => setTimeout(() => child.kill('SIGKILL'), afterMs));
    child.once('close', () => {
      const whole = text.slice(0, text.lastIndexOf('\n'));
      resolve(whole.split('\n').map((line) => line.split(' ')));
    });
  });
}

test('killed at any moment, nothing written is lost, the chain is whole, and what was on its way is unknown', {
  timeout: IS_SOAK ? 3_600_000 : 120_000,
}, async () => {
  const chance = chanceOf(SEED);
  let [lost, broken, misjudged, worstStartMs] = [0, 0, 0, 0];
  let dataDir = folder;
  for (let kill = 0; kill < KILLS; kill += 1) {
    // One journal through many of them: each start goes on from what the one before left.
    if (kill % KILLS_A_JOURNAL === 0) dataDir = mkdtempSync(join(folder, 'run-'));
    const told = await writeUntilKilled(dataDir, chance() * 80);
    const startedAt = performance.now();
    const log = createEventLog(systemClock);
    const journal = createJournal({ clock: systemClock, dataDir, log });
    worstStartMs = Math.max(worstStartMs, performance.now() - startedAt);
    const lastLine = new Map<string, string>();
    for (const [seq = '', order = '', kind = ''] of told) {
      const line = journal.linesOf(order).find((one) => one.seq === Number(seq));
      if (line?.event.kind !== kind) lost += 1;
      lastLine.set(order, kind);
    }
    for (const [order] of lastLine) {
      const kinds = journal.linesOf(order).map(({ event }) => event.kind);
      const state = journal.orders.get(order)?.state;
      const isAnswered = kinds.includes('answer');
      if (!isAnswered && state !== 'unknown') misjudged += 1;
      if (isAnswered && kinds.length >= 6 && state !== undefined && state !== 'filled') misjudged += 1;
    }
    const written = journal.exported();
    // Both of two lines that were written together, or neither.
    if (written.split('"kind":"guarded"').length !== written.split('"kind":"sending"').length) broken += 1;
    if (journal.verify().brokenAt !== undefined || log.entries.length > 0) broken += 1;
    journal.dispose();
  }
  figure('G17', `journal lines lost in ${KILLS} kill -9`, lost, 'lines');
  figure('G17', `journal ready after kill -9, worst of ${KILLS}`, worstStartMs, 'ms');
  expect({ lost, broken, misjudged }, replayOf(SEED, 'src/engine/trading/journal-killed.test.ts')).toEqual({
    lost: 0,
    broken: 0,
    misjudged: 0,
  });
});
