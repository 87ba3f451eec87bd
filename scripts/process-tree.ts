import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/**
 * Ends a process and everything below it, at once. `leader`: the process leads its own group
 * (spawned `detached`), so that members whose parent already ended are reached too.
 */
export function killTree(pid: number, leader: boolean): void {
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore' });
    return;
  }
  // Collected before the first kill: a browser leads a group of its own and loses its parent here.
  for (const descendant of descendantsOf(pid)) end(descendant);
  if (leader) end(-pid);
  end(pid);
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (fault) {
    // ESRCH: it ended by itself in the meantime, which is what was wanted.
    if ((fault as NodeJS.ErrnoException).code !== 'ESRCH') throw fault;
  }
}

function descendantsOf(root: number): readonly number[] {
  const children = new Map<number, number[]>();
  for (const [pid, parent] of process.platform === 'linux' ? fromProc() : fromPs()) {
    children.set(parent, [...(children.get(parent) ?? []), pid]);
  }
  const found: number[] = [];
  const open = [root];
  for (let pid = open.pop(); pid !== undefined; pid = open.pop()) {
    const below = children.get(pid) ?? [];
    found.push(...below);
    open.push(...below);
  }
  return found;
}

type PidAndParent = readonly [pid: number, parent: number];

// A bare Debian has no `ps`, so Linux is read from /proc.
function fromProc(): readonly PidAndParent[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        // The program's name stands in brackets and may hold spaces: the parent is the 2nd field after it.
        const parent = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1];
        return [[Number(name), Number(parent)] as const];
      } catch {
        return []; // ended while we were reading
      }
    });
}

function fromPs(): readonly PidAndParent[] {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
  return stdout
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .map(([pid, parent]) => [Number(pid), Number(parent)] as const);
}
