import Big from 'big.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OrderDraft } from '#shared/domain/order-draft.ts';
import { figure } from '#shared/test-kit/figure.ts';
import { isDerivative, type Ledger, MARKETS, ORDER_VENUES, type OrderVenue } from './test-kit/order-judge.ts';
import { type OrderStage, openOrderStage, pause } from './test-kit/order-stage.ts';

// Orders by a whole engine over the contract, on real sockets. What the simulator received and what its ledger says is
// what is true.

let stage: OrderStage;
beforeAll(async () => {
  stage = await openOrderStage({ seed: 7 });
});
afterAll(() => stage[Symbol.asyncDispose]());

const MARKET = { type: 'market', quantity: { unit: 'base', value: '0.004' } } as const;

/** What the account has of the coin, as the ledger has it: a position, or a balance. */
function coins(venue: OrderVenue, { positions, balances }: Ledger): string {
  const { symbol } = MARKETS[venue];
  const position = positions.find((one) => one.symbol === symbol)?.quantity;
  const balance = balances.find(({ currency }) => currency === 'BTC')?.total;
  return new Big((isDerivative(venue) ? position : balance) ?? 0).toFixed();
}

/** The same, as a window is told it. */
function coinsShown(venue: OrderVenue): string {
  const source = isDerivative(venue)
    ? stage.engine.api.watch('positions', {}, () => undefined)
    : stage.engine.api.watch('balances', {}, () => undefined);
  const rows = (source.take()?.rows ?? []) as readonly {
    readonly account: string;
    readonly instrument?: string;
    readonly currency?: string;
    readonly quantity?: string;
    readonly total?: string;
  }[];
  source.dispose();
  const mine = rows.find(
    ({ account, instrument, currency }) =>
      account === stage.accountAt(venue) && (instrument === MARKETS[venue].instrument || currency === 'BTC'),
  );
  return new Big(mine?.quantity ?? mine?.total ?? 0).toFixed();
}

async function agree(venue: OrderVenue): Promise<void> {
  await expect
    .poll(async () => coinsShown(venue) === coins(venue, await stage.ledger(venue)), { timeout: 10_000 })
    .toBe(true);
}

const open = async (venue: OrderVenue, id: string) =>
  (await stage.ledger(venue)).openOrders
    .filter(({ clientOrderId }) => clientOrderId === id)
    .map(({ price, quantity }) => [Number(price), Number(quantity)]);

describe.each(ORDER_VENUES)('at %s', (venue) => {
  test('a ticket says what would leave, and what it would cost', async () => {
    const ticket = await stage.ticket(stage.draft(venue, MARKET), ({ trust }) => trust.kind === 'ok');
    const { trust, denials, isReal, request, estimate } = ticket;
    expect({ trust, denials, isReal, isMarket: request?.isMarket, cost: Number(estimate.cost) > 0 }).toEqual({
      trust: { kind: 'ok' },
      denials: [],
      isReal: false,
      isMarket: true,
      cost: true,
    });
  });

  test('a market order leaves once, as a limit that lives for an instant, and is filled as the ledger has it', async () => {
    const before = coins(venue, await stage.ledger(venue));
    const { request } = await stage.placed(stage.draft(venue, MARKET));
    const id = request.clientOrderId;
    await stage.becomes(id, 'filled');
    await stage.until('counted', () => stage.own.get(id)?.filledQuantity === '0.004');
    const after = await stage.ledger(venue);
    const fills = after.fills.filter((fill) => fill.clientOrderId === id);
    const sum = fills.reduce((all, { quantity }) => all.plus(quantity), new Big(0)).toFixed();
    const posts = (await stage.posts(venue, id)).map(({ accepted, params }) => ({
      accepted,
      isImmediate: /ioc/iu.test(JSON.stringify(params)),
      hasPrice: JSON.stringify(params).includes(String(request.price)),
    }));
    await agree(venue);
    expect({
      posts,
      sum,
      more: new Big(coins(venue, after)).minus(before).round(6).toFixed(),
      isCapped: fills.every(({ price }) => new Big(price).lte(request.price ?? 0)),
    }).toEqual({
      posts: [{ accepted: true, isImmediate: true, hasPrice: true }],
      sum: '0.004',
      // A fee may be taken in the coin itself.
      more: expect.stringMatching(/^0\.00(?:4|39\d+)$/),
      isCapped: true,
    });
  });

  test('a limit stands, is changed, and is cancelled', async () => {
    const { request } = await stage.placed(await stage.far(venue));
    const id = request.clientOrderId;
    await stage.becomes(id, 'open');
    expect(await open(venue, id)).toEqual([[Number(request.price), 0.003]]);

    const price = await stage.priceAt(venue, 0.965);
    const { token } = await stage.request('orders.intent', {});
    const ref = { account: stage.accountAt(venue), instrument: request.instrument, isConditional: false };
    const order = { ...ref, clientOrderId: id };
    const changed = await stage.request('orders.amend', { token, order, price, quantity: '0.002' });
    expect(changed).toEqual({ verdict: 'accepted' });
    // In place where the venue can; else the rest stands under a new name.
    const now = isDerivative(venue)
      ? id
      : [...stage.own.values()].findLast(({ state }) => state === 'open' || state === 'submitting')?.request
          .clientOrderId;
    expect(await open(venue, now ?? '')).toEqual([[Number(price), 0.002]]);
    expect(await stage.posts(venue, id)).toHaveLength(1);

    const gone = await stage.cancel(now ?? '');
    await stage.becomes(now ?? '', 'cancelled');
    const again = await stage.cancel(now ?? '');
    expect([gone.verdict, again.verdict, await open(venue, now ?? '')]).toEqual(['accepted', 'gone', []]);
  });

  test('a post-only order that would take ends without a fill, in the venue’s own word', async () => {
    const price = await stage.priceAt(venue, 1.002);
    const { request } = await stage.placed(stage.draft(venue, { price, postOnly: true }));
    const id = request.clientOrderId;
    await stage.becomes(id, 'rejected', 'cancelled', 'expired');
    const { state, rejection, venueStatus, filledQuantity } = stage.own.get(id) ?? {};
    const fills = (await stage.ledger(venue)).fills.filter((fill) => fill.clientOrderId === id);
    expect({
      filledQuantity,
      fills,
      words: `${state} ${rejection?.venueCode ?? ''} ${venueStatus ?? ''}`,
    }).toEqual({ filledQuantity: '0', fills: [], words: expect.stringMatching(/post|-5022|cancel/iu) });
  });

  test('what a ticket asks for beyond the limits is denied with rule, limit, value and what would pass', async () => {
    const price = await stage.priceAt(venue, 1.2);
    const before = (await stage.posts(venue)).length;
    const answer = await stage.place(
      stage.draft(venue, { price: `${price}.00000001`, quantity: { unit: 'base', value: '0.0000000001' } }),
    );
    const denials = answer.kind === 'denied' ? answer.denials : [];
    const rules = denials.map(({ rule }) => rule);
    expect({
      rules: ['tick', 'collar'].every((rule) => rules.includes(rule as never)),
      isSaid: denials.every(({ limit, value }) => limit !== '' && value !== ''),
      passes: denials.filter(({ rule }) => rule === 'tick' || rule === 'collar').every((one) => one.passes),
      left: (await stage.posts(venue)).length - before,
    }).toEqual({ rules: true, isSaid: true, passes: true, left: 0 });
  });
});

