import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readLines, type TerminalLines } from './terminal-lines.ts';

/** The terminal (or pipe) this host was started at. */
export interface Terminal {
  readonly lines: TerminalLines;
  /** Whether somebody may type now: not while another program has the terminal, not once it is closed. */
  canAnswer(): boolean;
  /**
   * Calls `asked` whenever the person asks for a new link, and gives the words for how: Enter at a terminal (or an empty
   * line from a pipe), a signal where nobody can press it.
   */
  onLinkAsked(asked: () => void): string;
  /** Calls `asked` when `kill` is typed, and gives the words for it; none where nobody can type. */
  onKillAsked(asked: () => void): string;
}

export function openTerminal(): Terminal {
  const { stdin, platform, pid } = process;
  const isPosix = platform !== 'win32';
  const lines = readLines(stdin);
  // One that is closed must not end the host.
  process.stderr.on('error', () => undefined);
  if (stdin.isTTY) {
    // A program in the background that reads from the terminal is stopped by the system, and its market with it.
    const listenIfOurs = () => (isInForeground() ? stdin.resume() : stdin.pause());
    listenIfOurs();
    if (isPosix) process.on('SIGCONT', listenIfOurs);
  }
  const canAnswer = () => !lines.isEnded && !stdin.isPaused();
  return {
    lines,
    canAnswer,
    onLinkAsked(asked) {
      if (isPosix) process.on('SIGUSR2', asked);
      lines.onLine((line) => {
        if (line === '') asked();
        return line === '';
      });
      if (stdin.isTTY && canAnswer()) return 'Enter: a new link.';
      return isPosix ? `A new link: kill -USR2 ${pid}.` : 'A new link: start it again.';
    },
    onKillAsked(asked) {
      lines.onLine((line) => {
        const isMeant = line.toLowerCase() === 'kill';
        if (isMeant) asked();
        return isMeant;
      });
      return stdin.isTTY && canAnswer() ? ' kill and Enter: halt, and cancel every order.' : '';
    },
  };
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
