import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { Clock } from '#shared/base/clock.ts';
import { messageOf } from '#shared/base/errors.ts';
import type { Sweep } from '#shared/contract/order-views.ts';
import type { EventLog } from '../health/event-log.ts';
import { writeDurably } from '../keys/write-durably.ts';
import {
  createLineReader,
  type KillAnswer,
  type KillAsked,
  type KillDoorFile,
  killDoorFile,
  type TradingState,
} from './kill-protocol.ts';

const MOST_CONNECTIONS = 8;
/** The one line that is asked is some hundred characters long. */
const MOST_ASKED = 1000;
const ASK_WITHIN_MS = 2000;
const LOOK_EVERY_MS = 100;
/** Said again when nothing changed, so that silence means that the engine is gone. */
const REPEAT_MS = 1000;
/** Systems take no longer address of a socket (macOS 104 bytes with its end, Linux 108). */
const LONGEST_ADDRESS = 100;

export interface KillDoorOptions {
  readonly dataDir: string;
  readonly clock: Clock;
  readonly log: EventLog;
  /** Halts, cancels everything everywhere, and resolves with its sweeps when they are over. */
  readonly kill: (from: string) => Promise<readonly Sweep[]>;
  /** All there are; told of them are kills that are on, and those that ended meanwhile. */
  readonly sweeps: () => readonly Sweep[];
  readonly state: () => TradingState;
}

export interface KillDoor {
  /** Resolves when it can be knocked at: `false` where there can be none, which the log says. Never rejects. */
  readonly ready: Promise<boolean>;
  /** A kill that is on goes on. */
  dispose(): void;
}

/** The kill switch for a command line of the same user: a local socket, and a token only that user can read. */
export function openKillDoor(options: KillDoorOptions): KillDoor {
  const { clock, log, dataDir } = options;
  const token = randomBytes(32).toString('base64url');
  const digest = sha256(token);
  const file = killDoorFile(dataDir);
  const connections = new Set<Socket>();
  let written: string | undefined;
  let server: Server | undefined;
  let isOver = false;
  removeLeftSocket(file);

  function accept(socket: Socket): void {
    if (connections.size >= MOST_CONNECTIONS) {
      socket.destroy();
      return;
    }
    connections.add(socket);
    socket.on('error', () => socket.destroy()); // who knocked is gone
    const stopWaiting = clock.after(ASK_WITHIN_MS, () => socket.destroy());
    socket.once('close', () => {
      connections.delete(socket);
      stopWaiting();
    });
    const reader = createLineReader(MOST_ASKED);
    let isAsked = false;
    socket.setEncoding('utf8').on('data', (text: string) => {
      if (isAsked) return;
      const lines = reader.feed(text);
      if (lines === undefined) {
        socket.destroy();
        return;
      }
      const [line] = lines;
      if (line === undefined) return;
      isAsked = true;
      stopWaiting();
      answer(socket, line);
    });
  }

  function answer(socket: Socket, line: string): void {
    const asked = read(line);
    // Whatever it is, it is compared: the time taken tells nothing.
    if (!timingSafeEqual(sha256(asked?.token ?? ''), digest) || asked === undefined) {
      log.add('warn', 'killdoor.refused', 'somebody knocked at the kill switch without its token');
      end(socket, { kind: 'refused' });
      return;
    }
    if (asked.command === 'status') {
      end(socket, { kind: 'state', state: options.state() });
      return;
    }
    void kill(socket);
  }

  async function kill(socket: Socket): Promise<void> {
    let said = '';
    let saidAt = clock.monotonic();
    const before = new Set(
      options.sweeps().flatMap(({ id, endedAt }) => (endedAt === undefined ? [] : [id])),
    );
    const stop = clock.every(LOOK_EVERY_MS, () => {
      const sweeps = options.sweeps().filter(({ id, kind }) => kind === 'kill' && !before.has(id));
      const text = JSON.stringify(sweeps);
      const isRepeat = text === said;
      if (isRepeat && clock.monotonic() - saidAt < REPEAT_MS) return;
      said = text;
      saidAt = clock.monotonic();
      say(socket, { kind: 'progress', sweeps });
    });
    try {
      // Begun before anything is said: the cancels come first.
      const sweeping = options.kill('command line');
      say(socket, { kind: 'heard' });
      const sweeps = await sweeping;
      end(socket, { kind: 'done', sweeps, state: options.state() });
    } catch (fault) {
      log.add('error', 'internal', messageOf(fault));
      end(socket, { kind: 'failed', message: messageOf(fault) });
    } finally {
      stop();
    }
  }

  /** One address after the other until one can be listened at. */
  async function listen(): Promise<boolean> {
    for (const address of addressesFor(dataDir)) {
      try {
        server = await listenAt(address, accept);
      } catch (fault) {
        const reason = messageOf(fault);
        log.add('warn', 'killdoor.elsewhere', `no socket at ${address}: ${reason}`, { reason });
        continue;
      }
      if (isOver) {
        server.close();
        return false;
      }
      return publish(address);
    }
    log.add('error', 'killdoor.none', 'the kill switch cannot be reached from a command line', {
      reason: 'no socket',
    });
    return false;
  }

  function publish(address: string): boolean {
    const text = `${JSON.stringify({ address, token, pid: process.pid } satisfies KillDoorFile)}\n`;
    try {
      writeDurably(file, text);
      written = text;
      return true;
    } catch (fault) {
      log.add('error', 'killdoor.none', messageOf(fault), { reason: messageOf(fault) });
      server?.close();
      return false;
    }
  }

  return {
    ready: listen(),
    dispose() {
      isOver = true;
      // Closing removes the socket's own file.
      server?.close();
      for (const socket of connections) socket.destroy();
      if (written !== undefined && textOf(file) === written) rmSync(file, { force: true });
    },
  };
}

