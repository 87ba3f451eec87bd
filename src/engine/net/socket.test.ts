import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Socket as TcpSocket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { WebSocketServer } from 'ws';
import type { Cause } from '#shared/domain/connection.ts';
import { openSocket, type Socket, type SocketListener } from './socket.ts';

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup();
});

/** Opens a socket to a real server on loopback and tells what happened to it, in order. */
function watch(url: string, options?: Parameters<typeof openSocket>[2]) {
  const told: string[] = [];
  const frames: Uint8Array[] = [];
  let closed: { cause: Cause; retryAfterMs: number | undefined } | undefined;
  let wake: () => void = () => undefined;
  const listener: SocketListener = {
    opened() {
      told.push('opened');
      wake();
    },
    frame(bytes) {
      frames.push(bytes.slice());
      told.push('frame');
      wake();
    },
    pulse(kind) {
      told.push(kind);
      wake();
    },
    closed(cause, retryAfterMs) {
      closed = { cause, retryAfterMs };
      told.push('closed');
      wake();
    },
  };
  const socket: Socket = openSocket(url, listener, options);
  cleanups.push(() => socket.terminate());
  return {
    socket,
    told,
    frames,
    get closed() {
      return closed;
    },
    async until(word: string) {
      while (!told.includes(word)) await new Promise<void>((resolve) => (wake = resolve));
    },
  };
}

