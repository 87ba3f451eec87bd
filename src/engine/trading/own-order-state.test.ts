import Big from 'big.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JournalEvent } from '#shared/domain/journal.ts';
import { ORDER_STATUSES } from '#shared/domain/order.ts';
import { isSettled, type OwnOrder } from '#shared/domain/own-order.ts';
import { foldOwnOrder, type HeldOwnOrder, PERSON_SAW_IT } from './own-order-state.ts';
import { answer, fill, ID, report, sending, told } from './test-kit/own-events.ts';
import { ACCOUNT } from './test-kit/small-order.ts';

const ref = { account: ACCOUNT, instrument: told('NEW').instrument, isConditional: false };
const cancel: JournalEvent = { kind: 'cancel', order: ID, ref, from: 'window' };
const done = (verdict: 'accepted' | 'rejected' | 'unknown' | 'gone'): JournalEvent => ({
  kind: 'done',
  order: ID,
  action: 'cancel',
  verdict,
  afterMs: 3,
});
const absent: JournalEvent = { kind: 'absent', order: ID, by: 'proof' };

/** One line a second from 0 on. */
function walk(events: readonly JournalEvent[]): readonly OwnOrder[] {
  let held: HeldOwnOrder | undefined;
  return events.flatMap((event, at) => {
    held = foldOwnOrder(held, { at: at * 1000, event });
    return held ? [held.order] : [];
  });
}
const end = (...events: readonly JournalEvent[]) => walk(events).at(-1);
const states = (...events: readonly JournalEvent[]) => walk(events).map(({ state }) => state);
/** What must not depend on when or how often something was told. */
const lasting = (order: OwnOrder | undefined) => ({
  ...order,
  since: undefined,
  evidence: order?.evidence.map(({ kind, detail }) => [kind, detail]),
});