function say(socket: Socket, answer: KillAnswer): void {
  // One that does not read what it asked for is not written to without bounds.
  if (socket.writable && socket.writableLength < 1_000_000) socket.write(`${JSON.stringify(answer)}\n`);
}

function end(socket: Socket, answer: KillAnswer): void {
  if (socket.writable) socket.end(`${JSON.stringify(answer)}\n`);
}

function read(line: string): KillAsked | undefined {
  try {
    const { token, command } = JSON.parse(line) as Partial<KillAsked>;
    const isKnown = typeof token === 'string' && (command === 'kill' || command === 'status');
    return isKnown ? { token, command } : undefined;
  } catch {
    return undefined; // no line of ours
  }
}

/** Beside the data first: what lies in a folder for passing things may be swept away. Not every drive can hold a socket. */
function addressesFor(dataDir: string): readonly string[] {
  const name = `heartline-${randomBytes(8).toString('hex')}`;
  if (process.platform === 'win32') return [`\\\\.\\pipe\\${name}`];
  return [dataDir, tmpdir(), '/tmp']
    .map((folder) => join(folder, `${name}.sock`))
    .filter((path) => Buffer.byteLength(path) <= LONGEST_ADDRESS);
}

async function listenAt(address: string, accept: (socket: Socket) => void): Promise<Server> {
  const server = createServer(accept);
  server.maxConnections = MOST_CONNECTIONS * 2;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ path: address, readableAll: false, writableAll: false }, resolve);
  });
  server.removeAllListeners('error');
  server.on('error', () => undefined); // a single connection that could not be accepted
  return server;
}

/** A crash leaves its socket behind. Nothing but a socket of ours, by its name, is ever removed. */
function removeLeftSocket(file: string): void {
  try {
    const { address } = JSON.parse(textOf(file) ?? '{}') as Partial<KillDoorFile>;
    if (typeof address !== 'string' || !/^heartline-[0-9a-f]{16}\.sock$/u.test(basename(address))) return;
    if ([dirname(file), tmpdir(), '/tmp'].includes(dirname(address))) rmSync(address, { force: true });
  } catch {
    // Nothing of ours can be read there: it is replaced.
  }
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined; // none
  }
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
