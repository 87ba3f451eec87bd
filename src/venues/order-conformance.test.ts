import Big from 'big.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decimalPlaces } from '#shared/base/decimal.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import { isTerminal, type OrderReport } from '#shared/domain/order.ts';
import { accountVenues } from './account-registry.ts';
import { venues } from './registry.ts';
import { placesOf } from './test-kit/account-desk.ts';
import { type AccountStage, openAccountStage } from './test-kit/account-stage.ts';
import { type OrderDesk, openOrderDesk } from './test-kit/order-desk.ts';
import type { Venue } from './venue.ts';

/**
 * What the ordering half of every registered venue has to keep, on real sockets and with real signatures: the simulator's
 * façade on the other side, its own ledger as the judge.
 */

let stage: AccountStage;

beforeAll(async () => {
  stage = await openAccountStage();
});

afterAll(() => stage[Symbol.asyncDispose]());

const trials = accountVenues.flatMap((account) => {
  const venue = venues.find(({ id }) => id === account.id) as Venue;
  return placesOf(venue).map((place) => ({ place, account, venue }));
});

const figures = (order: OrderReport | undefined) =>
  order && [order.side, new Big(order.price ?? 0).toFixed(), new Big(order.quantity ?? 0).toFixed()];
const isOver = (order: OrderReport | undefined) => order !== undefined && isTerminal(order.status);

/** Opened while what the accounts were furnished with still stands. */
const desks = new Map<InstrumentId, OrderDesk>();

