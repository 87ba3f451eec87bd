import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import type { HeadlessHost } from './headless-host.ts';
import { startHeadlessHost } from './headless-host.ts';

// What no well-behaved client sends, byte by byte: Node answers some of it before our own code is asked.
let folder: string;
let host: HeadlessHost;
let cookie: string;
const own = () => `127.0.0.1:${host.port}`;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'heartline-raw-'));
  writeFileSync(join(folder, 'index.html'), 'THE WINDOW');
  host = await startHeadlessHost({
    port: 0,
    clock: createVirtualClock(),
    pageDir: folder,
    serve: () => undefined,
  });
  const token = new URL(host.newLink()).hash.slice('#token='.length);
  const answer = await say(post('/login', JSON.stringify({ token })));
  cookie = /^Set-Cookie: ([^;]+)/im.exec(answer)?.[1] ?? 'none';
});
afterAll(async () => {
  await host.close();
  rmSync(folder, { recursive: true });
});

/** Sends the bytes and gives all that comes back until the host ends the connection. */
function say(bytes: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(host.port, '127.0.0.1', () => socket.write(bytes));
    let heard = '';
    socket.setEncoding('latin1').on('data', (text: string) => {
      heard += text;
      // A window that was let in stays open.
      if (heard.startsWith('HTTP/1.1 101') && heard.includes('\r\n\r\n')) socket.destroy();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(heard));
  });
}

const get = (path: string, ...headers: string[]) =>
  [`GET ${path} HTTP/1.1`, ...headers, 'Connection: close', '', ''].join('\r\n');
const post = (path: string, body: string, ...headers: string[]) =>
  [
    `POST ${path} HTTP/1.1`,
    `Host: ${own()}`,
    `Origin: http://${own()}`,
    `Content-Length: ${body.length}`,
    ...headers,
    'Connection: close',
    '',
    body,
  ].join('\r\n');
const upgrade = (...headers: string[]) =>
  [
    'GET /contract HTTP/1.1',
    `Host: ${own()}`,
    `Origin: http://${own()}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    ...headers,
    '',
    '',
  ].join('\r\n');

test.each([
  ['no Host at all', 403, () => get('/')],
  ['what is not HTTP', 400, () => '\x16\x03\x01\r\n\r\n'],
  ['a method nobody knows', 400, () => `FOO / HTTP/1.1\r\nHost: ${own()}\r\n\r\n`],
  ['two lengths', 400, () => post('/login', '{}', 'Transfer-Encoding: chunked')],
  ['too long a header', 431, () => get('/', `Host: ${own()}`, `X: ${'x'.repeat(20_000)}`)],
  ['an expectation', 417, () => post('/login', '{}', 'Expect: a miracle')],
  ['a window without a session', 401, () => upgrade()],
  ['an upgrade to something else', 400, () => upgrade(`Cookie: ${cookie}`).replace('websocket', 'h2c')],
  ['a window with a broken key', 400, () => upgrade(`Cookie: ${cookie}`).replace(/Key: .*/, 'Key: x')],
  [
    'a window of an unknown version',
    400,
    () => upgrade(`Cookie: ${cookie}`).replace('Version: 13', 'Version: 7'),
  ],
])('%s gets an answer under the strict headers too', async (_what, status, bytes) => {
  const heard = await say(bytes());
  const [line] = heard.split('\r\n', 1);
  expect([line?.split(' ')[1], /^content-security-policy: default-src 'none'/im.test(heard)]).toEqual([
    String(status),
    true,
  ]);
});

test('a window that names a protocol is let in without one', async () => {
  const heard = await say(upgrade(`Cookie: ${cookie}`, 'Sec-WebSocket-Protocol: evil, other'));
  expect([heard.split('\r\n', 1)[0], /sec-websocket-protocol/i.test(heard)]).toEqual([
    'HTTP/1.1 101 Switching Protocols',
    false,
  ]);
});

test('the cookies of many other ports, and a false one under our name, keep nobody out', async () => {
  const others = Array.from({ length: 180 }, (_, port) => `heartline-${50_000 + port}=${'x'.repeat(43)}`);
  const false_ = `heartline-${host.port}=${'x'.repeat(43)}`;
  const heard = await say(get('/', `Host: ${own()}`, `Cookie: ${[...others, false_, cookie].join('; ')}`));
  expect(heard.split('\r\n\r\n')[1]).toBe('THE WINDOW');
});
