import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { findElectron } from './electron-runtime.ts';

let project: string;
const home = () => join(project, 'node_modules', 'electron');
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'heartline-runtime-'));
  mkdirSync(join(home(), 'dist'), { recursive: true });
  vi.stubEnv('DISPLAY', ':0');
  vi.stubEnv('ELECTRON_OVERRIDE_DIST_PATH', undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(project, { recursive: true });
});

test('a runtime is there once its download came to its end', () => {
  writeFileSync(join(home(), 'dist', 'electron'), '');
  const cutShort = findElectron(project).kind;
  writeFileSync(join(home(), 'path.txt'), 'electron');
  expect([cutShort, findElectron(project)]).toEqual([
    'absent',
    { kind: 'present', executable: join(home(), 'dist', 'electron') },
  ]);
});

test('a runtime of one’s own needs no download', () => {
  const own = join(project, 'own');
  mkdirSync(own);
  writeFileSync(join(own, 'electron'), '');
  vi.stubEnv('ELECTRON_OVERRIDE_DIST_PATH', own);
  expect(findElectron(project)).toEqual({ kind: 'present', executable: join(own, 'electron') });
});