describe.each(trials)('$place', ({ place, account, venue }) => {
  let desk: OrderDesk;
  const { orders } = account;

  beforeAll(async () => {
    desk = await openOrderDesk(stage, account, venue, 'trade');
    desks.set(place, desk);
  }, 30_000);

  /** Places one that rests, and has it seen. */
  async function resting(at: InstrumentId = place) {
    const request = desk.request(at);
    const outcome = await desk.place(request);
    expect(outcome).toMatchObject({
      verdict: 'accepted',
      answer: { venueOrderId: expect.stringMatching(/./) },
    });
    const order = await desk.seen(request, (seen) => seen?.status === 'NEW');
    if (order === undefined) throw new Error('not seen');
    return { request, order, ref: desk.refOf(request, order.venueOrderId) };
  }

  test('a limit order is taken, seen under our id with its exact figures, cancelled, and gone', async () => {
    const { request, order, ref } = await resting();
    const listed = await desk.open(place, (ids) => ids.includes(request.clientOrderId));
    const told = listed.find(({ clientOrderId }) => clientOrderId === request.clientOrderId);
    const wanted = ['buy', new Big(request.price ?? 0).toFixed(), new Big(request.quantity).toFixed()];
    expect([figures(order), figures(told), order.clientOrderId]).toEqual([
      wanted,
      wanted,
      request.clientOrderId,
    ]);

    expect((await desk.cancel(ref)).verdict).toBe('accepted');
    const ended = await desk.seen(request, isOver);
    await desk.open(place, (ids) => !ids.includes(request.clientOrderId));
    expect([ended?.status, (await desk.cancel(ref)).verdict]).toEqual(['CANCELED', 'gone']);
    expect((await desk.truth(request)).map(({ status }) => status)).toEqual(['canceled']);
  });

  test('an order is cancelled by our id alone', async () => {
    const { request } = await resting();
    expect((await desk.cancel(desk.refOf(request))).verdict).toBe('accepted');
    expect((await desk.seen(request, isOver))?.status).toBe('CANCELED');
  });

  test('an order nobody knows is gone, and not found', async () => {
    const never = desk.request(place);
    expect((await desk.cancel(desk.refOf(never))).verdict).toBe('gone');
    expect(await desk.seen(never, (order) => order === undefined)).toBeUndefined();
  });

  test('an id that is there already places nothing, and is not told as a refusal', async () => {
    const { request, order, ref } = await resting();
    const second = await desk.place(request);
    // Some answer with the order that has the id.
    expect(second.verdict === 'accepted' ? second.answer.venueOrderId : second.verdict).toBe(
      second.verdict === 'accepted' ? order.venueOrderId : 'exists',
    );
    expect((await desk.truth(request)).length).toBe(1);
    expect((await desk.cancel(ref)).verdict).toBe('accepted');
    await desk.seen(request, isOver);
  });

  test('what is taken at once is filled, as a limit that lives for an instant', async () => {
    const { ask } = desk.levels(place);
    const request = desk.request(place, { isMarket: true, timeInForce: 'IOC', price: ask });
    expect((await desk.place(request)).verdict).toBe('accepted');
    const order = await desk.seen(request, isOver);
    expect(Number(order?.filledQuantity)).toBeGreaterThan(0);
    const [truth] = await desk.truth(request);
    expect(new Big(order?.filledQuantity ?? 0).toFixed()).toBe(new Big(truth?.filled ?? 0).toFixed());
  });

  test('post-only that would take never takes', async () => {
    expect(orders.abilities(place).postOnly).toBe(true);
    const request = desk.request(place, { timeInForce: 'GTX', price: desk.levels(place).ask });
    const outcome = await desk.place(request);
    if (outcome.verdict === 'accepted') {
      const order = await desk.seen(request, isOver);
      expect([order?.status, Number(order?.filledQuantity)]).toEqual([
        expect.stringMatching(/^(?:REJECTED|EXPIRED|CANCELED)$/),
        0,
      ]);
    } else expect(outcome).toMatchObject({ verdict: 'rejected', venueCode: expect.stringMatching(/./) });
    expect((await desk.truth(request)).filter(({ filled }) => Number(filled) > 0)).toEqual([]);
  });

  test('what the venue does not take is rejected with its own code', async () => {
    const request = desk.request(place, { quantity: '0.00000001' });
    expect(await desk.place(request)).toMatchObject({
      verdict: 'rejected',
      venueCode: expect.stringMatching(/./),
      message: expect.stringMatching(/./),
    });
    expect(await desk.truth(request)).toEqual([]);
  });

  test('a key that is not right is turned away at the door', async () => {
    const key = await stage.keyNamed(account, 'trade');
    const wrong = { ...key, name: `wrong ${place}`, secret: 'wrong'.repeat(8) };
    const client = stage.client(account, wrong);
    const request = desk.request(place);
    const fault = await client.call(orders.place(request)).catch((thrown: unknown) => thrown);
    const { venueCode, status } = (fault as { details: { venueCode: string; status: number } }).details;
    const code = (fault as { code: string }).code.slice('account.'.length) as 'wrong-key';
    const verdict = orders.verdictOf('place', status, { code, venueCode, message: '' });
    // Bithumb has one word for this and for a token that was there before: that proves nothing.
    expect(verdict).toBe(account.id === 'bithumb' ? 'unknown' : 'unsent');
    expect(await desk.truth(request)).toEqual([]);
  });

  test('a standing order is changed, or the venue says beforehand that it cannot be', async () => {
    const { request, order, ref } = await resting();
    const quantity = new Big(request.quantity).times(2).toFixed();
    if (orders.abilities(place).amend === 'no') {
      expect(() => orders.amend(order, { quantity }, request.clientOrderId)).toThrow(
        expect.objectContaining({ code: 'order.unable' }),
      );
    } else {
      expect((await desk.amend(order, { quantity })).verdict).toBe('accepted');
      const changed = await desk.seen(
        request,
        (seen) => seen !== undefined && new Big(seen.quantity ?? 0).eq(quantity),
      );
      expect(figures(changed)).toEqual(['buy', new Big(request.price ?? 0).toFixed(), quantity]);
      expect((await desk.amend(changed as OrderReport, { quantity })).verdict).toBe('unchanged');
    }
    expect((await desk.cancel(ref)).verdict).toBe('accepted');
    await desk.seen(request, isOver);
    if (orders.abilities(place).amend !== 'no') {
      expect((await desk.amend(order, { quantity: request.quantity })).verdict).toBe('gone');
    }
  });

  test('a conditional order waits, is found under our id, and is cancelled where the venue has any', async () => {
    const { ask } = desk.levels(place);
    const types = ['stop-market', 'stop'] as const;
    for (const type of types) {
      const request = desk.request(place, {
        type,
        triggerPrice: ask,
        triggerBy: 'last',
        ...(type === 'stop' && { price: ask }),
      });
      if (!orders.abilities(place).conditional) {
        expect(() => orders.place(request)).toThrow(expect.objectContaining({ code: 'order.unable' }));
        continue;
      }
      const outcome = await desk.place(request);
      expect(outcome.verdict).toBe('accepted');
      const order = await desk.seen(request, (seen) => seen?.status === 'PENDING_TRIGGER');
      expect([order?.type, new Big(order?.triggerPrice ?? 0).toFixed(), order?.clientOrderId]).toEqual([
        type,
        new Big(ask).toFixed(),
        request.clientOrderId,
      ]);
      const again = await desk.place(request);
      expect(again.verdict).toBe('exists');
      await desk.open(place, (ids) => ids.filter((id) => id === request.clientOrderId).length === 1);
      const ref = {
        ...desk.refOf(request, order?.venueOrderId),
        isConditional: order?.isConditional ?? false,
      };
      expect((await desk.cancel(ref)).verdict).toBe('accepted');
      expect((await desk.seen(request, isOver))?.status).toBe('CANCELED');
      expect((await desk.cancel(ref)).verdict).toBe('gone');
    }
  });

  test('one sweep leaves nothing open, what waits for a trigger included', async () => {
    const { request } = await resting();
    const calls = orders.cancelAll(place);
    if (calls.length === 0) {
      // A venue without one says so: it is done order by order, or many at a time.
      expect((await desk.cancel(desk.refOf(request))).verdict).toBe('accepted');
      await desk.open(place, (ids) => !ids.includes(request.clientOrderId));
      return;
    }
    if (orders.abilities(place).conditional) {
      const { ask } = desk.levels(place);
      const stop = desk.request(place, { type: 'stop-market', triggerPrice: ask, triggerBy: 'last' });
      expect((await desk.place(stop)).verdict).toBe('accepted');
    }
    expect((await desk.sweep(place)).map(({ verdict }) => verdict)).toEqual(calls.map(() => 'accepted'));
    expect(await desk.open(place, (ids) => ids.length === 0)).toEqual([]);
  });
});

