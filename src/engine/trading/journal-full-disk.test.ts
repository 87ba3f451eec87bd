import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, unlinkSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { messageOf } from '#shared/base/errors.ts';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import { createEventLog } from '../health/event-log.ts';
import { createJournal } from './journal.ts';
import { mintOrderId } from './order-id.ts';
import { sending } from './test-kit/own-events.ts';

// G17: the disk is full. A megabyte of memory stands in for it, which only root may mount.

const cleanups: (() => unknown)[] = [];
afterEach(() => {
  for (const cleanup of cleanups.splice(0).reverse()) cleanup();
});

function mountDisk(): { readonly folder: string } | { readonly reason: string } {
  if (process.platform !== 'linux') return { reason: 'only Linux mounts memory as a disk' };
  const folder = mkdtempSync(join(tmpdir(), 'heartline-disk-'));
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'pipe' });
  } catch (fault) {
    return { reason: `no disk can be mounted here (${messageOf(fault).split('\n')[0]})` };
  }
  cleanups.push(() => execFileSync('umount', ['--lazy', folder]));
  return { folder };
}

/** Writes until not a byte more goes. */
function fill(file: string): void {
  const handle = openSync(file, 'w');
  for (let length = 1 << 16; length >= 1; length >>= 1) {
    try {
      for (;;) writeSync(handle, Buffer.alloc(length));
    } catch (fault) {
      if ((fault as NodeJS.ErrnoException).code !== 'ENOSPC') throw fault;
    }
  }
  closeSync(handle);
}

test('no journal, no order: a full disk refuses every line, loses none, and one with room takes them again', ({
  skip,
}) => {
  const disk = mountDisk();
  if ('reason' in disk) return skip(disk.reason);
  const dataDir = disk.folder;
  const clock = createVirtualClock();
  const log = createEventLog(clock);
  const journal = createJournal({ clock, dataDir, log });
  cleanups.push(() => journal.dispose());
  const ballast = join(dataDir, 'ballast');
  const written: string[] = [];
  const refused: string[] = [];
  const place = () => {
    const order = mintOrderId(clock);
    try {
      journal.append(sending({ clientOrderId: order }));
      written.push(order);
    } catch (fault) {
      expect(fault).toMatchObject({ code: 'journal.unwritable' });
      refused.push(order);
    }
  };
  place();
  fill(ballast);
  // The write-ahead file may have some room of its own left.
  for (let count = 0; count < 200; count += 1) place();
  expect([refused.length > 100, journal.fault]).toEqual([true, 'database or disk is full']);
  journal.probe();
  expect(journal.fault).toBe('database or disk is full');
  unlinkSync(ballast);
  journal.probe();
  expect(journal.fault).toBe(undefined);
  place();
  journal.dispose();
  const again = createJournal({ clock, dataDir, log });
  cleanups.push(() => again.dispose());
  expect([...again.orders.keys()].sort()).toEqual([...written].sort());
  expect([again.verify().brokenAt, log.entries.map(({ code }) => code)]).toEqual([
    undefined,
    ['journal.unwritable', 'journal.writable'],
  ]);
});
