import { describe, expect, test } from 'vitest';
import { COIN, DOLLAR_COIN, PERP, paperStage, SECOND_PERP } from './test-kit/paper-stage.ts';

const WIDE = {
  bids: [
    [99, 10],
    [98, 5],
    [90, 100],
  ],
  asks: [
    [101, 2],
    [102, 3],
    [110, 100],
  ],
} as const;

describe('an order that takes', () => {
  test('fills level by level at the prices of the book and no further than its limit', async () => {
    const stage = paperStage();
    stage.show(WIDE.bids, WIDE.asks);
    const market = await stage.place({ quantity: '4', price: '105', timeInForce: 'IOC', isMarket: true });
    const more = await stage.place({ quantity: '4', price: '105', timeInForce: 'IOC' });
    expect([
      stage.fills.map(({ price, quantity, fee, isMaker }) => [price, quantity, fee, isMaker]),
      stage.standing(market),
      stage.standing(more),
    ]).toEqual([
      [
        ['101', '2', '0.101', false],
        ['102', '2', '0.102', false],
        // Of what the first left, there is no more: the rest of the levels is consumed.
        ['102', '1', '0.051', false],
      ],
      'FILLED 4/4 at 101.5: paper filled',
      'EXPIRED 1/4 at 102: paper the rest was not there',
    ]);
  });

  test('finds a level full again only when the book changed there', async () => {
    const stage = paperStage();
    stage.show(WIDE.bids, WIDE.asks);
    await stage.place({ quantity: '5', price: '102', timeInForce: 'IOC' });
    stage.show(WIDE.bids, [
      [101, 2],
      [102, 4],
      [110, 100],
    ]);
    const again = await stage.place({ quantity: '9', price: '102', timeInForce: 'IOC' });
    expect(stage.standing(again)).toBe('EXPIRED 4/9 at 102: paper the rest was not there');
  });

  test('is all or nothing when it says so, and never takes when it says that', async () => {
    const stage = paperStage();
    stage.show(WIDE.bids, WIDE.asks);
    const orders = [
      await stage.place({ quantity: '6', price: '102', timeInForce: 'FOK' }),
      await stage.place({ quantity: '1', price: '101', timeInForce: 'GTX' }),
      await stage.place({ quantity: '1', price: '100', timeInForce: 'GTX' }),
      await stage.place({ quantity: '5', price: '102', timeInForce: 'FOK' }),
    ];
    expect(orders.map(stage.standing)).toEqual([
      'EXPIRED 0/6: paper fill-or-kill: not all of it was there',
      'EXPIRED 0/1: paper post-only: it would have taken',
      'NEW 0/1: paper open',
      'FILLED 5/5 at 101.6: paper filled',
    ]);
  });

  test('of one kept under the same id there is only one', async () => {
    const stage = paperStage();
    stage.show(WIDE.bids, WIDE.asks);
    const request = stage.request({ price: '101' });
    const outcomes = [
      await stage.account.place(request, () => undefined),
      await stage.account.place(request, () => undefined),
    ];
    expect([outcomes.map(({ verdict }) => verdict), stage.fills.length]).toEqual([['accepted', 'exists'], 1]);
  });

  test('whose last look says no has not been placed', async () => {
    const stage = paperStage();
    stage.show(WIDE.bids, WIDE.asks);
    const outcome = await stage.account.place(stage.request({ price: '101' }), () => {
      throw new Error('halted');
    });
    expect([outcome, stage.account.holdings.orders.size]).toEqual([
      { verdict: 'unsent', venueCode: 'internal', message: 'halted' },
      0,
    ]);
  });
});