describe('what becomes of an order', () => {
  test('a plain life, with everything that is known of it at the end', () => {
    const partial = report('PARTIALLY_FILLED', '0.4', 1001, { averagePrice: '999.5' });
    const events = [
      { kind: 'intent', order: ID, draft: {} as never, from: 'window' } satisfies JournalEvent,
      sending(),
      { kind: 'sent', order: ID, hash: 'x', afterMs: 7.5 } satisfies JournalEvent,
      answer('accepted', { venueOrderId: '77', afterMs: 20 }),
      report('NEW'),
      partial,
      fill('1', '0.4', '999.5'),
      report('FILLED', '1', 1002, { averagePrice: '999.8', venueStatus: 'Filled' }),
    ];
    expect(walk(events).map(({ state, status }) => [state, status])).toEqual([
      ['submitting', undefined],
      ['submitting', undefined],
      ['open', undefined],
      ['open', 'NEW'],
      ['open', 'PARTIALLY_FILLED'],
      ['open', 'PARTIALLY_FILLED'],
      ['filled', 'FILLED'],
    ]);
    expect(end(...events)).toEqual({
      request: (sending() as { request: unknown }).request,
      account: ACCOUNT,
      state: 'filled',
      since: 7000,
      placedAt: 1000,
      venueOrderId: '77',
      status: 'FILLED',
      venueStatus: 'Filled',
      filledQuantity: '1',
      averagePrice: '999.8',
      evidence: [],
      isConditional: false,
      isPersonAsked: false,
      sentAfterMs: 7.5,
      answeredAfterMs: 20,
    });
  });

  test.each<readonly [what: string, events: readonly JournalEvent[], state: OwnOrder['state']]>([
    ['a lost answer', [answer('unknown')], 'unknown'],
    ['a lost answer after the stream had told of it', [report('NEW'), answer('unknown')], 'open'],
    ['a lost answer after a fill', [fill('1', '0.1'), answer('unknown')], 'open'],
    ['an id that is used up says that it exists, not how it stands', [answer('exists')], 'unknown'],
    ['used up, then found', [answer('exists'), report('NEW', '0', 1, { source: 'rest' })], 'open'],
    ['refused', [answer('rejected')], 'rejected'],
    [
      'a second, vague answer does not blur a certain one',
      [answer('rejected'), answer('unknown')],
      'rejected',
    ],
    ['never sent', [answer('unsent')], 'unsent'],
    ['proven absent', [answer('unknown'), absent], 'unsent'],
    ['a person saw it', [answer('unknown'), seen()], 'open'],
    [
      'cancelled with a part filled',
      [report('PARTIALLY_FILLED', '0.3'), report('CANCELED', '0.3', 2)],
      'cancelled',
    ],
    ['expired with a part filled', [report('EXPIRED', '0.3')], 'expired'],
    ['rejected by the stream', [answer('accepted'), report('REJECTED')], 'rejected'],
    ['all of it filled before any report says so', [fill('1', '0.4'), fill('2', '0.6')], 'filled'],
    [
      'all of what was asked for first, of an amended order',
      [{ kind: 'amend', order: ID, ref, change: { quantity: '2' }, from: 'window' }, fill('1', '1')],
      'open',
    ],
    ['a cancel on its way', [answer('accepted'), cancel], 'cancelling'],
    [
      'a cancel that was taken is not yet an end',
      [answer('accepted'), cancel, done('accepted')],
      'cancelling',
    ],
    ['a cancel that was refused', [answer('accepted'), cancel, done('rejected')], 'open'],
    [
      'a lost cancel, and the venue still has the order',
      [answer('accepted'), cancel, done('unknown'), report('NEW', '0', 1, { source: 'rest' })],
      'open',
    ],
    [
      'a cancel of an order in the dark leaves it there',
      [answer('unknown'), cancel, done('gone')],
      'unknown',
    ],
  ])('%s', (_, events, state) => {
    expect(end(sending(), ...events)?.state).toBe(state);
  });

  test('a report older than its end does not bring it back, and late fills are added', () => {
    const order = end(
      sending(),
      report('CANCELED', '0.3', 2000),
      report('NEW', '0', 1000),
      report('PARTIALLY_FILLED', '0.3', 3000),
      fill('1', '0.3', '900'),
      fill('2', '0.2', '950'),
      fill('2', '0.2', '950'),
    );
    expect(order).toMatchObject({
      state: 'cancelled',
      status: 'CANCELED',
      filledQuantity: '0.5',
      averagePrice: '920',
    });
  });

  test.each<readonly [JournalEvent, JournalEvent, string | undefined, OwnOrder['state']]>([
    [absent, report('NEW'), 'unsent', 'open'],
    [absent, fill('1', '0.2'), 'unsent', 'open'],
    [absent, report('FILLED', '1'), 'unsent', 'filled'],
    [absent, report('CANCELED'), 'unsent', 'cancelled'],
    [absent, report('REJECTED'), undefined, 'rejected'],
    [answer('unsent'), report('NEW'), 'unsent', 'open'],
    [answer('rejected'), fill('1', '0.2'), 'rejected', 'open'],
    [answer('rejected'), report('PARTIALLY_FILLED', '0.2'), 'rejected', 'open'],
    [answer('rejected'), report('EXPIRED'), undefined, 'expired'],
    [answer('rejected'), report('REJECTED'), undefined, 'rejected'],
    [answer('unknown'), report('NEW'), undefined, 'open'],
  ])(
    'what was concluded yields to the venue, and says that it was wrong: %#',
    (conclusion, word, disproved, state) => {
      for (const events of [
        [conclusion, word],
        [word, conclusion],
      ]) {
        const order = end(sending(), ...events);
        expect([order?.state, order?.disproved]).toEqual([state, disproved]);
      }
    },
  );

  test('a refusal keeps the venue’s words; once it is disproved they are gone', () => {
    const refused = answer('rejected', { venueCode: '-2019', message: 'Margin is insufficient.' });
    expect([end(sending(), refused)?.rejection, end(sending(), refused, report('NEW'))?.rejection]).toEqual([
      { venueCode: '-2019', message: 'Margin is insufficient.' },
      undefined,
    ]);
  });

  test('evidence is gathered, said once, and bounded; a person is asked only while it is unknown', () => {
    const lost = answer('unknown', { venueCode: '-1007', message: 'Timeout' });
    const again: JournalEvent = {
      kind: 'evidence',
      order: ID,
      evidence: { at: 5, kind: 'answer', detail: '-1007 Timeout' },
    };
    const looks = Array.from({ length: 200 }, (_, at): JournalEvent => {
      return { kind: 'evidence', order: ID, evidence: { at, kind: 'not-found', detail: String(at) } };
    });
    const all: JournalEvent[] = [sending(), lost, again, ...looks, { kind: 'asked', order: ID }];
    const order = end(...all);
    expect([order?.evidence.length, order?.evidence[0]?.detail, order?.evidence.at(-1)?.detail]).toEqual([
      50,
      '-1007 Timeout',
      '199',
    ]);
    expect([order?.isPersonAsked, end(...all, report('NEW'))?.isPersonAsked]).toEqual([true, false]);
  });

  test('a conditional order goes on as the order it became, and what both have filled counts once', () => {
    const waiting = { isConditional: true, venueOrderId: 'algo' };
    const triggered = report('EXPIRED', '0', 2, { ...waiting, becameOrderId: '77' });
    const finished = report('FILLED', '1', 9, { ...waiting, becameOrderId: '77' });
    const life = [sending(), report('PENDING_TRIGGER', '0', 1, waiting), triggered];
    expect(states(...life)).toEqual(['submitting', 'open', 'open']);
    expect(end(...life)).toMatchObject({ venueOrderId: '77', isConditional: false, isTriggered: true });
    const filled = [report('NEW', '0', 2), fill('1', '1'), report('FILLED', '1', 8), finished];
    expect(end(...life, ...filled)).toMatchObject({
      state: 'filled',
      filledQuantity: '1',
      venueOrderId: '77',
      isConditional: false,
    });
    expect(states(...life, report('CANCELED', '0', 8), finished).at(-1)).toBe('cancelled');
    // Over REST the venue may say that it is over without saying what the other one has done.
    const silent = report('EXPIRED', '0', 9, {
      ...waiting,
      becameOrderId: '77',
      venueStatus: 'FINISHED order 77',
    });
    expect(states(...life, silent, report('FILLED', '1', 8)).slice(-2)).toEqual(['open', 'filled']);
    expect(states(...life, report('EXPIRED', '0', 9, waiting)).at(-1)).toBe('expired');
  });
});

