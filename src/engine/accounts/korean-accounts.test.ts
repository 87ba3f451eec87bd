import Big from 'big.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '#shared/base/system-clock.ts';
import { instrumentId } from '#shared/domain/instrument.ts';
import type { FillReport, OrderReport } from '#shared/domain/order.ts';
import { pause } from '#simulator/test-kit/wire.ts';
import type { BalanceReport } from '#venues/account.ts';
import { askRights } from '../keys/ask-rights.ts';
import { openSocket } from '../net/socket.ts';
import {
  KOREAN_ACCOUNTS,
  type KoreanAccountStage,
  openKoreanAccountStage,
  wholeOf,
} from '../test-kit/korean-account-stage.ts';

const DAY_MS = 86_400_000;
const COINS = ['BTC', 'ETH', 'XRP', 'SOL'];

describe.each(['upbit', 'bithumb'] as const)('an account of the simulated %s', (venue) => {
  const { account, ids } = KOREAN_ACCOUNTS[venue];
  let stage: KoreanAccountStage;
  beforeEach(async () => {
    stage = await openKoreanAccountStage(venue, COINS);
  });
  afterEach(() => stage.close());

  /** Everything a client may do to an order: filled whole and in part, left, taken back, killed, bought by total. */
  async function busyDay(key: string): Promise<void> {
    const { bid, ask } = await stage.pricesOf();
    const limit = { action: 'place', type: 'limit' };
    await stage.act(key, { ...limit, side: 'buy', price: ask, quantity: '0.0011', clientOrderId: 'taken' });
    await stage.act(key, {
      ...limit,
      side: 'buy',
      price: lower(bid),
      quantity: '0.002',
      clientOrderId: 'left',
    });
    await stage.act(key, {
      ...limit,
      side: 'buy',
      price: lower(bid),
      quantity: '0.001',
      clientOrderId: 'back',
    });
    await stage.act(key, { action: 'cancel', clientOrderId: 'back' });
    await stage.act(key, {
      ...limit,
      side: 'buy',
      price: lower(bid),
      quantity: '0.001',
      timeInForce: 'IOC',
      clientOrderId: 'ioc',
    });
    await stage.act(key, {
      ...limit,
      side: 'buy',
      price: ask,
      quantity: '0.001',
      timeInForce: 'GTX',
      clientOrderId: 'maker',
    });
    await stage.act(key, {
      action: 'place',
      type: 'market',
      side: 'buy',
      quoteQuantity: '123456',
      clientOrderId: 'total',
    });
    await stage.act(key, {
      action: 'place',
      type: 'market',
      side: 'sell',
      quantity: '0.0004',
      clientOrderId: 'sold',
    });
  }

  test('holds what the ledger holds', async () => {
    for (const key of ['trade', 'busy', 'withdraw']) {
      const { client } = await stage.clientOf(key);
      expect(balancesOf(await client.call(account.rest.balances()))).toEqual(
        balancesOf((await stage.ledgerOf(key)).balances.map(toReport)),
      );
    }
  });

  test('lists all open orders, whichever page they are on', async () => {
    const { client } = await stage.clientOf('busy');
    const calls = account.rest.openOrders();
    const told = (await Promise.all(calls.map((call) => wholeOf(client, call)))).flat();
    const { openOrders } = await stage.ledgerOf('busy');
    // Pages hold a hundred.
    expect(openOrders.length).toBeGreaterThan(150);
    expect(told.map(shownReport).sort(byId)).toEqual(openOrders.map(shownTruth).sort(byId));
  });

  test('tells each order with its fills as the ledger has them', async () => {
    const { client } = await stage.clientOf('trade');
    await busyDay('trade');
    await pause(100);
    const { openOrders, closedOrders, fills } = await stage.ledgerOf('trade');
    const instrument = instrumentId(`${venue}:BTC-KRW`);
    const now = systemClock.now() + 60_000;
    const history = { from: now - 7 * DAY_MS, to: now };
    const ended = (
      await Promise.all(account.rest.closedOrders(history).map((call) => wholeOf(client, call)))
    ).flat();
    expect(ended.map(shownReport).sort(byId)).toEqual(closedOrders.map(shownTruth).sort(byId));

    const told: ReturnType<typeof shownFill>[] = [];
    for (const { number, clientOrderId } of [...openOrders, ...closedOrders]) {
      const query =
        clientOrderId === undefined ? { venueOrderId: ids.ORDER_IDS.text(number) } : { clientOrderId };
      const answer = await client.call(account.rest.order({ instrument, ...query }));
      expect(answer?.order.venueOrderId).toBe(ids.ORDER_IDS.text(number));
      told.push(...(answer?.fills ?? []).map(shownFill));
    }
    expect(told.sort(byId)).toEqual(fills.map(shownTrueFill).sort(byId));
  });

  test('hears of all that happens to its orders and balances', async () => {
    const { client } = await stage.clientOf('trade');
    const heard = await stage.listen(client);
    const before = await stage.ledgerOf('trade');
    await busyDay('trade');
    const { openOrders, closedOrders, fills, balances } = await stage.ledgerOf('trade');
    const newFills = fills.slice(before.fills.length);
    await heard.until(
      () => heard.of('fill').length >= newFills.length && heard.lastOf('sold')?.status === 'FILLED',
    );
    await pause(100);

    expect(heard.of('failed')).toEqual([]);
    expect(heard.of('fill').map(({ fill }) => shownFill(fill))).toEqual(newFills.map(shownTrueFill));
    const names = ['taken', 'left', 'back', 'ioc', 'maker', 'total', 'sold'];
    const truth = new Map([...openOrders, ...closedOrders].map((order) => [order.clientOrderId, order]));
    expect(
      names.map((name) => [name, heard.lastOf(name)?.status, heard.lastOf(name)?.filledQuantity]),
    ).toEqual(names.map((name) => [name, expect.any(String), plain(truth.get(name).filled)]));
    expect(Object.fromEntries(names.map((name) => [name, heard.lastOf(name)?.status]))).toMatchObject({
      taken: 'FILLED',
      left: 'NEW',
      back: 'CANCELED',
      ioc: 'EXPIRED',
      total: 'FILLED',
      sold: 'FILLED',
    });
    // Every fill told its fee, and they add up.
    expect(heard.of('fill').map(({ fill }) => plain(fill.fee))).toEqual(
      newFills.map(({ fee }: { fee: string }) => plain(fee)),
    );
    const last = new Map(heard.of('balance').map(({ balance }) => [balance.currency, balance]));
    expect(balancesOf([...last.values()])).toEqual(
      balancesOf(balances.map(toReport).filter(({ currency }: BalanceReport) => last.has(currency))),
    );
    expect([...last.keys()].sort()).toEqual(['BTC', 'KRW']);
  });

  test('opens every socket with a token of its own: one that was shown before is refused', async () => {
    const { client } = await stage.clientOf('trade');
    const headers = account.stream.headers?.(client.signing()) ?? {};
    const opened = () => outcomeOf(account.stream.url(stage.endpoints), headers);
    expect([await opened(), (await opened()).startsWith('closed')]).toEqual(['opened', true]);
  });

  test('has its key judged by what the venue lets it do', async () => {
    const found: Record<string, unknown> = {};
    for (const name of ['trade', 'read-only', 'withdraw', 'no-read', 'expired', 'mainnet']) {
      const { client, credentials } = await stage.clientOf(name);
      const asked = await askRights(client, account.rest.rights('simulator', credentials.apiKey), 0);
      found[name] =
        asked.kind === 'refused'
          ? asked.reason
          : [
              asked.rights.trade,
              asked.rights.withdraw,
              asked.rights.transfer,
              asked.rights.expiresAt !== undefined,
            ];
    }
    expect(found).toEqual({
      trade: ['yes', 'no', 'no', true],
      'read-only': ['no', 'no', 'no', true],
      withdraw: ['yes', 'yes', 'no', true],
      'no-read': ['yes', 'no', 'no', true],
      expired: 'expired',
      mainnet: 'wrong-key',
    });
  });

  test('is refused with a wrong secret, and nothing of the key is in the words', async () => {
    const { client, credentials } = await stage.clientOf('trade', 'CANARY-of-a-secret');
    const fault = await client.call(account.rest.balances()).catch((refused) => refused);
    expect(fault).toMatchObject({
      code: venue === 'upbit' ? 'account.wrong-secret' : 'account.wrong-key',
      details: { venue, venueCode: 'jwt_verification', status: 401 },
    });
    expect(`${fault.stack} ${JSON.stringify(fault)}`).not.toMatch(
      new RegExp(`CANARY|${credentials.apiKey.reveal()}`),
    );
  });

  test('knows what trading costs', async () => {
    const { client } = await stage.clientOf('trade');
    const instrument = instrumentId(`${venue}:BTC-KRW`);
    const rate = venue === 'upbit' ? '0.0005' : '0.0025';
    expect([
      await client.call(account.rest.fees(instrument)),
      await client.call(account.rest.facts()),
    ]).toEqual([
      { instrument, maker: rate, taker: rate },
      { feeTier: venue === 'upbit' ? '0.05 %' : '0.25 %' },
    ]);
  });

  test('says that an order is not there', async () => {
    const { client } = await stage.clientOf('trade');
    const instrument = instrumentId(`${venue}:BTC-KRW`);
    const call = account.rest.order({ instrument, clientOrderId: 'never-was' });
    await expect(client.call(call)).rejects.toMatchObject({ code: 'account.not-found' });
  });

  // biome-ignore lint/suspicious/noExplicitAny: the ledger as it comes, decimals as text.
  function shownTruth(order: any) {
    return {
      id: ids.ORDER_IDS.text(order.number),
      symbol: order.symbol,
      side: order.side,
      filled: plain(order.filled),
      createdAt: Math.floor(order.createdAt / 1000),
      clientOrderId: order.clientOrderId,
      ...(order.type === 'limit' && { price: plain(order.price), quantity: plain(order.quantity) }),
    };
  }

  // biome-ignore lint/suspicious/noExplicitAny: likewise.
  function shownTrueFill(fill: any) {
    return {
      id: ids.FILL_IDS.text(fill.number),
      order: ids.ORDER_IDS.text(fill.orderNumber),
      side: fill.side,
      price: plain(fill.price),
      quantity: plain(fill.quantity),
    };
  }
});

