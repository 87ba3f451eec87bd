import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import { type HeadlessHost, startHeadlessHost } from './headless-host.ts';

const TYPE = 'text/plain; version=0.0.4; charset=utf-8';
let folder: string;
const hosts: HeadlessHost[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'heartline-metrics-'));
  writeFileSync(join(folder, 'index.html'), 'THE WINDOW');
});
afterEach(async () => {
  for (const host of hosts.splice(0)) await host.close();
  rmSync(folder, { recursive: true });
});

async function start(isOn = true) {
  const clock = createVirtualClock();
  let reads = 0;
  const host = await startHeadlessHost({
    port: 0,
    clock,
    pageDir: folder,
    serve: () => undefined,
    ...(isOn && { metrics: { type: TYPE, read: async () => `heartline_reads ${++reads}\n` } }),
  });
  hosts.push(host);
  const own = `127.0.0.1:${host.port}`;
  const ask = (headers: Record<string, string> = {}, path = '/metrics', method = 'GET', body?: string) =>
    new Promise<{ status: number; headers: Record<string, unknown>; body: string }>((resolve, reject) => {
      const asked = request(
        {
          host: '127.0.0.1',
          port: host.port,
          method,
          path,
          agent: false,
          headers: { Host: own, ...headers },
        },
        (answer) => {
          let text = '';
          answer.setEncoding('utf8').on('data', (part: string) => {
            text += part;
          });
          answer.on('end', () =>
            resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: text }),
          );
        },
      );
      asked.on('error', reject);
      asked.end(body);
    });
  const published = host.publishMetricsToken(folder);
  const token = readFileSync(published.file, 'utf8').trim();
  const bearer = (text: string) => ({ Authorization: `Bearer ${text}` });
  const logIn = async (link: string) => {
    const body = JSON.stringify({ token: new URL(link).hash.slice('#token='.length) });
    const { status, headers } = await ask({ Origin: `http://${own}` }, '/login', 'POST', body);
    return { status, Cookie: String(headers['set-cookie'] ?? '').split(';', 1)[0] ?? '' };
  };
  return { clock, host, own, ask, published, token, bearer, logIn, reads: () => reads };
}

test('a scraper with the token of the data folder reads the figures of the moment', async () => {
  const { ask, token, bearer } = await start();
  const first = await ask(bearer(token));
  const second = await ask({ authorization: `bearer  ${token}` });
  expect([first.status, first.body, first.headers['content-type'], first.headers['cache-control']]).toEqual([
    200,
    'heartline_reads 1\n',
    TYPE,
    'no-store',
  ]);
  expect([second.status, second.body]).toEqual([200, 'heartline_reads 2\n']);
});

test('so does a browser that is signed in, and nobody else', async () => {
  const { ask, host, own, token, logIn, reads } = await start();
  const { Cookie } = await logIn(host.newLink());
  const refused = [
    await ask(),
    await ask({ Cookie: 'heartline-1=x' }),
    await ask({ Authorization: `Basic ${token}` }),
    await ask({}, `/metrics?token=${token}`),
    await ask({ Cookie, Origin: 'http://127.0.0.1:9999' }),
    await ask({ Cookie, Host: 'evil.example' }),
    await ask({ Authorization: `Bearer ${token}`, Host: 'evil.example' }),
    await ask({ Cookie, Origin: `http://${own}` }, '/metrics', 'POST'),
  ].map(({ status }) => status);
  const { status } = await ask({ Cookie });
  expect([refused, status, reads()]).toEqual([[401, 401, 401, 401, 403, 403, 403, 404], 200, 1]);
});

test('without the flag there is no such page, signed in or not', async () => {
  const { ask, host, token, bearer, logIn } = await start(false);
  const { Cookie } = await logIn(host.newLink());
  expect([(await ask({ Cookie })).status, (await ask(bearer(token))).status]).toEqual([404, 401]);
});

test('ten wrong tokens, whichever door they were tried at, close both for a minute', async () => {
  const { ask, clock, host, own, token, bearer, logIn } = await start();
  const { Cookie } = await logIn(host.newLink());
  for (let count = 0; count < 9; count += 1) {
    expect((await ask(bearer(`${token.slice(1)}${count}`))).status).toBe(401);
  }
  const wrongLogin = await ask({ Origin: `http://${own}` }, '/login', 'POST', '{"token":"wrong"}');
  const locked = await ask(bearer(token));
  const link = host.newLink();
  expect([
    wrongLogin.status,
    locked.status,
    locked.headers['retry-after'],
    (await logIn(link)).status,
  ]).toEqual([401, 429, '60', 429]);
  // Who is signed in already goes on, and nobody who says nothing is counted.
  expect([(await ask({ Cookie })).status, (await ask()).status]).toEqual([200, 401]);
  clock.advance(60_000);
  expect([(await ask(bearer(token))).status, (await logIn(host.newLink())).status]).toEqual([200, 204]);
});

test('the token has 256 bits, is new each time, readable by its owner only, and goes with the host', async () => {
  const one = await start();
  const { mode } = statSync(one.published.file);
  const other = await start();
  expect([
    Buffer.from(one.token, 'base64url').length,
    Buffer.from(other.token, 'base64url').length,
    one.token === other.token,
    process.platform === 'win32' ? 0o600 : mode & 0o777,
  ]).toEqual([32, 32, false, 0o600]);
  // The file is the other's by now: the first one leaves it alone.
  one.published[Symbol.dispose]();
  const isLeft = existsSync(other.published.file);
  other.published[Symbol.dispose]();
  expect([isLeft, existsSync(other.published.file)]).toEqual([true, false]);
});

test('what lay in its place lends the token no rights: an open file is replaced, a link not followed', async ({
  skip,
}) => {
  if (process.platform === 'win32') return skip('Windows has neither these rights nor links for everybody');
  const target = join(folder, 'elsewhere');
  writeFileSync(target, 'UNTOUCHED', { mode: 0o666 });
  symlinkSync(target, join(folder, 'metrics-token'));
  const linked = await start();
  const first = [readFileSync(target, 'utf8'), statSync(linked.published.file).mode & 0o777];
  writeFileSync(linked.published.file, 'OPEN');
  rmSync(linked.published.file);
  writeFileSync(linked.published.file, 'OPEN', { mode: 0o666 });
  const replaced = await start();
  expect([...first, statSync(replaced.published.file).mode & 0o777]).toEqual(['UNTOUCHED', 0o600, 0o600]);
});

test('a folder that takes no token is one sentence', async () => {
  const { host } = await start();
  expect(() => host.publishMetricsToken(join(folder, 'none'))).toThrowError(
    expect.objectContaining({
      code: 'data-folder.unwritable',
      message: expect.stringMatching(/^cannot write /),
    }),
  );
});
