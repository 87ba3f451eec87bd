import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  heard,
  type OrderTalk,
  openBitcoin,
  priceAt,
  talkTo,
  VENUE_IDS,
  type VenueId,
} from './test-kit/order-talk.ts';
import { BybitSigner } from './test-kit/signing-client.ts';
import { pause, type Wire } from './test-kit/wire.ts';

interface Row {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly code?: string;
  readonly accepted?: boolean;
  readonly orders?: readonly number[];
  readonly clientOrderId?: string;
  readonly fault?: string;
}

/** What a venue answers when it knows itself what it has done. */
const TAKEN: Readonly<Record<VenueId, number>> = { binance: 200, bybit: 200, upbit: 201, bithumb: 201 };
/** Where orders are placed. */
const PATHS: Readonly<Record<VenueId, string>> = {
  binance: '/fapi/v1/order',
  bybit: '/v5/order/create',
  upbit: '/v1/orders',
  bithumb: '/v2/orders',
};

let count = 0;
const nextId = () => `sure${++count}`;

describe.each(VENUE_IDS)('orders of %s that nobody can be sure of', (venue) => {
  let wire: Wire;
  let me: OrderTalk;
  let price: string;

  beforeAll(async () => {
    wire = await openBitcoin(venue);
    await wire.control('POST', '/pause');
    me = await talkTo(wire, venue, 'withdraw');
    price = await priceAt(wire, venue, 0.9);
  });
  afterAll(() => wire?.close());

  async function rows(id: string): Promise<Row[]> {
    const { body } = await wire.control('GET', `/requests?venue=${venue}`);
    return body.requests.filter((row: Row) => row.clientOrderId === id && row.accepted !== undefined);
  }

  /** Statuses of the account's orders with that id. */
  async function standing(id: string): Promise<string[]> {
    const { body } = await wire.control('GET', `/ledger?venue=${venue}&key=withdraw`);
    return [...body.openOrders, ...body.closedOrders]
      .filter((order: { readonly clientOrderId?: string }) => order.clientOrderId === id)
      .map(({ status }: { readonly status: string }) => status);
  }

  const isFound = async (id: string) => {
    const { status, body } = await me.lookUp(id);
    return venue === 'bybit' ? body.result.list.length === 1 : status === 200;
  };
  const isListed = async (id: string) => JSON.stringify((await me.open()).body).includes(`"${id}"`);
  const place = (id: string, window?: number) =>
    heard(me.place({ id, side: 'buy', price, ...(window === undefined ? {} : { window }) }));

  const unsure = { binance: 503, bybit: 200, upbit: 500, bithumb: 500 }[venue];
  it.each([
    ['drop', 'lost', 0, false],
    ['dropAccepted', 'lost', 0, true],
    ['hang', 'nothing', 0, false],
    ['hangAccepted', 'nothing', 0, true],
    ['fail', unsure, unsure, false],
    ['failAccepted', unsure, unsure, true],
    ['brokenAccepted', TAKEN[venue], TAKEN[venue], true],
    ['halfAccepted', 'lost', TAKEN[venue], true],
  ] as const)(
    '%s: heard as %s, with one row that tells the truth',
    async (style, expected, status, accepted) => {
      const id = nextId();
      await wire.fault({ kind: 'order', style, venue });
      const got = await place(id);
      const [row, ...more] = await rows(id);
      expect([got, row?.status, row?.accepted, row?.orders?.length, row?.fault, more.length]).toEqual([
        expected,
        status,
        accepted,
        accepted ? 1 : 0,
        style,
        0,
      ]);
      expect(await standing(id)).toEqual(accepted ? ['new'] : []);
      // Bithumb registers an order everywhere a moment later.
      await pause(80);
      expect([await isFound(id), await isListed(id)]).toEqual([accepted, accepted]);
    },
  );

  it('strikes once unless told otherwise, and leaves alone what it does not name', async () => {
    const [other, mine, next] = [nextId(), nextId(), nextId()];
    await wire.fault({ kind: 'order', style: 'drop', venue, path: '/cancel' });
    await wire.fault({ kind: 'order', style: 'drop', venue, path: PATHS[venue], method: 'post' });
    await wire.fault({ kind: 'order', style: 'dropAccepted', venue, symbol: 'XRPUSDT' });
    expect([await place(mine), await place(next)]).toEqual(['lost', TAKEN[venue]]);
    await wire.control('DELETE', '/faults');
    expect([await place(other), await standing(mine)]).toEqual([TAKEN[venue], []]);
  });

  it('answers late when told to: failures, truths, and what is only done then', async () => {
    const [hung, held, late] = [nextId(), nextId(), nextId()];
    await wire.fault({ kind: 'order', style: 'hang', ms: 60, venue });
    expect([await place(hung), await standing(hung)]).toEqual([504, []]);
    await wire.fault({ kind: 'order', style: 'hangAccepted', ms: 60, venue });
    const answer = place(held);
    await pause(30);
    expect([await standing(held), await answer]).toEqual([['new'], TAKEN[venue]]);
    await wire.fault({ kind: 'order', style: 'late', ms: 120, venue });
    const later = place(late);
    await pause(30);
    const before = [
      await standing(late),
      (await rows(late)).map(({ accepted, status }) => [accepted, status]),
    ];
    expect(before).toEqual([[], [[false, 0]]]);
    expect([await later, await standing(late)]).toEqual([TAKEN[venue], ['new']]);
  });

  it('takes an order long after its answer was lost, and says so in its one row', async () => {
    const [lost, failed] = [nextId(), nextId()];
    await wire.fault({ kind: 'order', style: 'hidden', ms: 150, venue });
    await wire.fault({ kind: 'order', style: 'hidden', ms: 150, status: 502, venue });
    expect([await place(lost), await place(failed)]).toEqual(['lost', 502]);
    expect([await isFound(lost), await standing(lost), (await rows(lost))[0]?.accepted]).toEqual([
      false,
      [],
      false,
    ]);
    await pause(250);
    for (const id of [lost, failed]) {
      const [row, ...more] = await rows(id);
      expect([await isFound(id), row?.accepted, row?.orders?.length, more]).toEqual([true, true, 1, []]);
    }
  });

  it('holds an order’s own time against it, where it has one, unless it breaks its word', async () => {
    const [fenced, broken] = [nextId(), nextId()];
    await wire.fault({ kind: 'order', style: 'hidden', ms: 200, venue });
    await wire.fault({ kind: 'order', style: 'hiddenPastFence', ms: 200, venue });
    expect([await place(fenced, 100), await place(broken, 100)]).toEqual(['lost', 'lost']);
    await pause(400);
    const hasFence = venue === 'binance' || venue === 'bybit';
    expect([await standing(fenced), await standing(broken)]).toEqual([hasFence ? [] : ['new'], ['new']]);
  });

  it('leaves an order out of what REST reads for a while; a cancel finds it', async () => {
    const [mine, other] = [nextId(), nextId()];
    await wire.fault({ kind: 'order', style: 'lag', ms: 400, venue });
    // Beside another: answered with nothing, and nowhere to be found.
    await wire.fault({ kind: 'order', style: 'dropAccepted', venue });
    expect([await place(mine), await place(other)]).toEqual(['lost', TAKEN[venue]]);
    await pause(80);
    expect([await standing(mine), await isFound(mine), await isListed(mine), await isFound(other)]).toEqual([
      ['new'],
      false,
      false,
      true,
    ]);
    expect((await me.cancel(mine)).body.retCode ?? 0).toBe(0);
    await pause(400);
    expect([await standing(mine), await isFound(mine)]).toEqual([['canceled'], true]);
  });

  it('rejects an order it has answered as taken: it never comes to the book', async () => {
    const id = nextId();
    await wire.fault({ kind: 'order', style: 'asyncReject', venue });
    expect([await place(id), await standing(id)]).toEqual([TAKEN[venue], ['rejected']]);
    const [row] = await rows(id);
    expect([row?.accepted, row?.orders?.length]).toEqual([true, 1]);
  });

  it('makes cancels as unsure as orders', async () => {
    const id = nextId();
    await place(id);
    await pause(80);
    await wire.fault({ kind: 'order', style: 'drop', venue });
    expect([await heard(me.cancel(id)), await standing(id)]).toEqual(['lost', ['new']]);
    await wire.fault({ kind: 'order', style: 'dropAccepted', venue });
    expect(await heard(me.cancel(id))).toBe('lost');
    await pause(40);
    expect([await standing(id), (await rows(id)).map(({ accepted }) => accepted)]).toEqual([
      ['canceled'],
      [true, false, true],
    ]);
  });
});

