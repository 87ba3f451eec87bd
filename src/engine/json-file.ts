import { existsSync, readFileSync, statSync } from 'node:fs';
import { messageOf } from '#shared/base/errors.ts';
import { copyBeside, moveBeside } from './keep-beside.ts';
import { writeDurably } from './keys/write-durably.ts';

/** Where a file, or a copy of it, is kept now. */
export interface Aside {
  /** Beside the file; or the file itself, where it could not be kept beside. */
  readonly file: string;
  /** Why it could not. It is tried again before anything is written in its place. */
  readonly stuck?: string;
}

export type JsonRead<Value> =
  | { readonly kind: 'absent' }
  | { readonly kind: 'read'; readonly value: Value }
  /** It makes no sense, and was set aside. */
  | { readonly kind: 'broken'; readonly reason: string; readonly aside: Aside }
  /** It is there and cannot be read just now: it stays where it is until something is written. */
  | { readonly kind: 'unreadable'; readonly reason: string };

export interface JsonFile<Value> {
  read(): JsonRead<Value>;
  /** Keeps a copy beside of what was read: for a reader that left something of it out. */
  keepBeside(): Aside;
  /**
   * Whole or not at all, and on the disk when it returns: of two writes the later one stands, and none is under way when the
   * program ends. What could not be kept beside until now is kept first; then its place is returned. Throws what the disk
   * says; the file is then as it was. Not forced, it is as whole but waits for no disk: for what is written at many a click
   * and can be made again, for which the market must not stand still.
   */
  write(text: string, wish?: { readonly isForced?: boolean }): string | undefined;
}

/**
 * One JSON file of the data folder. Nothing that was in it is ever lost to a write: what makes no sense is set aside under a
 * name of its own, and where that fails nothing is written.
 */
export function openJsonFile<Value>(
  path: string,
  options: {
    /** Throws where the value makes no sense. */
    readonly parse: (value: unknown) => Value;
    /** A longer file is a broken one, and not read. */
    readonly mostBytes?: number;
  },
): JsonFile<Value> {
  const { parse, mostBytes = Number.POSITIVE_INFINITY } = options;
  let bytes: Buffer | undefined;
  /** Keeps what a write would lose. */
  let owed: (() => string) | undefined;
  /** Where that is, until a write could return it. */
  let keptLate: string | undefined;

  function read(): JsonRead<Value> {
    bytes = undefined;
    owed = undefined;
    try {
      if (statSync(path).size > mostBytes) return broken(`it is longer than ${mostBytes} bytes`);
      bytes = readFileSync(path);
    } catch (fault) {
      if ((fault as NodeJS.ErrnoException).code === 'ENOENT') return { kind: 'absent' };
      owed = () => moveBeside(path);
      return { kind: 'unreadable', reason: messageOf(fault) };
    }
    try {
      return { kind: 'read', value: parse(parseJson(bytes.toString('utf8'))) };
    } catch (fault) {
      return broken(messageOf(fault));
    }
  }

  function broken(reason: string): JsonRead<Value> {
    const held = bytes;
    return { kind: 'broken', reason, aside: keep(() => moveBeside(path, held)) };
  }

  function keep(work: () => string): Aside {
    try {
      return { file: work() };
    } catch (fault) {
      owed = work;
      return { file: path, stuck: messageOf(diskFault(fault)) };
    }
  }

  return {
    read,
    keepBeside() {
      const held = bytes;
      return held === undefined ? { file: path } : keep(() => copyBeside(path, held));
    },
    write(text, { isForced = true } = {}) {
      try {
        // Somebody may have taken it away by hand meanwhile.
        if (owed !== undefined && existsSync(path)) {
          keptLate = owed();
          owed = undefined;
        }
        writeDurably(path, text, { isForced });
      } catch (fault) {
        throw diskFault(fault);
      }
      const kept = keptLate;
      owed = undefined;
      keptLate = undefined;
      bytes = undefined;
      return kept;
    },
  };
}

/** JSON as editors save it: a byte order mark before it means nothing. Throws where it is none. */
export function parseJson(text: string): unknown {
  return JSON.parse(text.replace(/^\uFEFF/, ''));
}

/** The reader of the file has a word of its own for it: what the disk said is all that is new. */
function diskFault(fault: unknown): unknown {
  return (fault instanceof Error && fault.cause) || fault;
}
