import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { HeartlineError } from '#shared/base/errors.ts';
import type { JournalEvent } from '#shared/domain/journal.ts';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import { createEventLog } from '../health/event-log.ts';
import { createHalt } from './halt.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'heartline-halt-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

function start(folder = dataDir) {
  const clock = createVirtualClock();
  const log = createEventLog(clock);
  const lines: JournalEvent[] = [];
  const disk = { isFull: false };
  const halt = createHalt({
    clock,
    dataDir: folder,
    log,
    journal: {
      append(event) {
        if (disk.isFull) throw new HeartlineError('journal.unwritable', 'the disk is full');
        lines.push(event);
        return { seq: lines.length, at: clock.now(), event, hash: '' };
      },
    },
  });
  return { halt, clock, lines, log, disk, codes: () => log.entries.map(({ code }) => code) };
}
const latch = () => join(dataDir, 'halted.json');
const codeOf = (work: () => void) => {
  try {
    work();
    return 'done';
  } catch (fault) {
    return (fault as HeartlineError).code;
  }
};

test('it holds in the instant it is told, is on the disk a moment later, and survives a restart', async () => {
  const { halt, clock, lines } = start();
  halt.halt('window');
  const at = clock.now();
  const now = halt.isHalted();
  await halt.settled();
  clock.advance(1);
  const again = start();
  expect([now, lines, JSON.parse(readFileSync(latch(), 'utf8')), again.halt.halted]).toEqual([
    true,
    [{ kind: 'halted', from: 'window' }],
    { since: at, from: 'window' },
    { since: at, from: 'window' },
  ]);
  expect([again.halt.isHalted(), again.lines, again.codes()]).toEqual([true, [], ['trading.halted']]);
});

test('a second one changes nothing', async () => {
  const { halt, clock, lines } = start();
  halt.halt('tray');
  clock.advance(5000);
  halt.halt('window');
  await halt.settled();
  clock.advance(5000);
  expect([halt.halted?.from, lines.length]).toEqual(['tray', 1]);
});

test('only the phrase resumes, and then the next start is free', async () => {
  const { halt, lines } = start();
  halt.halt('window');
  await halt.settled();
  const wrong = ['resume', '', 'RESUME!'].map((phrase) => codeOf(() => halt.resume(phrase, 'window')));
  const still = [halt.isHalted(), existsSync(latch())];
  halt.resume(' RESUME ', 'window');
  expect([wrong, still, halt.isHalted(), existsSync(latch()), start().halt.isHalted()]).toEqual([
    ['arm.phrase', 'arm.phrase', 'arm.phrase'],
    [true, true],
    false,
    false,
    false,
  ]);
  expect(lines).toEqual([
    { kind: 'halted', from: 'window' },
    { kind: 'resumed', from: 'window' },
  ]);
});

test('resumed while the latch was still being written, it stays resumed', async () => {
  const { halt } = start();
  halt.halt('window');
  halt.resume('RESUME', 'window');
  await halt.settled();
  expect([halt.isHalted(), existsSync(latch()), start().halt.isHalted()]).toEqual([false, false, false]);
});

test('resuming what is not halted does nothing, and five wrong phrases make it wait', () => {
  const { halt, lines, clock } = start();
  halt.resume('RESUME', 'window');
  for (let tried = 0; tried < 5; tried += 1) codeOf(() => halt.resume('x', 'window'));
  const waits = codeOf(() => halt.resume('RESUME', 'window'));
  clock.advance(60_000);
  expect([waits, codeOf(() => halt.resume('RESUME', 'window')), lines]).toEqual(['arm.wait', 'done', []]);
});