const quantities = fc.integer({ min: 0, max: 10 }).map((tenths) => new Big(tenths).div(10).toFixed());
const anyReport = fc
  .tuple(
    fc.constantFrom(...ORDER_STATUSES),
    quantities,
    fc.integer({ min: 1, max: 6 }),
    fc.nat(2),
    fc.boolean(),
  )
  .map(([status, filled, venueTime, word, hasAverage]) =>
    report(status, filled, venueTime, {
      venueStatus: `${status} ${word}`,
      ...(hasAverage && { averagePrice: String(1000 + word) }),
    }),
  );
const anyFill = fc
  .tuple(fc.nat(5), quantities, fc.nat(2))
  .map(([id, quantity, price]) => fill(String(id), quantity, String(1000 + price)));
const anyBefore = fc.constantFrom<readonly JournalEvent[]>(
  [],
  [answer('accepted', { venueOrderId: '77' })],
  [answer('unknown')],
  [answer('exists')],
  [answer('rejected')],
  [answer('unsent')],
  [answer('unknown'), absent],
);

/** A life as a venue leads it: fills in a row, reports of what was filled so far, and one end or none. */
const honestLife = fc
  .tuple(
    fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 6 }),
    fc.constantFrom('FILLED', 'CANCELED', 'EXPIRED', undefined),
  )
  .map(([parts, ending]) => {
    const whole = parts.reduce((sum, part) => sum + part, 0);
    const events: JournalEvent[] = [report('NEW', '0', 1)];
    let sum = 0;
    for (const [index, part] of parts.entries()) {
      sum += part;
      events.push(
        fill(String(index), String(part)),
        report('PARTIALLY_FILLED', String(sum), 2 + index, { averagePrice: '1000' }),
      );
    }
    // An order that is filled has its quantity; every other one had more.
    const quantity = String(ending === 'FILLED' ? Math.max(1, whole) : whole + 1);
    if (ending !== undefined && (ending !== 'FILLED' || whole > 0)) {
      events.push(report(ending, String(whole), 20));
    }
    return { quantity, events: events.map((event) => withQuantity(event, quantity)), whole };
  });

