import { describe, expect, test } from 'vitest';
import type { PlaceAnswer } from '#shared/contract/order-views.ts';
import { venueId } from '#shared/domain/instrument.ts';
import type { OrderDraft } from '#shared/domain/order-draft.ts';
import { draft, stageOrders } from './test-kit/order-desk.ts';

/** Worth 6,000: above the 5,000 from which on main asks. */
const large = (change: Partial<OrderDraft> = {}) =>
  draft({ quantity: { unit: 'base', value: '6' }, ...change });
const market = (change: Partial<OrderDraft> = {}): OrderDraft => {
  const { price: _none, ...rest } = large(change);
  return { ...rest, type: 'market', timeInForce: 'IOC' };
};
const why = (answer: PlaceAnswer) => {
  switch (answer.kind) {
    case 'denied':
      return answer.denials.map(({ rule }) => rule);
    case 'blocked':
      return answer.trust.kind === 'blocked' ? [answer.trust.reason, answer.trust.canOverride] : [];
    case 'declined':
      return [answer.answer];
    case 'placed':
      return [answer.order.state];
  }
};
const says = async (answer: Promise<PlaceAnswer>) => {
  const given = await answer;
  return [given.kind, ...why(given)];
};

describe('two clicks at once', () => {
  test('for the very same order are one: the second is a slip', async () => {
    const desk = await stageOrders();
    const both = [desk.place({ draft: draft(), from: 'a' }), desk.place({ draft: draft(), from: 'b' })];
    await desk.pass(500);
    expect([await Promise.all(both.map(says)), desk.left().length]).toEqual([
      [
        ['placed', 'open'],
        ['denied', 'repeat'],
      ],
      1,
    ]);
  });

  test('of two turns of the same pair, each is a slip of its own', async () => {
    const desk = await stageOrders();
    const one = { draft: draft(), from: 'a' };
    const other = { draft: draft({ price: '999' }), from: 'b' };
    const all = [one, other, one, other].map((wish) => desk.place(wish));
    await desk.pass(500);
    const ends = await Promise.all(all.map(says));
    await desk.pass(1000);
    expect([ends.map(([kind]) => kind), await says(desk.place(one))]).toEqual([
      ['placed', 'placed', 'denied', 'denied'],
      ['placed', 'open'],
    ]);
  });

  test('are both counted: together they stay within the day', async () => {
    const desk = await stageOrders();
    desk.limit({ dailyNotional: { USDT: 1500, KRW: 0 } });
    const both = ['1000', '999'].map((price) => desk.place({ draft: draft({ price }), from: 'a' }));
    await desk.pass(500);
    expect([await Promise.all(both.map(says)), desk.left().length]).toEqual([
      [
        ['placed', 'open'],
        ['denied', 'daily-notional'],
      ],
      1,
    ]);
  });
});

test('orders that are on their way count among the open ones', async () => {
  const desk = await stageOrders({
    place(_order, onSending) {
      onSending('hash');
      return Promise.race([]);
    },
  });
  desk.limit({ maxOpenOrders: 2 });
  const all = ['1000', '999', '998'].map((price) => desk.place({ draft: draft({ price }), from: 'a' }));
  await desk.pass(500);
  const third = await says(all[2] as Promise<PlaceAnswer>);
  expect([third, desk.left().length]).toEqual([['denied', 'open-orders'], 2]);
});

test('a clock that is set back bars nobody from the same order a second later', async () => {
  const desk = await stageOrders();
  await says(desk.place({ draft: draft(), from: 'a' }));
  desk.setWall(-4000);
  await desk.pass(1000);
  expect(await says(desk.place({ draft: draft(), from: 'a' }))).toEqual(['placed', 'open']);
});

test('an order never leaves for a market of another venue than the account’s', async () => {
  const desk = await stageOrders();
  const elsewhere = draft({ account: 'other#abc123' as never });
  expect([await says(desk.place({ draft: elsewhere, from: 'a' })), desk.left()]).toEqual([
    ['denied', 'instrument'],
    [],
  ]);
});

