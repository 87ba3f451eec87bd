import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  fsyncSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { openJsonFile } from './json-file.ts';

// Real files, and a disk that can be told to fail: whoever runs the tests may be allowed to write anywhere.
vi.mock('node:fs', async (load) => {
  const fs = await load<typeof import('node:fs')>();
  return { ...fs, fsyncSync: vi.fn(fs.fsyncSync), renameSync: vi.fn(fs.renameSync) };
});

const NO_ROOM = 'ENOSPC: no space left on device, fsync';
const schema = z.strictObject({ n: z.number() });

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'heartline-json-'));
  path = join(folder, 'thing.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = (mostBytes?: number) =>
  openJsonFile(path, {
    parse: (value) => schema.parse(value),
    ...(mostBytes !== undefined && { mostBytes }),
  });
/** All there is in the folder, by name. */
const disk = () =>
  Object.fromEntries(
    readdirSync(folder)
      .toSorted()
      .map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  );
const failNext = (call: typeof fsyncSync | typeof renameSync, message = NO_ROOM) =>
  vi.mocked(call as () => void).mockImplementationOnce(() => {
    throw new Error(message);
  });
const faultOf = (work: () => unknown) => {
  try {
    return work();
  } catch (fault) {
    return (fault as Error).message;
  }
};

describe('a JSON file', () => {
  test('is absent, then what was written, for its owner alone', () => {
    const before = open().read();
    open().write('{"n":1}\n');
    const rights = process.platform === 'win32' ? 0o600 : statSync(path).mode & 0o777;
    expect([before, open().read(), rights, disk()]).toEqual([
      { kind: 'absent' },
      { kind: 'read', value: { n: 1 } },
      0o600,
      { 'thing.json': '{"n":1}\n' },
    ]);
  });

  test('may begin with a byte order mark', () => {
    writeFileSync(path, '\uFEFF{"n":1}');
    expect(open().read()).toEqual({ kind: 'read', value: { n: 1 } });
  });

  test.each([
    ['empty', ''],
    ['half-written', '{"n":'],
    ['something else', '{"n":"one"}'],
    ['no object', 'null'],
  ])('that is %s is broken, and set aside as it was', (_, text) => {
    writeFileSync(path, text);
    expect([open().read(), disk()]).toEqual([
      { kind: 'broken', reason: expect.any(String), aside: { file: `${path}.broken` } },
      { 'thing.json.broken': text },
    ]);
  });

  test('that is no text is set aside byte by byte', () => {
    const bytes = Buffer.from([0xff, 0xfe, 0x7b, 0x00]);
    writeFileSync(path, bytes);
    open().read();
    expect(readFileSync(`${path}.broken`)).toEqual(bytes);
  });

  test('that is longer than it may be is broken whatever it says', () => {
    writeFileSync(path, '{"n":1}');
    expect([open(6).read(), disk()]).toEqual([
      { kind: 'broken', reason: 'it is longer than 6 bytes', aside: { file: `${path}.broken` } },
      { 'thing.json.broken': '{"n":1}' },
    ]);
    writeFileSync(path, '{"n":1}');
    expect(open(7).read()).toEqual({ kind: 'read', value: { n: 1 } });
  });

  test('that cannot be read is no broken one, stays, and is set aside before anything stands in its place', () => {
    mkdirSync(path);
    const file = open();
    const read = file.read();
    const stayed = statSync(path).isDirectory();
    expect([read, stayed, file.write('{"n":2}'), open().read(), readdirSync(folder)]).toEqual([
      { kind: 'unreadable', reason: expect.stringContaining('EISDIR') },
      true,
      `${path}.broken`,
      { kind: 'read', value: { n: 2 } },
      ['thing.json', 'thing.json.broken'],
    ]);
  });
});

describe('what is set aside', () => {
  test('never takes the place of what was set aside before; the same again is kept once', () => {
    const files = ['{"n":', 'no', 'no', '{'].map((text) => {
      writeFileSync(path, text);
      const read = open().read();
      return read.kind === 'broken' ? read.aside.file : read.kind;
    });
    expect([files, disk()]).toEqual([
      [`${path}.broken`, `${path}.broken-2`, `${path}.broken-2`, `${path}.broken-3`],
      { 'thing.json.broken': '{"n":', 'thing.json.broken-2': 'no', 'thing.json.broken-3': '{' },
    ]);
  });

  test('has a name of its own beyond any number of mistakes, and beside a folder of that name', () => {
    mkdirSync(`${path}.broken`);
    for (let at = 2; at <= 30; at += 1) writeFileSync(`${path}.broken-${at}`, String(at));
    writeFileSync(path, '{');
    expect([
      open().read(),
      readFileSync(`${path}.broken-30`, 'utf8'),
      readFileSync(`${path}.broken-31`, 'utf8'),
    ]).toEqual([
      { kind: 'broken', reason: expect.any(String), aside: { file: `${path}.broken-31` } },
      '30',
      '{',
    ]);
  });

  test('stays in its place where the folder takes nothing, which is told, and nothing is written over it', () => {
    writeFileSync(path, '{"n":');
    failNext(renameSync, 'EROFS: read-only file system');
    const file = open();
    const read = file.read();
    failNext(renameSync, 'EROFS: read-only file system');
    const refused = faultOf(() => file.write('{"n":2}'));
    const between = disk();
    expect([read, refused, between, file.write('{"n":3}'), file.write('{"n":4}'), disk()]).toEqual([
      {
        kind: 'broken',
        reason: expect.any(String),
        aside: { file: path, stuck: 'EROFS: read-only file system' },
      },
      'EROFS: read-only file system',
      { 'thing.json': '{"n":' },
      `${path}.broken`,
      undefined,
      { 'thing.json': '{"n":4}', 'thing.json.broken': '{"n":' },
    ]);
  });

  test('is told by the first write that succeeds, if the one that set it aside did not', () => {
    writeFileSync(path, '{"n":');
    failNext(renameSync);
    const file = open();
    file.read();
    failNext(fsyncSync);
    const refused = faultOf(() => file.write('{"n":2}'));
    expect([refused, disk(), file.write('{"n":3}')]).toEqual([
      NO_ROOM,
      { 'thing.json.broken': '{"n":' },
      `${path}.broken`,
    ]);
  });

  test('as a copy leaves the file where it is, and is made before a write if it could not be at once', () => {
    writeFileSync(path, '{"n":1}');
    const file = open();
    file.read();
    failNext(fsyncSync);
    const stuck = file.keepBeside();
    const between = disk();
    expect([stuck, between, file.write('{"n":2}'), disk()]).toEqual([
      { file: path, stuck: NO_ROOM },
      { 'thing.json': '{"n":1}' },
      `${path}.broken`,
      { 'thing.json': '{"n":2}', 'thing.json.broken': '{"n":1}' },
    ]);
    writeFileSync(path, '{"n":1}');
    const again = open();
    again.read();
    expect([again.keepBeside(), readdirSync(folder)]).toEqual([
      { file: `${path}.broken` },
      ['thing.json', 'thing.json.broken'],
    ]);
  });

  test('stays in a folder that may not be written to', ({ skip }) => {
    skip(process.platform === 'win32', 'Windows takes rights from a folder in another way');
    skip(process.getuid?.() === 0, 'whoever is root may write anywhere');
    writeFileSync(path, '{"n":');
    chmodSync(folder, 0o500);
    try {
      const file = open();
      const read = file.read();
      expect([read, faultOf(() => file.write('{"n":2}')), disk()]).toEqual([
        {
          kind: 'broken',
          reason: expect.any(String),
          aside: { file: path, stuck: expect.stringContaining('EACCES') },
        },
        expect.stringContaining('EACCES'),
        { 'thing.json': '{"n":' },
      ]);
    } finally {
      chmodSync(folder, 0o700);
    }
  });
});

describe('a write', () => {
  test('is forced to the disk before it takes the old one’s place', () => {
    const file = open();
    file.write('{"n":1}');
    let seen: unknown;
    vi.mocked(fsyncSync).mockImplementationOnce(() => {
      seen = disk();
    });
    file.write('{"n":2}');
    expect([seen, disk()]).toEqual([
      { 'thing.json': '{"n":1}', 'thing.json.new': '{"n":2}' },
      { 'thing.json': '{"n":2}' },
    ]);
  });

  test('that fails says what the disk said, and leaves the one before and no draft', () => {
    const file = open();
    file.write('{"n":1}');
    failNext(fsyncSync);
    expect([faultOf(() => file.write('{"n":2}')), disk()]).toEqual([NO_ROOM, { 'thing.json': '{"n":1}' }]);
  });

  test('is not hindered by the half of one that a crash left', () => {
    writeFileSync(`${path}.new`, '{"n":99999');
    const file = open();
    expect([file.read(), file.write('{"n":1}'), disk()]).toEqual([
      { kind: 'absent' },
      undefined,
      { 'thing.json': '{"n":1}' },
    ]);
  });

  test('asked for while others are asked for waits for nothing: the last one stands, whole, before anything else runs', async () => {
    const file = open();
    const states: unknown[] = [];
    const texts = Array.from({ length: 20 }, (_, n) => `{"n":${n}}${' '.repeat(n * 10_000)}`);
    await Promise.all(
      texts.map(async (text) => {
        await undefined;
        file.write(text);
        states.push(disk());
      }),
    );
    expect([states, disk()]).toEqual([
      texts.map((text) => ({ 'thing.json': text })),
      { 'thing.json': texts.at(-1) },
    ]);
  });

  test('is on the disk when a program ends right after it', () => {
    const script = `
      const { openJsonFile } = await import(${JSON.stringify(new URL('./json-file.ts', import.meta.url).href)});
      const file = openJsonFile(${JSON.stringify(path)}, { parse: (value) => value });
      for (let n = 0; n < 10; n += 1) file.write(JSON.stringify({ n }));
      process.kill(process.pid, 'SIGKILL');
    `;
    spawnSync(process.execPath, ['--input-type=module', '-e', script]);
    expect(disk()).toEqual({ 'thing.json': '{"n":9}' });
  });
});

test('a write that is not forced is whole as well, and waits for no disk', () => {
  const file = open();
  vi.mocked(fsyncSync).mockClear();
  file.write('{"n":1}', { isForced: false });
  expect([disk(), vi.mocked(fsyncSync).mock.calls.length]).toEqual([{ 'thing.json': '{"n":1}' }, 0]);
  file.write('{"n":2}');
  expect([disk(), vi.mocked(fsyncSync).mock.calls.length > 0]).toEqual([{ 'thing.json': '{"n":2}' }, true]);
});
