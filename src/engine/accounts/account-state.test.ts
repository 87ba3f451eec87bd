import { describe, expect, test } from 'vitest';
import { accountId } from '#shared/domain/account.ts';
import { instrumentId } from '#shared/domain/instrument.ts';
import { isTerminal, type OrderReport } from '#shared/domain/order.ts';
import { figure } from '#shared/test-kit/figure.ts';
import { chanceOf, replayOf, seedsOf } from '#shared/test-kit/seeds.ts';
import { type AccountEvent, type AccountHoldings, emptyHoldings } from './account-holdings.ts';
import { accountState } from './account-state.ts';
import { missingOrders } from './apply-snapshot.ts';
import { answersOf, type VenueTruth, venueStory } from './test-kit/venue-story.ts';
import { differencesOf } from './untold.ts';

const ACCOUNT = accountId('plain#abc123');
const FILE = 'src/engine/accounts/account-state.test.ts';
const SEQUENCES = 10_000;
const INTERLEAVINGS = 2_000;

const empty = emptyHoldings(ACCOUNT);
const following = (events: readonly AccountEvent[], from = empty) => events.reduce(accountState, from);

/** What matters of it: no ages, no bookkeeping. */
function figuresOf({ orders, fills, balances, positions }: AccountHoldings) {
  const plain = (row: object | undefined) => {
    const { source: _s, receivedAt: _r, ...rest } = row as Record<string, unknown>;
    return rest;
  };
  const rows = (map: ReadonlyMap<string, object | undefined>) =>
    [...map]
      .filter(([, row]) => row !== undefined)
      .map(([name, row]) => [name, plain(row)] as const)
      .toSorted(([a], [b]) => (a < b ? -1 : 1));
  const shown = <Held>(map: ReadonlyMap<string, Held>, row: (held: Held) => object | undefined) =>
    rows(new Map([...map].map(([name, held]) => [name, row(held)])));
  return {
    orders: shown(orders, ({ order }) => order),
    fills: rows(fills),
    balances: shown(balances, ({ row }) => row),
    positions: shown(positions, ({ row }) => row),
  };
}

/** Out of order, some of it twice or thrice, some of it much later. */
function mangled(events: readonly AccountEvent[], chance: () => number): readonly AccountEvent[] {
  return events
    .flatMap((event, at) => {
      const reach = chance() < 0.1 ? 1000 : 8;
      const copies = chance() < 0.3 ? 1 + Math.floor(chance() * 3) : 1;
      return Array.from({ length: copies }, () => ({ event, at: at + chance() * reach }));
    })
    .toSorted((a, b) => a.at - b.at)
    .map(({ event }) => event);
}

describe('the account', () => {
  test('ends the same whatever order its events come in, however often and however late', () => {
    const seeds = seedsOf(SEQUENCES);
    for (const seed of seeds) {
      const chance = chanceOf(seed);
      const events = venueStory(chance, 12).flatMap((chapter) => chapter.events);
      const inOrder = figuresOf(following(events));
      const shuffled = figuresOf(following(mangled(events, chance)));
      if (JSON.stringify(inOrder) !== JSON.stringify(shuffled))
        expect(shuffled, replayOf(seed, FILE)).toEqual(inOrder);
    }
    figure(
      'G24',
      'shuffled, repeated and late private event sequences that ended as in order',
      seeds.length,
      'runs',
    );
  });

  test('says the truth after a snapshot, wherever among the events of the stream it was read', () => {
    for (const seed of seedsOf(INTERLEAVINGS)) {
      const chance = chanceOf(seed);
      const story = venueStory(chance, 30);
      // The stream begins somewhere, after which nothing is lost. What was before, only REST knows.
      const begun = Math.floor(chance() * 15);
      const asked = begun + Math.floor(chance() * 8);
      const read = asked + Math.floor(chance() * 4);
      const answered = read + Math.floor(chance() * 6);
      // The stream may lag behind what REST tells, never ahead of it by more than has happened.
      const lag = Math.floor(chance() * 4);
      let state = empty;
      let since = 0;
      const deliver = (index: number) => {
        if (index >= begun)
          for (const event of story[index]?.events ?? []) state = accountState(state, event);
      };
      for (let now = begun; now < story.length + lag; now += 1) {
        if (now === asked) since = state.serial;
        if (now === answered) {
          const truth = story[read]?.truth as VenueTruth;
          const snapshot = { kind: 'snapshot', since, receivedAt: now, ...answersOf(truth) } as const;
          const missing = missingOrders(state, snapshot);
          state = accountState(state, snapshot);
          for (const { venueOrderId } of missing) {
            const order = story[Math.min(now, story.length - 1)]?.truth.orders.get(venueOrderId);
            if (order) state = accountState(state, { kind: 'order', order, source: 'rest', receivedAt: now });
          }
        }
        deliver(now - lag);
      }
      const truth = story.at(-1)?.truth as VenueTruth;
      const shown = figuresOf(state);
      expect(
        {
          orders: shown.orders
            .map(([, row]) => row)
            .filter((row) => !isTerminal(row['status'] as 'NEW'))
            .map((row) => [row['venueOrderId'], row['price'], row['filledQuantity']])
            .sort(),
          balances: shown.balances.map(([name, row]) => [name, row['total'], row['free'], row['used']]),
          positions: shown.positions.map(([, row]) => [
            row['instrument'],
            row['quantity'],
            row['entryPrice'],
          ]),
          resurrected: shown.orders.filter(([, row]) => {
            const known = truth.orders.get(row['venueOrderId'] as string) as OrderReport;
            return known.status !== row['status'];
          }),
        },
        replayOf(seed, FILE),
      ).toEqual({
        orders: answersOf(truth)
          .orders.map((order) => [order.venueOrderId, order.price, order.filledQuantity])
          .sort(),
        balances: [...truth.balances.values()]
          .map(({ currency, total, free, used }) => [currency, total, free, used])
          .sort(),
        positions: [...truth.positions.values()]
          .map((row) => [row.instrument, row.quantity, row.entryPrice])
          .sort(),
        resurrected: [],
      });
    }
  });
});