describe('what was confirmed', () => {
  test('is what leaves, letter by letter', async () => {
    const desk = await stageOrders();
    const placed = desk.place({ draft: market(), from: 'a' });
    await desk.pass(500);
    const [first] = desk.asked;
    first?.answer('yes');
    const answer = await placed;
    expect([first?.question.kind === 'order' && first.question.order]).toEqual([
      answer.kind === 'placed' && answer.order.request,
    ]);
  });

  test.each([
    ['fallen: the cap lies beyond today’s slippage', 980, ['slippage']],
    ['risen: nothing is for sale within the cap', 1020, ['slippage']],
  ])('does not leave once the market has %s', async (_name, now, rules) => {
    const desk = await stageOrders();
    const placed = desk.place({ draft: market(), from: 'a' });
    await desk.pass(500);
    desk.quote(now);
    await desk.pass(50_000);
    desk.asked[0]?.answer('yes');
    expect([await says(placed), desk.left()]).toEqual([['denied', ...rules], []]);
  });

  test('leaves where the market has come back within the cap', async () => {
    const desk = await stageOrders();
    const placed = desk.place({ draft: market(), from: 'a' });
    await desk.pass(500);
    desk.quote(1002);
    await desk.pass(50_000);
    desk.asked[0]?.answer('yes');
    expect([await says(placed), desk.left().length]).toEqual([['placed', 'open'], 1]);
  });

  test('as a limit does not leave beyond the collar of the market as it is now', async () => {
    const desk = await stageOrders();
    const placed = desk.place({ draft: large({ price: '1040' }), from: 'a' });
    await desk.pass(500);
    desk.quote(980);
    await desk.pass(30_000);
    desk.asked[0]?.answer('yes');
    expect([await says(placed), desk.left()]).toEqual([['denied', 'collar'], []]);
  });
});

describe('a question that stands', () => {
  test.each<[string, (desk: Awaited<ReturnType<typeof stageOrders>>) => void, unknown]>([
    ['everything was halted', (desk) => (desk.halt.isOn = true), ['blocked', 'halted', false]],
    ['the venue was disarmed', (desk) => desk.arming.disarm('person'), ['blocked', 'disarmed', false]],
    ['the account was locked', (desk) => desk.enter({ kind: 'locked' }), ['blocked', 'account-down', false]],
  ])('is withdrawn when %s', async (_name, strike, end) => {
    const desk = await stageOrders();
    const placed = desk.place({ draft: large(), from: 'a' });
    await desk.pass(1000);
    const before = desk.asked[0]?.signal.aborted;
    strike(desk);
    await desk.pass(500);
    expect([before, desk.asked[0]?.signal.aborted, await says(placed), desk.left()]).toEqual([
      false,
      true,
      end,
      [],
    ]);
  });

  test('is withdrawn when the account is gone', async () => {
    const desk = await stageOrders();
    const placed = desk.place({ draft: large(), from: 'a' }).catch((fault: Error) => fault.message);
    await desk.pass(1000);
    desk.seen.isGone = true;
    await desk.pass(500);
    expect([desk.asked[0]?.signal.aborted, await placed, desk.left()]).toEqual([true, 'no such account', []]);
  });

  test('is the only one of its account: others are turned away, and asked about later', async () => {
    const desk = await stageOrders();
    const clicks = Array.from({ length: 20 }, (_, at) =>
      desk.place({ draft: large({ price: `${1000 + at}` }), from: 'a' }),
    );
    await desk.pass(500);
    const during = desk.asked.length;
    desk.asked[0]?.answer('no');
    const ends = await Promise.all(clicks.map(says));
    const again = desk.place({ draft: large(), from: 'a' });
    await desk.pass(500);
    desk.asked[1]?.answer('yes');
    expect([
      during,
      ends.filter(([, answer]) => answer === 'busy').length,
      ends[0],
      await says(again),
    ]).toEqual([1, 19, ['declined', 'no'], ['placed', 'open']]);
  });

  test('is not put again and again: after three that were not granted nobody is asked for a minute', async () => {
    const desk = await stageOrders();
    const answers: unknown[] = [];
    for (let asked = 0; asked < 4; asked += 1) {
      const placed = desk.place({ draft: large(), from: 'a' });
      await desk.pass(500);
      desk.asked[asked]?.answer('no');
      answers.push((await says(placed))[1]);
    }
    await desk.pass(60_000);
    const later = desk.place({ draft: large(), from: 'a' });
    await desk.pass(500);
    desk.asked[3]?.answer('yes');
    expect([answers, await says(later)]).toEqual([
      ['no', 'no', 'no', 'busy'],
      ['placed', 'open'],
    ]);
  });
});