describe('the words of failures', () => {
  const saying = async (venue: VenueId, spec: Record<string, unknown>) => {
    const wire = await openBitcoin(venue);
    try {
      await wire.control('POST', '/pause');
      const me = await talkTo(wire, venue, 'withdraw');
      const price = await priceAt(wire, venue, 0.9);
      const said: unknown[] = [];
      for (const one of spec['each'] as Record<string, unknown>[]) {
        for (const style of ['fail', 'failAccepted']) {
          await wire.fault({ kind: 'order', style, ...one });
          const id = nextId();
          const { status, body } = await me.place({ id, side: 'buy', price });
          const { body: kept } = await wire.control('GET', `/requests?venue=${venue}`);
          const row = kept.requests.findLast((request: Row) => request.clientOrderId === id) as Row;
          said.push([status, body.code ?? body.retCode ?? body.error?.name, row.accepted]);
        }
      }
      return said;
    } finally {
      await wire.close();
    }
  };
  const both = (...answer: readonly unknown[]) => [
    [...answer, false],
    [...answer, true],
  ];

  it('are Binance’s: statuses and codes, each taken and not', async () => {
    const each = [
      {},
      { status: 503 },
      { status: 408 },
      { status: 500 },
      { status: 502 },
      { status: 504 },
      { code: -1000 },
      { code: -1006 },
      { code: -1007 },
    ];
    expect(await saying('binance', { each })).toEqual([
      ...both(503, undefined),
      ...both(503, undefined),
      ...both(408, -1007),
      ...both(500, -1001),
      ...both(502, undefined),
      ...both(504, undefined),
      ...both(500, -1000),
      ...both(503, -1006),
      ...both(408, -1007),
    ]);
  });

  it('are Bybit’s: codes come as HTTP 200', async () => {
    const each = [{}, { code: 10000 }, { code: 170007 }, { code: 170146 }];
    expect(await saying('bybit', { each })).toEqual([
      ...both(200, 10016),
      ...both(200, 10000),
      ...both(200, 170007),
      ...both(200, 170146),
    ]);
  });

  it.each(['upbit', 'bithumb'] as const)('are %s’s own names', async (venue) => {
    const each = [{}, { status: 502 }, { status: 504 }, { status: 429 }];
    expect(await saying(venue, { each })).toEqual([
      ...both(500, 'server_error'),
      ...both(502, 'server_error'),
      ...both(504, 'server_error'),
      ...both(429, 'too_many_requests'),
    ]);
  });

  it('tells “we do not know” of Binance from “it did not happen” by its sentence alone', async () => {
    const wire = await openBitcoin('binance');
    const me = await talkTo(wire, 'binance', 'withdraw');
    const price = await priceAt(wire, 'binance', 0.9);
    await wire.fault({ kind: 'order', style: 'failAccepted' });
    const unknown = await me.place({ id: nextId(), side: 'buy', price });
    await wire.fault({ kind: 'order', style: 'fail', status: 503 });
    const failed = await me.place({ id: nextId(), side: 'buy', price });
    await wire.close();
    expect([unknown, failed].map(({ status, body }) => [status, body])).toEqual([
      [503, { msg: 'Unknown error, please check your request or try again later.' }],
      [503, { msg: 'Service Unavailable.' }],
    ]);
  });
});

