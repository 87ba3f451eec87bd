import { describe, expect, test } from 'vitest';
import type { OrderReport } from '#shared/domain/order.ts';
import type { OrderRef } from '#shared/domain/order-draft.ts';
import type { ApprovedOrder } from './facts.ts';
import { createLateLines } from './late-lines.ts';
import { createOwnSightings } from './own-sightings.ts';
import { createMemoryJournal } from './test-kit/memory-journal.ts';
import { ACCOUNT, approved, BTC, report, stageTrading } from './test-kit/scripted-account.ts';
import type { TradingAccount } from './trading-account.ts';

const yes = () => true;
const REF = { account: ACCOUNT, instrument: BTC, clientOrderId: 'a', isConditional: true };
const stop = (id: string) =>
  ({ ...approved(id), type: 'stop', triggerPrice: '101', triggerBy: 'last' }) as ApprovedOrder;

const WAITING = { isConditional: true, venueOrderId: '7', type: 'stop', triggerPrice: '101' } as const;
const waiting = (change: Partial<OrderReport> = {}) =>
  report('a', { ...WAITING, status: 'PENDING_TRIGGER', venueStatus: 'NEW', ...change });
const triggered = () =>
  waiting({ status: 'EXPIRED', venueStatus: 'TRIGGERED order 99', becameOrderId: '99', venueTime: 5 });
/** The venue gives what it became an id of its own making. */
const heir = (change: Partial<OrderReport> = {}) =>
  report('made-by-the-venue', { venueOrderId: '99', venueTime: 5, ...change });

/** A venue with two lists, where the order has become another one that stands. */
function stageTriggered(script: Partial<TradingAccount> = {}) {
  const cancelled: string[] = [];
  const stage = stageTrading({
    async place(_order, onSending) {
      onSending('hash');
      return { verdict: 'accepted', answer: { venueOrderId: '7' } };
    },
    async cancel({ venueOrderId = '', isConditional }: OrderRef) {
      cancelled.push(`${isConditional ? 'waiting' : 'order'} ${venueOrderId}`);
      if (isConditional) return { verdict: 'gone', venueCode: '-2011', message: 'unknown order' };
      return { verdict: 'accepted', answer: {} };
    },
    find: async () => ({ order: { ...heir(), clientOrderId: 'a' }, venueTime: 0 }),
    ...script,
  });
  return { ...stage, cancelled };
}

describe('a conditional order that was triggered', () => {
  test('is cancelled as what it became, whatever was known of it', async () => {
    const ends = [];
    for (const known of ['nothing', 'that it waits', 'that it was triggered', 'what it became'] as const) {
      const stage = stageTriggered();
      await stage.executor.place(stop('a'), yes);
      if (known !== 'nothing') stage.tell(waiting());
      if (known === 'that it was triggered' || known === 'what it became') stage.tell(triggered());
      if (known === 'what it became') stage.tell(heir());
      const { verdict } = await stage.executor.cancel(REF, 'window');
      ends.push([known, verdict, stage.cancelled, stage.state('a')]);
    }
    expect(ends).toEqual([
      ['nothing', 'accepted', ['waiting 7', 'order 99'], 'cancelling'],
      ['that it waits', 'accepted', ['waiting 7', 'order 99'], 'cancelling'],
      ['that it was triggered', 'accepted', ['order 99'], 'cancelling'],
      ['what it became', 'accepted', ['order 99'], 'cancelling'],
    ]);
  });

  test('of somebody else is cancelled as what it became too', async () => {
    const stage = stageTriggered();
    const { clientOrderId: _, ...foreign } = waiting();
    stage.tell(foreign);
    const ref = { account: ACCOUNT, instrument: BTC, venueOrderId: '7', isConditional: true };
    const { verdict } = await stage.executor.cancel(ref, 'window');
    expect([verdict, stage.cancelled]).toEqual(['accepted', ['waiting 7', 'order 99']]);
  });

  test('is not called gone where nobody can say what became of it', async () => {
    const stage = stageTriggered({ find: async () => Promise.reject(new Error('no link')) });
    await stage.executor.place(stop('a'), yes);
    stage.tell(waiting());
    const answer = stage.executor.cancel(REF, 'window');
    await stage.pass(10_000, 250);
    expect((await answer).verdict).toBe('unknown');
  });

  test('has the fills and the end of what it became, which bears an id of the venue’s', async () => {
    const stage = stageTriggered();
    await stage.executor.place(stop('a'), yes);
    stage.tell(waiting());
    stage.tell(triggered());
    const states = [stage.state('a')];
    const { instrument, side } = heir();
    const fill = {
      id: '1',
      instrument,
      venueOrderId: '99',
      side,
      price: '100',
      quantity: '0.5',
      venueTime: 6,
    };
    stage.apply({ kind: 'fill', fill, source: 'stream', receivedAt: stage.clock.now() });
    stage.tell(heir({ status: 'CANCELED', filledQuantity: '0.5', venueTime: 7 }));
    states.push(stage.state('a'));
    expect([states, stage.journal.orders.get('a')?.filledQuantity, stage.count('find')]).toEqual([
      ['open', 'cancelled'],
      '0.5',
      0,
    ]);
  });

  test('is looked for as what it became where nothing tells of that, also by a later run', async () => {
    let isUp = false;
    const ended = { ...heir({ status: 'FILLED', filledQuantity: '2', venueTime: 9 }), clientOrderId: 'a' };
    const stage = stageTriggered({
      find: async () => (isUp ? { order: ended, venueTime: 0 } : Promise.reject(new Error('no link'))),
    });
    await stage.executor.place(stop('a'), yes);
    stage.tell(triggered());
    await stage.pass(60_000, 500);
    const before = stage.state('a');
    const journal = createMemoryJournal(stage.clock, stage.journal.lines);
    const later = createOwnSightings(journal, createLateLines(stage.clock, journal));
    later.report(ACCOUNT, heir({ venueTime: 6 }), 'rest');
    isUp = true;
    await stage.pass(31_000, 500);
    expect([before, stage.state('a'), journal.orders.get('a')?.status]).toEqual(['open', 'filled', 'NEW']);
  });

  test('is not mistaken for another order with the same number in the other list', async () => {
    const stage = stageTriggered();
    await stage.executor.place(stop('a'), yes);
    stage.tell(waiting());
    stage.tell(report('foreign', { venueOrderId: '7', status: 'FILLED', filledQuantity: '2' }));
    const { instrument, side } = heir();
    const fill = { id: '1', instrument, venueOrderId: '7', side, price: '100', quantity: '2', venueTime: 6 };
    stage.apply({ kind: 'fill', fill, source: 'stream', receivedAt: stage.clock.now() });
    expect([stage.state('a'), stage.journal.orders.get('a')?.filledQuantity]).toEqual(['open', '0']);
  });
});
