import { spawn } from 'node:child_process';
import { killTree } from './process-tree.ts';

export interface Command {
  /** Program arguments after the Node executable: every tool here is a Node program. */
  readonly args: readonly string[];
  readonly cwd: string;
  /** Hard limit; past it the whole process tree is ended. */
  readonly limitMs: number;
  readonly env?: Readonly<Record<string, string>>;
  /** True: what the program prints goes straight to our own output. */
  readonly echo?: boolean;
  /** Ends the program early, and its tree with it. */
  readonly signal?: AbortSignal;
}

export interface CommandResult {
  /** `ended`: it came to an end by itself, with `exitCode` (`null` when a signal ended it). */
  readonly end: 'ended' | 'timed-out' | 'aborted' | 'not-started';
  readonly exitCode: number | null;
  /** Standard output and standard error as they came, interleaved. */
  readonly output: string;
  readonly durationMs: number;
}

/** Runs a Node program to its end, its limit or an abort; never throws, never leaves a process behind. */
export function runCommand(command: Command): Promise<CommandResult> {
  const began = performance.now();
  const grouped = process.platform !== 'win32';
  return new Promise((resolve) => {
    const child = spawn(process.execPath, command.args, {
      cwd: command.cwd,
      env: { ...process.env, ...command.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: grouped,
    });
    const chunks: string[] = [];
    let end: CommandResult['end'] = 'ended';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8');
      stream.on('data', (text: string) => {
        chunks.push(text);
        if (command.echo) process.stdout.write(text);
      });
    }
    const stop = (why: CommandResult['end']) => {
      end = why;
      if (child.pid !== undefined) killTree(child.pid, grouped);
    };
    const limit = setTimeout(() => stop('timed-out'), command.limitMs);
    const abort = () => stop('aborted');
    command.signal?.addEventListener('abort', abort, { once: true });
    if (command.signal?.aborted) abort();

    const finish = (exitCode: number | null) => {
      clearTimeout(limit);
      command.signal?.removeEventListener('abort', abort);
      // A program it started and forgot would hold our pipes open, and a port.
      if (child.pid !== undefined && grouped) killTree(child.pid, true);
      child.stdout.destroy();
      child.stderr.destroy();
      resolve({ end, exitCode, output: chunks.join(''), durationMs: performance.now() - began });
    };
    child.on('error', (fault) => {
      end = 'not-started';
      chunks.push(fault.message);
      finish(null);
    });
    // `close` waits for the pipes too; a forgotten grandchild must not turn that into forever.
    child.on('exit', (exitCode) => {
      const late = setTimeout(() => finish(exitCode), 2000);
      child.on('close', () => {
        clearTimeout(late);
        finish(exitCode);
      });
    });
  });
}
