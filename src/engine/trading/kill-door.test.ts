import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '#shared/base/system-clock.ts';
import type { Sweep } from '#shared/contract/order-views.ts';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import { createEventLog } from '../health/event-log.ts';
import { type KillDoorOptions, openKillDoor } from './kill-door.ts';
import type { KillAnswer, KillDoorFile, TradingState } from './kill-protocol.ts';

const cleanups: (() => void)[] = [];
let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'heartline-door-'));
});
afterEach(() => {
  for (const cleanup of cleanups.splice(0).reverse()) cleanup();
  rmSync(dataDir, { recursive: true, force: true });
});

const STATE: TradingState = { halted: { since: 5, from: 'command line' }, armed: ['Bybit'], unknown: 2 };
const sweep = (left: number): Sweep => ({
  id: 's1',
  kind: 'kill',
  account: 'bybit#k3f9a2' as Sweep['account'],
  startedAt: 0,
  found: 3,
  left,
  failed: [],
  ...(left === 0 && { outcome: 'clean' as const, endedAt: 1 }),
});

async function open(options: Partial<KillDoorOptions> = {}) {
  const log = createEventLog(systemClock);
  const killed: string[] = [];
  const door = openKillDoor({
    dataDir,
    clock: systemClock,
    log,
    kill: async (from) => {
      killed.push(from);
      return [sweep(0)];
    },
    sweeps: () => [],
    state: () => STATE,
    ...options,
  });
  cleanups.push(() => door.dispose());
  const isReady = await door.ready;
  return { door, isReady, killed, log, codes: () => log.entries.map(({ code }) => code) };
}

const file = () => join(dataDir, 'kill-door.json');
const left = () => JSON.parse(readFileSync(file(), 'utf8')) as KillDoorFile;

function knock(text: string): Promise<readonly KillAnswer[]> {
  return new Promise((resolve) => {
    let said = '';
    const socket = connect({ path: left().address });
    cleanups.push(() => socket.destroy());
    socket.on('error', () => undefined);
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      said += chunk;
    });
    socket.once('close', () =>
      resolve(
        said
          .split('\n')
          .filter((line) => line !== '')
          .map((line) => JSON.parse(line) as KillAnswer),
      ),
    );
    socket.write(text);
  });
}
const ask = (command: string, token = left().token) => knock(`${JSON.stringify({ token, command })}\n`);

test('who can read the token is told the state, and kills', async () => {
  const { killed } = await open();
  expect([await ask('status'), killed]).toEqual([[{ kind: 'state', state: STATE }], []]);
  expect([await ask('kill'), killed]).toEqual([
    [{ kind: 'heard' }, { kind: 'done', sweeps: [sweep(0)], state: STATE }],
    ['command line'],
  ]);
});

test('the token is of 256 bits, new each time, and nobody else’s to read', async () => {
  const { door } = await open();
  const first = left();
  const mode = statSync(file()).mode & 0o777;
  door.dispose();
  await open();
  expect([Buffer.from(first.token, 'base64url').length, first.pid, left().token === first.token]).toEqual([
    32,
    process.pid,
    false,
  ]);
  expect(mode).toBe(process.platform === 'win32' ? mode : 0o600);
});

test('nobody else is heard: not with another token, another command, or no line of ours', async () => {
  const { killed, codes } = await open();
  const { token } = left();
  const refused = [{ kind: 'refused' }];
  expect([
    await ask('kill', 'x'.repeat(43)),
    await ask('kill', `${token.slice(0, -1)}`),
    await ask('kill', ''),
    await ask('arm'),
    await knock('\n'),
    await knock('null\n'),
    await knock('{"token":{"toString":1},"command":"kill"}\n'),
    await knock(`GET / HTTP/1.1\r\nHost: x\r\n\r\n`),
    killed,
  ]).toEqual([refused, refused, refused, refused, refused, refused, refused, refused, []]);
  expect(codes().filter((code) => code === 'killdoor.refused').length).toBe(8);
});

test('a line without an end is cut off, and so is one who says nothing', async () => {
  const clock = createVirtualClock();
  const { killed } = await open({ clock });
  const long = await knock('x'.repeat(5000));
  const silent = knock('');
  // It has to have come in before time passes.
  const waits = () => clock.pendingTimers;
  await expect.poll(waits).toBe(1);
  clock.advance(2000);
  expect([long, await silent, killed]).toEqual([[], [], []]);
});

test('only one command a connection, and the first counts', async () => {
  const { killed } = await open();
  const line = JSON.stringify({ token: left().token, command: 'kill' });
  await knock(`${line}\n${line}\n${line}\n`);
  expect(killed.length).toBe(1);
});

