import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { createLineWriter } from './line-writer.ts';

test('has written everything when flushed, also to a reader that takes its time over little', async () => {
  let taken = '';
  const slow = new Writable({
    write(chunk, _encoding, done) {
      setImmediate(() => {
        taken += String(chunk);
        done();
      });
    },
  });
  const lines = createLineWriter(slow);
  lines.write('one');
  lines.write('two');
  await lines.flush();
  expect(taken).toBe('one\ntwo\n');
});

test('does not wait for a reader that went away', async () => {
  const gone = new Writable({ write: (_chunk, _encoding, done) => done(new Error('EPIPE')) });
  const lines = createLineWriter(gone);
  lines.write('one');
  await lines.flush();
  await expect(lines.broken).resolves.toBeUndefined();
});