describe('an order that rests', () => {
  test('waits for what stood ahead of it to trade, and has only what is traded after that', async () => {
    const stage = paperStage();
    stage.show(WIDE.bids, WIDE.asks);
    const order = await stage.place({ quantity: '5', price: '99' });
    const seen: string[] = [];
    const look = () => void seen.push(stage.standing(order));
    stage.print(99, 6, 'sell');
    look();
    // Bought at the price it bids: that came from the other side of the book.
    stage.print(99, 50, 'buy');
    look();
    stage.print(99, 5, 'sell');
    look();
    stage.print(98, 3, 'sell');
    look();
    stage.print(98, 3, 'sell');
    look();
    expect([seen, new Set(stage.fills.map(({ price, isMaker }) => `${price} ${isMaker}`))]).toEqual([
      [
        'NEW 0/5: paper open',
        'NEW 0/5: paper open',
        'PARTIALLY_FILLED 1/5 at 99: paper partly filled',
        'PARTIALLY_FILLED 4/5 at 99: paper partly filled',
        'FILLED 5/5 at 99: paper filled',
      ],
      new Set(['99 true']),
    ]);
  });

  test('stands behind nobody at a price of its own', async () => {
    const stage = paperStage();
    stage.show(WIDE.bids, WIDE.asks);
    const order = await stage.place({ quantity: '2', price: '100' });
    stage.print(100, 1, 'sell');
    expect(stage.standing(order)).toBe('PARTIALLY_FILLED 1/2 at 100: paper partly filled');
  });

  test('fills when the other side comes to its price, at its own', async () => {
    const stage = paperStage();
    stage.show(WIDE.bids, WIDE.asks);
    const order = await stage.place({ quantity: '5', price: '99' });
    stage.show(
      [[95, 1]],
      [
        [97, 1],
        [99, 2],
        [101, 9],
      ],
    );
    stage.show(
      [[95, 1]],
      [
        [97, 1],
        [99, 2],
        [101, 9],
      ],
    );
    expect(stage.standing(order)).toBe('PARTIALLY_FILLED 3/5 at 99: paper partly filled');
  });

  test('two of them share one trade, the better price and the older first', async () => {
    const stage = paperStage();
    stage.show([[90, 1]], [[110, 1]]);
    const orders = [
      await stage.place({ quantity: '2', price: '99' }),
      await stage.place({ quantity: '2', price: '100' }),
      await stage.place({ quantity: '2', price: '100' }),
    ];
    stage.print(98, 3, 'sell');
    expect(orders.map((order) => stage.orderOf(order)?.filledQuantity)).toEqual(['0', '2', '1']);
  });

  test('keeps its place when it becomes smaller, and loses it when it moves or grows', async () => {
    const stage = paperStage();
    stage.show(WIDE.bids, WIDE.asks);
    const order = await stage.place({ quantity: '5', price: '99' });
    const amend = async (change: { price?: string; quantity?: string }) => {
      const report = stage.orderOf(order);
      if (!report) throw new Error('it is not there');
      return (await stage.account.amend(report, change, 'x', () => undefined)).verdict;
    };
    stage.print(99, 10, 'sell');
    const smaller = await amend({ quantity: '4' });
    stage.print(99, 1, 'sell');
    const larger = await amend({ quantity: '6' });
    stage.print(99, 9, 'sell');
    const seen = [stage.standing(order), await amend({ quantity: '6' }), await amend({ quantity: '1' })];
    const crossing = await amend({ price: '101' });
    expect([smaller, larger, seen, crossing, stage.standing(order)]).toEqual([
      'accepted',
      'accepted',
      ['PARTIALLY_FILLED 1/6 at 99: paper amended', 'unchanged', 'rejected'],
      'accepted',
      'PARTIALLY_FILLED 3/6 at 100.333333333333: paper partly filled',
    ]);
  });

  test('is not concerned by what was traded before it was there, however late that comes', async () => {
    const stage = paperStage();
    stage.show(WIDE.bids, WIDE.asks);
    const early = stage.script.printUnheard(stage.instrument, 90, 100, 'sell');
    stage.show(WIDE.bids, WIDE.asks);
    const order = await stage.place({ quantity: '5', price: '99' });
    const missed = stage.script.printUnheard(stage.instrument, 98, 2, 'sell');
    early();
    const before = stage.standing(order);
    missed();
    missed();
    expect([before, stage.standing(order)]).toEqual([
      'NEW 0/5: paper open',
      'PARTIALLY_FILLED 2/5 at 99: paper partly filled',
    ]);
  });
});

