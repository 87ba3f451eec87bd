import { mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isBuilt, stampBuild } from './build-stamp.ts';

let project: string;
const write = (name: string, text = '') => {
  mkdirSync(dirname(join(project, name)), { recursive: true });
  writeFileSync(join(project, name), text);
};
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'heartline-stamp-'));
  write('src/engine/engine.ts', 'one');
  write('src/main/index.ts', 'two');
  write('package-lock.json', '{}');
  for (const file of [
    'main/index.js',
    'main/simulator-worker.js',
    'preload/preload.cjs',
    'renderer/index.html',
  ]) {
    write(`out/${file}`);
  }
  stampBuild(project).writeBundle();
});
afterEach(() => rmSync(project, { recursive: true }));

test('what was just built is fresh, whatever times its files carry', () => {
  utimesSync(join(project, 'src/engine/engine.ts'), 0, 0);
  utimesSync(join(project, 'out/main/index.js'), 0, 0);
  expect(isBuilt(project)).toBe(true);
});

test.each<[what: string, change: () => void]>([
  ['a source changes', () => write('src/engine/engine.ts', 'ONE')],
  ['a source is added', () => write('src/engine/new.ts', '')],
  ['a source is removed', () => rmSync(join(project, 'src/main/index.ts'))],
  [
    'a source is renamed',
    () => renameSync(join(project, 'src/main/index.ts'), join(project, 'src/main/other.ts')),
  ],
  [
    'text moves from one source to the next',
    () => {
      write('src/engine/engine.ts', 'on');
      write('src/main/index.ts', 'etwo');
    },
  ],
  ['the locked packages change', () => write('package-lock.json', '{"name":"x"}')],
  ['the configuration appears', () => write('electron.vite.config.ts', 'x')],
  ['an output is missing', () => rmSync(join(project, 'out/preload/preload.cjs'))],
  ['the stamp is missing', () => rmSync(join(project, 'out/.stamp'))],
])('it is stale when %s', (_what, change) => {
  change();
  expect(isBuilt(project)).toBe(false);
});

test('a test is no source of the build', () => {
  write('src/engine/engine.test.ts', 'x');
  expect(isBuilt(project)).toBe(true);
});

test('what is saved while a build runs makes the next start build again', () => {
  const running = stampBuild(project);
  write('src/engine/engine.ts', 'saved meanwhile');
  running.writeBundle();
  expect(isBuilt(project)).toBe(false);
});