function withQuantity(event: JournalEvent, quantity: string): JournalEvent {
  return event.kind === 'report' ? { ...event, report: { ...event.report, quantity } } : event;
}

describe('laws', () => {
  test('any shuffle of any reports and fills, with repeats, ends the same', () => {
    fc.assert(
      fc.property(
        anyBefore,
        fc
          .array(fc.oneof(anyReport, anyFill), { maxLength: 12 })
          .chain((events) =>
            fc.tuple(
              fc.constant(events),
              fc.shuffledSubarray([...events, ...events], { minLength: 2 * events.length }),
            ),
          ),
        (before, [events, shuffled]) => {
          const straight = end(sending(), ...before, ...events);
          expect(lasting(end(sending(), ...before, ...shuffled))).toEqual(lasting(straight));
          expect(lasting(end(sending(), ...shuffled, ...before))).toEqual(lasting(straight));
        },
      ),
      { numRuns: 1000 },
    );
  });

  test('an honest life told late, doubled and out of turn never ends before it has, and stays ended', () => {
    fc.assert(
      fc.property(
        honestLife.chain((life) =>
          fc.tuple(
            fc.constant(life),
            anyBefore,
            fc.shuffledSubarray([...life.events, ...life.events], { minLength: life.events.length }),
          ),
        ),
        ([{ quantity, events, whole }, before, shuffled]) => {
          const orders = walk([sending({ quantity }), ...before, ...shuffled]).slice(1 + before.length);
          const straight = end(sending({ quantity }), ...before, ...events);
          let hasEnded = false;
          let filled = new Big(0);
          for (const order of orders) {
            if (hasEnded) expect(order.state).toBe(straight?.state);
            hasEnded ||= isSettled(order.state);
            if (hasEnded) expect(order.state).toBe(straight?.state);
            expect(new Big(order.filledQuantity).gte(filled)).toBe(true);
            expect(new Big(order.filledQuantity).lte(whole)).toBe(true);
            filled = new Big(order.filledQuantity);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });

  test('what is filled is the most told, or the sum of distinct fills, whichever is more', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(anyReport, anyFill), { maxLength: 12 }), (events) => {
        const byId = new Map<string, Big>();
        let most = new Big(0);
        for (const event of events) {
          if (event.kind === 'fill') {
            const known = byId.get(event.fill.id);
            const mine = new Big(event.fill.quantity);
            if (known === undefined || mine.gt(known)) byId.set(event.fill.id, mine);
          } else if (event.kind === 'report' && most.lt(event.report.filledQuantity)) {
            most = new Big(event.report.filledQuantity);
          }
        }
        const sum = [...byId.values()].reduce((all, one) => all.plus(one), new Big(0));
        expect(end(sending(), ...events)?.filledQuantity).toBe((sum.gt(most) ? sum : most).toFixed());
      }),
      { numRuns: 1000 },
    );
  });
});

function seen(): JournalEvent {
  return { kind: 'evidence', order: ID, evidence: { at: 1, kind: 'person', detail: PERSON_SAW_IT } };
}