const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
const plain = (decimal: string | undefined) =>
  decimal === undefined ? undefined : new Big(decimal).toFixed();

function lower(price: string): string {
  // A round step of every band.
  return new Big(price).times('0.9').div(1_000_000).round(0, Big.roundDown).times(1_000_000).toFixed();
}

function toReport(balance: { currency: string; total: string; used: string }): BalanceReport {
  const { currency, total, used } = balance;
  return { currency, total, used, free: new Big(total).minus(used).toFixed() };
}

function balancesOf(balances: readonly BalanceReport[]) {
  return Object.fromEntries(
    balances
      .filter(({ total }) => !new Big(total ?? 0).eq(0))
      .map(({ currency, total, free, used }) => [currency, [total, free, used].map(plain)]),
  );
}

function shownReport(order: OrderReport) {
  const [base, quote] = order.instrument.slice(order.instrument.indexOf(':') + 1).split('-');
  return {
    id: order.venueOrderId,
    symbol: `${quote}-${base}`,
    side: order.side,
    filled: plain(order.filledQuantity),
    createdAt: Math.floor((order.createdAt ?? 0) / 1000),
    clientOrderId: order.clientOrderId,
    ...(order.type === 'limit' && { price: plain(order.price), quantity: plain(order.quantity) }),
  };
}

function shownFill(fill: FillReport) {
  const { id, venueOrderId: order, side, price, quantity } = fill;
  return { id, order, side, price: plain(price), quantity: plain(quantity) };
}

function outcomeOf(url: string, headers: Readonly<Record<string, string>>): Promise<string> {
  return new Promise((resolve) => {
    const socket = openSocket(
      url,
      {
        opened() {
          resolve('opened');
          socket.terminate();
        },
        frame: () => undefined,
        pulse: () => undefined,
        closed: (cause) => resolve(`closed ${cause.code}`),
      },
      { headers },
    );
  });
}
