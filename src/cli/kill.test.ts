import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createEventLog } from '#engine/health/event-log.ts';
import { type KillDoorOptions, openKillDoor } from '#engine/trading/kill-door.ts';
import type { TradingState } from '#engine/trading/kill-protocol.ts';
import { systemClock } from '#shared/base/system-clock.ts';
import type { Sweep } from '#shared/contract/order-views.ts';

const COMMAND = fileURLToPath(new URL('./kill.ts', import.meta.url));
const cleanups: (() => unknown)[] = [];
let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'heartline-kill-'));
});
afterEach(() => {
  for (const cleanup of cleanups.splice(0).reverse()) cleanup();
  rmSync(dataDir, { recursive: true, force: true });
});

function run(args: readonly string[], environment: Record<string, string> = {}) {
  const child = spawn(process.execPath, [COMMAND, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
  });
  cleanups.push(() => child.kill('SIGKILL'));
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    err += text;
  });
  return new Promise<{ code: number | null; out: readonly string[]; err: string }>((resolve) => {
    child.on('close', (code) => resolve({ code, out: out.trimEnd().split('\n'), err }));
  });
}
const kill = (...flags: string[]) => run(['--data-dir', dataDir, ...flags]);

const HALTED: TradingState = { halted: { since: 0, from: 'command line' }, armed: [], unknown: 0 };
const sweep = (account: string, change: Partial<Sweep> = {}): Sweep => ({
  id: account,
  kind: 'kill',
  account: account as Sweep['account'],
  startedAt: 0,
  found: 3,
  left: 0,
  failed: [],
  endedAt: 1,
  outcome: 'clean',
  ...change,
});

