import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PlaceAnswer } from '#shared/contract/order-views.ts';
import { venueId } from '#shared/domain/instrument.ts';
import type { Order } from '#shared/domain/order.ts';
import type { OrderChange } from '#shared/domain/order-draft.ts';
import { type Simulator, startSimulator } from '#simulator/simulator.ts';
import type { ApprovedOrder } from './facts.ts';
import { heldOrder } from './known-order.ts';
import { mintOrderId } from './order-id.ts';
import { openSimulatorDesk } from './test-kit/simulator-desk.ts';

type Desk = Awaited<ReturnType<typeof openSimulatorDesk>>;

/** `change`: the request that changes an order, or that cancels the old one, as a fault is aimed at it. */
const CASES = [
  { name: 'binance', venue: 'binance', waits: false, isInPlace: true, change: { method: 'PUT' } },
  {
    name: 'binance, conditional',
    venue: 'binance',
    waits: true,
    isInPlace: false,
    change: { method: 'DELETE' },
  },
  { name: 'bybit', venue: 'bybit', waits: false, isInPlace: true, change: { path: '/order/amend' } },
  {
    name: 'bybit, conditional',
    venue: 'bybit',
    waits: true,
    isInPlace: true,
    change: { path: '/order/amend' },
  },
  { name: 'upbit', venue: 'upbit', waits: false, isInPlace: false, change: { method: 'DELETE' } },
  { name: 'bithumb', venue: 'bithumb', waits: false, isInPlace: false, change: { method: 'DELETE' } },
] as const;
interface SimOpen {
  readonly clientOrderId: string;
  readonly price?: string;
  readonly trigger?: { readonly price: string };
  readonly quantity: string;
}

const yes = () => true;

let simulator: Simulator;
const desks = new Map<string, Desk>();

beforeAll(async () => {
  simulator = await startSimulator({ seed: 31 });
  for (const { venue } of CASES) {
    if (!desks.has(venue)) desks.set(venue, await openSimulatorDesk(simulator, venueId(venue), 3000));
  }
  const all = [...desks.values()];
  await Promise.all(all.map((desk) => desk.until('live', () => desk.account.state.kind === 'live')));
}, 60_000);
afterAll(async () => {
  for (const desk of desks.values()) desk.close();
  await simulator.stop();
});

/** A small order far from the market that stands or waits, as the account holds it. */
async function standing(desk: Desk, waits: boolean): Promise<Order> {
  const { price = '', ...order } = await desk.farBuy(mintOrderId());
  const wanted = waits
    ? { ...order, side: 'sell', type: 'stop-market', triggerPrice: price, triggerBy: 'last' }
    : { ...order, price };
  await desk.executor.place(wanted as ApprovedOrder, yes);
  const ref = { ...desk.ref(order.clientOrderId), isConditional: waits };
  const held = () => heldOrder(desk.account.holdings, ref)?.order;
  await desk.until('told of', () => held() !== undefined);
  return held() as Order;
}

/** Every order of ours that is open at the venue: its price or trigger, and its quantity. */
async function openOnes(desk: Desk, ids: readonly string[]): Promise<readonly string[]> {
  const { openOrders } = await desk.control('GET', `/ledger?venue=${desk.account.venue}&key=trade`);
  return openOrders
    .filter(({ clientOrderId }: SimOpen) => ids.includes(clientOrderId))
    .map((row: SimOpen) => `${Number(row.trigger?.price ?? row.price)} ${Number(row.quantity)}`);
}

