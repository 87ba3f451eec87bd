import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * Calls `asked` whenever the person asks for a new link, and gives the words for how: Enter at a terminal (or a line
 * from a pipe), a signal where nobody can press it.
 */
export function onLinkAsked(asked: () => void): string {
  const { stdin, platform, pid } = process;
  const isPosix = platform !== 'win32';
  if (isPosix) process.on('SIGUSR2', asked);
  stdin.on('data', asked);
  // Nothing to press Enter at, or no more: the host runs on.
  stdin.on('error', () => undefined);
  if (stdin.isTTY) {
    // A program in the background that reads from the terminal is stopped by the system, and its market with it.
    const listenIfOurs = () => (isInForeground() ? stdin.resume() : stdin.pause());
    listenIfOurs();
    if (isPosix) process.on('SIGCONT', listenIfOurs);
    if (!stdin.isPaused()) return 'Enter: a new link.';
  }
  return isPosix ? `A new link: kill -USR2 ${pid}.` : 'A new link: start it again.';
}

function isInForeground(): boolean {
  switch (process.platform) {
    case 'win32':
      return true;
    case 'linux':
      return isForegroundStat(readFileSync('/proc/self/stat', 'utf8'));
    default:
      return (
        spawnSync('ps', ['-o', 'stat=', '-p', String(process.pid)], { encoding: 'utf8' }).stdout ?? '+'
      ).includes('+');
  }
}

/** Whether a line of `/proc/<pid>/stat` is of the process group that owns its terminal now. */
export function isForegroundStat(stat: string): boolean {
  // The program's name stands in brackets and may hold spaces. After it: state, parent, group, session, terminal, owner.
  const [, , group, , , owner] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return group === owner;
}
