import Big from 'big.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { instrumentId } from '#shared/domain/instrument.ts';
import type { OwnOrderState } from '#shared/domain/own-order.ts';
import { figure } from '#shared/test-kit/figure.ts';
import { isDerivative, ORDER_VENUES, type OrderVenue } from './test-kit/order-judge.ts';
import { type OrderStage, openOrderStage } from './test-kit/order-stage.ts';

// G19 to G22: whatever becomes of an answer, there is one request for one click, the order is never called what it is not,
// and what was lost is found again. Every fault has a coin of its own, so that none waits for another.

interface Fault {
  readonly style: string;
  readonly coin: string;
  readonly more?: Readonly<Record<string, number | string>>;
}

/** The venue has taken it, and nobody was told. */
const TAKEN: readonly Fault[] = [
  { style: 'dropAccepted', coin: 'ETH' },
  { style: 'failAccepted', coin: 'SOL' },
  { style: 'brokenAccepted', coin: 'XRP' },
  { style: 'halfAccepted', coin: 'DOGE' },
  { style: 'hangAccepted', coin: 'ADA' },
  { style: 'hidden', coin: 'AVAX', more: { ms: 3000 } },
];
/** It never had it. */
const LOST: readonly Fault[] = [
  { style: 'drop', coin: 'TRX' },
  { style: 'fail', coin: 'DOT' },
  { style: 'hang', coin: 'BCH' },
];
/** A venue’s word for an id that is there already (G21): after it the order is looked for, whatever was said. */
const DUPLICATE: Readonly<Record<OrderVenue, Readonly<Record<string, number | string>>>> = {
  binance: { status: 400, code: -4116 },
  bybit: { status: 200, code: 110072 },
  upbit: { status: 400, msg: 'duplicate_identifier' },
  bithumb: { status: 422 },
};

let stage: OrderStage;
beforeAll(async () => {
  stage = await openOrderStage({ seed: 19 });
});
afterAll(() => stage[Symbol.asyncDispose]());

const symbolOf = (venue: OrderVenue, coin: string) => (isDerivative(venue) ? `${coin}USDT` : `KRW-${coin}`);

/** A small order that stands deep in the book of that coin; of one digit, which is few enough for every coin’s steps. */
async function deep(venue: OrderVenue, coin: string, times = 1) {
  const path = `truth/book?venue=${venue}&symbol=${symbolOf(venue, coin)}&limit=500`;
  const { bids } = (await stage.control.read(path)) as { bids: readonly (readonly string[])[] };
  const price = Number(bids.at(-1)?.[0]);
  const worth = (isDerivative(venue) ? 200 : 150_000) * times;
  return stage.draft(venue, {
    instrument: instrumentId(`${venue}:${isDerivative(venue) ? `${coin}-USDT-PERP` : `${coin}-KRW`}`),
    price: String(price),
    quantity: { unit: 'base', value: new Big(worth / price).prec(1, Big.roundUp).toFixed() },
  });
}

function injected(venue: OrderVenue, { style, coin, more }: Fault): Promise<number> {
  const symbol = symbolOf(venue, coin);
  return stage.control.fault({ kind: 'order', venue, symbol, method: 'POST', style, ...more });
}

/** Places one under a fault. `isBarred`: another one of that coin is kept back as long as this one is in the dark. */
async function struck(venue: OrderVenue, fault: Fault) {
  const draft = await deep(venue, fault.coin);
  await injected(venue, fault);
  const first = await stage.placed(draft);
  const id = first.request.clientOrderId;
  const another = await stage.place(await deep(venue, fault.coin, 2));
  const isDenied = another.kind === 'denied' && another.denials.some(({ rule }) => rule === 'unknown-order');
  return { id, first: first.state, isBarred: isDenied || stage.state(id) === 'open' };
}

const posted = async (venue: OrderVenue, id: string) =>
  (await stage.posts(venue, id)).map(({ accepted, fault }) => [accepted, fault]);

const statesOf = async (id: string): Promise<readonly OwnOrderState[]> => [
  ...new Set((await stage.flight(id)).lines.flatMap(({ state }) => state ?? [])),
];

