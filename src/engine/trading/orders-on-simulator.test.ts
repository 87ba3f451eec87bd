import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { venueId } from '#shared/domain/instrument.ts';
import { type Simulator, startSimulator } from '#simulator/simulator.ts';
import type { ApprovedOrder } from './facts.ts';
import { mintOrderId } from './order-id.ts';
import { openSimulatorDesk } from './test-kit/simulator-desk.ts';

/** Instead of the minute a person waits for. */
const QUARANTINE_MS = 3000;
const VENUES = ['binance', 'bybit', 'upbit', 'bithumb'];
const yes = () => true;
const STATUSES = [500, 502, 503, 504].map((status) => ({ status }));
/** What says nothing about what became of an order. */
const FAILURES: Readonly<Record<string, readonly { readonly status?: number; readonly code?: number }[]>> = {
  binance: [
    ...STATUSES,
    { status: 408, code: -1007 },
    { status: 500, code: -1006 },
    { status: 500, code: -1000 },
  ],
  bybit: [...STATUSES, { code: 10000 }, { code: 10016 }, { code: 170007 }],
  upbit: STATUSES,
  bithumb: STATUSES,
};

let simulator: Simulator;
const desks = new Map<string, Awaited<ReturnType<typeof openSimulatorDesk>>>();

beforeAll(async () => {
  simulator = await startSimulator({ seed: 23 });
  for (const venue of VENUES)
    desks.set(venue, await openSimulatorDesk(simulator, venueId(venue), QUARANTINE_MS));
  await Promise.all(
    [...desks.values()].map((desk) => desk.until('live', () => desk.account.state.kind === 'live')),
  );
});

afterAll(async () => {
  for (const desk of desks.values()) desk.close();
  await simulator.stop();
});

function deskOf(venue: string) {
  const desk = desks.get(venue);
  if (!desk) throw new Error(`no desk for ${venue}`);
  return desk;
}

/** Venues beside each other, but at each one thing after the other: a fault strikes whatever comes first. */
const turns = new Map<string, Promise<void>>();
function inTurn(venue: string, work: () => Promise<void>): Promise<void> {
  const turn = (turns.get(venue) ?? Promise.resolve()).then(work);
  turns.set(
    venue,
    turn.catch(() => undefined),
  );
  return turn;
}

async function placements(venue: string, id: string) {
  const rows = await deskOf(venue).received(id);
  return rows.filter(({ method, path }) => method === 'POST' && !/cancel/i.test(path));
}

