import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '#shared/base/system-clock.ts';
import { figure } from '#shared/test-kit/figure.ts';
import { MARKETS, ORDER_VENUES, type OrderVenue } from './test-kit/order-judge.ts';
import { type OrderStage, openOrderStage, PASSPHRASE, pause } from './test-kit/order-stage.ts';

// Kill switch, killed engines and cut links, with orders out: the simulator's record and ledger are the judge.

const PROGRAM = join(import.meta.dirname, 'test-kit', 'order-process.ts');
const ORDERS = 50;

/** When the first cancel was handed to the network. */
let cancelledAt: number | undefined;
let stage: OrderStage;
beforeAll(async () => {
  stage = await openOrderStage({
    seed: 28,
    fetch: (url, init) => {
      const isCancel = init?.method === 'DELETE' || (init?.method === 'POST' && /cancel/iu.test(String(url)));
      if (isCancel) cancelledAt ??= systemClock.monotonic();
      return fetch(url, init);
    },
  });
});
afterAll(() => stage[Symbol.asyncDispose]());

const open = async (venue: OrderVenue) => (await stage.ledger(venue)).openOrders.length;

/** Orders from elsewhere: the kill switch asks nobody whose they are. */
async function placeAtVenue(venue: OrderVenue, count: number): Promise<void> {
  const price = await stage.priceAt(venue, 0.97);
  for (let placed = 0; placed < count; placed += 1) {
    await stage.control.post('orders', {
      venue,
      key: 'trade',
      action: 'place',
      symbol: MARKETS[venue].symbol,
      side: 'buy',
      type: 'limit',
      price,
      quantity: '0.002',
    });
  }
}

function shown(venue: OrderVenue): number {
  const source = stage.engine.api.watch('orders', {}, () => undefined);
  const rows = source.take()?.rows ?? [];
  source.dispose();
  const mine = rows.filter(({ account }) => account === stage.accountAt(venue));
  return mine.filter(({ status }) => /NEW|PENDING|PARTIALLY/u.test(status)).length;
}

test('killed with fifty orders open at each venue, every one of them is cancelled at once; HALTED outlives the engine', async () => {
  const there = await Promise.all(ORDER_VENUES.map(open));
  await Promise.all(ORDER_VENUES.map((venue) => placeAtVenue(venue, ORDERS)));
  await stage.until('told of all', () =>
    ORDER_VENUES.every((venue, at) => shown(venue) === ORDERS + (there[at] ?? 0)),
  );
  cancelledAt = undefined;
  const killedAt = systemClock.monotonic();
  const { sweeps } = await stage.request('trading.kill', {});
  const goneAt = new Map<string, number>();
  await Promise.all(
    ORDER_VENUES.map(async (venue) => {
      while ((await open(venue)) > 0) await pause(20);
      goneAt.set(venue, systemClock.monotonic() - killedAt);
    }),
  );
  figure(
    'G28',
    'click to first cancel on the wire, a whole engine',
    (cancelledAt ?? Number.NaN) - killedAt,
    'ms',
  );
  for (const [venue, ms] of goneAt)
    figure('G28', `${ORDERS} orders gone at ${venue}, a whole engine`, ms, 'ms');
  await stage.until('over', () =>
    sweeps.every((id) =>
      stage.trading.sweeps.some((sweep) => sweep.id === id && sweep.endedAt !== undefined),
    ),
  );
  expect(stage.trading.sweeps.map(({ kind, outcome }) => [kind, outcome])).toEqual(
    ORDER_VENUES.map(() => ['kill', 'clean']),
  );

  await stage.restart();
  await placeAtVenue('bybit', 1);
  await stage.until('told of', () => shown('bybit') === 1);
  const blocked = await stage.place(await stage.far('binance'));
  const [order] = (await stage.ledger('bybit')).openOrders as unknown as { number: number }[];
  const cancelled = await stage.request('orders.cancelAll', { account: stage.accountAt('bybit') });
  await expect.poll(() => open('bybit'), { timeout: 10_000 }).toBe(0);
  await stage.request('trading.resume', { phrase: 'RESUME' });
  const after = await stage.place(await stage.far('binance'));
  expect([
    order !== undefined,
    blocked.kind === 'blocked' && blocked.trust,
    cancelled.sweeps.length,
    after.kind,
    stage.trading.halted,
  ]).toEqual([true, { kind: 'blocked', reason: 'halted', canOverride: false }, 1, 'placed', undefined]);
});

