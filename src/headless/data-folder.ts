import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { HeartlineError, messageOf } from '#shared/base/errors.ts';

/** Who holds a data folder, as its `headless.lock` says. */
interface Holder {
  readonly pid: number;
  readonly port: number;
}

/**
 * Makes the folder when missing and takes it for the host that listens on `port`, until disposed: two hosts on one
 * folder would overwrite each other's settings. What a host that was killed left behind is in nobody's way.
 * Rejects with `data-folder.unwritable` or `data-folder.taken`.
 */
export async function claimDataFolder(folder: string, port: number): Promise<Disposable> {
  const lock = join(folder, 'headless.lock');
  const own = `${JSON.stringify({ pid: process.pid, port } satisfies Holder)}\n`;
  try {
    makeFolder(resolve(folder));
    while (!take(lock, own)) {
      const held = read(lock);
      const holder = held === undefined ? undefined : holderIn(held);
      if (holder !== undefined && (await isRunning(holder))) throw taken(folder, holder);
      // Gone in the meantime, or taken by somebody quicker: looked at anew.
      if (held !== undefined && read(lock) === held) rmSync(lock, { force: true });
    }
  } catch (fault) {
    if (fault instanceof HeartlineError) throw fault;
    throw new HeartlineError('data-folder.unwritable', `cannot write to the data folder ${folder}`, {
      cause: fault,
      details: { folder, reason: messageOf(fault) },
    });
  }
  return {
    [Symbol.dispose]() {
      if (read(lock) === own) rmSync(lock, { force: true });
    },
  };
}

/** One level after the other: below a folder like `/proc`, Node's own recursion never ends. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  mkdirSync(folder, { recursive: false });
}

/** Appears whole or not at all, so that nobody reads half of it. */
function take(lock: string, own: string): boolean {
  const draft = `${lock}.${process.pid}`;
  writeFileSync(draft, own);
  try {
    linkSync(draft, lock);
    return true;
  } catch (fault) {
    switch ((fault as NodeJS.ErrnoException).code) {
      case 'EEXIST':
        return false;
      case 'EPERM':
      case 'ENOTSUP':
      case 'ENOSYS':
        // A file system without links (a memory stick).
        return write(lock, own);
      default:
        throw fault;
    }
  } finally {
    rmSync(draft, { force: true });
  }
}

function write(lock: string, own: string): boolean {
  try {
    writeFileSync(lock, own, { flag: 'wx' });
    return true;
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw fault;
  }
}

function read(lock: string): string | undefined {
  try {
    return readFileSync(lock, 'utf8');
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw fault;
  }
}

function holderIn(text: string): Holder | undefined {
  try {
    const { pid, port } = JSON.parse(text) as Partial<Holder>;
    return Number.isSafeInteger(pid) && Number.isSafeInteger(port) ? ({ pid, port } as Holder) : undefined;
  } catch {
    return undefined; // nothing that a host of ours wrote
  }
}

/** Both its process and its port: a number alone may long belong to another program. */
async function isRunning({ pid, port }: Holder): Promise<boolean> {
  if (pid === process.pid || pid <= 0 || port <= 0 || port > 65_535) return false;
  try {
    process.kill(pid, 0);
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return new Promise((settle) => {
    const socket = connect(port, '127.0.0.1');
    const done = (answers: boolean) => {
      socket.destroy();
      settle(answers);
    };
    socket.once('connect', () => done(true));
    socket.once('error', () => done(false));
  });
}

function taken(folder: string, { pid, port }: Holder): HeartlineError {
  return new HeartlineError(
    'data-folder.taken',
    `another Heartline (process ${pid}, http://127.0.0.1:${port}) uses the data folder ${folder}: ` +
      'stop that one, or choose another folder with --data-dir',
    { details: { folder, pid, port } },
  );
}
