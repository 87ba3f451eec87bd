import { expect, test } from 'vitest';
import { readHeadlessOptions } from './headless-options.ts';

const read = (...argv: string[]) =>
  readHeadlessOptions(argv, { XDG_CONFIG_HOME: '/config', APPDATA: '/config' });

test('without flags it is the simulated market on any free port', () => {
  expect(read('--data-dir', '/data')).toEqual({
    port: 0,
    dataDir: '/data',
    mode: 'demo',
    recording: undefined,
    json: false,
    keys: 'memory',
    metrics: false,
  });
});

test('every flag is read', () => {
  expect(read('--port', '8080', '--data-dir=/data', '--live', '--json', '--metrics')).toEqual({
    port: 8080,
    dataDir: '/data',
    mode: 'live',
    recording: undefined,
    json: true,
    keys: 'auto',
    metrics: true,
  });
  expect(read('-h')).toBe('help');
});

test('keys lie where it was said, and those of the demo market in memory', () => {
  const keysOf = (...argv: string[]) => {
    const options = read('--data-dir', '/data', ...argv);
    return options === 'help' ? options : options.keys;
  };
  expect([
    keysOf(),
    keysOf('--live'),
    keysOf('--keys', 'vault'),
    keysOf('--live', '--keys=memory'),
    keysOf('--keys', 'keychain'),
  ]).toEqual(['memory', 'auto', 'vault', 'memory', 'keychain']);
});

test('a recording is named by its whole path, with the speed it plays at', () => {
  const recordingOf = (...argv: string[]) => {
    const options = read('--data-dir', '/data', ...argv);
    return options === 'help' ? options : options.recording;
  };
  expect([
    recordingOf('--recording', '/a/b.ndjson.gz'),
    recordingOf('--recording=/a/b.ndjson', '--speed', '12.5'),
  ]).toEqual([
    { path: '/a/b.ndjson.gz', speed: 1 },
    { path: '/a/b.ndjson', speed: 12.5 },
  ]);
});

test.each([
  [['--recording', '/a', '--speed', '0.5'], /--speed takes a number from 1 to 100, not 0.5/],
  [['--recording', '/a', '--speed', '101'], /--speed takes a number from 1 to 100, not 101/],
  [['--recording', '/a', '--speed', 'fast'], /--speed takes a number from 1 to 100, not fast/],
  [['--recording', ''], /--recording takes a file/],
  [['--recording', '/a', '--live'], /leave out --demo and --live/],
  [['--speed', '10'], /name one with --recording/],
  [['--keys', 'pocket'], /--keys takes keychain, vault, memory, not pocket/],
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
