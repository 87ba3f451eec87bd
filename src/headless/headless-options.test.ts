import { homedir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { defaultDataDir } from './default-data-dir.ts';
import { readHeadlessOptions } from './headless-options.ts';

const read = (...argv: string[]) =>
  readHeadlessOptions(argv, { XDG_CONFIG_HOME: '/config', APPDATA: '/config' });

test('without flags it is the simulated market on any free port', () => {
  expect(read('--data-dir', '/data')).toEqual({
    port: 0,
    dataDir: '/data',
    mode: 'demo',
    json: false,
    metrics: false,
  });
});

test('every flag is read', () => {
  expect(read('--port', '8080', '--data-dir=/data', '--live', '--json', '--metrics')).toEqual({
    port: 8080,
    dataDir: '/data',
    mode: 'live',
    json: true,
    metrics: true,
  });
  expect(read('-h')).toBe('help');
});

test.each([
  [['--prot', '1'], /Unknown option '--prot'/],
  [['--port'], /'--port <value>' argument missing/],
  [['--port', '99999'], /0 to 65535, not 99999/],
  [['--port', '0x50'], /not 0x50/],
  [['--demo', '--live'], /choose one/],
  [['desk'], /Unexpected argument 'desk'/],
])('%j is refused in one sentence', (argv, sentence) => {
  expect(() => read(...argv)).toThrowError(
    expect.objectContaining({ code: 'flag.invalid', message: expect.stringMatching(sentence) }),
  );
});

test('each system has its own place for settings', () => {
  const environment = { XDG_CONFIG_HOME: '/x', APPDATA: '/a' };
  expect([
    defaultDataDir(environment, 'linux'),
    defaultDataDir({}, 'linux'),
    defaultDataDir({}, 'darwin'),
    defaultDataDir(environment, 'win32'),
  ]).toEqual([
    join('/x', 'heartline', 'headless'),
    join(homedir(), '.config', 'heartline', 'headless'),
    join(homedir(), 'Library', 'Application Support', 'Heartline', 'headless'),
    join('/a', 'Heartline', 'headless'),
  ]);
});
