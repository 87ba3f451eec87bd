// Imported for what it does: a program that npm started ends when npm ends. Ctrl+C reaches everything in a
// terminal, but a signal meant for npm alone ends npm, or the shell it puts in between, and would leave the
// program running unseen.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

const LOOK_EVERY_MS = 200;

// Windows has no such signals: there npm and all it started share one console.
if (isMainThread && process.env.npm_lifecycle_event !== undefined && process.platform !== 'win32') {
  endWithNpm();
}

function endWithNpm(): void {
  const parent = process.ppid;
  const npm = npmAbove(parent);
  const look = setInterval(() => {
    if (process.ppid === parent && (npm === undefined || isAlive(npm))) return;
    clearInterval(look);
    process.kill(process.pid, 'SIGTERM');
  }, LOOK_EVERY_MS);
  look.unref();
}

/** npm's own process where a shell stands between it and us. Who stands above npm may end: we go on. */
function npmAbove(parent: number): number | undefined {
  const shell = lookUp(parent);
  if (shell === undefined || isNpm(shell.command)) return undefined;
  return isNpm(lookUp(shell.parent)?.command ?? '') ? shell.parent : undefined;
}

function isNpm(command: string): boolean {
  return /^npm\b/.test(command);
}

function lookUp(pid: number): { parent: number; command: string } | undefined {
  if (process.platform !== 'linux') {
    const { stdout } = spawnSync('ps', ['-o', 'ppid=,command=', '-p', String(pid)], { encoding: 'utf8' });
    const [, parent, command] = /^\s*(\d+)\s+(.*)/.exec(stdout ?? '') ?? [];
    return command === undefined ? undefined : { parent: Number(parent), command };
  }
  try {
    // The program's name stands in brackets and may hold spaces: the parent is the 2nd field after it.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    return { parent, command: readFileSync(`/proc/${pid}/cmdline`, 'utf8') };
  } catch {
    return undefined; // ended while we were reading
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (fault) {
    return (fault as NodeJS.ErrnoException).code === 'EPERM';
  }
}
