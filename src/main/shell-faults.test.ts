import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { ensureBuilt } from '../../scripts/ensure-built.ts';
import { EXIT_CODES } from './exit-codes.ts';
import type { RunningShell } from './test-kit/running-shell.ts';
import { runShell } from './test-kit/running-shell.ts';

// How the bundle that ships says that it cannot go on. On a double of Electron, like shell.test.ts.
const project = join(import.meta.dirname, '..', '..');
let folder: string;
const running: RunningShell[] = [];

beforeAll(async () => {
  await ensureBuilt(project);
  folder = mkdtempSync(join(tmpdir(), 'heartline-shell-'));
}, 180_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => {
  for (const shell of running.splice(0)) shell.kill();
});

function start(flags: readonly string[]): RunningShell {
  const shell = runShell(['--json', `--data-dir=${folder}`, '--keys=memory', ...flags]);
  running.push(shell);
  // Not every test waits for it.
  shell.ready.catch(() => undefined);
  return shell;
}

test.each([
  [['--demo', '--live'], 'choose one of --demo and --live'],
  [['--data-dir'], '--data-dir takes a folder'],
])('%j: one sentence, an error box and no window', async (flags, sentence) => {
  const shell = start(flags);
  expect(await shell.ended).toEqual({
    code: EXIT_CODES.cannotStart,
    said: `Heartline cannot start: ${sentence}.\n`,
  });
});

test('a data folder that cannot be written: one sentence', async () => {
  const file = join(folder, 'a-file');
  writeFileSync(file, '');
  const shell = start(['--live', `--data-dir=${join(file, 'below')}`]);
  const { code, said } = await shell.ended;
  expect([code, said]).toEqual([
    EXIT_CODES.cannotStart,
    expect.stringMatching(/^Heartline cannot start: cannot write to the data folder .*below\.\n$/),
  ]);
});

test('a data folder where nothing can be made is refused, and does not hang', async ({ skip }) => {
  if (process.platform !== 'linux') return skip('only Linux has /proc');
  expect(await start(['--live', '--data-dir=/proc/heartline']).ended).toEqual({
    code: EXIT_CODES.cannotStart,
    said: 'Heartline cannot start: cannot write to the data folder /proc/heartline.\n',
  });
});

test('a promise nobody waited for ends the app aloud, and its stack is in the log', async () => {
  const shell = start(['--live']);
  await shell.ready;
  void shell.ask('failUnheard', 'a bug of ours').catch(() => undefined);
  const { code } = await shell.ended;
  expect([code, readFileSync(join(folder, 'desktop.log'), 'utf8')]).toEqual([
    EXIT_CODES.crashed,
    expect.stringMatching(/error Error: a bug of ours\n\s+at /),
  ]);
});
