import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '#shared/base/system-clock.ts';
import type { Sweep } from '#shared/contract/order-views.ts';
import { venueId } from '#shared/domain/instrument.ts';
import { isTerminal } from '#shared/domain/order.ts';
import { figure } from '#shared/test-kit/figure.ts';
import { type Simulator, startSimulator } from '#simulator/simulator.ts';
import { createEventLog } from '../health/event-log.ts';
import { createHalt } from './halt.ts';
import { openKillDoor } from './kill-door.ts';
import { createMemoryJournal } from './test-kit/memory-journal.ts';
import { openSimulatorDesk } from './test-kit/simulator-desk.ts';

const VENUES = ['binance', 'bybit', 'upbit', 'bithumb'] as const;
const ORDERS = 50;
const COMMAND = fileURLToPath(new URL('../../cli/kill.ts', import.meta.url));

type Desk = Awaited<ReturnType<typeof openSimulatorDesk>>;
let simulator: Simulator;
let dataDir: string;
const desks: Desk[] = [];

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'heartline-kill-sim-'));
  simulator = await startSimulator({ seed: 29 });
  desks.push(
    ...(await Promise.all(VENUES.map((venue) => openSimulatorDesk(simulator, venueId(venue), 3000)))),
  );
  await Promise.all(desks.map((desk) => desk.until('live', () => desk.account.state.kind === 'live')));
}, 60_000);
afterAll(async () => {
  for (const desk of desks) desk.close();
  await simulator.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const open = ({ account }: Desk) =>
  [...account.holdings.orders.values()].filter(({ order }) => !isTerminal(order.status)).length;

/** Orders from elsewhere: the kill switch asks nobody whose they are. */
async function placeAtVenue(desk: Desk, count: number): Promise<void> {
  const { price } = await desk.farBuy('x');
  const { venue } = desk.account;
  const { symbol } = desk.market;
  const quantity = venue === 'binance' || venue === 'bybit' ? '0.002' : '0.0002';
  for (let placed = 0; placed < count; placed += 1) {
    const answer = await desk.control('POST', '/orders', {
      venue,
      key: 'trade',
      action: 'place',
      symbol,
      side: 'buy',
      type: 'limit',
      price,
      quantity,
    });
    if (answer.order === undefined) throw new Error(`${venue}: ${JSON.stringify(answer)}`);
  }
}

/** When the venue received its first cancel, on our clock. */
async function firstCancelAt(desk: Desk): Promise<number> {
  const before = systemClock.now();
  const { now: time } = await desk.control('GET', '/stats');
  const ahead = time - (before + systemClock.now()) / 2;
  const { requests } = await desk.control('GET', `/requests?venue=${desk.account.venue}`);
  const cancels = requests.filter(
    ({ method, path }: { method: string; path: string }) =>
      method === 'DELETE' || (method === 'POST' && /cancel/i.test(path)),
  );
  return cancels[0].time - ahead;
}

test('the command line kills 50 orders at each of four venues, and HALTED outlives the program', async () => {
  // A key of the simulator has orders of its own already.
  const there = await Promise.all(desks.map((desk) => desk.openAtVenue()));
  await Promise.all(desks.map((desk) => placeAtVenue(desk, ORDERS)));
  const before = await Promise.all(desks.map((desk) => desk.openAtVenue()));
  await Promise.all(desks.map((desk, at) => desk.until('told of all', () => open(desk) === before[at])));

  const log = createEventLog(systemClock);
  const journal = createMemoryJournal(systemClock);
  const halt = createHalt({ clock: systemClock, dataDir, journal, log });
  let killedAt = 0;
  const door = openKillDoor({
    dataDir,
    clock: systemClock,
    log,
    async kill(from) {
      killedAt = systemClock.now();
      halt.halt(from);
      for (const { sweeps } of desks) sweeps.kill(from);
      const all = () => desks.flatMap(({ sweeps }) => sweeps.all);
      while (all().some(({ endedAt }) => endedAt === undefined)) await desks[0]?.sleep(5);
      return all();
    },
    sweeps: (): readonly Sweep[] => desks.flatMap(({ sweeps }) => sweeps.all),
    state: () => ({ ...(halt.halted && { halted: halt.halted }), armed: [], unknown: 0 }),
  });
  await door.ready;
  const child = spawn(process.execPath, [COMMAND, '--data-dir', dataDir], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const code = await new Promise((resolve) => child.on('close', resolve));
  const after = await Promise.all(desks.map((desk) => desk.openAtVenue()));
  door.dispose();
  halt.dispose();

  expect({ before, code, after, last: said.trimEnd().split('\n').slice(-2) }).toEqual({
    before: there.map((count) => count + ORDERS),
    code: 0,
    after: [0, 0, 0, 0],
    last: [
      `Everything is cancelled: ${before.reduce((sum, count) => sum + count)} orders.`,
      'Trading is HALTED: no order leaves until somebody types RESUME in Heartline. Positions stay as they are.',
    ],
  });
  const again = createHalt({ clock: systemClock, dataDir, journal: createMemoryJournal(systemClock), log });
  expect([again.isHalted(), again.halted?.from, existsSync(join(dataDir, 'kill-door.json'))]).toEqual([
    true,
    'command line',
    false,
  ]);
  again.dispose();
  for (const desk of desks) {
    const { venue } = desk.account;
    const sweep = desk.sweeps.all.find(({ kind }) => kind === 'kill');
    figure('G28', `first cancel at ${venue} after the kill`, (await firstCancelAt(desk)) - killedAt, 'ms');
    figure(
      'G28',
      `${ORDERS} orders gone at ${venue}, the list empty twice`,
      (sweep?.endedAt ?? 0) - killedAt,
      'ms',
    );
  }
}, 60_000);
