import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron } from '@playwright/test';
import { findElectron } from '../scripts/electron-runtime.ts';
import { killTree } from '../scripts/process-tree.ts';
import type { Desk } from './desk.ts';
import { waitForFirstCandle } from './desk.ts';
import type { FaultWatch } from './fault-watch.ts';
import { readyLine } from './ready-line.ts';

const project = join(import.meta.dirname, '..');

/** The desktop app, as built in `out/`, on a simulator and a data folder of its own. */
export async function openElectronDesk(faults: FaultWatch, isFirstRun = false): Promise<Desk> {
  const runtime = findElectron(project);
  if (runtime.kind === 'absent') throw new Error(`The desktop app cannot run here: ${runtime.reason}.`);
  const dataDir = await mkdtemp(join(tmpdir(), 'heartline-e2e-'));
  if (!isFirstRun) await writeFile(join(dataDir, 'settings.json'), '{"welcome":"done"}');
  // Set in the terminals of editors that are Electron themselves, it would make plain Node of the app.
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env;
  const app = await _electron.launch({
    env: env as Record<string, string>,
    executablePath: runtime.executable,
    args: ['.', '--demo', '--json', `--data-dir=${dataDir}`, ...sandboxFlags()],
    cwd: project,
  });
  const close = async () => {
    const { pid } = app.process();
    // A quit that hangs is a fault of its own, with a test of its own; here it must not hang the suite.
    await Promise.race([app.close(), new Promise((resolve) => setTimeout(resolve, 5000))]);
    if (pid !== undefined) killTree(pid, false);
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const [{ pid, simulator }, page] = await Promise.all([readyLine(app.process()), app.firstWindow()]);
    if (simulator === undefined) throw new Error('the ready line names no simulator');
    await faults.watch(page);
    await waitForFirstCandle(page);
    return { shell: 'desktop', page, dataDir, simulator, pid, close };
  } catch (fault) {
    await close();
    throw fault;
  }
}

// The sandbox cannot start as root. The app itself never asks for this.
function sandboxFlags(): readonly string[] {
  return process.getuid?.() === 0 ? ['--no-sandbox'] : [];
}