async function engine(options: Partial<KillDoorOptions>) {
  const door = openKillDoor({
    dataDir,
    clock: systemClock,
    log: createEventLog(systemClock),
    kill: async () => [],
    sweeps: () => [],
    state: () => HALTED,
    ...options,
  });
  cleanups.push(() => door.dispose());
  await door.ready;
}
const latch = () => {
  const file = join(dataDir, 'halted.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { from: string }).from : undefined;
};

const HALT_WORDS =
  'Trading is HALTED: no order leaves until somebody types RESUME in Heartline. Positions stay as they are.';
const LATCH_WORDS =
  'Trading is HALTED: the next start, and one that hangs as soon as it goes on, lets no order leave until somebody types RESUME in it.';
const VENUE_WORDS = 'Look at the venue itself (its website or app) and cancel there what is still open.';

describe('with a Heartline that runs', () => {
  test('it tells how the cancelling goes, and ends with 0 when nothing is open any more', async () => {
    const finish = Promise.withResolvers<readonly Sweep[]>();
    let looks = 0;
    await engine({
      kill: () => finish.promise,
      sweeps: () => {
        looks += 1;
        if (looks === 3) finish.resolve([sweep('bybit#k3f9a2'), sweep('upbit#aaaaaa', { found: 0 })]);
        const { outcome: _, endedAt: __, ...working } = sweep('bybit#k3f9a2', { left: 1 });
        return [working];
      },
    });
    expect(await kill()).toEqual({
      code: 0,
      out: [
        'bybit#k3f9a2: 2 of 3 orders cancelled.',
        'bybit#k3f9a2: 3 of 3 orders cancelled, and nothing is open any more.',
        'upbit#aaaaaa: nothing was open.',
        'Everything is cancelled: 3 orders.',
        HALT_WORDS,
      ],
      err: '',
    });
    // The engine writes its own.
    expect(latch()).toBeUndefined();
  });

  test('what is left is named in the venue’s words, made harmless, and it ends with 1', async () => {
    const failed = [{ order: '77', message: '\u001b[2Jhint\r\nbybit#k3f9a2: all cancelled' }];
    await engine({
      kill: async () => [sweep('bybit#k3f9a2', { left: 1, failed, outcome: 'left-over' })],
      state: () => ({ ...HALTED, unknown: 1 }),
    });
    expect(await kill()).toEqual({
      code: 1,
      out: [
        'bybit#k3f9a2: 2 of 3 orders cancelled, 1 order NOT cancelled.',
        'NOT everything is cancelled at: bybit#k3f9a2.',
        '  77: [2Jhint bybit#k3f9a2: all cancelled',
        VENUE_WORDS,
        `The fate of 1 order is still unknown and may be open. ${VENUE_WORDS}`,
        HALT_WORDS,
      ],
      err: '',
    });
  });

  test.each<readonly [string, readonly Sweep[], Partial<TradingState>, RegExp]>([
    [
      'an account that could not be looked at',
      [sweep('upbit#aaaaaa', { found: 0, outcome: 'failed', detail: 'timeout' })],
      {},
      /NOT proven to be empty \(timeout\)/,
    ],
    ['a halt that is not on the disk', [], { haltFault: 'ENOSPC' }, /cannot be written down \(ENOSPC\)/],
    ['somebody who resumed meanwhile', [], { halted: undefined } as never, /NOT halted/],
  ])('%s is no clean end', async (_what, sweeps, state, words) => {
    await engine({ kill: async () => sweeps, state: () => ({ ...HALTED, ...state }) });
    const { code, out } = await kill();
    expect([code, words.test(out.join('\n'))]).toEqual([1, true]);
  });

  test('without any account there is nothing to cancel, which is clean', async () => {
    await engine({});
    expect(await kill()).toMatchObject({
      code: 0,
      out: ['There is no account to cancel anything at.', HALT_WORDS],
    });
  });

  test('--status only asks', async () => {
    let kills = 0;
    await engine({
      kill: async () => {
        kills += 1;
        return [];
      },
      state: () => ({ armed: ['Bybit', 'Upbit'], unknown: 2 }),
    });
    expect([await kill('--status'), kills, latch()]).toEqual([
      {
        code: 0,
        out: [
          'Heartline runs, and trading is not halted.',
          'Armed: Bybit, Upbit.',
          'Of unknown fate: 2 orders.',
        ],
        err: '',
      },
      0,
      undefined,
    ]);
  });

  test('one that dies in the middle is said so, and the halt is written for its next start', async () => {
    await engine({ kill: () => Promise.reject(new Error('disk I/O error')) });
    expect([await kill(), latch()]).toEqual([
      {
        code: 1,
        out: [
          'Heartline could not cancel everything: disk I/O error. Some orders may still be open.',
          LATCH_WORDS,
          VENUE_WORDS,
        ],
        err: '',
      },
      expect.stringMatching(/^command line \(process \d+\)$/),
    ]);
  });
});

describe('when nobody answers', () => {
  const nothing = (reason: string) =>
    `No running Heartline could be told: ${reason}. NOTHING was cancelled: orders at the venues stay as they are.`;
  const address = () =>
    process.platform === 'win32' ? `\\\\.\\pipe\\heartline-test-${process.pid}` : join(dataDir, 'd.sock');
  const door = (text: object) => writeFileSync(join(dataDir, 'kill-door.json'), JSON.stringify(text));
  async function behindTheDoor(hear: (socket: import('node:net').Socket) => void) {
    const server = createServer(hear);
    cleanups.push(() => server.close());
    await new Promise<void>((resolve) => server.listen(address(), resolve));
    door({ address: address(), token: 't', pid: 1 });
  }
  const ended = (reason: string) => ({
    code: 1,
    out: [nothing(reason), LATCH_WORDS, VENUE_WORDS],
    err: '',
  });

  test('because none runs, the next start is halted, and it says that nothing was cancelled', async () => {
    expect([await kill(), latch()]).toEqual([
      ended('no Heartline runs on this folder'),
      expect.stringMatching(/^command line/),
    ]);
  });

  test('because it crashed and left its door', async () => {
    door({ address: address(), token: 't', pid: 1 });
    expect(await kill()).toEqual(ended('nobody is behind its door any more'));
  });

  test('because it hangs: two seconds, and the latch is there for when it goes on', async () => {
    await behindTheDoor(() => undefined);
    expect([await kill(), latch()]).toEqual([
      ended('it does not answer within two seconds'),
      expect.stringMatching(/^command line/),
    ]);
  });

  test.each<readonly [string, string, string]>([
    [
      'another run’s door',
      '{"kind":"refused"}\n',
      'it does not know the token in kill-door.json, which is another run’s',
    ],
    ['no Heartline', 'SSH-2.0-x\r\n', 'what it says makes no sense'],
    ['one without an end', 'x'.repeat(4_100_000), 'what it says makes no sense'],
  ])('because it is %s', async (_what, says, reason) => {
    await behindTheDoor((socket) => {
      socket.on('error', () => undefined);
      socket.end(says);
    });
    expect(await kill()).toEqual(ended(reason));
  });

  test('because it hangs up, or begins and dies', async () => {
    await behindTheDoor((socket) => socket.destroy());
    expect((await kill()).code).toBe(1);
    for (const cleanup of cleanups.splice(0)) cleanup();
    await expect.poll(() => existsSync(address())).toBe(false);
    await behindTheDoor((socket) => socket.end('{"kind":"heard"}\n'));
    expect((await kill()).out[0]).toBe(
      'Heartline began to cancel and then went silent: it hung up. Some orders may still be open.',
    );
  });

  test('a halt that is there already keeps its date', async () => {
    writeFileSync(join(dataDir, 'halted.json'), JSON.stringify({ since: 1, from: 'tray' }));
    expect([(await kill()).code, latch()]).toEqual([1, 'tray']);
  });

  test('--status says how the next start will be', async () => {
    const before = await kill('--status');
    await kill();
    const after = await kill('--status');
    expect([before.code, before.out[1], after.code, after.out[1]]).toEqual([
      1,
      'The next start will not be halted.',
      1,
      `The next start will be HALTED (${join(dataDir, 'halted.json')}).`,
    ]);
  });
});

describe('without a folder', () => {
  test('it takes those of this user, each by its name', async ({ skip }) => {
    if (process.platform !== 'linux') return skip('only Linux lets a test say where they are');
    const folders = [join(dataDir, 'heartline', 'headless'), join(dataDir, 'Heartline')];
    for (const folder of folders) mkdirSync(folder, { recursive: true });
    const { code, out } = await run([], { XDG_CONFIG_HOME: dataDir });
    expect([code, out.length, folders.map((folder) => existsSync(join(folder, 'halted.json')))]).toEqual([
      1,
      6,
      [true, true],
    ]);
    expect(out.filter((line) => line.startsWith(`${folders[0]}: `)).length).toBe(3);
  });

  test('and says so where there is none', async ({ skip }) => {
    if (process.platform !== 'linux') return skip('only Linux lets a test say where they are');
    expect(await run([], { XDG_CONFIG_HOME: dataDir })).toEqual({
      code: 2,
      out: [''],
      err: 'kill: no Heartline has run under this user: name its folder with --data-dir\n',
    });
  });
});

test.each<readonly [readonly string[], RegExp]>([
  [['--data-dir'], /^kill: .*data-dir/],
  [['--data-dir='], /^kill: --data-dir takes a folder$/],
  [['--data-dir', '/no/such/folder'], /^kill: there is no folder .*folder$/],
  [['--force'], /^kill: Unknown option '--force'; usage: /],
  [['now'], /^kill: "now" is not understood; usage: /],
  [['--status=yes'], /^kill: /],
])('%j is refused in one sentence with exit code 2, and halts nothing', async (args, sentence) => {
  const { code, err } = await run(args);
  expect([code, err.trimEnd().split('\n').length, sentence.test(err.trimEnd())]).toEqual([2, 1, true]);
});
