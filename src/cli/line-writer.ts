import type { Writable } from 'node:stream';

export interface LineWriter {
  write(line: string): void;
  /** Resolves once everything written so far has been taken. */
  flush(): Promise<void>;
  /** Resolves when nobody reads any more (a closed pipe). */
  readonly broken: Promise<void>;
}

// One system call per line would cost more than making the line.
const CHUNK = 64 * 1024;

/** Lines to a stream, in chunks: at most a tick late, and never an error for a reader that went away. */
export function createLineWriter(stream: Writable): LineWriter {
  let pending = '';
  let isScheduled = false;
  let isBroken = false;
  let tell: () => void = () => undefined;
  const broken = new Promise<void>((resolve) => {
    tell = resolve;
  });
  stream.on('error', () => {
    isBroken = true;
    tell();
  });

  function send(): void {
    isScheduled = false;
    if (pending === '' || isBroken) return;
    const chunk = pending;
    pending = '';
    stream.write(chunk);
  }

  return {
    write(line) {
      pending += `${line}\n`;
      if (pending.length >= CHUNK) send();
      else if (!isScheduled) {
        isScheduled = true;
        setImmediate(send);
      }
    },
    async flush() {
      send();
      if (isBroken || stream.writableLength === 0) return;
      // Not 'drain': it only comes after a write that was told to wait. Writes are done in order.
      await Promise.race([new Promise<void>((resolve) => void stream.write('', () => resolve())), broken]);
    },
    broken,
  };
}
