import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect, createServer } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { systemClock } from '#shared/base/system-clock.ts';
import { createClient } from '#shared/contract/client.ts';
import type { ServerChannel } from '#shared/contract/protocol.ts';
import { serveClient } from '#shared/contract/server.ts';
import { connectWebSocket } from '#shared/contract/web-socket-channel.ts';
import { createScriptedApi } from '#shared/test-kit/scripted-api.ts';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import type { HeadlessHost } from './headless-host.ts';
import { startHeadlessHost } from './headless-host.ts';

let folder: string;
const pageDir = () => join(folder, 'page');
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'heartline-host-'));
  mkdirSync(join(pageDir(), 'assets'), { recursive: true });
  writeFileSync(join(pageDir(), 'index.html'), 'THE WINDOW');
  writeFileSync(join(pageDir(), 'assets', 'main-1a2b.js'), 'THE SCRIPT');
  writeFileSync(join(folder, 'secret.js'), 'A SECRET');
});
afterAll(() => rmSync(folder, { recursive: true }));

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

interface Asked {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

async function start() {
  const clock = createVirtualClock();
  const channels: ServerChannel[] = [];
  const host = await startHeadlessHost({
    port: 0,
    clock,
    pageDir: pageDir(),
    serve: (channel) => channels.push(channel),
  });
  cleanups.push(() => host.close());
  const own = `127.0.0.1:${host.port}`;

  const ask = ({ method = 'GET', path = '/', headers = {}, body }: Asked = {}) =>
    new Promise<{ status: number; headers: Record<string, unknown>; body: string }>((resolve, reject) => {
      const asked = httpRequest(
        {
          host: '127.0.0.1',
          port: host.port,
          method,
          path,
          headers: { Host: own, ...headers },
          agent: false,
        },
        (answer) => {
          const chunks: Buffer[] = [];
          answer.on('data', (chunk) => chunks.push(chunk));
          answer.on('end', () =>
            resolve({
              status: answer.statusCode ?? 0,
              headers: answer.headers,
              body: Buffer.concat(chunks).toString(),
            }),
          );
        },
      );
      asked.on('error', reject);
      asked.end(body);
    });

  const logIn = async (token: string, headers: Record<string, string> = { Origin: `http://${own}` }) => {
    const answer = await ask({ method: 'POST', path: '/login', headers, body: JSON.stringify({ token }) });
    return { ...answer, cookie: String(answer.headers['set-cookie'] ?? '').split(';', 1)[0] ?? '' };
  };

  const session = async () => (await logIn(tokenOf(host))).cookie;

  /** 101, or the status of the refusal. */
  const upgrade = (headers: Record<string, string>, path = '/contract') =>
    new Promise<number>((resolve, reject) => {
      const socket = new WebSocket(`ws://${own}${path}`, { headers: { Host: own, ...headers } });
      cleanups.push(() => socket.terminate());
      socket.on('open', () => resolve(101));
      socket.on('unexpected-response', (request, answer) => {
        request.destroy();
        resolve(answer.statusCode ?? 0);
      });
      socket.on('error', reject);
    });

  return { host, clock, own, ask, logIn, session, upgrade, channels };
}

const tokenOf = (host: HeadlessHost) => new URL(host.newLink()).hash.slice('#token='.length);

describe('logging in', () => {
  test('the link holds the token in its fragment, and the token becomes a strict session cookie', async () => {
    const { host, own, ask, logIn } = await start();
    expect(host.newLink()).toMatch(new RegExp(`^http://${own}/#token=[\\w-]{43}$`));
    const { status, headers, cookie } = await logIn(tokenOf(host));
    expect([status, headers['set-cookie']]).toEqual([
      204,
      [expect.stringMatching(/^heartline-\d+=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/)],
    ]);
    expect([(await ask()).body, (await ask({ headers: { Cookie: cookie } })).body]).toEqual([
      expect.stringContaining('login.js'),
      'THE WINDOW',
    ]);
  });

  test('a replayed, an expired, an unknown and a missing token are refused, each with its own code', async () => {
    const { host, clock, own, ask, logIn } = await start();
    const used = tokenOf(host);
    await logIn(used);
    const replayed = await logIn(used);
    const expired = tokenOf(host);
    clock.advance(60_000);
    const late = await logIn(expired);
    const unknown = await logIn('A'.repeat(43));
    const headers = { Origin: `http://${own}` };
    const missing = await ask({ method: 'POST', path: '/login', headers, body: '{"tok":1}' });
    expect([replayed, late, unknown, missing].map(({ status, body }) => [status, body])).toEqual([
      [401, '{"code":"login.used"}'],
      [401, '{"code":"login.expired"}'],
      [401, '{"code":"login.unknown"}'],
      [400, '{"code":"login.malformed"}'],
    ]);
  });

  test('after ten wrong tokens nobody gets in for a minute', async () => {
    const { host, clock, logIn } = await start();
    const statuses: number[] = [];
    for (let count = 0; count < 11; count += 1) statuses.push((await logIn('wrong')).status);
    const locked = await logIn(tokenOf(host));
    clock.advance(60_000);
    const after = await logIn(tokenOf(host));
    expect([statuses, locked.status, locked.headers['retry-after'], after.status]).toEqual([
      [...Array<number>(10).fill(401), 429],
      429,
      '60',
      204,
    ]);
  });

  test.each([
    ['missing', {}],
    ['foreign', { Origin: 'http://evil.example' }],
    ['null', { Origin: 'null' }],
    ['of another port', { Origin: 'http://127.0.0.1:1' }],
  ])('with a %s Origin the right token is refused and stays good', async (_what, headers) => {
    const { host, logIn } = await start();
    const token = tokenOf(host);
    expect([
      (await logIn(token, headers as Record<string, string>)).status,
      (await logIn(token)).status,
    ]).toEqual([403, 204]);
  });

  test.each([
    ['says it is longer than any login', { 'Content-Length': '1000000' }],
    ['does not say how long it is', { 'Transfer-Encoding': 'chunked' }],
  ])('a login that %s is refused unread', async (_what, headers) => {
    const { host, own } = await start();
    const asked = httpRequest({
      host: '127.0.0.1',
      port: host.port,
      method: 'POST',
      path: '/login',
      headers: { Host: own, Origin: `http://${own}`, ...headers },
    });
    cleanups.push(() => asked.destroy());
    asked.on('error', () => undefined);
    asked.write('x');
    const [answer] = await once(asked, 'response');
    expect([answer.statusCode, answer.headers.connection]).toEqual([413, 'close']);
  });
});

describe('what is served to whom', () => {
  test('without a session: the login page and its files, and nothing of the window', async () => {
    const { ask } = await start();
    const paths = ['/', '/login.js', '/login.css', '/assets/main-1a2b.js', '/session', '/../secret.js'];
    const statuses = await Promise.all(paths.map(async (path) => (await ask({ path })).status));
    expect(statuses).toEqual([200, 200, 200, 401, 401, 401]);
  });

  test('with a session: what was built, and no path leads out of its folder', async () => {
    const { ask, session } = await start();
    const headers = { Cookie: `other=1; ${await session()}` };
    const paths = [
      '/',
      '/assets/main-1a2b.js?v=1',
      '/session',
      '/nothing',
      '/../secret.js',
      '/..%2fsecret.js',
    ];
    const answers = await Promise.all(paths.map((path) => ask({ path, headers })));
    expect(answers.map(({ status, body }) => [status, body])).toEqual([
      [200, 'THE WINDOW'],
      [200, 'THE SCRIPT'],
      [204, ''],
      [404, expect.any(String)],
      [404, expect.any(String)],
      [404, expect.any(String)],
    ]);
    expect(answers.map((answer) => answer.headers['cache-control'])).toEqual([
      'no-store',
      'private, max-age=31536000, immutable',
      'no-store',
      'no-store',
      'no-store',
      'no-store',
    ]);
  });

  test('a foreign name pointed at us (DNS rebinding) gets 403, whatever it asks', async () => {
    const { host, ask, session, own } = await start();
    const cookie = await session();
    const asked = [
      'evil.example',
      `evil.example:${host.port}`,
      '127.0.0.1',
      '127.0.0.1:1',
      `127.0.0.1.:${host.port}`,
    ];
    const statuses = await Promise.all(
      asked.map(async (name) => (await ask({ headers: { Host: name, Cookie: cookie } })).status),
    );
    expect(statuses).toEqual([403, 403, 403, 403, 403]);
    const localhost = { Host: own.replace('127.0.0.1', 'localhost'), Cookie: cookie };
    expect((await ask({ headers: localhost })).status).toBe(200);
  });

  test('every answer, refusals included, carries the strict headers', async () => {
    const { ask } = await start();
    const answers = await Promise.all([
      ask(),
      ask({ path: '/session' }),
      ask({ path: '/nothing' }),
      ask({ method: 'DELETE' }),
      ask({ method: 'POST', path: '/login' }),
      ask({ headers: { Host: 'evil.example' } }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 401, 401, 405, 403, 403]);
    for (const { headers } of answers) {
      expect(headers).toMatchObject({
        'content-security-policy':
          "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self' data:; " +
          "font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'cache-control': 'no-store',
      });
    }
  });

  test('it listens on loopback and nowhere else', async ({ skip }) => {
    const { host } = await start();
    const outside = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .find(({ internal, family }) => !internal && family === 'IPv4');
    if (!outside) return skip('this machine has no address but loopback');
    const socket = connect(host.port, outside.address);
    cleanups.push(() => socket.destroy());
    const [fault] = (await once(socket, 'error')) as [NodeJS.ErrnoException];
    expect(fault.code).toBe('ECONNREFUSED');
  });
});

describe('the contract socket', () => {
  test('opens for a page of ours with a session, and carries the contract', async () => {
    const { own, session, channels } = await start();
    const headers = { Origin: `http://${own}`, Cookie: await session() };
    const client = createClient({
      clock: systemClock,
      connect: () =>
        connectWebSocket({
          open: () => new WebSocket(`ws://${own}/contract`, { headers }) as never,
          sessionStatus: () => Promise.resolve(204),
        }),
    });
    cleanups.push(() => client.close());
    await expect.poll(() => channels.length).toBe(1);
    for (const channel of channels)
      serveClient(
        channel,
        createScriptedApi(() => 'the settings'),
        systemClock,
      );
    await expect.poll(() => client.status).toBe('open');
    expect(await client.request('settings.read', {})).toBe('the settings');
  });

  test('is refused without an Origin, with a foreign one, without a session, under a foreign name, elsewhere', async () => {
    const { own, session, upgrade, channels } = await start();
    const Cookie = await session();
    const Origin = `http://${own}`;
    expect([
      await upgrade({ Cookie }),
      await upgrade({ Cookie, Origin: 'https://evil.example' }),
      await upgrade({ Origin }),
      await upgrade({ Origin, Cookie: Cookie.replace(/.$/, '') }),
      await upgrade({ Origin: 'http://evil.example', Cookie, Host: 'evil.example' }),
      await upgrade({ Origin, Cookie }, '/elsewhere'),
      await upgrade({ Origin, Cookie }),
    ]).toEqual([403, 403, 401, 401, 403, 404, 101]);
    expect(channels.length).toBe(1);
  });

  test('a message longer than anything a window sends ends that window only', async () => {
    const { own, session, upgrade, channels } = await start();
    const headers = { Origin: `http://${own}`, Cookie: await session() };
    const flood = new WebSocket(`ws://${own}/contract`, { headers });
    cleanups.push(() => flood.terminate());
    await once(flood, 'open');
    flood.on('error', () => undefined);
    flood.send('x'.repeat(300_000));
    const [code] = await once(flood, 'close');
    expect([code, await upgrade(headers), channels.length]).toEqual([1009, 101, 2]);
  });

  test('the seventeenth window is turned away', async () => {
    const { own, session, upgrade } = await start();
    const headers = { Origin: `http://${own}`, Cookie: await session() };
    const statuses: number[] = [];
    for (let count = 0; count < 17; count += 1) statuses.push(await upgrade(headers));
    expect(statuses).toEqual([...Array<number>(16).fill(101), 503]);
  });
});

describe('bad input', () => {
  test('a taken port and a window that is not built are one sentence each', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    cleanups.push(() => other.close());
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const options = { clock: systemClock, serve: () => undefined };
    await expect(startHeadlessHost({ ...options, port, pageDir: pageDir() })).rejects.toMatchObject({
      code: 'port.taken',
      message: `port ${port} is taken by another program`,
    });
    await expect(
      startHeadlessHost({ ...options, port: 0, pageDir: join(folder, 'none') }),
    ).rejects.toMatchObject({
      code: 'renderer.not-built',
    });
  });
});
