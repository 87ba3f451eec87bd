import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { claimDataFolder } from './data-folder.ts';

let folder: string;
const lock = () => join(folder, 'headless.lock');
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'heartline-folder-'));
});
const cleanups: (() => unknown)[] = [];
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup();
  rmSync(folder, { recursive: true });
});

/** A port that answers, as a running host's does. */
async function answeringPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  cleanups.push(() => server.close());
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

test('a folder is made, held, and given back without a trace', async () => {
  const deep = join(folder, 'not', 'here', 'yet');
  const claim = await claimDataFolder(deep, 1234);
  const held = readdirSync(deep);
  claim[Symbol.dispose]();
  expect([held, readdirSync(deep)]).toEqual([['headless.lock'], []]);
});

test('while another host runs on it, it is refused in one sentence that names that host', async () => {
  const port = await answeringPort();
  // Any other living process stands for the other host.
  writeFileSync(lock(), JSON.stringify({ pid: process.ppid, port }));
  await expect(claimDataFolder(folder, 1234)).rejects.toMatchObject({
    code: 'data-folder.taken',
    message:
      `another Heartline (process ${process.ppid}, http://127.0.0.1:${port}) uses the data folder ${folder}: ` +
      'stop that one, or choose another folder with --data-dir',
  });
  expect(readdirSync(folder)).toEqual(['headless.lock']);
});

test.each([
  ['of a process that is gone', () => ({ pid: spawnSync(process.execPath, ['--version']).pid, port: 1 })],
  ['of a process number that another program has now', () => ({ pid: process.ppid, port: 1 })],
  ['of our own process number, from before a restart of the machine', () => ({ pid: process.pid, port: 1 })],
  ['that makes no sense', () => ({ pid: 'x' })],
])('a lock %s is in nobody’s way', async (_what, left) => {
  writeFileSync(lock(), JSON.stringify(left()));
  const claim = await claimDataFolder(folder, 1234);
  claim[Symbol.dispose]();
  expect(existsSync(lock())).toBe(false);
});

test('half a lock is no lock', async () => {
  writeFileSync(lock(), '{"pid":');
  const claim = await claimDataFolder(folder, 1234);
  claim[Symbol.dispose]();
  expect(existsSync(lock())).toBe(false);
});

test('a lock that is another host’s by now is left alone', async () => {
  const claim = await claimDataFolder(folder, 1234);
  writeFileSync(lock(), 'another’s');
  claim[Symbol.dispose]();
  expect(existsSync(lock())).toBe(true);
});

test('a place where nothing can be made is refused, and does not hang', async ({ skip }) => {
  if (process.platform !== 'linux') return skip('only Linux has /proc');
  await expect(claimDataFolder('/proc/heartline/data', 1234)).rejects.toMatchObject({
    code: 'data-folder.unwritable',
    message: 'cannot write to the data folder /proc/heartline/data',
  });
});