describe.each(ORDER_VENUES.filter(isDerivative))('with positions, at %s', (venue) => {
  test('a stop waits for its trigger, and is cancelled', async () => {
    const triggerPrice = await stage.priceAt(venue, 1.02);
    const draft = stage.draft(venue, { type: 'stop-market', triggerPrice, triggerBy: 'last' });
    const { request } = await stage.placed(draft);
    const id = request.clientOrderId;
    await stage.becomes(id, 'open');
    await stage.until('told of', () => stage.own.get(id)?.status === 'PENDING_TRIGGER');
    const gone = await stage.cancel(id);
    await stage.becomes(id, 'cancelled');
    expect([gone.verdict, (await stage.posts(venue, id)).length]).toEqual(['accepted', 1]);
  });

  test('a position is closed by half, turned round, and ended, reduce-only', async () => {
    const { instrument } = MARKETS[venue];
    const position = { account: stage.accountAt(venue), instrument, leg: 'both' } as const;
    const { request } = await stage.placed(stage.draft(venue, MARKET));
    await stage.becomes(request.clientOrderId, 'filled');
    await agree(venue);
    const had = new Big(coins(venue, await stage.ledger(venue)));
    const settled = async (answer: unknown) => {
      const { kind, order } = answer as Extract<Awaited<ReturnType<typeof stage.place>>, { kind: 'placed' }>;
      if (kind !== 'placed') throw new Error(JSON.stringify(answer));
      await stage.becomes(order.request.clientOrderId, 'filled');
      await agree(venue);
      return { has: coins(venue, await stage.ledger(venue)), request: order.request };
    };
    const token = async () => (await stage.request('orders.intent', {})).token;

    const half = await settled(
      await stage.request('positions.close', { ...position, token: await token(), percent: 50 }),
    );
    expect([half.has, half.request.reduceOnly, half.request.isMarket]).toEqual([
      had.div(2).toFixed(),
      true,
      true,
    ]);

    // The very same order within a second would be taken for a slip.
    await pause(1100);
    const turned = await settled(
      await stage.request('positions.reverse', { ...position, token: await token() }),
    );
    expect([turned.has, turned.request.reduceOnly]).toEqual([had.div(-2).toFixed(), false]);

    const { account } = position;
    await stage.placed(await stage.far(venue));
    const { sweeps } = await stage.request('positions.flatten', { account, token: await token() });
    await stage.until('flat', () =>
      stage.trading.sweeps.some(({ id, endedAt }) => sweeps.includes(id) && endedAt !== undefined),
    );
    const { outcome, kind } = stage.trading.sweeps.find(({ id }) => sweeps.includes(id)) ?? {};
    const after = await stage.ledger(venue);
    expect([kind, outcome, after.positions, after.openOrders]).toEqual(['flatten', 'clean', [], []]);
  });
});

test('a token is good for one click: fifty at once from two windows, and replayed, are one POST', async () => {
  const windows = await Promise.all([stage.window(), stage.window()]);
  for (const venue of ORDER_VENUES) {
    const draft: OrderDraft = await stage.far(venue);
    const before = (await stage.posts(venue)).length;
    const { token } = await windows[0].request('orders.intent', {});
    const click = (at: number) => (windows[at % 2] ?? windows[0]).request('orders.place', { token, draft });
    const ends = await Promise.allSettled(Array.from({ length: 50 }, (_, at) => click(at)));
    ends.push(...(await Promise.allSettled([click(0), click(1)])));
    const codes = ends.map((end) =>
      end.status === 'fulfilled' ? end.value.kind : (end.reason as { code: string }).code,
    );
    const posts = (await stage.posts(venue)).length - before;
    figure('G23', `requests to ${venue} by fifty clicks with one token`, posts, 'requests');
    expect([venue, new Set(codes), codes.filter((code) => code === 'placed').length, posts]).toEqual([
      venue,
      new Set(['placed', 'intent.used']),
      1,
      1,
    ]);
  }
  for (const window of windows) window.close();
  await stage.clean();
});