describe('a proof that is stepped over', () => {
  const old = async () => {
    const desk = await stageOrders();
    await desk.stale(2500);
    return desk;
  };
  test('is that one alone, and in the journal before anything leaves', async () => {
    const desk = await old();
    expect([
      await says(desk.place({ draft: draft(), from: 'a' })),
      await says(desk.place({ draft: draft(), from: 'a', override: 'clock' })),
      await says(desk.place({ draft: draft(), from: 'a', override: 'book-old' })),
      desk.kinds(),
    ]).toEqual([
      ['blocked', 'book-old', true],
      ['blocked', 'book-old', true],
      ['placed', 'open'],
      [
        'intent',
        'blocked',
        'intent',
        'blocked',
        'intent',
        'override',
        'guarded',
        'sending',
        'sent',
        'answer',
      ],
    ]);
  });

  test('hides no other: with two things unproven nobody steps over one of them', async () => {
    const desk = await old();
    desk.seen.reconciledAt = desk.clock.now() - 200_000;
    expect([
      await says(desk.place({ draft: draft(), from: 'a', override: 'not-reconciled' })),
      await says(desk.place({ draft: draft(), from: 'a', override: 'book-old' })),
      desk.left(),
    ]).toEqual([['blocked', 'not-reconciled', false], ['blocked', 'not-reconciled', false], []]);
  });

  test('that failed only while main was asked was never stepped over', async () => {
    const desk = await stageOrders();
    const placed = desk.place({ draft: large(), from: 'a', override: 'book-old' });
    await desk.pass(500);
    await desk.stale(2500);
    desk.asked[0]?.answer('yes');
    expect([await says(placed), desk.left(), desk.kinds().includes('override')]).toEqual([
      ['blocked', 'book-old', true],
      [],
      false,
    ]);
  });

  test('of a book that is invalid leaves limits measured from the last price, and no market order', async () => {
    const desk = await stageOrders();
    desk.book.invalidate();
    const place = async (one: OrderDraft) => {
      const answer = desk.place({ draft: one, from: 'a', override: 'book-invalid' });
      await desk.pass(3500);
      return says(answer);
    };
    expect([
      await place(market({ quantity: { unit: 'base', value: '1' } })),
      await place(draft({ price: '1051' })),
      await place(draft({ price: '1049' })),
    ]).toEqual([
      ['denied', 'slippage'],
      ['denied', 'collar'],
      ['placed', 'open'],
    ]);
    desk.forgetPrices();
    expect(await place(draft({ price: '1000' }))).toEqual(['denied', 'collar']);
  });
});

test('nothing is held once it is over, however it ended', async () => {
  const desk = await stageOrders();
  await desk.place({ draft: draft(), from: 'a' });
  await desk.place({ draft: draft({ price: 'x' }), from: 'a' });
  desk.arming.disarm('person', venueId('plain'));
  await desk.place({ draft: draft({ price: '998' }), from: 'a' });
  expect(desk.held).toBe(0);
});
