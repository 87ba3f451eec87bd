import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Probes } from './electron-probes.ts';

const project = join(import.meta.dirname, '..', '..', '..');

export interface RunningShell {
  ask<Name extends keyof Probes>(
    name: Name,
    ...args: Parameters<Probes[Name]>
  ): Promise<Awaited<ReturnType<Probes[Name]>>>;
  /** The first line of JSON on standard output. */
  readonly ready: Promise<Record<string, unknown>>;
  /** Its exit code and all it said on standard error. */
  readonly ended: Promise<{ code: number | null; said: string }>;
  kill(): void;
}

/** Runs the built main bundle in plain Node, on a double of Electron. */
export function runShell(
  flags: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): RunningShell {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, 'electron-probes.ts'), join(project, 'out', 'main', 'index.js'), ...flags],
    { cwd: project, stdio: ['ignore', 'pipe', 'pipe', 'ipc'], env: { ...process.env, ...environment } },
  );
  const said: string[] = [];
  child.stderr?.setEncoding('utf8').on('data', (text: string) => said.push(text));
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, said: said.join('') }));
  const waiting = new Map<number, { resolve(answer: never): void; reject(fault: Error): void }>();
  let lastId = 0;
  child.on('message', (message) => {
    const { id, answer, fault } = message as { id: number; answer: never; fault?: string };
    const asked = waiting.get(id);
    waiting.delete(id);
    if (fault === undefined) asked?.resolve(answer);
    else asked?.reject(new Error(fault));
  });
  void ended.then(({ code }) => {
    for (const { reject } of waiting.values()) {
      reject(new Error(`the shell ended (${code}) and said:\n${said.join('')}`));
    }
  });
  return {
    ask(name, ...args) {
      lastId += 1;
      const id = lastId;
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        child.send({ id, name, args });
      });
    },
    ready: new Promise((resolve, reject) => {
      child.stdout?.setEncoding('utf8').once('data', (text: string) => resolve(JSON.parse(text)));
      void ended.then(() => reject(new Error(`the shell was never ready and said:\n${said.join('')}`)));
    }),
    ended,
    kill: () => child.kill('SIGKILL'),
  };
}
