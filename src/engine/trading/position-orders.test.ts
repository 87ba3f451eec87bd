import Big from 'big.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PlaceAnswer } from '#shared/contract/order-views.ts';
import type { OrderDraft } from '#shared/domain/order-draft.ts';
import { closeDraft, sellDraft, turnDraft } from './close-position.ts';
import type { ApprovedOrder } from './facts.ts';
import { createPositionOrders } from './position-orders.ts';
import { prepare } from './prepare.ts';
import { ACCOUNT, approved, BTC, report, stageTrading } from './test-kit/scripted-account.ts';
import { held, limits, market, won, wonHeld, wonMarket } from './test-kit/small-order.ts';

const position = (quantity: string, leg: 'both' | 'long' | 'short' = 'both') => ({
  account: ACCOUNT,
  instrument: BTC,
  leg,
  quantity,
});

/** Side, quantity, reduce-only and leg of what would leave; or the rules that deny it. `there`: the position by then. */
function left(draft: OrderDraft, there: string, isHedged = false) {
  const leg = isHedged ? (draft.side === 'sell' ? 'long' : 'short') : 'both';
  const positions = [{ leg, quantity: there, entryPrice: '900' }] as const;
  const prepared = prepare(draft, { market: market(), held: held({ positions, isHedged }), limits }, 'x');
  if (prepared.kind === 'denied') return prepared.denials.map(({ rule }) => rule);
  const { side, quantity, reduceOnly, leg: about } = prepared.request;
  return [side, quantity, reduceOnly, about];
}

describe('what ends a position', () => {
  test('is a reduce-only order at market over a share of it, on the other side, in whole lots', () => {
    const close = closeDraft(position('-0.3'), 100);
    const turn = turnDraft(close, '0.3');
    const sale = sellDraft(ACCOUNT, won.id, 50);
    const sold = prepare(sale, { market: wonMarket(), held: wonHeld(), limits }, 'x');
    expect([
      [close.type, close.timeInForce],
      left(closeDraft(position('0.123'), 100), '0.123'),
      left(closeDraft(position('-2'), 25), '-2'),
      left(closeDraft(position('0.005'), 33), '0.005'),
      left(closeDraft(position('-0.005', 'short'), 50), '-0.005', true),
      left(closeDraft(position('0.1239'), 100), '0.1239'),
      left(closeDraft(position('0.0009'), 100), '0.0009'),
      left(closeDraft(position('0.2'), 100), '0.1'),
      left(closeDraft(position('0.2'), 100), '-0.1'),
      left(turn, '0'),
      [sale.side, sale.reduceOnly, sold.kind === 'prepared' && sold.request.quantity],
    ]).toEqual([
      ['market', 'IOC'],
      ['sell', '0.123', true, 'both'],
      ['buy', '0.5', true, 'both'],
      ['sell', '0.001', true, 'both'],
      ['buy', '0.002', true, 'short'],
      // What is less than a lot stays, and alone it is no order.
      ['sell', '0.123', true, 'both'],
      ['min-quantity'],
      // Of what it is by then; and nothing where it has turned round by itself.
      ['sell', '0.1', true, 'both'],
      ['reduce-only'],
      ['buy', '0.3', false, 'both'],
      ['sell', false, '250.06172839'],
    ]);
  });

  test('never turns it round, whatever is filled while it is on its way', () => {
    const quantity = fc.integer({ min: -10_000, max: 10_000 }).filter((units) => units !== 0);
    fc.assert(
      fc.property(
        quantity,
        fc.integer({ min: 1, max: 100 }),
        fc.array(fc.integer({ min: -10_000, max: 10_000 }), { maxLength: 4 }),
        (units, percent, raced) => {
          const seen = new Big(units).div(1000);
          const [side, asked, reduceOnly] = left(
            closeDraft(position(seen.toFixed()), percent),
            seen.toFixed(),
          );
          // Less than a lot: nothing leaves.
          if (asked === undefined) return side === 'min-quantity';
          const there = raced.reduce((sum, fill) => sum.plus(new Big(fill).div(1000)), seen);
          const signed = new Big(String(asked)).times(side === 'buy' ? 1 : -1);
          // A venue's reduce-only: nothing of it that would add, and no more than there is.
          const reduces = reduceOnly === true && there.times(signed).lt(0);
          const taken = reduces ? (signed.abs().gt(there.abs()) ? there.times(-1) : signed) : new Big(0);
          const after = there.plus(reduceOnly === true ? taken : signed);
          return after.times(there).gte(0) && signed.abs().lte(seen.abs()) && after.abs().lte(there.abs());
        },
      ),
      { numRuns: 10_000 },
    );
  });
});