describe('what a lost order uses up', () => {
  it('at Upbit is its identifier, when the venue failed over it; not when nothing came there, nor when it was too many', async () => {
    const wire = await openBitcoin('upbit');
    const me = await talkTo(wire, 'upbit', 'withdraw');
    const price = await priceAt(wire, 'upbit', 0.9);
    const twice = async (spec: Record<string, unknown>) => {
      const id = nextId();
      await wire.fault({ kind: 'order', ...spec });
      await heard(me.place({ id, side: 'buy', price }));
      const { status, body } = await me.place({ id, side: 'buy', price });
      return [status, body.error?.name];
    };
    const outcomes = [
      await twice({ style: 'fail', status: 500 }),
      await twice({ style: 'drop' }),
      await twice({ style: 'fail', status: 429 }),
      await twice({ style: 'dropAccepted' }),
    ];
    await wire.close();
    expect(outcomes).toEqual([
      [400, 'duplicate_identifier'],
      [201, undefined],
      [201, undefined],
      [400, 'duplicate_identifier'],
    ]);
  });

  it('at Bybit and Binance is nothing, unless it was taken: then its id proves that it lives', async () => {
    const outcomes: unknown[] = [];
    for (const venue of ['binance', 'bybit'] as const) {
      const wire = await openBitcoin(venue);
      const me = await talkTo(wire, venue, 'withdraw');
      const price = await priceAt(wire, venue, 0.9);
      for (const style of ['fail', 'failAccepted']) {
        const id = nextId();
        await wire.fault({ kind: 'order', style });
        await me.place({ id, side: 'buy', price });
        const { body } = await me.place({ id, side: 'buy', price });
        outcomes.push([venue, style, body.code ?? body.retCode ?? 0]);
      }
      await wire.close();
    }
    expect(outcomes).toEqual([
      ['binance', 'fail', 0],
      ['binance', 'failAccepted', -4116],
      ['bybit', 'fail', 0],
      ['bybit', 'failAccepted', 110072],
    ]);
  });
});

