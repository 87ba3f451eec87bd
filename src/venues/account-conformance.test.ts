import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Secret } from '#shared/base/secret.ts';
import { accountVenues } from './account-registry.ts';
import { venues } from './registry.ts';
import { type AccountDesk, openAccountDesk, placesOf } from './test-kit/account-desk.ts';
import { type AccountStage, openAccountStage } from './test-kit/account-stage.ts';
import * as view from './test-kit/ledger-view.ts';
import type { Venue } from './venue.ts';

/**
 * What the private half of every registered venue has to keep, on real sockets and with real signatures: the simulator's
 * façade on the other side, its own ledger as the judge.
 */

let stage: AccountStage;

beforeAll(async () => {
  stage = await openAccountStage();
});

afterAll(() => stage[Symbol.asyncDispose]());

test('every venue has its private half', () => {
  expect(accountVenues.map(({ id }) => id)).toEqual(venues.map(({ id }) => id));
});

const trials = accountVenues.map((account) => ({
  name: account.id,
  account,
  venue: venues.find(({ id }) => id === account.id) as Venue,
}));

describe.each(trials)('$name', ({ account, venue }) => {
  let desk: AccountDesk;

  beforeAll(async () => {
    desk = await openAccountDesk(stage, account, venue, 'trade');
    await desk.act();
    await stage.post('pause', {});
  }, 30_000);

  afterAll(() => stage.post('resume', {}));

  test('balances are the ledger’s, to the last digit the wire has', async () => {
    const { truth, told } = view.balancesTold(await desk.ledger(), await desk.reads.balances());
    expect(told).toEqual(truth);
  });

  test('positions are the ledger’s', async () => {
    const { truth, told } = view.positionsTold(
      venue,
      await desk.ledger(),
      (await desk.reads.positions()) ?? [],
    );
    expect(told).toEqual(truth);
  });

  test('leverage and margin mode are told', async () => {
    const ledger = await desk.ledger();
    const reports = (await desk.reads.positions()) ?? [];
    const settings = new Map(((await desk.reads.settings()) ?? []).map((one) => [one.instrument, one]));
    const told = reports.map(({ instrument, leverage, marginMode }) => ({
      instrument,
      leverage: leverage ?? settings.get(instrument)?.leverage,
      marginMode: marginMode ?? settings.get(instrument)?.marginMode,
    }));
    const truth = ledger.positions.map((position) => ({
      instrument: view.instrumentAt(venue, position),
      leverage: String(position.leverage),
      marginMode: position.marginMode,
    }));
    const byName = (a: { instrument: string }, b: { instrument: string }) =>
      a.instrument < b.instrument ? -1 : 1;
    expect(told.toSorted(byName)).toEqual(truth.toSorted(byName));
  });

  test('open orders are the ledger’s', async () => {
    const { openOrders } = await desk.ledger();
    expect(openOrders.length).toBeGreaterThan(3);
    expect(view.reportLines(await desk.reads.openOrders())).toEqual(view.orderLines(venue, openOrders));
  });

  test('orders that ended are the ledger’s', async () => {
    const { closedOrders } = await desk.ledger();
    expect(view.reportLines(await desk.closed())).toEqual(view.orderLines(venue, closedOrders));
  });

  test('fills are the ledger’s', async () => {
    const { fills } = await desk.ledger();
    const told = await desk.fills();
    // The Korean venues leave out over REST what their streams tell; the others may not.
    const isKorean = account.rest.fills === undefined;
    const detail = {
      maker: !isKorean || told.every(({ isMaker }) => isMaker !== undefined),
      fee: !isKorean || told.every(({ fee }) => fee !== undefined),
    };
    expect(view.fillReportLines(told)).toEqual(view.fillLines(venue, fills, detail));
    expect(new Set(told.map(({ instrument, id }) => `${instrument} ${id}`)).size).toBe(fills.length);
  });

  test('an order is found by either id', async () => {
    const { closedOrders, openOrders } = await desk.ledger();
    const named = [...closedOrders, ...openOrders].filter(({ clientOrderId }) => desk.isOurs(clientOrderId));
    expect(named.length).toBeGreaterThan(2);
    for (const one of named) {
      const instrument = view.instrumentAt(venue, one);
      const byClient = await desk.client.call(
        account.rest.order({ instrument, clientOrderId: one.clientOrderId ?? '' }),
      );
      const byVenue = await desk.client.call(
        account.rest.order({ instrument, venueOrderId: byClient?.order.venueOrderId ?? '' }),
      );
      expect(byClient && view.reportLines([byClient.order])).toEqual(view.orderLines(venue, [one]));
      expect(byVenue).toEqual(byClient);
    }
  });

  test('the private stream told the same: every status to the last, every fill once, what is held', async () => {
    const ledger = await desk.ledger();
    expect(desk.streamed.orders()).toEqual(desk.streamed.expectedOrders(ledger));
    expect(desk.streamed.fills()).toEqual(desk.streamed.expectedFills(ledger));
    expect(desk.streamed.totals()).toEqual(desk.streamed.expectedTotals(ledger));
    expect(desk.streamed.positions()).toEqual(desk.streamed.expectedPositions(ledger));
    expect(desk.streamed.failures()).toEqual([]);
  });

  test('fees and facts are told', async () => {
    const [place] = placesOf(venue);
    if (place === undefined) throw new Error('no place');
    const fees = await desk.client.call(account.rest.fees(place));
    expect(fees).toEqual({
      instrument: place,
      maker: expect.stringMatching(/^0\.?\d*$/),
      taker: expect.stringMatching(/^0\.\d+$/),
    });
    await expect(desk.client.call(account.rest.facts())).resolves.toBeTypeOf('object');
  });

  test('what a key may do is told, or has to be found out', async () => {
    const question = account.rest.rights('simulator');
    const rights = async (name: string) => {
      const key = await stage.keyNamed(account, name);
      const client = stage.client(account, key);
      const told = [];
      for (const call of account.rest.rights('simulator', new Secret(key.apiKey)).told) {
        told.push(await client.call(call));
      }
      const { checkedAt, expiresAt, ...all } = Object.assign({ ...question.assumed }, ...told);
      return all;
    };
    if (question.probed.length > 0) {
      // Their keys' rights are found by trying: see the engine's own tests of that.
      expect(question.probed.map(({ right }) => right)).toContain('read');
      return;
    }
    const harmless = { read: 'yes', trade: 'yes', withdraw: 'no', transfer: 'no', ipBound: 'no' };
    expect({
      trade: await rights('trade'),
      'read-only': await rights('read-only'),
      withdraw: await rights('withdraw'),
      transfer: await rights('transfer'),
    }).toEqual({
      trade: { ...harmless, ipBound: 'yes' },
      'read-only': { ...harmless, trade: 'no' },
      withdraw: { ...harmless, withdraw: 'yes' },
      transfer: { ...harmless, transfer: 'yes' },
    });
  });

  test('a busy account is told whole', async () => {
    const busy = await openAccountDesk(stage, account, venue, 'busy');
    const ledger = await busy.ledger();
    const positions = view.positionsTold(venue, ledger, (await busy.reads.positions()) ?? []);
    expect([
      ledger.openOrders.length,
      ledger.positions.length,
      view.reportLines(await busy.reads.openOrders()),
      positions.told,
    ]).toEqual([
      200,
      account.rest.positions ? 50 : 0,
      view.orderLines(venue, ledger.openOrders),
      positions.truth,
    ]);
  });

  test.each([
    [
      'a wrong secret',
      async (key: StageKeys) => ({ ...(await key('trade')), secret: 'wrong'.repeat(8), name: 'wrong' }),
    ],
    [
      'a key nobody knows',
      async (key: StageKeys) => ({ ...(await key('trade')), apiKey: 'Unknown0'.repeat(8), name: 'none' }),
    ],
    ['a key of another environment', (key: StageKeys) => key('mainnet')],
    ['an expired key', (key: StageKeys) => key('expired')],
  ])('%s is refused as a key, not as an answer', async (_name, pick) => {
    const key = await pick((name) => stage.keyNamed(account, name));
    const fault = await stage
      .client(account, key)
      .call(account.rest.balances())
      .catch((thrown: unknown) => thrown);
    expect(fault).toMatchObject({
      code: expect.stringMatching(/^account\.(?:wrong-key|wrong-secret|expired)$/),
      details: { venue: account.id, venueCode: expect.stringMatching(/./) },
    });
  });
});

type StageKeys = (name: string) => ReturnType<AccountStage['keyNamed']>;
