import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { ReadyLine } from './desk.ts';

/**
 * Waits for the one line of JSON that a shell started with `--json` prints. Rejects with what the
 * program said instead when it ends first, or after `limitMs`.
 */
export function readyLine(child: ChildProcess, limitMs = 30_000): Promise<ReadyLine> {
  const { stdout, stderr } = child;
  if (stdout === null || stderr === null) throw new Error('the shell was started without pipes');
  const said: string[] = [];
  stderr.setEncoding('utf8').on('data', (text: string) => said.push(text));
  return new Promise((resolve, reject) => {
    const fail = (why: string) => {
      clearTimeout(limit);
      reject(new Error(`the shell ${why}; it said:\n${said.join('')}`));
    };
    const limit = setTimeout(() => fail(`was not ready after ${limitMs / 1000} s`), limitMs);
    createInterface({ input: stdout }).on('line', (line) => {
      said.push(`${line}\n`);
      if (!line.startsWith('{')) return;
      clearTimeout(limit);
      resolve(JSON.parse(line) as ReadyLine);
    });
    child.once('error', (fault) => fail(`could not be started (${fault.message})`));
    child.once('exit', (code, signal) => fail(`ended early (${code ?? signal})`));
  });
}