it('tells Bybit’s rejection after the answer on the private socket and in lookups', async () => {
  const wire = await openBitcoin('bybit');
  const { body } = await wire.control('GET', '/keys?venue=bybit');
  const key = body.keys.find(({ name }: { readonly name: string }) => name === 'withdraw');
  const signer = new BybitSigner('', key);
  const socket = await wire.connect('/v5/private').open();
  await socket.ask(signer.login());
  await socket.ask({ op: 'subscribe', args: ['order'] });
  const me = await talkTo(wire, 'bybit', 'withdraw');
  const id = nextId();
  await wire.fault({ kind: 'order', style: 'asyncReject' });
  const told = socket.next('the rejection', ({ topic }) => topic === 'order');
  const { body: answer } = await me.place({ id, side: 'buy', price: await priceAt(wire, 'bybit', 0.9) });
  const [row] = (await told).data;
  const found = (await me.lookUp(id)).body.result.list[0];
  await wire.close();
  expect([answer.retCode, row.orderLinkId, row.orderStatus, row.rejectReason, found.orderStatus]).toEqual([
    0,
    id,
    'Rejected',
    'EC_Others',
    'Rejected',
  ]);
});

it('lists its styles, and takes no other', async () => {
  const wire = await openBitcoin('upbit');
  const { body } = await wire.control('GET', '');
  const { status, body: refused } = await wire.control('POST', '/faults', { kind: 'order', style: 'vanish' });
  await wire.close();
  expect([
    Object.keys(body.orderStyles),
    status,
    refused.error.startsWith('"style" of an order fault'),
  ]).toEqual([
    [
      'drop',
      'dropAccepted',
      'hang',
      'hangAccepted',
      'fail',
      'failAccepted',
      'brokenAccepted',
      'halfAccepted',
      'late',
      'hidden',
      'hiddenPastFence',
      'asyncReject',
      'lag',
    ],
    400,
    true,
  ]);
});
