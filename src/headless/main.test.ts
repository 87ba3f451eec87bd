import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { ensureBuilt } from '../../scripts/ensure-built.ts';

const project = join(import.meta.dirname, '..', '..');
let folder: string;
const cleanups: (() => unknown)[] = [];

beforeAll(async () => {
  await ensureBuilt(project);
  folder = mkdtempSync(join(tmpdir(), 'heartline-headless-'));
}, 180_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup();
});

function run(...flags: string[]) {
  const host = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), ...flags], { cwd: folder });
  cleanups.push(() => host.kill('SIGKILL'));
  let out = '';
  let err = '';
  host.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  host.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  const ended = once(host, 'close').then(([code]) => ({ code: code as number | null, out, err }));
  return {
    host,
    ended,
    out: () => out,
    err: () => err,
    /** The links printed so far, once there are so many. */
    async links(count: number) {
      const all = () => out.match(/http:\S+#token=[\w-]{43}/g) ?? [];
      await expect.poll(() => all().length, { timeout: 20_000 }).toBe(count);
      return all().map((link) => new URL(link));
    },
  };
}

const logIn = async ({ origin, hash }: URL) => {
  const answer = await fetch(`${origin}/login`, {
    method: 'POST',
    headers: { Origin: origin },
    body: JSON.stringify({ token: hash.slice('#token='.length) }),
  });
  return answer.status;
};

// Whatever they run in, no test goes near a person's keychain.
const own = () => ['--keys', 'memory', '--data-dir', join(folder, 'data')];

test('with --json, exactly one line says where and who, and a signal ends it cleanly', async () => {
  const { host, links, out, ended } = run('--json', ...own());
  await links(1);
  const ready = JSON.parse(out());
  expect(ready).toEqual({
    url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/#token=/),
    pid: host.pid,
    simulator: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
  });
  host.kill('SIGTERM');
  const { code, out: everything, err } = await ended;
  // Windows ends a process outright.
  const clean = process.platform === 'win32' ? null : 0;
  expect([code, everything.split('\n').length, err]).toEqual([clean, 2, '']);
});

test('Enter prints a new link and ends the one before', async () => {
  const { host, links } = run('--live', ...own());
  await links(1);
  host.stdin.write('\n');
  const [first, second] = (await links(2)) as [URL, URL];
  expect([await logIn(first), await logIn(second), await logIn(second)]).toEqual([401, 204, 401]);
});

test('it runs on without a terminal, and a closed one prints nothing more', async () => {
  const { host, links, out } = run('--live', ...own());
  host.stdin.end();
  const [link] = (await links(1)) as [URL];
  expect([await logIn(link), out().match(/#token=/g)?.length]).toEqual([204, 1]);
});

test('kill and Enter is the kill switch; it works with --json too, and says so beside standard output', async () => {
  const { host, links, out, err } = run('--live', '--json', ...own());
  await links(1);
  host.stdin.write('kill\n');
  await expect
    .poll(err)
    .toMatch(
      /^Kill switch: trading is HALTED; cancelling every open order\.\nKill switch: done, nothing is open any more\./,
    );
  expect([out().split('\n').length, existsSync(join(folder, 'data', 'halted.json'))]).toEqual([2, true]);
});

test('without a terminal, a signal prints a new link and the words say which', async ({ skip }) => {
  if (process.platform === 'win32') return skip('Windows has no such signal');
  const { host, links, out } = run('--live', ...own());
  const [first] = (await links(1)) as [URL];
  host.kill('SIGUSR2');
  const [, second] = (await links(2)) as [URL, URL];
  expect([await logIn(first), await logIn(second), out()]).toEqual([
    401,
    204,
    expect.stringContaining(`A new link: kill -USR2 ${host.pid}.`),
  ]);
});

test('a second one on the same data folder is refused, and the first one never notices', async () => {
  const first = run('--live', ...own());
  const [link] = (await first.links(1)) as [URL];
  const { code, out, err } = await run('--live', ...own()).ended;
  expect([code, out, err, await logIn(link)]).toEqual([
    1,
    '',
    `Heartline cannot start: another Heartline (process ${first.host.pid}, ${link.origin}) uses the data folder ` +
      `${join(folder, 'data')}: stop that one, or choose another folder with --data-dir.\n`,
    204,
  ]);
});

test('when the simulator goes, it says so in one line and stays up', async () => {
  const { links, out, err } = run('--json', ...own());
  const [link] = (await links(1)) as [URL];
  await fetch(`${JSON.parse(out()).simulator}/_sim/stop`, { method: 'POST' });
  await expect.poll(err).toMatch(/^The simulated market has ended \(.+\)\. .+ start Heartline again .+\n$/);
  expect([err().split('\n').length, await logIn(link)]).toEqual([2, 204]);
});

test('with --metrics a scraper finds its token in the data folder, and it goes when the host goes', async () => {
  const { host, links, out, ended } = run('--live', '--json', '--metrics', ...own());
  await links(1);
  const { metrics, metricsToken } = JSON.parse(out()) as { metrics: string; metricsToken: string };
  const token = readFileSync(metricsToken, 'utf8').trim();
  const answer = await fetch(metrics, { headers: { Authorization: `Bearer ${token}` } });
  const figures = await answer.text();
  expect([answer.status, metricsToken, out().includes(token)]).toEqual([
    200,
    join(folder, 'data', 'metrics-token'),
    false,
  ]);
  expect(figures).toMatch(/^heartline_process_memory_bytes \d{7,}/m);
  expect(figures).toMatch(/^heartline_budget_capacity\{venue="binance",scope="[^"]+"\} \d+$/m);
  host.kill('SIGTERM');
  await ended;
  // Windows ends a process outright: what it left behind lets nobody in any more.
  expect(existsSync(metricsToken)).toBe(process.platform === 'win32');
});

test('bad input is one sentence and an exit code, never a stack', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  cleanups.push(() => taken.close());
  await once(taken, 'listening');
  const { port } = taken.address() as AddressInfo;
  const file = join(folder, 'a-file');
  writeFileSync(file, '');
  const outcome = async (...flags: string[]) => {
    const { code, out, err } = await run(...flags).ended;
    return [code, out, err];
  };
  expect([
    await outcome('--prot', '1'),
    await outcome('--demo', '--live'),
    await outcome('--data-dir', ''),
    await outcome('--port', String(port), ...own()),
    await outcome('--live', '--data-dir', join(file, 'below')),
  ]).toEqual([
    [2, '', "Heartline cannot start: Unknown option '--prot'.\n"],
    [2, '', 'Heartline cannot start: choose one of --demo and --live.\n'],
    [2, '', 'Heartline cannot start: --data-dir takes a folder.\n'],
    [1, '', `Heartline cannot start: port ${port} is taken by another program.\n`],
    [1, '', `Heartline cannot start: cannot write to the data folder ${join(file, 'below')}.\n`],
  ]);
});