function stage(positions: readonly { leg: 'both' | 'long' | 'short'; quantity: string }[], filled = '2') {
  const trading = stageTrading({ cancelAll: () => undefined });
  const drafts: OrderDraft[] = [];
  const put = (leg: 'both' | 'long' | 'short', quantity: string, venueTime: number) =>
    trading.apply({
      kind: 'position',
      position: { instrument: BTC, leg, quantity, entryPrice: '100' },
      venueTime,
      source: 'stream',
      receivedAt: trading.clock.now(),
    });
  for (const { leg, quantity } of positions) put(leg, quantity, 1);
  const orders = createPositionOrders({
    clock: trading.clock,
    accounts: trading.accounts,
    journal: trading.journal,
    sweeps: trading.sweeps,
    spotBaseOf: () => undefined,
  });
  async function place(draft: OrderDraft): Promise<PlaceAnswer> {
    const id = `p${drafts.length}`;
    const [share, { unit, value }] = [positions[drafts.length], draft.quantity];
    const quantity =
      unit === 'percent' ? new Big(share?.quantity ?? 0).abs().times(value).div(100) : Big(value);
    drafts.push({ ...draft, quantity: { unit, value: quantity.toFixed() } });
    const order = { ...approved(id), quantity: quantity.toFixed(), side: draft.side } as ApprovedOrder;
    const placed = await trading.executor.place(order, () => true);
    const status = quantity.lte(filled) ? 'FILLED' : 'EXPIRED';
    trading.tell(report(id, { status, venueStatus: status, filledQuantity: filled, side: draft.side }));
    const leg = positions[drafts.length - 1]?.leg ?? 'both';
    if (status === 'FILLED' && draft.reduceOnly) put(leg, '0', 2);
    return { kind: 'placed', order: placed };
  }
  return { ...trading, orders, drafts, place };
}

describe('positions', () => {
  test('that came while others were being closed are said to be left by flatten', async () => {
    const { orders, place, pass, sweeps, apply, clock } = stage([{ leg: 'long', quantity: '2' }]);
    orders.flatten(ACCOUNT, 'window', async (draft) => {
      const late = { instrument: BTC, leg: 'short', quantity: '-1', entryPrice: '100' } as const;
      apply({ kind: 'position', position: late, venueTime: 1, source: 'stream', receivedAt: clock.now() });
      return place(draft);
    });
    await pass(30_000, 100);
    expect(sweeps.all.map(({ outcome, detail }) => [outcome, detail])).toEqual([
      ['left-over', `positions are open still: ${BTC}`],
    ]);
  });

  test('are turned round only once all of the first order is filled and the position is gone', async () => {
    const ends = [];
    for (const filled of ['2', '1.5']) {
      const { orders, drafts, place, pass } = stage([{ leg: 'both', quantity: '2' }], filled);
      const answer = orders.reverse({ account: ACCOUNT, instrument: BTC, leg: 'both' }, place);
      await pass(15_000, 100);
      await answer;
      ends.push(drafts.map(({ side, quantity, reduceOnly }) => [side, quantity.value, reduceOnly]));
    }
    expect(ends).toEqual([
      [
        ['sell', '2', true],
        ['sell', '2', false],
      ],
      [['sell', '2', true]],
    ]);
  });

  test('are all closed by flatten, leg by leg, after everything is cancelled', async () => {
    const { orders, drafts, place, pass, sweeps, count } = stage([
      { leg: 'long', quantity: '2' },
      { leg: 'short', quantity: '-1' },
    ]);
    const id = orders.flatten(ACCOUNT, 'window', place);
    await pass(30_000, 100);
    expect([
      drafts.map(({ side, reduceOnly, quantity }) => [side, reduceOnly, quantity.value]),
      count('openOrders'),
      sweeps.all.map(({ id: own, kind, outcome, left }) => [own === id, kind, outcome, left]),
    ]).toEqual([
      [
        ['sell', true, '2'],
        ['buy', true, '1'],
      ],
      2,
      [[true, 'flatten', 'clean', 0]],
    ]);
  });

  test('are left alone by flatten while orders may be open still, and by whoever closes what is not there', async () => {
    const { orders, drafts, place, pass, sweeps, account } = stage([{ leg: 'both', quantity: '2' }]);
    Object.defineProperty(account, 'openOrders', { value: async () => Promise.reject(new Error('no link')) });
    orders.flatten(ACCOUNT, 'window', place);
    await pass(65_000, 500);
    const none = await orders.close({ account: ACCOUNT, instrument: BTC, leg: 'short' }, 100, place);
    expect([drafts, sweeps.all[0]?.outcome, none]).toEqual([[], 'failed', undefined]);
  });
});
