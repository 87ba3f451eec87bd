import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '#shared/base/system-clock.ts';
import type { LinkFaults } from './faulty-pipe.ts';
import { type FaultyProxy, openFaultyProxy } from './faulty-proxy.ts';

// Real sockets on loopback. Waiting is bounded by the test's limit; bounds on time are one-sided, so that a busy
// machine cannot fail them.

let server: Server;
let served: Socket[];
let port: number;
let proxy: FaultyProxy;
const clients: Socket[] = [];

beforeEach(async () => {
  served = [];
  server = createServer({ allowHalfOpen: true }, (socket) => {
    served.push(socket);
    socket.on('error', () => undefined);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
});
afterEach(async () => {
  for (const socket of [...clients.splice(0), ...served]) socket.destroy();
  await proxy.close();
  server.close();
});

/** A client through the proxy and the server's end of it, and what each of them heard. */
async function dial() {
  const client = connect({ port: proxy.port, host: '127.0.0.1', allowHalfOpen: true });
  clients.push(client);
  const heard = { client: listen(client), server: listen(undefined) };
  await once(client, 'connect');
  await expect.poll(() => served.length).toBe(clients.length);
  const peer = served.at(-1) as Socket;
  heard.server = listen(peer);
  return { client, peer, heard };
}

function listen(socket: Socket | undefined) {
  const heard = { text: '', pieces: 0, ended: false, closed: false, error: '' };
  socket?.setEncoding('latin1');
  socket?.on('data', (text: string) => {
    heard.text += text;
    heard.pieces += 1;
  });
  socket?.on('end', () => {
    heard.ended = true;
  });
  socket?.on('close', () => {
    heard.closed = true;
  });
  socket?.on('error', (fault: NodeJS.ErrnoException) => {
    heard.error = fault.code ?? '';
  });
  return heard;
}

async function start(faults: LinkFaults = {}) {
  proxy = await openFaultyProxy({ clock: systemClock, target: port, faults });
  return dial();
}

const LONG = Array.from({ length: 20_000 }, (_, at) => `${at} `).join('');

describe('a faulty link', () => {
  test('that is good carries every byte both ways, and its end', async () => {
    const { client, peer, heard } = await start();
    client.end(LONG);
    peer.end('down');
    await expect.poll(() => heard.server.ended && heard.client.ended).toBe(true);
    expect([heard.server.text === LONG, heard.client.text]).toEqual([true, 'down']);
    await expect.poll(() => proxy.open).toBe(0);
  });

  test('with latency and jitter is late by at least the latency less the jitter, and keeps the order', async () => {
    const { client, heard } = await start({ latencyMs: 120, jitterMs: 60 });
    const since = performance.now();
    for (let at = 0; at < 50; at += 1) client.write(`${at},`);
    await expect.poll(() => heard.server.text.length > 0, { interval: 1 }).toBe(true);
    const tookMs = performance.now() - since;
    await expect.poll(() => heard.server.text).toBe(Array.from({ length: 50 }, (_, at) => `${at},`).join(''));
    expect(tookMs).toBeGreaterThanOrEqual(59);
  });

  test('that swallows everything tells nobody, and delivers all of it when it is over', async () => {
    const { client, peer, heard } = await start();
    proxy.set({ blackHole: 'both' });
    client.write('up');
    peer.write('down');
    await new Promise((resolve) => setTimeout(resolve, 300));
    const held = [heard.server.text, heard.client.text, heard.client.closed, heard.server.closed];
    proxy.set({});
    await expect.poll(() => [heard.server.text, heard.client.text]).toEqual(['up', 'down']);
    expect(held).toEqual(['', '', false, false]);
  });

  test('that swallows one direction lets the other through', async () => {
    const { client, peer, heard } = await start({ blackHole: 'down' });
    client.write('up');
    peer.write('down');
    await expect.poll(() => heard.server.text).toBe('up');
    expect(heard.client.text).toBe('');
  });

  test('swallows the first word of who connects while it does', async () => {
    const { heard } = await start();
    proxy.set({ blackHole: 'both' });
    const late = await dial();
    late.client.write('hello');
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect([late.heard.server.text, heard.client.closed]).toEqual(['', false]);
  });

  test('is reset for both ends at once', async () => {
    const { heard } = await start();
    proxy.reset();
    await expect.poll(() => [heard.client.closed, heard.server.closed]).toEqual([true, true]);
    expect([heard.client.error, proxy.open]).toEqual(['ECONNRESET', 0]);
  });

  test('passes a reset of one end on as a reset', async () => {
    const { peer, heard } = await start();
    peer.resetAndDestroy();
    await expect.poll(() => heard.client.closed).toBe(true);
    expect(heard.client.error).toBe('ECONNRESET');
  });

  test('cuts bytes into small pieces without losing one', async () => {
    const { client, heard } = await start({ slicesOf: 3 });
    const text = LONG.slice(0, 600);
    client.write(text);
    await expect.poll(() => heard.server.text, { timeout: 10_000 }).toBe(text);
    expect(heard.server.pieces).toBeGreaterThan(50);
  });

  test('half-closed downwards still carries what goes up', async () => {
    const { client, peer, heard } = await start();
    proxy.halfClose('down');
    await expect.poll(() => heard.client.ended).toBe(true);
    peer.write('nobody hears');
    client.write('still here');
    await expect.poll(() => heard.server.text).toBe('still here');
    expect([heard.client.text, heard.server.ended]).toEqual(['', false]);
  });

  test('carries no more than its bandwidth', async () => {
    const { client, heard } = await start({ bytesPerSecond: 40_000 });
    const since = performance.now();
    client.write('x'.repeat(12_000));
    await expect.poll(() => heard.server.text.length, { interval: 1 }).toBe(12_000);
    expect(performance.now() - since).toBeGreaterThanOrEqual(299);
  });

  test('makes a sender wait rather than pile up without bound', async () => {
    const { client } = await start({ bytesPerSecond: 1000 });
    const megabyte = Buffer.alloc(1 << 20);
    for (let sent = 0; sent < 64; sent += 1) client.write(megabyte);
    await new Promise((resolve) => setTimeout(resolve, 200));
    // Kernel buffers and ours are full: what is left waits at the sender.
    expect(client.writableLength).toBeGreaterThan(32 * (1 << 20));
  });

  test('meets the same fate again with the same seed, whatever the moment', async () => {
    const fateOf = async (seed: number, resetChance: number) => {
      const own = await openFaultyProxy({
        clock: systemClock,
        target: port,
        seed,
        faults: { slicesOf: 8, resetChance },
      });
      const fates: number[] = [];
      for (let at = 0; at < 3; at += 1) {
        const client = connect({ port: own.port, host: '127.0.0.1' });
        clients.push(client);
        const before = served.length;
        await expect.poll(() => served.length, { interval: 5 }).toBe(before + 1);
        const heard = listen(served.at(-1));
        const told = listen(client);
        client.write('y'.repeat(400));
        await expect
          .poll(() => told.closed || heard.text.length === 400, { interval: 5, timeout: 10_000 })
          .toBe(true);
        fates.push(told.closed ? -1 : heard.text.length);
      }
      await own.close();
      return fates;
    };
    proxy = await openFaultyProxy({ clock: systemClock, target: port });
    const [first, again, sure, never] = [
      await fateOf(3, 0.012),
      await fateOf(3, 0.012),
      await fateOf(3, 1),
      await fateOf(3, 0),
    ];
    expect([again, sure, never]).toEqual([first, [-1, -1, -1], [400, 400, 400]]);
    expect(new Set(first).size).toBe(2);
  });
});