const able = trials.filter(({ account, place }) => account.orders.abilities(place).conditional);

describe.each(able)('$place', ({ place }) => {
  test('a conditional order whose trigger was reached is followed to its end', async () => {
    const desk = desks.get(place);
    if (desk === undefined) throw new Error('no desk');
    const taken = desk.request(place, { isMarket: true, timeInForce: 'IOC', price: desk.levels(place).ask });
    expect((await desk.place(taken)).verdict).toBe('accepted');
    const last = (await desk.seen(taken, isOver))?.averagePrice ?? '0';
    const places = decimalPlaces(desk.levels(place).ask);
    // A little above and a little below the market: its own noise reaches one of them.
    const waiting = [];
    for (const [side, share] of [
      ['buy', '1.00005'],
      ['sell', '0.99995'],
      ['buy', '1.0003'],
      ['sell', '0.9997'],
    ] as const) {
      const triggerPrice = new Big(last).times(share).toFixed(places);
      const request = desk.request(place, { side, type: 'stop-market', triggerPrice, triggerBy: 'last' });
      // The market may be there already.
      if ((await desk.place(request)).verdict === 'accepted') waiting.push(request);
    }
    const { request, seen } = await desk.first(waiting, isOver);
    const heir = seen.becameOrderId;
    // Where those that wait are kept apart, the one it became is named.
    expect(heir !== undefined).toBe(seen.isConditional);
    const order = heir === undefined ? seen : await desk.byVenueId(place, heir);
    const whole = new Big(request.quantity).toFixed();
    const [truth] = await desk.truth(request);
    expect([
      [order?.status, new Big(order?.filledQuantity ?? 0).toFixed()],
      [truth?.status, new Big(truth?.filled ?? 0).toFixed()],
    ]).toEqual([
      ['FILLED', whole],
      ['filled', whole],
    ]);
    expect((await desk.cancel(desk.refOf(request))).verdict).toBe('gone');
    for (const other of waiting) if (other !== request) await desk.cancel(desk.refOf(other));
  });
});

test('every order that was asked for was asked for once, and every one that was placed bears an id of ours', async () => {
  const { requests } = await stage.read('requests');
  const placed = (
    requests as readonly { accepted?: boolean; clientOrderId?: string; orders?: readonly number[] }[]
  ).filter(({ orders }) => (orders?.length ?? 0) > 0);
  expect(placed.length).toBeGreaterThan(20);
  expect(placed.filter(({ clientOrderId }) => !/^h[a-z0-9]{22}$/.test(clientOrderId ?? ''))).toEqual([]);
});
