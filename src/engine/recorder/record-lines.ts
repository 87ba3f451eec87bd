import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { HeartlineError, messageOf } from '#shared/base/errors.ts';

/** More than the longest answer a venue gives: a line beyond it is no record. */
const LONGEST_LINE = 64 * 1024 * 1024;

/**
 * The non-empty lines of a text file, plain or gzip (told by its first bytes, not by its name), without ever
 * holding the whole file. Throws `file.unreadable`, also for a gzip stream that is damaged, or cut before its first line.
 * One that merely ends midway, as a recorder leaves it when its process is killed, ends with its last whole line, and
 * `onCut` is told.
 */
export async function* recordLines(path: string, onCut?: () => void): AsyncGenerator<string> {
  const isGzip = await startsAsGzip(path);
  const file = createReadStream(path, { highWaterMark: 256 * 1024 });
  const bytes = isGzip ? file.pipe(createGunzip()) : file;
  // A pipe does not pass errors on.
  if (bytes !== file) file.on('error', (fault) => bytes.destroy(fault));
  bytes.setEncoding('utf8');
  let rest = '';
  let hasLine = false;
  try {
    for await (const chunk of bytes as AsyncIterable<string>) {
      rest += chunk;
      if (!chunk.includes('\n')) {
        if (rest.length > LONGEST_LINE) throw new Error('a line is too long');
        continue;
      }
      const lines = rest.split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (line.trim() === '') continue;
        hasLine = true;
        yield line;
      }
    }
  } catch (fault) {
    if (!hasLine || (fault as { code?: unknown }).code !== 'Z_BUF_ERROR') throw unreadable(path, fault);
    rest = '';
    onCut?.();
  } finally {
    file.destroy();
  }
  if (rest.trim() !== '') yield rest;
}

async function startsAsGzip(path: string): Promise<boolean> {
  try {
    await using file = await open(path);
    const { bytesRead, buffer } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
  } catch (fault) {
    throw unreadable(path, fault);
  }
}

function unreadable(path: string, fault: unknown): HeartlineError {
  return new HeartlineError('file.unreadable', `cannot read ${path}: ${reasonOf(fault)}`, {
    details: { path },
    cause: fault,
  });
}

function reasonOf(fault: unknown): string {
  switch ((fault as { code?: unknown }).code) {
    case 'ENOENT':
      return 'there is no such file';
    case 'EISDIR':
      return 'it is a folder';
    case 'EACCES':
    case 'EPERM':
      return 'no permission';
    case 'Z_BUF_ERROR':
    case 'Z_DATA_ERROR':
      return 'its gzip data is damaged';
    default:
      return messageOf(fault);
  }
}