const btc = instrumentId('plain:BTC-USDT-PERP');
const told = { source: 'stream', receivedAt: 5 } as const;
const report = (more: Partial<OrderReport> = {}): OrderReport => ({
  instrument: btc,
  venueOrderId: '7',
  side: 'buy',
  type: 'limit',
  timeInForce: 'GTC',
  status: 'NEW',
  venueStatus: 'New',
  price: '100',
  quantity: '2',
  filledQuantity: '0',
  reduceOnly: false,
  postOnly: false,
  venueTime: 10,
  isConditional: false,
  ...more,
});
const orderEvent = (more: Partial<OrderReport>): AccountEvent => ({
  kind: 'order',
  order: report(more),
  ...told,
});
const only = (state: AccountHoldings) => [...state.orders.values()][0]?.order;

describe('an order', () => {
  test('that ended stays ended, also when the venue says otherwise later', () => {
    const state = following([
      orderEvent({ status: 'CANCELED', venueStatus: 'Cancelled', venueTime: 20 }),
      orderEvent({ status: 'PARTIALLY_FILLED', filledQuantity: '1', venueTime: 30 }),
      orderEvent({ status: 'FILLED', filledQuantity: '2', venueTime: 40 }),
    ]);
    expect(only(state)).toMatchObject({ status: 'CANCELED', venueStatus: 'Cancelled', filledQuantity: '2' });
  });

  test('keeps what a later report leaves out', () => {
    const state = following([
      orderEvent({ clientOrderId: 'mine', createdAt: 9 }),
      orderEvent({ venueTime: 11, status: 'PARTIALLY_FILLED', filledQuantity: '1' }),
    ]);
    expect(only(state)).toMatchObject({ clientOrderId: 'mine', createdAt: 9, filledQuantity: '1' });
  });

  test('of which two reports of one millisecond contradict each other is read again', () => {
    const state = following([orderEvent({}), orderEvent({ price: '101' })]);
    const snapshot = {
      kind: 'snapshot',
      since: state.serial,
      receivedAt: 9,
      orders: [report({ price: '101' })],
    } as const;
    expect({
      doubts: [...state.doubts.keys()],
      price: only(state)?.price,
      after: [...accountState(state, snapshot).doubts.keys()],
    }).toEqual({ doubts: ['orders'], price: '101', after: [] });
  });

  test('REST repeats as it was before what the stream told is not confirmed by it', () => {
    const state = following([
      orderEvent({ status: 'PARTIALLY_FILLED', filledQuantity: '1', venueTime: 20 }),
      { kind: 'snapshot', since: 0, receivedAt: 99, orders: [report()] },
    ]);
    expect(only(state)).toMatchObject({ filledQuantity: '1', source: 'stream', receivedAt: 5 });
  });

  test('the venue neither lists nor knows is closed, and a later word of its real end is believed', () => {
    const state = following([orderEvent({})]);
    const gone = accountState(state, { kind: 'vanished', order: `${btc} 7`, venueTime: 90, receivedAt: 9 });
    const real = accountState(
      gone,
      orderEvent({ status: 'FILLED', venueStatus: 'Filled', filledQuantity: '2', venueTime: 50 }),
    );
    expect([only(gone), only(real)]).toMatchObject([
      { status: 'CANCELED', venueStatus: 'not found' },
      { status: 'FILLED', venueStatus: 'Filled' },
    ]);
  });
});