async function webSocketServer(
  onConnection: (socket: import('ws').WebSocket) => void,
  perMessageDeflate = false,
): Promise<string> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate });
  cleanups.push(() => {
    for (const client of server.clients) client.terminate();
    server.close();
  });
  server.on('connection', onConnection);
  await new Promise((resolve) => server.once('listening', resolve));
  return `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

describe('a real socket', () => {
  test('delivers text and binary messages as bytes, and pongs as pulses', async () => {
    const url = await webSocketServer((peer) => {
      peer.send('{"e":"체결"}');
      peer.send(Buffer.from('{"b":1}'), { binary: true });
    });
    const seen = watch(url);
    await seen.until('opened');
    seen.socket.ping();
    await seen.until('pong');
    expect(seen.frames.map((bytes) => new TextDecoder().decode(bytes))).toEqual(['{"e":"체결"}', '{"b":1}']);
  });

  test('shows who it is in the headers it was given, and no Origin', async () => {
    const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
    cleanups.push(() => server.close());
    await new Promise((resolve) => server.once('listening', resolve));
    const shown = new Promise((resolve) =>
      server.on('connection', (_, { headers }) => resolve([headers.authorization, headers.origin])),
    );
    const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const nothing = () => undefined;
    const socket = openSocket(
      url,
      { opened: nothing, frame: nothing, pulse: nothing, closed: nothing },
      { headers: { Authorization: 'Bearer token' } },
    );
    cleanups.push(() => socket.terminate());
    expect(await shown).toEqual(['Bearer token', undefined]);
  });

  test('hands on broken UTF-8 instead of losing the connection over it', async () => {
    const url = await webSocketServer((peer) => {
      peer.send(Buffer.from([0x7b, 0xff, 0xfe, 0x7d]), { binary: false });
      peer.send('{}');
    });
    const seen = watch(url);
    while (seen.frames.length < 2)
      await seen.until('frame').then(() => new Promise((resolve) => setImmediate(resolve)));
    expect({ told: seen.told, first: [...(seen.frames[0] ?? [])] }).toEqual({
      told: ['opened', 'frame', 'frame'],
      first: [0x7b, 0xff, 0xfe, 0x7d],
    });
  });

  test('refuses a message above 4 MiB', async () => {
    const url = await webSocketServer((peer) => peer.send('x'.repeat(4 * 1024 * 1024 + 1)));
    const seen = watch(url);
    await seen.until('closed');
    expect(seen.told).toEqual(['opened', 'closed']);
  });

  test('asks for compression only when told to, and takes what comes either way', async () => {
    const negotiated: string[] = [];
    const url = await webSocketServer((peer) => {
      negotiated.push(peer.extensions);
      peer.send('x'.repeat(10_000));
    }, true);
    const plainUrl = await webSocketServer((peer) => peer.send('plain'));
    const all = [watch(url), watch(url, { isCompressed: true }), watch(plainUrl, { isCompressed: true })];
    for (const seen of all) await seen.until('frame');
    expect([negotiated.toSorted(), all.map(({ frames }) => frames[0]?.length)]).toEqual([
      ['', 'permessage-deflate'],
      [10_000, 10_000, 5],
    ]);
  });

  test('refuses a small message that unfolds to more than 4 MiB', async () => {
    const url = await webSocketServer((peer) => peer.send('x'.repeat(64 * 1024 * 1024)), true);
    const seen = watch(url, { isCompressed: true });
    await seen.until('closed');
    expect(seen.told).toEqual(['opened', 'closed']);
  });

  test('tells a refused port, a reset and a close apart', async () => {
    const refused = watch('ws://127.0.0.1:1/');
    await refused.until('closed');
    const resetUrl = await webSocketServer((peer) => peer.terminate());
    const reset = watch(resetUrl);
    await reset.until('closed');
    const closeUrl = await webSocketServer((peer) => peer.close(1001, 'going away'));
    const closed = watch(closeUrl);
    await closed.until('closed');
    expect([refused.closed?.cause.code, reset.closed?.cause.code, closed.closed?.cause]).toEqual([
      'socket.refused',
      'socket.reset',
      { code: 'socket.closed', detail: 'closed with 1001 (going away)' },
    ]);
  });

  test('reads Retry-After from a refused handshake', async () => {
    const server = createHttpServer();
    server.on('upgrade', (_request, socket) => {
      socket.end('HTTP/1.1 429 Too Many Requests\r\nRetry-After: 7\r\nContent-Length: 0\r\n\r\n');
    });
    cleanups.push(() => server.close());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const seen = watch(`ws://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await seen.until('closed');
    expect(seen.closed).toEqual({
      cause: { code: 'rate-limit', detail: 'handshake answered with HTTP 429' },
      retryAfterMs: 7000,
    });
  });

  test.each([
    [451, '', 'geo'],
    [403, '<html>Access from your country is blocked</html>', 'geo'],
    [403, '{"retMsg":"access too frequent"}', 'ban'],
    [401, '', 'auth'],
    [503, 'maintenance', 'maintenance'],
  ])('reads the words of a handshake refused with %i %s: %s', async (status, body, code) => {
    const server = createHttpServer();
    server.on('upgrade', (_request, socket) => {
      socket.end(`HTTP/1.1 ${status} No\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
    });
    cleanups.push(() => server.close());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const seen = watch(`ws://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await seen.until('closed');
    expect([seen.closed?.cause.code, seen.told]).toEqual([code, ['closed']]);
  });

  test.each([
    [1012, 'maintenance'],
    [1013, 'maintenance'],
    [1002, 'protocol'],
    [1000, 'socket.closed'],
  ])('takes a close with %i for %s', async (status, code) => {
    const seen = watch(await webSocketServer((peer) => peer.close(status)));
    await seen.until('closed');
    expect(seen.closed?.cause.code).toBe(code);
  });

  test('calls what is no WebSocket a breach of the protocol', async () => {
    const server = createTcpServer((socket) => socket.end('SSH-2.0-nobody\r\n'));
    cleanups.push(() => server.close());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const seen = watch(`ws://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await seen.until('closed');
    expect(seen.closed?.cause.code).toBe('protocol');
  });

  test('gives a handshake up that never ends', { timeout: 15_000 }, async () => {
    const held: TcpSocket[] = [];
    const server = createTcpServer((socket) => held.push(socket));
    cleanups.push(() => {
      for (const socket of held) socket.destroy();
      server.close();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const seen = watch(`ws://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await seen.until('closed');
    expect(seen.closed?.cause.code).toBe('socket.handshake');
  });

  test('says nothing more once it was terminated', async () => {
    const url = await webSocketServer((peer) => {
      const timer = setInterval(() => peer.send('{}'), 1);
      peer.on('close', () => clearInterval(timer));
    });
    const seen = watch(url);
    await seen.until('frame');
    seen.socket.terminate();
    const before = seen.told.length;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(seen.told.length).toBe(before);
  });
});