describe('on data that is not fresh', () => {
  test.each([
    ['a book that is two seconds old', (stage: ReturnType<typeof paperStage>) => stage.clock.advance(2001)],
    ['a book with a gap', (stage: ReturnType<typeof paperStage>) => stage.script.breakBook(stage.instrument)],
  ])(
    'with %s nothing is filled and nothing taken on, and what was traded counts once it is whole',
    async (_, spoil) => {
      const stage = paperStage();
      stage.show(WIDE.bids, WIDE.asks);
      const resting = await stage.place({ quantity: '5', price: '100' });
      spoil(stage);
      stage.print(100, 2, 'sell');
      const refused = [
        await stage.place({ price: '101' }),
        await stage.place({ price: '101', timeInForce: 'IOC' }),
      ];
      const blind = stage.standing(resting);
      stage.show(WIDE.bids, WIDE.asks);
      expect([refused, blind, stage.standing(resting)]).toEqual([
        ['rejected paper.stale', 'rejected paper.stale'],
        'NEW 0/5: paper open',
        'PARTIALLY_FILLED 2/5 at 100: paper partly filled',
      ]);
    },
  );

  test('says in the order that trades never came, and assumes nothing of them', async () => {
    const stage = paperStage();
    stage.show(WIDE.bids, WIDE.asks);
    const order = await stage.place({ price: '99' });
    stage.script.lose(stage.instrument, 7, 7);
    const whole = stage.standing(order);
    stage.script.lose(stage.instrument, 7, 3);
    expect([
      whole,
      stage.standing(order),
      stage.log.entries.map(({ code, details }) => [code, details['missed']]),
    ]).toEqual([
      'NEW 0/1: paper open',
      'NEW 0/1: paper open; trades were missed, nothing is assumed of them',
      [['paper.hole', 4]],
    ]);
  });

  test('says for how long a broken book was not followed, and that it is no news when a thin one says nothing', async () => {
    const stage = paperStage();
    stage.show(WIDE.bids, WIDE.asks);
    const order = await stage.place({ price: '99' });
    stage.clock.advance(60_000);
    stage.show(WIDE.bids, WIDE.asks);
    const thin = stage.standing(order);
    stage.script.breakBook(stage.instrument);
    stage.clock.advance(12_000);
    stage.show(WIDE.bids, WIDE.asks);
    expect([
      thin,
      stage.standing(order),
      stage.log.entries.map(({ code, details }) => [code, details['seconds']]),
    ]).toEqual([
      'NEW 0/1: paper open',
      'NEW 0/1: paper open; not followed for 12 s, only trades fetched since count',
      [['paper.blind', 12]],
    ]);
  });

  test('a wall clock that was set makes no old book young', async () => {
    const stage = paperStage();
    stage.show(WIDE.bids, WIDE.asks);
    await stage.place({ price: '99' });
    stage.show(WIDE.bids, WIDE.asks);
    const { now } = stage.clock;
    stage.clock.advance(5000);
    Object.assign(stage.clock, { now: () => now() - 3_600_000 });
    expect(await stage.place({ price: '101' })).toBe('rejected paper.stale');
  });
});

describe('a conditional order', () => {
  test('goes off by the price it watches and then takes what is there', async () => {
    const stage = paperStage();
    stage.show(WIDE.bids, WIDE.asks);
    stage.print(100, 1, 'buy');
    await stage.place({ quantity: '2', price: '101', timeInForce: 'IOC' });
    const stop = { type: 'stop-market', side: 'sell', timeInForce: 'IOC', reduceOnly: true } as const;
    const byLast = await stage.place({ ...stop, quantity: '1', triggerPrice: '98', triggerBy: 'last' });
    const byMark = await stage.place({ ...stop, quantity: '5', triggerPrice: '97', triggerBy: 'mark' });
    const late = await stage.place({ ...stop, triggerPrice: '100', triggerBy: 'last' });
    const waiting = [stage.standing(byLast), stage.standing(byMark), late];
    stage.mark(97.5);
    stage.print(98, 1, 'sell');
    stage.mark(96);
    expect([waiting, stage.standing(byLast), stage.standing(byMark), stage.positions]).toEqual([
      [
        'PENDING_TRIGGER 0/1: paper waits for its trigger',
        'PENDING_TRIGGER 0/5: paper waits for its trigger',
        'rejected paper.trigger',
      ],
      'FILLED 1/1 at 99: paper filled',
      // Cut to the position that is left.
      'FILLED 1/1 at 99: paper filled',
      [],
    ]);
  });

  test('with a limit stands in the book once it went off', async () => {
    const stage = paperStage();
    stage.show(WIDE.bids, WIDE.asks);
    const order = await stage.place({ type: 'take-profit', side: 'buy', price: '97', triggerPrice: '98' });
    stage.print(98, 1, 'sell');
    const triggered = stage.standing(order);
    stage.print(96, 1, 'sell');
    expect([triggered, stage.standing(order)]).toEqual([
      'NEW 0/1: paper triggered',
      'FILLED 1/1 at 97: paper filled',
    ]);
  });

  test('that has nothing left to close ends', async () => {
    const stage = paperStage();
    stage.show(WIDE.bids, WIDE.asks);
    const order = await stage.place({
      type: 'stop-market',
      side: 'sell',
      triggerPrice: '95',
      closePosition: true,
    });
    stage.print(94, 1, 'sell');
    expect(stage.standing(order)).toBe('EXPIRED 0/1: paper triggered: nothing left to reduce');
  });
});