test('a folder that cannot be written halts all the same, says so once, and is tried again until it can', async () => {
  const folder = join(dataDir, 'gone');
  const { halt, clock, codes } = start(folder);
  halt.halt('kill');
  const atOnce = halt.isHalted();
  await halt.settled();
  for (let second = 0; second < 3; second += 1) {
    clock.advance(1000);
    await halt.settled();
  }
  const failed = [halt.isHalted(), halt.fault !== undefined, codes()];
  mkdirSync(folder);
  clock.advance(1000);
  await halt.settled();
  expect([atOnce, failed, halt.fault, start(folder).halt.halted?.from]).toEqual([
    true,
    [true, true, ['trading.halted', 'halt.unwritable']],
    undefined,
    'kill',
  ]);
  expect(codes().at(-1)).toBe('halt.written');
});

test('what could not be written is tried once more at the end', () => {
  const folder = join(dataDir, 'late');
  const { halt } = start(folder);
  halt.halt('tray');
  mkdirSync(folder);
  halt.dispose();
  expect(start(folder).halt.halted?.from).toBe('tray');
});

test('a journal that cannot be written keeps nobody from halting; its line follows when it can', () => {
  const { halt, clock, disk, lines } = start();
  disk.isFull = true;
  halt.halt('window');
  clock.advance(3000);
  const before = [halt.isHalted(), [...lines]];
  disk.isFull = false;
  clock.advance(1000);
  expect([before, lines]).toEqual([[true, []], [{ kind: 'halted', from: 'window' }]]);
});

test('but resuming waits for the journal', async () => {
  const { halt, disk, clock } = start();
  halt.halt('window');
  clock.advance(1);
  await halt.settled();
  disk.isFull = true;
  expect([codeOf(() => halt.resume('RESUME', 'window')), halt.isHalted(), existsSync(latch())]).toEqual([
    'journal.unwritable',
    true,
    true,
  ]);
});

test('a latch another program left is seen at the very next look, and told as such', () => {
  const { halt, lines, clock } = start();
  const told: string[] = [];
  halt.onHalted((by) => told.push(by));
  const before = halt.isHalted();
  writeFileSync(latch(), JSON.stringify({ since: 5, from: 'kill (process 7)' }));
  expect([before, halt.isHalted(), halt.halted, told]).toEqual([
    false,
    true,
    { since: 5, from: 'kill (process 7)' },
    ['outside'],
  ]);
  clock.advance(1);
  expect(lines).toEqual([{ kind: 'halted', from: 'kill (process 7)' }]);
});

test('and within a second when nobody looks', () => {
  const { halt, clock } = start();
  const told: string[] = [];
  halt.onHalted((by) => told.push(by));
  writeFileSync(latch(), '{}');
  clock.advance(1000);
  expect([told, halt.halted?.since]).toEqual([['outside'], clock.now()]);
});

test('a latch that somebody takes away resumes nothing, and comes back', async () => {
  const { halt, clock } = start();
  halt.halt('window');
  await halt.settled();
  rmSync(latch());
  const still = halt.isHalted();
  clock.advance(1000);
  await halt.settled();
  expect([still, halt.isHalted(), existsSync(latch())]).toEqual([true, true, true]);
});

test.each<readonly [string, () => void]>([
  ['empty', () => writeFileSync(latch(), '')],
  ['half of one', () => writeFileSync(latch(), '{"since":17')],
  ['of another kind', () => writeFileSync(latch(), '[1,2]')],
  ['null', () => writeFileSync(latch(), 'null')],
  ['a folder', () => mkdirSync(latch())],
  ['a link to nowhere', () => symlinkSync(join(dataDir, 'nowhere'), latch())],
])('a latch that is %s halts too, and the phrase removes it', (_what, leave) => {
  leave();
  const { halt } = start();
  const held = [halt.isHalted(), halt.halted?.from];
  halt.resume('RESUME', 'window');
  expect([held, start().halt.isHalted()]).toEqual([[true, 'a latch that cannot be read'], false]);
});

test('a folder that cannot even be looked into counts as halted', () => {
  writeFileSync(join(dataDir, 'file'), '');
  const { halt } = start(join(dataDir, 'file', 'below'));
  expect(halt.isHalted()).toBe(process.platform !== 'win32');
});
