import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isBuilt } from './build-stamp.ts';
import { runCommand } from './run-command.ts';
import { buildCheck } from './static-checks.ts';

/**
 * Builds `out/` when it is not what the sources would give, and does nothing otherwise. Two at once on one
 * tree take turns. Rejects with the build's own words when it fails; an abort ends the build with all it started.
 */
export async function ensureBuilt(
  project: string,
  announce: () => void = () => undefined,
  signal?: AbortSignal,
): Promise<void> {
  if (isBuilt(project)) return;
  mkdirSync(join(project, 'out'), { recursive: true });
  const lock = join(project, 'out', '.building');
  while (!takeLock(lock)) await delay(100, undefined, signal && { signal });
  try {
    // Somebody else may have built while we waited.
    if (isBuilt(project)) return;
    announce();
    // Not in this process: a build leaves a hundred megabytes behind.
    const { args, limitMs } = buildCheck;
    const { end, exitCode, output } = await runCommand({
      args,
      cwd: project,
      limitMs,
      ...(signal && { signal }),
    });
    if (end !== 'ended' || exitCode !== 0) throw new Error(`the build failed:\n${output.trim()}`);
  } finally {
    rmSync(lock, { force: true });
  }
}

/** False while another living process holds it. */
function takeLock(file: string): boolean {
  try {
    const descriptor = openSync(file, 'wx');
    writeSync(descriptor, String(process.pid));
    closeSync(descriptor);
    return true;
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code !== 'EEXIST') throw fault;
    if (!isAlive(holderOf(file))) rmSync(file, { force: true });
    return false;
  }
}

function holderOf(file: string): number | undefined {
  try {
    return Number(readFileSync(file, 'utf8')) || undefined;
  } catch {
    return undefined; // let go of in the meantime
  }
}

function isAlive(pid: number | undefined): boolean {
  // Between its creation and its first byte the lock names nobody: its holder lives.
  if (pid === undefined) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (fault) {
    return (fault as NodeJS.ErrnoException).code === 'EPERM';
  }
}