/** Changes it, with what is left placed under a new id. */
function changing(desk: Desk, order: Order, { waits }: { readonly waits: boolean }) {
  const ids = [order.clientOrderId ?? ''];
  const price = String(Number(waits ? order.triggerPrice : order.price) - desk.market.step);
  const change: OrderChange = waits ? { triggerPrice: price } : { price };
  const amend = () =>
    desk.executor.amend(order, change, 'ladder', yes, async (rest): Promise<PlaceAnswer> => {
      const id = mintOrderId();
      ids.push(id);
      const before = desk.journal.orders.get(order.clientOrderId ?? '')?.request;
      const next = { ...before, ...rest, clientOrderId: id } as ApprovedOrder;
      return { kind: 'placed', order: await desk.executor.place(next, yes) };
    });
  return { ids, amend, wanted: `${Number(price)} ${Number(order.quantity)}`, was: order };
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

describe.concurrent.each(CASES)('a change at the simulated $name', (one) => {
  const deskOf = () => desks.get(one.venue) as Desk;

  test('leaves one order, as it was wanted, asked for once however often', () =>
    inTurn(one.venue, async () => {
      const desk = deskOf();
      const { ids, amend, wanted } = changing(desk, await standing(desk, one.waits), one);
      const both = await Promise.all([amend(), amend()]);
      expect([both.map(({ verdict }) => verdict), await openOnes(desk, ids), ids.length]).toEqual([
        ['accepted', 'accepted'],
        [wanted],
        one.isInPlace ? 1 : 2,
      ]);
    }));

  // It takes eight seconds until a change that never arrived cannot arrive any more.
  const lost = ['dropAccepted', 'failAccepted', ...(one.name === 'bybit, conditional' ? [] : ['drop'])];
  test.each(lost)('leaves one order where its answer is lost: %s', (style) =>
    inTurn(one.venue, async () => {
      const desk = deskOf();
      const order = await standing(desk, one.waits);
      const { ids, amend, wanted, was } = changing(desk, order, one);
      await desk.control('POST', '/faults', { kind: 'order', venue: one.venue, style, ...one.change });
      const { verdict } = await amend();
      const before = `${Number(was.triggerPrice ?? was.price)} ${Number(was.quantity)}`;
      // What never arrived is not changed, and said not to be once it cannot arrive any more; a cancel is asked for again.
      const isUnchanged = style === 'drop' && one.isInPlace;
      expect([verdict, await openOnes(desk, ids)]).toEqual([
        isUnchanged ? 'rejected' : 'accepted',
        [isUnchanged ? before : wanted],
      ]);
    }),
  );

  test('of one that is cancelled at the same time leaves none', () =>
    inTurn(one.venue, async () => {
      const desk = deskOf();
      const { ids, amend, was } = changing(desk, await standing(desk, one.waits), one);
      const changed = amend();
      await desk.executor.cancel(desk.ref(was.clientOrderId ?? ''), 'window');
      await changed;
      expect(await openOnes(desk, ids)).toEqual([]);
    }));

  test('of one that has ended meanwhile places nothing', () =>
    inTurn(one.venue, async () => {
      const desk = deskOf();
      const order = await standing(desk, one.waits);
      const { ids, amend } = changing(desk, order, one);
      await desk.control('POST', '/orders', {
        venue: one.venue,
        key: 'trade',
        action: 'cancel',
        symbol: desk.market.symbol,
        clientOrderId: order.clientOrderId,
      });
      const { verdict } = await amend();
      expect([verdict, await openOnes(desk, ids), ids.length]).toEqual(['gone', [], 1]);
    }));
});

test('a stop that was triggered at the simulated binance is cancelled as the order it became, by the name it waited under', async () => {
  const desk = desks.get('binance') as Desk;
  await inTurn('binance', async () => {
    const ids: string[] = [];
    const far = await desk.farBuy(mintOrderId());
    const market = Number(far.price) / 0.98;
    // A little above and a little below: the market's own noise reaches one of them. Their limits are out of its reach.
    for (const [side, share] of [
      ['buy', 1.00005],
      ['sell', 0.99995],
      ['buy', 1.0003],
      ['sell', 0.9997],
    ] as const) {
      const clientOrderId = mintOrderId();
      const price = String(Math.round(market * (side === 'buy' ? 0.98 : 1.02)));
      const triggerPrice = String(Math.round(market * share));
      const stop = { ...far, clientOrderId, side, type: 'stop', price, triggerPrice, triggerBy: 'last' };
      const { state } = await desk.executor.place(stop as ApprovedOrder, yes);
      // The market may be there already.
      if (state === 'open') ids.push(clientOrderId);
    }
    const became = () => ids.find((id) => desk.journal.orders.get(id)?.status === 'NEW');
    await desk.until('triggered', () => became() !== undefined, 60_000);
    const id = became() as string;
    const { verdict } = await desk.executor.cancel({ ...desk.ref(id), isConditional: true }, 'window');
    await desk.until('cancelled', () => desk.state(id) === 'cancelled');
    const left = await openOnes(desk, [id]);
    for (const other of ids)
      await desk.executor.cancel({ ...desk.ref(other), isConditional: true }, 'window');
    await desk.until('all cancelled', () => ids.every((one) => desk.state(one) === 'cancelled'));
    expect([verdict, left, await openOnes(desk, ids)]).toEqual(['accepted', [], []]);
  });
}, 90_000);
