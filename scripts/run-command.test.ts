import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { runCommand } from './run-command.ts';

const cwd = import.meta.dirname;

test('a program that ends by itself gives its code and everything it printed', async () => {
  const { durationMs, ...result } = await runCommand({
    args: ['-e', 'console.log("out"); process.exitCode = 3'],
    cwd,
    limitMs: 20_000,
  });
  expect(result).toEqual({ end: 'ended', exitCode: 3, output: 'out\n' });
  expect(durationMs).toBeGreaterThan(0);
});

test('past its limit a program is ended together with what it started', async () => {
  const result = await runCommand({
    // The grandchild leads a process group of its own, as a browser does.
    args: ['-e', grandchild('console.log(grandchild.pid); setInterval(() => {}, 1000)')],
    cwd,
    limitMs: 5000,
  });
  expect(result.end).toBe('timed-out');
  await expectGone(Number(result.output));
});

test('a grandchild that outlives its program neither hangs the run nor stays behind', async () => {
  const result = await runCommand({
    args: ['-e', grandchild('console.log(grandchild.pid); process.exit(0)', { detached: false })],
    cwd,
    limitMs: 20_000,
  });
  expect([result.end, result.exitCode]).toEqual(['ended', 0]);
  await expectGone(Number(result.output));
});

test('an abort ends the program', async () => {
  const abort = new AbortController();
  const running = runCommand({
    args: ['-e', 'setInterval(() => {}, 1000)'],
    cwd,
    limitMs: 20_000,
    signal: abort.signal,
  });
  abort.abort();
  expect((await running).end).toBe('aborted');
});

/** Source of a program that starts an endless one holding its output open, then goes on with `then`. */
function grandchild(then: string, options: { readonly detached: boolean } = { detached: true }): string {
  return `
    const { spawn } = require('node:child_process');
    const grandchild = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], {
      stdio: ['ignore', 'inherit', 'inherit'],
      detached: ${options.detached},
    });
    grandchild.unref();
    ${then};
  `;
}

async function expectGone(pid: number): Promise<void> {
  expect(pid).toBeGreaterThan(0);
  // The kernel needs a moment to take a killed process off its list.
  await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false; // no such process
  }
  if (process.platform !== 'linux') return true;
  // Where nobody collects orphans (a bare container) a dead one stays listed as a zombie.
  return existsSync(`/proc/${pid}`) && !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
}