describe.concurrent.each(VENUES)('orders at the simulated %s', (venue) => {
  test('are placed once, stand, and are cancelled', () =>
    inTurn(venue, async () => {
      const desk = deskOf(venue);
      const id = mintOrderId();
      const placed = await desk.executor.place(await desk.farBuy(id), yes);
      await desk.until('told of', () => desk.journal.orders.get(id)?.status === 'NEW');
      const cancelled = await desk.executor.cancel(desk.ref(id), 'window');
      await desk.until('cancelled', () => desk.state(id) === 'cancelled');
      const again = await desk.executor.cancel(desk.ref(id), 'window');
      expect([placed.state, cancelled.verdict, again.verdict, (await placements(venue, id)).length]).toEqual([
        'open',
        'accepted',
        'gone',
        1,
      ]);
    }));

  test('whose answer is lost after they were taken are adopted, and never posted again', () =>
    inTurn(venue, async () => {
      const desk = deskOf(venue);
      const ends = [];
      for (const style of ['dropAccepted', 'failAccepted', 'brokenAccepted', 'halfAccepted']) {
        const id = mintOrderId();
        const order = await desk.farBuy(id);
        await desk.control('POST', '/faults', { kind: 'order', venue, method: 'POST', style });
        await desk.executor.place(order, yes);
        const wasAnswered = desk.journal.linesOf(id).find(({ event }) => event.kind === 'answer')?.event;
        await desk.until('adopted', () => desk.state(id) === 'open');
        const rows = await placements(venue, id);
        await desk.executor.cancel(desk.ref(id), 'window');
        await desk.until('cancelled', () => desk.state(id) === 'cancelled');
        ends.push([
          style,
          wasAnswered?.kind === 'answer' && wasAnswered.verdict,
          rows.map(({ accepted, fault }) => [accepted, fault]),
        ]);
      }
      expect(ends).toEqual(
        ['dropAccepted', 'failAccepted', 'brokenAccepted', 'halfAccepted'].map((style) => [
          style,
          'unknown',
          [[true, style]],
        ]),
      );
    }));

  test('are unknown after every failure that leaves it open, and adopted: one POST each', () =>
    inTurn(venue, async () => {
      const desk = deskOf(venue);
      const ends = [];
      for (const failure of FAILURES[venue] ?? []) {
        const id = mintOrderId();
        const order = await desk.farBuy(id);
        await desk.control('POST', '/faults', {
          kind: 'order',
          venue,
          method: 'POST',
          style: 'failAccepted',
          ...failure,
        });
        await desk.executor.place(order, yes);
        const answer = desk.journal.linesOf(id).find(({ event }) => event.kind === 'answer')?.event;
        await desk.until('adopted', () => desk.state(id) === 'open');
        await desk.executor.cancel(desk.ref(id), 'window');
        ends.push([
          failure,
          answer?.kind === 'answer' && answer.verdict,
          (await placements(venue, id)).length,
        ]);
      }
      expect(ends).toEqual((FAILURES[venue] ?? []).map((failure) => [failure, 'unknown', 1]));
    }));

  test('that are taken late, or that lookups do not show, are adopted by what the stream tells', () =>
    inTurn(venue, async () => {
      const desk = deskOf(venue);
      const ends = [];
      for (const styles of [['hidden'], ['dropAccepted', 'lag']]) {
        const id = mintOrderId();
        const order = await desk.farBuy(id);
        for (const style of styles) {
          await desk.control('POST', '/faults', { kind: 'order', venue, method: 'POST', style, ms: 2500 });
        }
        await desk.executor.place(order, yes);
        const answer = desk.journal.linesOf(id).find(({ event }) => event.kind === 'answer')?.event;
        await desk.until('adopted', () => desk.state(id) === 'open');
        await desk.executor.cancel(desk.ref(id), 'window');
        ends.push([
          styles,
          answer?.kind === 'answer' && answer.verdict,
          (await placements(venue, id)).length,
        ]);
      }
      expect(ends).toEqual([
        [['hidden'], 'unknown', 1],
        [['dropAccepted', 'lag'], 'unknown', 1],
      ]);
    }));

  test('that are not trusted any more in the last instant never come to the wire', () =>
    inTurn(venue, async () => {
      const desk = deskOf(venue);
      const id = mintOrderId();
      const { state } = await desk.executor.place(await desk.farBuy(id), () => false);
      expect([state, await desk.received(id)]).toEqual(['unsent', []]);
    }));

  test('that never arrived are proven absent where that can be proven, and a person decides where not', () =>
    inTurn(venue, async () => {
      const desk = deskOf(venue);
      const id = mintOrderId();
      await desk.control('POST', '/faults', { kind: 'order', venue, method: 'POST', style: 'drop' });
      const { state } = await desk.executor.place(await desk.farBuy(id), yes);
      const hasFence = desk.account.absence.recvWindowMs !== undefined;
      if (hasFence) await desk.until('proven absent', () => desk.state(id) === 'unsent');
      else {
        await desk.until('asked about', () => desk.journal.orders.get(id)?.isPersonAsked === true);
        desk.resolver.settle(id, false);
      }
      const by = desk.journal.linesOf(id).flatMap(({ event }) => (event.kind === 'absent' ? [event.by] : []));
      const rows = (await placements(venue, id)).map(({ accepted }) => accepted);
      expect([state, desk.state(id), by, rows]).toEqual([
        'unknown',
        'unsent',
        [hasFence ? 'proof' : 'person'],
        [false],
      ]);
    }));
});

describe.each(VENUES)('the kill switch at the simulated %s', (venue) => {
  test('leaves nothing open', async () => {
    const desk = deskOf(venue);
    for (let index = 0; index < 6; index += 1)
      await desk.executor.place(await desk.farBuy(mintOrderId()), yes);
    if (desk.account.abilities(desk.market.instrument).conditional) {
      const { price: triggerPrice = '', ...far } = await desk.farBuy(mintOrderId());
      const stop = { ...far, side: 'sell', type: 'stop-market', triggerPrice, triggerBy: 'last' };
      expect((await desk.executor.place(stop as ApprovedOrder, yes)).state).toBe('open');
    }
    const before = await desk.openAtVenue();
    desk.sweeps.kill('button');
    await desk.until('over', () => desk.sweeps.all[0]?.outcome !== undefined);
    expect([before >= 6, desk.sweeps.all.map(({ outcome }) => outcome), await desk.openAtVenue()]).toEqual([
      true,
      ['clean'],
      0,
    ]);
  });
});