describe('money', () => {
  test('of a position: entry, margin, profit and the price of its end', async () => {
    const stage = paperStage();
    stage.show(WIDE.bids, [[100, 10_000]]);
    await stage.place({ quantity: '5000', price: '100', timeInForce: 'IOC' });
    stage.mark(99);
    const [position] = stage.positions;
    expect([await stage.balances(), position]).toMatchObject([
      // Fee 0.05 % of 500,000; margin a tenth of it, and the loss of 5,000.
      { USDT: '99750 = 44750 + 55000' },
      {
        quantity: '5000',
        entryPrice: '100',
        leverage: '10',
        marginMode: 'cross',
        liquidationPrice: '80.45226131',
      },
    ]);
  });

  test('runs out: the account is liquidated at mark, and what is missing is let off', async () => {
    const stage = paperStage();
    stage.show(WIDE.bids, [[100, 20_000]]);
    await stage.place({ quantity: '9900', price: '100', timeInForce: 'IOC' });
    const order = await stage.place({ quantity: '1', price: '50' });
    stage.show([[85, 1]], [[100, 20_000]]);
    stage.mark(85);
    expect([
      stage.fills.slice(1).map(({ side, price, quantity, fee }) => [side, price, quantity, fee]),
      stage.positions,
      await stage.balances(),
      stage.standing(order),
      stage.log.entries.map(({ code, details }) => [code, details['covered']]),
      stage.account.kept().ledger.covered,
    ]).toEqual([
      [['sell', '85', '9900', '420.75']],
      [],
      { USDT: '0 = 0 + 0' },
      'CANCELED 0/1: paper cancelled: the account was liquidated',
      [['paper.liquidated', '49415.75']],
      { USDT: '49415.75' },
    ]);
  });

  test('on a spot market is held by what may be spent, and nothing is spent twice', async () => {
    const stage = paperStage([COIN]);
    stage.show([[90_000_000, 5]], [[100_000_000, 5]]);
    const short = [
      await stage.place({ quantity: '1', price: '100000000' }),
      await stage.place({ side: 'sell', quantity: '1', price: '1' }),
    ];
    await stage.place({ quantity: '0.5', price: '80000000' });
    const held = await stage.balances();
    const twice = await stage.place({ quantity: '0.7', price: '100000000', timeInForce: 'IOC' });
    await stage.place({ quantity: '0.5', price: '100000000', timeInForce: 'IOC' });
    expect([short, held, twice, await stage.balances()]).toEqual([
      ['rejected paper.funds', 'rejected paper.funds'],
      { KRW: '100000000 = 59980000 + 40020000' },
      'rejected paper.funds',
      { KRW: '49975000 = 9955000 + 40020000', BTC: '0.5 = 0.5 + 0' },
    ]);
  });

  test('at Bybit a spot purchase pays its fee in what it buys', async () => {
    const stage = paperStage([DOLLAR_COIN]);
    stage.show([[99, 10]], [[100, 10]]);
    await stage.place({ quantity: '2', price: '100' });
    expect([await stage.balances(), stage.fills[0]?.feeCurrency]).toEqual([
      { USDT: '99800 = 99800 + 0', BTC: '1.998 = 1.998 + 0' },
      'BTC',
    ]);
  });
});