describe('a position', () => {
  const position = (quantity: string, venueTime: number, more = {}): AccountEvent => ({
    kind: 'position',
    position: { instrument: btc, leg: 'both', quantity, ...more },
    venueTime,
    ...told,
  });

  test('nobody knows the entry of is not shown, and read again', () => {
    const state = following([position('2', 10)]);
    expect([figuresOf(state).positions, [...state.doubts]]).toEqual([[], [['positions', 1]]]);
  });

  test('that was closed is not brought back by an older word, nor by an answer asked for before', () => {
    const full = { entryPrice: '100', unrealisedPnl: '0', liquidationPrice: '1' };
    const closed = following([
      position('2', 10, full),
      position('0', 20),
      position('2', 10, full),
      position('1', 15, full),
    ]);
    const late = accountState(closed, {
      kind: 'snapshot',
      since: 1,
      receivedAt: 9,
      positions: [{ instrument: btc, leg: 'both', quantity: '2', ...full }],
    });
    expect([figuresOf(closed).positions, figuresOf(late).positions]).toEqual([[], []]);
  });

  test('has the leverage that was streamed while an older answer was on its way', () => {
    const full = {
      entryPrice: '100',
      markPrice: '100',
      unrealisedPnl: '0',
      liquidationPrice: '1',
      leverage: '5',
    };
    const state = following([
      position('2', 10, full),
      { kind: 'setting', instrument: btc, leverage: '20', venueTime: 30 },
      {
        kind: 'snapshot',
        since: 1,
        receivedAt: 9,
        positions: [{ instrument: btc, leg: 'both', quantity: '2', ...full }],
        settings: [{ instrument: btc, leverage: '5', marginMode: 'cross' }],
      },
    ]);
    expect(figuresOf(state).positions[0]?.[1]).toMatchObject({ leverage: '20', marginMode: 'cross' });
  });

  test('that changed sides has nothing of the old one’s entry and liquidation', () => {
    const long = {
      entryPrice: '100',
      markPrice: '110',
      unrealisedPnl: '20',
      liquidationPrice: '50',
      leverage: '5',
    };
    const flipped = following([position('2', 10, long), position('-2', 20, { entryPrice: '110' })]);
    const unknown = following([position('2', 10, long), position('-2', 20)]);
    expect([
      figuresOf(flipped).positions[0]?.[1],
      [...flipped.doubts.keys()],
      figuresOf(unknown).positions,
    ]).toEqual([expect.not.objectContaining({ liquidationPrice: expect.anything() }), ['positions'], []]);
  });

  test('that is past its liquidation price is nowhere near safe again', () => {
    const distance = (quantity: string, liquidationPrice: string, leg = 'both') =>
      figuresOf(
        following([
          {
            ...position(quantity, 10, {
              entryPrice: '100',
              markPrice: '100',
              unrealisedPnl: '0',
              liquidationPrice,
            }),
            ...{
              position: {
                instrument: btc,
                leg,
                quantity,
                entryPrice: '100',
                markPrice: '100',
                liquidationPrice,
              },
            },
          } as AccountEvent,
        ]),
      ).positions[0]?.[1]?.['liquidationDistancePercent'];
    expect([distance('1', '90'), distance('1', '120'), distance('-1', '120'), distance('-1', '90')]).toEqual([
      '10',
      '0',
      '20',
      '0',
    ]);
    // Both legs of a hedged account have the one price of what they are together.
    expect(distance('-1', '90', 'short')).toBe('10');
  });

  test('says its notional, return and distance to liquidation as they follow from the venue’s figures', () => {
    const figures = {
      entryPrice: '100',
      markPrice: '110',
      unrealisedPnl: '-20',
      leverage: '5',
      liquidationPrice: '121',
    };
    expect(figuresOf(following([position('-2', 10, figures)])).positions[0]?.[1]).toMatchObject({
      notional: '220',
      unrealisedPnl: '-20',
      returnPercent: '-50',
      liquidationDistancePercent: '10',
    });
  });
});

test('a fill counts once, and a balance said by two of its figures has the third', () => {
  const fill = {
    id: '1',
    instrument: btc,
    venueOrderId: '7',
    side: 'buy',
    price: '1',
    quantity: '1',
    venueTime: 1,
  } as const;
  const state = following([
    { kind: 'fill', fill, ...told },
    { kind: 'fill', fill, source: 'rest', receivedAt: 9 },
    { kind: 'balance', balance: { currency: 'KRW', free: '10.5', used: '0.5' }, venueTime: 1, ...told },
  ]);
  expect([[...state.fills.values()], state.balances.get('KRW')?.row]).toEqual([
    [{ ...fill, account: ACCOUNT, ...told }],
    { account: ACCOUNT, currency: 'KRW', total: '11', free: '10.5', used: '0.5', ...told },
  ]);
});

test('a difference is what trading changes, not a price that moved by itself', () => {
  const of = (markPrice: string, quantity: string) =>
    following([
      {
        kind: 'snapshot',
        since: 0,
        receivedAt: 1,
        positions: [
          { instrument: btc, leg: 'both', quantity, entryPrice: '1', markPrice, unrealisedPnl: '0' },
        ],
        balances: [{ currency: 'USDT', total: '1.0', used: '0' }],
      },
    ]);
  expect([differencesOf(of('1', '1'), of('2', '1')), differencesOf(of('1', '1'), of('1', '2'))]).toEqual([
    [],
    [`position ${btc} both`],
  ]);
});
