import ccxt from 'ccxt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openKoreanWire } from '../test-kit/korean-wire.ts';
import { pause, type Wire } from '../test-kit/wire.ts';

const SYMBOL = 'BTC/KRW';
const DAY = 86_400_000;

type Client = InstanceType<typeof ccxt.pro.upbit>;
type Row = Record<string, string> & { readonly number: number; readonly createdAt: number };

/** Somebody else's client, written against the real venue: what it accepts from us, it would accept from there. */
describe('ccxt’s own upbit client with a key of the simulator', () => {
  let wire: Wire;
  let client: Client;
  const clients: Client[] = [];

  async function connect(name: string): Promise<Client> {
    const { body } = await wire.control('GET', `/keys?venue=upbit`);
    const { apiKey, secret } = body.keys.find((one: Row) => one['name'] === name);
    const made = new ccxt.pro.upbit({ apiKey, secret });
    const { rest, ws } = wire.simulation.address.venues['upbit'] as { rest: string; ws: string };
    const { api } = made.urls as unknown as { api: Record<string, string> };
    api['public'] = rest;
    api['private'] = rest;
    api['ws'] = `${ws}/websocket/v1`;
    // ccxt wants its agent loaded before it connects to any ws:// (unencrypted) host.
    await made.loadHttpProxyAgent();
    await made.loadMarkets();
    clients.push(made);
    return made;
  }

  async function ledger(): Promise<Record<'balances' | 'openOrders' | 'closedOrders' | 'fills', Row[]>> {
    return (await wire.control('GET', '/ledger?venue=upbit&key=trade')).body;
  }

  let ids = 0;
  /** Never the same: the venue takes each once. */
  const nextId = () => `peer-${++ids}`;

  beforeAll(async () => {
    wire = await openKoreanWire('upbit', ['BTC', 'ETH', 'SOL', 'XRP']);
    await wire.control('POST', '/pause');
    client = await connect('trade');
  });
  afterAll(async () => {
    for (const one of clients) await one.close();
    await wire?.close();
  });

  const symbolOf = ({ symbol }: Row) => symbol?.replace(/^(\w+)-(\w+)$/, '$2/$1');
  /** What REST tells of a time: whole seconds. */
  const seconds = ({ createdAt }: Row) => Math.floor(createdAt / 1000) * 1000;

  it('reads the balances of the ledger', async () => {
    const { total, used } = (await client.fetchBalance()) as unknown as Record<
      string,
      Record<string, number>
    >;
    const { balances } = await ledger();
    const held = balances.filter((one) => Number(one['total']) !== 0);
    expect(held.length).toBeGreaterThan(3);
    expect(
      held.map((one) => [one['currency'], total?.[one['currency'] ?? ''], used?.[one['currency'] ?? '']]),
    ).toEqual(held.map((one) => [one['currency'], Number(one['total']), Number(one['used'])]));
  });

  it('reads the open orders of the ledger', async () => {
    const told = await client.fetchOpenOrders(SYMBOL);
    const open = (await ledger()).openOrders.filter((one) => one['symbol'] === 'KRW-BTC');
    expect(open.length).toBeGreaterThan(1);
    const texts = told.map((one) =>
      [one.symbol, one.side, one.price, one.amount, one.filled, one.status, one.timestamp].join(' '),
    );
    expect(texts.toSorted()).toEqual(
      open
        .map((one) =>
          [
            symbolOf(one),
            one['side'],
            one['price'],
            one['quantity'],
            one['filled'],
            'open',
            seconds(one),
          ].join(' '),
        )
        .toSorted(),
    );
  });

  it('reads ended orders of the ledger, done and canceled apart', async () => {
    const since = Math.floor((await wire.control('GET', '/stats')).body.now - 6 * DAY);
    const [done, canceled] = [
      await client.fetchClosedOrders(undefined, since),
      await client.fetchCanceledOrders(undefined, since),
    ];
    const ended = (await ledger()).closedOrders;
    const key = (one: { symbol: unknown; filled: unknown; timestamp: unknown }) =>
      `${one.symbol} ${one.filled} ${one.timestamp}`;
    const truth = (status: string) =>
      ended
        .filter((one) => one['status'] === status)
        .map((one) => key({ symbol: symbolOf(one), filled: Number(one['filled']), timestamp: seconds(one) }));
    expect([done.map(key).toSorted(), canceled.map(key).toSorted()]).toEqual([
      truth('filled').toSorted(),
      truth('canceled').toSorted(),
    ]);
    expect([done.length > 3, canceled.length]).toEqual([true, 1]);
  });

  it('places, finds by either id and cancels', async () => {
    const clientOrderId = nextId();
    const placed = await client.createOrder(SYMBOL, 'limit', 'buy', 0.001, 60_000_000, {
      clientOrderId,
    });
    const found = await client.fetchOrder(undefined as unknown as string, SYMBOL, {
      identifier: clientOrderId,
    });
    const asked = await client.cancelOrder(placed.id as string);
    await pause(60);
    const gone = await client.fetchOrder(placed.id as string);
    expect([placed.status, found.id, found.clientOrderId, asked.status, gone.status]).toEqual([
      'open',
      placed.id,
      clientOrderId,
      'open',
      'canceled',
    ]);
  });

  it('reads a market buy as canceled, though it was filled: that is how the venue ends it', async () => {
    const placed = await client.createMarketBuyOrderWithCost(SYMBOL, 55_555);
    const order = await client.fetchOrder(placed.id as string);
    const fills = (await ledger()).fills.slice(-order.trades.length);
    const sum = (of: (fill: Row) => number) => fills.reduce((total, fill) => total + of(fill), 0);
    expect([order.status, order.filled, Number(order.fee?.cost)]).toEqual([
      'canceled',
      expect.closeTo(
        sum((fill) => Number(fill['quantity'])),
        10,
      ),
      expect.closeTo(
        sum((fill) => Number(fill['fee'])),
        6,
      ),
    ]);
    expect(order.trades.map(({ price, amount, side }) => [price, amount, side])).toEqual(
      fills.map((fill) => [Number(fill['price']), Number(fill['quantity']), 'buy']),
    );
  });

  it('throws for what a key may not do, and gives what has no name with it as a plain error', async () => {
    const reader = await connect('read-only');
    await expect(reader.createOrder(SYMBOL, 'limit', 'buy', 0.001, 60_000_000)).rejects.toThrow(
      ccxt.ExchangeError,
    );
    await expect(client.createOrder(SYMBOL, 'limit', 'buy', 10, 60_000_000)).rejects.toThrow(
      ccxt.ExchangeError,
    );
    await expect(client.createOrder(SYMBOL, 'limit', 'buy', 0.001, 60_000_500)).rejects.toThrow(/단위/);
    await expect(client.fetchOrder('nobody')).rejects.toThrow(ccxt.ExchangeError);
  });

  it('cannot ask for two states at once: ccxt numbers the items of a list, and the venue knows no such name', async () => {
    const ask = client as unknown as Record<string, (params: unknown) => Promise<unknown[]>>;
    const listed = await ask['privateGetOrdersClosed']?.({ states: ['cancel'] });
    const both = await ask['privateGetOrdersClosed']?.({});
    const named = await ask['privateGetOrdersClosed']?.({ 'states[]': 'cancel' });
    expect(listed?.length).toBe(both?.length);
    expect(named?.length).toBeLessThan(both?.length ?? 0);
    const { body } = await wire.control('GET', '/requests?venue=upbit');
    expect(Object.keys(body.requests.at(-3).params)).toEqual(['states[0]']);
  });

  it('watches orders, fills and balances side by side as the ledger has them', async () => {
    const orders: Awaited<ReturnType<Client['watchOrders']>> = [];
    const trades: Awaited<ReturnType<Client['watchMyTrades']>> = [];
    const waiting = [
      client.watchOrders(SYMBOL),
      client.watchMyTrades(SYMBOL),
      client.watchBalance(),
    ] as const;
    await pause(700);
    const placed = await client.createMarketBuyOrderWithCost(SYMBOL, 40_000);
    orders.push(...(await waiting[0]));
    trades.push(...(await waiting[1]));
    await waiting[2];
    await pause(200);
    const { balances, fills } = await ledger();
    const [fill] = fills.filter((one) => Number(one['orderNumber']) > 0).slice(-1);
    const won = balances.find((one) => one['currency'] === 'KRW') as Row;
    const held = client.balance as unknown as Record<string, Record<string, number>>;
    expect([orders.at(-1)?.id, trades[0]?.order, trades[0]?.side, trades[0]?.price]).toEqual([
      placed.id,
      placed.id,
      'buy',
      Number(fill?.['price']),
    ]);
    expect([held['KRW']?.['total'], held['KRW']?.['used']]).toEqual([
      Number(won['total']),
      Number(won['used']),
    ]);
  });

  it('dates no order of the socket and drops its identifier: ccxt reads milliseconds as a date in words', async () => {
    const clientOrderId = nextId();
    const waiting = client.watchOrders(SYMBOL);
    await pause(100);
    const { id } = await client.createOrder(SYMBOL, 'limit', 'buy', 0.001, 60_000_000, {
      clientOrderId,
    });
    const order = (await waiting).find((one) => one.id === id);
    expect([
      order?.timestamp,
      order?.clientOrderId,
      order?.info.identifier,
      typeof order?.info.order_timestamp,
    ]).toEqual([undefined, undefined, clientOrderId, expect.stringMatching(/number|string/)]);
  });

  it('is refused when it connects again: ccxt keeps the token of the first connection, nonce and all', async () => {
    const other = await connect('transfer');
    const first = other.watchBalance().catch(() => undefined);
    await pause(300);
    await wire.control('POST', '/accounts', { venue: 'upbit', key: 'transfer', action: 'disconnect' });
    await first;
    await expect(other.watchBalance()).rejects.toThrow(/401/);
    const { body } = await wire.control('GET', '/requests?venue=upbit');
    expect(body.requests.at(-1)).toMatchObject({ key: 'transfer', status: 401, code: 'nonce_used' });
  });
});