/** What tells of orders before their answers are missed: its private sockets stand, and tell nothing. */
const mute = () =>
  Promise.all(ORDER_VENUES.map((venue) => stage.control.fault({ kind: 'mute', venue, route: 'private' })));
const hang = (venue: OrderVenue) =>
  stage.control.fault({ kind: 'order', venue, method: 'POST', style: 'hangAccepted' });
const countPosts = () => Promise.all(ORDER_VENUES.map(async (venue) => (await stage.posts(venue)).length));

test('an engine killed while orders are on their way has them on its board when it is back, and finds them', async () => {
  const drafts = await Promise.all(ORDER_VENUES.map((venue) => stage.far(venue)));
  const before = await countPosts();
  await Promise.all(ORDER_VENUES.map(hang));
  let board: readonly string[] = [];
  await stage.restart(
    async () => {
      const mutes = await mute();
      const given = [stage.dataDir, JSON.stringify(stage.address), PASSPHRASE, JSON.stringify(drafts)];
      const child = spawn(process.execPath, [PROGRAM, ...given], { stdio: ['ignore', 'inherit', 'inherit'] });
      const ended = once(child, 'close');
      await expect
        .poll(countPosts, { timeout: 30_000, interval: 20 })
        .toEqual(before.map((count) => count + 1));
      child.kill('SIGKILL');
      await ended;
      await Promise.all(mutes.map((fault) => stage.control.end(fault)));
    },
    () => {
      board = stage.trading.unknown.map(({ request }) => request.clientOrderId);
    },
  );
  const ends = await Promise.all(
    ORDER_VENUES.map(async (venue, at) => {
      const posts = (await stage.posts(venue)).slice(before[at]);
      const id = posts[0]?.clientOrderId ?? '';
      await stage.becomes(id, 'open');
      const { lines } = await stage.flight(id);
      const lost = lines.find(({ event }) => event.kind === 'evidence')?.event;
      return {
        accepted: posts.map(({ accepted }) => accepted),
        isOnBoard: board.includes(id),
        lost: lost?.kind === 'evidence' && lost.evidence.detail,
      };
    }),
  );
  const lost = 'Heartline ended before the answer came';
  expect([ends, await stage.request('orders.verifyAudit', {})]).toEqual([
    ORDER_VENUES.map(() => ({ accepted: [true], isOnBoard: true, lost })),
    { lines: expect.any(Number) },
  ]);
  figure('G17', 'orders on their way when the engine was killed, found again', ends.length, 'orders');
});

test('orders in the dark are found soon after the link is back', async () => {
  await stage.clean();
  const drafts = await Promise.all(ORDER_VENUES.map((venue) => stage.far(venue)));
  const before = await countPosts();
  await mute();
  await Promise.all(ORDER_VENUES.map(hang));
  const placing = drafts.map((draft) => stage.placed(draft));
  await expect.poll(countPosts, { timeout: 5000 }).toEqual(before.map((count) => count + 1));
  await Promise.all(ORDER_VENUES.map((venue) => stage.control.fault({ kind: 'freeze', venue })));
  const placed = await Promise.all(placing);
  await pause(4000);
  const ids = placed.map(({ request }) => request.clientOrderId);
  const during = ids.map((id) => stage.state(id));
  await stage.control.clearFaults();
  const backAt = systemClock.monotonic();
  await Promise.all(
    ORDER_VENUES.map(async (venue, at) => {
      await stage.becomes(ids[at] ?? '', 'open');
      figure(
        'G20',
        `an order at ${venue} found after the link was back`,
        systemClock.monotonic() - backAt,
        'ms',
      );
    }),
  );
  expect([placed.map(({ state }) => state), during, await countPosts()]).toEqual([
    ORDER_VENUES.map(() => 'unknown'),
    ORDER_VENUES.map(() => 'unknown'),
    before.map((count) => count + 1),
  ]);
});
