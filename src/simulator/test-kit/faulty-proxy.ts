import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import type { Clock } from '#shared/base/clock.ts';
import { Random } from '../random.ts';
import { createFaultyPipe, type Direction, type LinkFaults } from './faulty-pipe.ts';

export interface FaultyProxyOptions {
  readonly clock: Clock;
  /** Port on 127.0.0.1 everything is passed on to. */
  readonly target: number;
  /** Same seed, same chances for the first, second, … connection. */
  readonly seed?: number;
  readonly faults?: LinkFaults;
}

/** A link between a client and a server on this machine that can go bad in every way a link does. */
export interface FaultyProxy {
  readonly port: number;
  /** Connections standing now, and all there ever were. */
  readonly open: number;
  readonly accepted: number;
  /** From now on, for connections old and new; `{}` is a good link again. */
  set(faults: LinkFaults): void;
  /** Resets every connection now. */
  reset(): void;
  /** Ends one direction of every connection; the other stays open. */
  halfClose(direction: Direction): void;
  close(): Promise<void>;
}

/** Listens on a free port of 127.0.0.1. Knows nothing of what it carries. */
export async function openFaultyProxy(options: FaultyProxyOptions): Promise<FaultyProxy> {
  const { clock, target, seed = 1 } = options;
  let faults = options.faults ?? {};
  let accepted = 0;
  const links = new Set<Link>();

  const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    accepted += 1;
    const link = createLink({ clock, client, target, seed, ordinal: accepted, faults: () => faults });
    links.add(link);
    void link.ended.then(() => links.delete(link));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    port: (server.address() as AddressInfo).port,
    get open() {
      return links.size;
    },
    get accepted() {
      return accepted;
    },
    set(next) {
      faults = next;
      for (const link of links) link.look();
    },
    reset() {
      for (const link of links) link.reset();
    },
    halfClose(direction) {
      for (const link of links) link.halfClose(direction);
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      for (const link of links) link.reset();
      await closed;
    },
  };
}

interface Link {
  look(): void;
  reset(): void;
  halfClose(direction: Direction): void;
  readonly ended: Promise<unknown>;
}

interface LinkOptions {
  readonly clock: Clock;
  readonly client: Socket;
  readonly target: number;
  readonly seed: number;
  readonly ordinal: number;
  readonly faults: () => LinkFaults;
}

/** One client and its way to the server. */
function createLink({ clock, client, target, seed, ordinal, faults }: LinkOptions): Link {
  const remote = connect({ port: target, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
  const both = [client, remote] as const;
  const pipe = (direction: Direction) =>
    createFaultyPipe({
      clock,
      random: new Random(seed, ordinal, direction === 'up' ? 1 : 2),
      direction,
      from: direction === 'up' ? client : remote,
      to: direction === 'up' ? remote : client,
      faults,
      onReset: reset,
    });
  const pipes = { up: pipe('up'), down: pipe('down') };

  let isReset = false;
  function reset(): void {
    if (isReset) return;
    isReset = true;
    pipes.up.dispose();
    pipes.down.dispose();
    for (const socket of both) socket.resetAndDestroy();
  }

  // A side that broke is told to the other as what it is.
  for (const socket of both) socket.on('error', reset);
  pipes.up.look();
  pipes.down.look();
  return {
    look() {
      pipes.up.look();
      pipes.down.look();
    },
    reset,
    halfClose: (direction) => pipes[direction].end(),
    ended: Promise.all(both.map((socket) => new Promise((resolve) => socket.once('close', resolve)))),
  };
}