/** At all venues beside each other. */
const everywhere = async (run: (venue: OrderVenue) => Promise<void>): Promise<void> => {
  await Promise.all(ORDER_VENUES.map(run));
};

test('orders a venue took whose answer is lost are unknown, then found: one request each', () =>
  everywhere(async (venue) => {
    // Else the stream tells of an order before its answer is missed.
    const mute = await stage.control.fault({ kind: 'mute', venue, route: 'private' });
    const ends = await Promise.all(
      TAKEN.map(async (fault) => {
        const { id, first, isBarred } = await struck(venue, fault);
        await stage.becomes(id, 'open');
        return {
          style: fault.style,
          first,
          isBarred,
          posts: await posted(venue, id),
          states: await statesOf(id),
        };
      }),
    );
    await stage.control.end(mute);
    figure('G19', `answers lost by ${venue}, one request each`, ends.length, 'orders');
    expect(ends).toEqual(
      TAKEN.map(({ style }) => ({
        style,
        first: 'unknown',
        isBarred: true,
        posts: [[true, style]],
        states: ['submitting', 'unknown', 'open'],
      })),
    );
  }));

test('an id that a venue calls used means an order that exists: never rejected', () =>
  everywhere(async (venue) => {
    await stage.live();
    const fault = { style: 'failAccepted', coin: 'LTC', more: DUPLICATE[venue] };
    const { id } = await struck(venue, fault);
    await stage.becomes(id, 'open');
    expect([await posted(venue, id), (await statesOf(id)).includes('rejected')]).toEqual([
      [[true, 'failAccepted']],
      false,
    ]);
  }));

test('an answer that comes late is believed', () =>
  everywhere(async (venue) => {
    const { id } = await struck(venue, { style: 'late', coin: 'LINK', more: { ms: 1500 } });
    expect([stage.state(id), await posted(venue, id)]).toEqual(['open', [[true, 'late']]]);
  }));

test('orders a venue never had are given up with proof alone, or wait for a person', () =>
  everywhere(async (venue) => {
    const hasProof = isDerivative(venue);
    const ends = await Promise.all(
      LOST.map(async (fault) => {
        const { id, first, isBarred } = await struck(venue, fault);
        if (hasProof) await stage.becomes(id, 'unsent');
        else {
          const misses = () =>
            stage.own.get(id)?.evidence.filter(({ kind }) => kind === 'not-found').length ?? 0;
          await stage.until('looked for twice', () => misses() >= 2);
        }
        const settling = await stage
          .request('orders.settle', { clientOrderId: id, isPlaced: false })
          .catch((refusal: unknown) => (refusal as { code: string }).code);
        const { lines } = await stage.flight(id);
        return {
          style: fault.style,
          first,
          isBarred,
          state: stage.state(id),
          isOnBoard: stage.trading.unknown.some(({ request }) => request.clientOrderId === id),
          settling,
          proofs: lines.flatMap(({ event }) => (event.kind === 'absent' ? [event.by] : [])),
          posts: await posted(venue, id),
        };
      }),
    );
    expect(ends).toEqual(
      LOST.map(({ style }) => ({
        style,
        first: 'unknown',
        isBarred: true,
        // Where nothing can be proven it stays on the board, and nobody may decide before the quarantine is over.
        state: hasProof ? 'unsent' : 'unknown',
        isOnBoard: !hasProof,
        settling: 'order.settled',
        proofs: hasProof ? ['proof'] : [],
        posts: [[false, style]],
      })),
    );
  }));

test('every request has its line in the journal before it', async () => {
  const before: string[] = [];
  let posts = 0;
  for (const venue of ORDER_VENUES) {
    for (const { clientOrderId = '', time } of await stage.posts(venue)) {
      posts += 1;
      const { lines } = await stage.flight(clientOrderId);
      const sending = lines.find(({ event }) => event.kind === 'sending');
      // Both count in whole milliseconds of one machine’s clock; the market’s may be one behind.
      if (sending && sending.at <= time + 1) before.push(clientOrderId);
      expect(clientOrderId).toMatch(/^[a-z0-9]{20,32}$/);
    }
  }
  figure('G22', 'requests with a journal line before each', before.length, 'requests');
  expect([posts > 0, before.length]).toEqual([true, posts]);
});
