import { appendFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

/** Adds bytes to the end of a file; made when it is not there. */
export type AppendBytes = (path: string, bytes: Uint8Array) => Promise<void>;

/**
 * One growing file of compressed lines. What piles up is compressed and written as a gzip member of its own, off the event
 * loop: whatever happens to the process, all members but perhaps the last are whole.
 */
export interface GrowingFile {
  readonly path: string;
  /** Compressed, on disk. */
  readonly bytes: number;
  /** Lines written or waiting. */
  readonly lines: number;
  /** False when too much waits: the line is not kept. */
  add(line: string): boolean;
  /** Hands what waits to the disk. */
  flush(): void;
  /** Writes what waits, and no more after that. */
  close(): Promise<void>;
}

/** Compressed at once: small enough for a burst not to be lost with the process, large enough to be worth it. */
const BATCH_CHARS = 256 * 1024;
/** What may wait for a slow disk. */
const MOST_CHARS = 8 * 1024 * 1024;

const compress = promisify<string, Buffer>((text, done) => gzip(text, done));

export function createGrowingFile(options: {
  readonly path: string;
  readonly append?: AppendBytes | undefined;
  /** Nothing is written after it. */
  readonly onFault: (fault: unknown) => void;
}): GrowingFile {
  const { path, append = appendFile, onFault } = options;
  let waiting: string[] = [];
  let chars = 0;
  let bytes = 0;
  let lines = 0;
  let isBroken = false;
  let isClosed = false;
  let writing: Promise<void> | undefined;

  async function write(): Promise<void> {
    while (waiting.length > 0 && !isBroken) {
      const batch = waiting;
      const batchChars = chars;
      waiting = [];
      try {
        const member = await compress(batch.join(''));
        await append(path, member);
        bytes += member.length;
      } catch (fault) {
        isBroken = true;
        waiting = [];
        onFault(fault);
      }
      chars -= batchChars;
    }
  }

  function flush(): void {
    if (writing || waiting.length === 0 || isBroken) return;
    writing = write().finally(() => {
      writing = undefined;
    });
  }

  return {
    path,
    get bytes() {
      return bytes;
    },
    get lines() {
      return lines;
    },
    add(line) {
      if (isBroken || isClosed || chars + line.length > MOST_CHARS) return false;
      waiting.push(line);
      chars += line.length;
      lines += 1;
      if (chars >= BATCH_CHARS) flush();
      return true;
    },
    flush,
    async close() {
      isClosed = true;
      await writing;
      flush();
      await writing;
    },
  };
}
