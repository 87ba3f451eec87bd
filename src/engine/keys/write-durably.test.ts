import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { writeDurably } from './write-durably.ts';

vi.mock('node:fs', async (load) => {
  const fs = await load<typeof import('node:fs')>();
  return {
    ...fs,
    // As network drives do, which know no forcing of folders.
    fsyncSync(file: number) {
      if (fs.fstatSync(file).isDirectory()) throw new Error('EINVAL: invalid argument, fsync');
      fs.fsyncSync(file);
    },
  };
});

test('a file that is in its place is not called unwritable where folders cannot be forced to the disk', () => {
  const folder = mkdtempSync(join(tmpdir(), 'heartline-durable-'));
  try {
    const path = join(folder, 'keys.json');
    writeFileSync(path, 'old');
    writeDurably(path, 'new');
    expect(readFileSync(path, 'utf8')).toBe('new');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