test('a flood of visitors leaves the door usable when they go', async () => {
  const { killed } = await open();
  const sockets = await Promise.all(
    Array.from(
      { length: 40 },
      () =>
        new Promise<Socket>((resolve) => {
          const socket = connect({ path: left().address });
          socket.on('error', () => resolve(socket));
          socket.once('connect', () => resolve(socket));
        }),
    ),
  );
  for (const socket of sockets) socket.destroy();
  await expect.poll(async () => (await ask('kill')).at(-1)?.kind).toBe('done');
  expect(killed.length).toBe(1);
});

test('progress is told as it changes, again every second, and the end with what is left', async () => {
  const clock = createVirtualClock();
  // What ended before, and what is no kill, is not its affair.
  const others: readonly Sweep[] = [
    { ...sweep(0), id: 'before' },
    { ...sweep(2), id: 'other', kind: 'flatten' },
  ];
  let now: readonly Sweep[] = [sweep(3)];
  const finish = Promise.withResolvers<readonly Sweep[]>();
  await open({ clock, sweeps: () => [...others, ...now], kill: () => finish.promise });
  const answers = ask('kill');
  await expect.poll(() => clock.pendingTimers).toBe(1);
  clock.advance(400);
  now = [sweep(1)];
  clock.advance(1200);
  finish.resolve([sweep(1)]);
  expect(await answers).toEqual([
    { kind: 'heard' },
    { kind: 'progress', sweeps: [sweep(3)] },
    { kind: 'progress', sweeps: [sweep(1)] },
    { kind: 'progress', sweeps: [sweep(1)] },
    { kind: 'done', sweeps: [sweep(1)], state: STATE },
  ]);
  expect(clock.pendingTimers).toBe(0);
});

test('who asked may go: the killing goes on, and the next visitor is served', async () => {
  const finish = Promise.withResolvers<readonly Sweep[]>();
  let isOver = false;
  await open({
    kill: async () => {
      const sweeps = await finish.promise;
      isOver = true;
      return sweeps;
    },
  });
  const socket = connect({ path: left().address });
  socket.write(`${JSON.stringify({ token: left().token, command: 'kill' })}\n`);
  await new Promise((resolve) => socket.once('data', resolve));
  socket.destroy();
  finish.resolve([]);
  await expect.poll(() => isOver).toBe(true);
  expect(await ask('status')).toEqual([{ kind: 'state', state: STATE }]);
});

test.each<readonly [string, () => Promise<readonly Sweep[]>]>([
  ['rejects', () => Promise.reject(new Error('no room'))],
  [
    'throws',
    () => {
      throw new Error('no room');
    },
  ],
])('a kill that %s says so', async (_how, kill) => {
  await open({ kill });
  expect((await ask('kill')).at(-1)).toEqual({ kind: 'failed', message: 'no room' });
});

test('nothing is left behind when it closes', async () => {
  const { door } = await open();
  const { address } = left();
  door.dispose();
  await expect.poll(() => existsSync(address)).toBe(false);
  expect(readdirSync(dataDir)).toEqual([]);
});

test('what a crash left is replaced, and its socket removed', async ({ skip }) => {
  if (process.platform === 'win32') return skip('pipes leave no file');
  const socket = join(dataDir, 'heartline-0123456789abcdef.sock');
  writeFileSync(socket, '');
  writeFileSync(file(), JSON.stringify({ address: socket, token: 'old', pid: 1 }));
  await open();
  expect([existsSync(socket), left().token.length, (await ask('status'))[0]?.kind]).toEqual([
    false,
    43,
    'state',
  ]);
});

test.each(['', '{', '[]', '{"address":7}', JSON.stringify({ address: '/etc/passwd' })])(
  'whatever else lies there (%j) is replaced and nothing is removed for it',
  async (text) => {
    writeFileSync(file(), text);
    await open();
    expect([(await ask('status'))[0]?.kind, existsSync('/etc')]).toEqual(['state', existsSync('/etc')]);
  },
);

test('the file of another run is left alone', async () => {
  const { door } = await open();
  writeFileSync(file(), 'another run’s');
  door.dispose();
  expect(readFileSync(file(), 'utf8')).toBe('another run’s');
});

test('a folder whose name is too long for a socket has its door elsewhere', async ({ skip }) => {
  if (process.platform === 'win32') return skip('pipes have names of their own');
  dataDir = join(dataDir, 'x'.repeat(120));
  mkdirSync(dataDir);
  const { isReady } = await open();
  const { address } = left();
  expect([isReady, address.startsWith(dataDir), (await ask('status'))[0]?.kind]).toEqual([
    true,
    false,
    'state',
  ]);
});

test('where its file cannot be written there is no door, and the log says so', async () => {
  const { isReady, codes } = await open({ dataDir: join(dataDir, 'nowhere') });
  expect([isReady, codes().at(-1)]).toEqual([false, 'killdoor.none']);
});