test('an order that only reduces is cut to the position, follows it as it shrinks, and never turns it', async () => {
  const stage = paperStage();
  stage.show(WIDE.bids, WIDE.asks);
  const none = await stage.place({ side: 'sell', price: '99', reduceOnly: true });
  await stage.place({ quantity: '3', price: '102', timeInForce: 'IOC' });
  const resting = await stage.place({ side: 'sell', price: '105', quantity: '9', reduceOnly: true });
  const cut = stage.standing(resting);
  await stage.place({ side: 'sell', price: '99', quantity: '2', timeInForce: 'IOC' });
  const followed = stage.standing(resting);
  await stage.place({ side: 'sell', price: '99', quantity: '1', timeInForce: 'IOC' });
  expect([none, cut, followed, stage.standing(resting), stage.positions]).toEqual([
    'rejected paper.reduce-only',
    'NEW 0/3: paper open',
    'NEW 0/1: paper cut to what there is to reduce',
    'EXPIRED 0/1: paper nothing left to reduce',
    [],
  ]);
});

test('of two orders that only reduce, the one further back ends once the other has closed the position', async () => {
  const stage = paperStage();
  stage.show(WIDE.bids, WIDE.asks);
  await stage.place({ quantity: '2', price: '101', timeInForce: 'IOC' });
  const front = await stage.place({ side: 'sell', price: '104', quantity: '1', reduceOnly: true });
  const back = await stage.place({ side: 'sell', price: '105', quantity: '1', reduceOnly: true });
  const extra = await stage.place({ side: 'sell', price: '106', quantity: '2', reduceOnly: true });
  stage.print(107, 2, 'buy');
  expect([front, back, extra].map(stage.standing)).toEqual([
    'FILLED 1/1 at 104: paper filled',
    'FILLED 1/1 at 105: paper filled',
    'EXPIRED 0/2: paper nothing left to reduce',
  ]);
});

test('a market is followed while something of it is open, and not a moment longer', async () => {
  const stage = paperStage([PERP, SECOND_PERP]);
  stage.show(WIDE.bids, WIDE.asks);
  const none = [...stage.script.held.keys()];
  const order = await stage.place({ price: '99' });
  const some = [...stage.script.held.keys()];
  await stage.account.cancel(
    { account: stage.account.id, instrument: PERP.id, venueOrderId: order, isConditional: false },
    () => undefined,
  );
  expect([none, some, [...stage.script.held.keys()]]).toEqual([
    [],
    ['trade', 'book', 'mark'].map((kind) => `${kind} ${PERP.id}`),
    [],
  ]);
});

test('all of it is cancelled in one go, and what has ended stays ended', async () => {
  const stage = paperStage();
  stage.show(WIDE.bids, WIDE.asks);
  const orders = [
    await stage.place({ price: '98' }),
    await stage.place({ type: 'stop-market', triggerPrice: '120' }),
  ];
  const outcome = await stage.account.cancelAll(undefined, new AbortController().signal);
  const again = await stage.account.cancel(
    { account: stage.account.id, instrument: PERP.id, venueOrderId: orders[0] ?? '', isConditional: false },
    () => undefined,
  );
  expect([
    outcome?.verdict === 'accepted' && outcome.answer.cancelled.length,
    again.verdict,
    orders.map((order) => stage.orderOf(order)?.status),
    await stage.account.openOrders(),
  ]).toEqual([2, 'gone', ['CANCELED', 'CANCELED'], []]);
});

test('a listener that gives the next order meanwhile finds everything in its place', async () => {
  const stage = paperStage();
  stage.show(WIDE.bids, WIDE.asks);
  const other = await stage.place({ price: '90' });
  const stop = stage.account.onHoldings((now, before) => {
    if (now.fills === before.fills) return;
    stop();
    void stage.account.cancel(
      { account: stage.account.id, instrument: PERP.id, venueOrderId: other, isConditional: false },
      () => undefined,
    );
  });
  const order = await stage.place({ quantity: '5', price: '102', timeInForce: 'IOC' });
  expect([stage.standing(order), stage.standing(other), stage.fills.length]).toEqual([
    'FILLED 5/5 at 101.6: paper filled',
    'CANCELED 0/1: paper cancelled',
    2,
  ]);
});
