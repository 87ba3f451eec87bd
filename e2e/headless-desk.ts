import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from '@playwright/test';
import { killTree } from '../scripts/process-tree.ts';
import type { Desk } from './desk.ts';
import { waitForFirstCandle } from './desk.ts';
import type { FaultWatch } from './fault-watch.ts';
import { readyLine } from './ready-line.ts';

const project = join(import.meta.dirname, '..');

/** The headless host on a simulator and a data folder of its own, opened in a real browser. `settings`: text of its settings file. */
export async function openHeadlessDesk(
  browser: Browser,
  faults: FaultWatch,
  isFirstRun = false,
  settings = '{"welcome":"done"}',
): Promise<Desk> {
  const dataDir = await mkdtemp(join(tmpdir(), 'heartline-e2e-'));
  if (!isFirstRun) await writeFile(join(dataDir, 'settings.json'), settings);
  const host = spawn(
    process.execPath,
    ['out/main/headless.js', '--demo', '--json', '--port', '0', '--data-dir', dataDir],
    { cwd: project, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const context = await browser.newContext();
  const close = async () => {
    await context.close();
    if (host.pid !== undefined && host.exitCode === null) killTree(host.pid, false);
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const { url, pid, simulator } = await readyLine(host);
    if (url === undefined || simulator === undefined)
      throw new Error('the ready line names no URL or simulator');
    const page = await context.newPage();
    await faults.watch(page);
    await page.goto(url);
    await waitForFirstCandle(page);
    return { shell: 'headless', page, dataDir, simulator, pid, close };
  } catch (fault) {
    await close();
    throw fault;
  }
}
