import ccxt from 'ccxt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openKoreanWire } from '../test-kit/korean-wire.ts';
import { pause, type Wire } from '../test-kit/wire.ts';

const SYMBOL = 'BTC/KRW';
const SETTLED_MS = 90;

type Client = InstanceType<typeof ccxt.pro.bithumb>;
type Row = Record<string, string> & { readonly number: number; readonly createdAt: number };
type Implicit = Record<string, (params: unknown) => Promise<Record<string, string>>>;

/** Somebody else's client, written against the real venue: what it accepts from us, it would accept from there. */
describe('ccxt’s own bithumb client with a key of the simulator', () => {
  let wire: Wire;
  let client: Client;
  const clients: Client[] = [];

  async function connect(name: string): Promise<Client> {
    const { body } = await wire.control('GET', `/keys?venue=bithumb`);
    const { apiKey, secret } = body.keys.find((one: Row) => one['name'] === name);
    const made = new ccxt.pro.bithumb({ apiKey, secret });
    const { rest, ws } = wire.simulation.address.venues['bithumb'] as { rest: string; ws: string };
    const { api } = made.urls as unknown as { api: Record<string, unknown> & { ws: Record<string, string> } };
    api['public'] = rest;
    api['private'] = rest;
    api.ws['privateGen2'] = `${ws}/websocket/v2/private`;
    // ccxt wants its agent loaded before it connects to any ws:// (unencrypted) host.
    await made.loadHttpProxyAgent();
    await made.loadMarkets();
    clients.push(made);
    return made;
  }

  async function ledger(): Promise<Record<'balances' | 'openOrders' | 'closedOrders' | 'fills', Row[]>> {
    return (await wire.control('GET', '/ledger?venue=bithumb&key=trade')).body;
  }

  const implicit = (method: string, params: unknown) => (client as unknown as Implicit)[method]?.(params);
  const post = (params: Record<string, string>) =>
    implicit('privatePostV2Orders', { market: 'KRW-BTC', side: 'bid', order_type: 'limit', ...params });

  let ids = 0;
  const nextId = () => `peer-${++ids}`;

  beforeAll(async () => {
    wire = await openKoreanWire('bithumb', ['BTC', 'ETH', 'SOL', 'XRP']);
    await wire.control('POST', '/pause');
    client = await connect('trade');
  });
  afterAll(async () => {
    for (const one of clients) await one.close();
    await wire?.close();
  });

  it('reads the balances of the ledger', async () => {
    const { total, used } = (await client.fetchBalance()) as unknown as Record<
      string,
      Record<string, number>
    >;
    const held = (await ledger()).balances.filter((one) => Number(one['total']) !== 0);
    expect(held.length).toBeGreaterThan(3);
    expect(
      held.map((one) => [one['currency'], total?.[one['currency'] ?? ''], used?.[one['currency'] ?? '']]),
    ).toEqual(held.map((one) => [one['currency'], Number(one['total']), Number(one['used'])]));
  });

  it('reads open and ended orders of the ledger', async () => {
    const [open, done, canceled] = [
      await client.fetchOpenOrders(SYMBOL),
      await client.fetchClosedOrders(SYMBOL),
      await client.fetchCanceledOrders(SYMBOL),
    ];
    const { openOrders, closedOrders } = await ledger();
    const mine = (rows: Row[], status?: string) =>
      rows
        .filter((one) => one['symbol'] === 'KRW-BTC' && (status ?? one['status']) === one['status'])
        .map((one) => `${one['side']} ${Number(one['quantity'])} ${Math.floor(one.createdAt / 1000) * 1000}`)
        .toSorted();
    const told = (orders: typeof open) =>
      orders.map(({ side, amount, timestamp }) => `${side} ${amount} ${timestamp}`).toSorted();
    expect(open.length).toBeGreaterThan(1);
    expect([told(open), told(done).length, told(canceled)]).toEqual([
      mine(openOrders),
      mine(closedOrders, 'filled').length,
      mine(closedOrders, 'canceled'),
    ]);
  });

  it('places by the venue’s own call, finds by either id and cancels', async () => {
    const id = nextId();
    const placed = await post({ price: '60005000', volume: '0.001', client_order_id: id });
    await pause(SETTLED_MS);
    const found = await client.fetchOrder('', SYMBOL, { clientOrderId: id });
    await client.cancelOrder(found.id as string, SYMBOL);
    await pause(SETTLED_MS);
    const gone = await client.fetchOrder(found.id as string, SYMBOL);
    const { closedOrders } = await ledger();
    expect([
      placed?.['state'],
      found.id,
      found.price,
      gone.status,
      closedOrders.at(-1)?.['clientOrderId'],
    ]).toEqual([undefined, placed?.['order_id'], 60_005_000, 'canceled', 'peer-1']);
  });

  it('orders at another price than it was told: ccxt keeps four digits of it', async () => {
    const placed = await client.createOrder(SYMBOL, 'limit', 'buy', 0.001, 60_004_000);
    await pause(SETTLED_MS);
    const { price } = await client.fetchOrder(placed.id as string, SYMBOL);
    const order = (await ledger()).openOrders.at(-1);
    await client.cancelOrders([placed.id as string], SYMBOL);
    expect([price, order?.['price']]).toEqual([60_000_000, '60000000']);
  });

  it('spends another total than it was told: ccxt keeps four digits of that too', async () => {
    await client.createOrder(SYMBOL, 'market', 'buy', 55_555, undefined, {
      createMarketBuyOrderRequiresPrice: false,
    });
    const { body } = await wire.control('GET', '/requests?venue=bithumb');
    expect(body.requests.at(-1).params).toMatchObject({ order_type: 'price', price: '55560' });
  });

  it('calls the fee put aside the fee that was paid, once an order is done', async () => {
    const placed = await post({ order_type: 'price', price: '30000' });
    await pause(SETTLED_MS);
    const order = await client.fetchOrder(placed?.['order_id'] ?? '', SYMBOL);
    const number = (await ledger()).closedOrders.at(-1)?.number;
    const paid = (await ledger()).fills
      .filter((fill) => Number(fill['orderNumber']) === number)
      .reduce((sum, fill) => sum + Number(fill['fee']), 0);
    expect([order.status, order.fee?.cost, Number(order.info.paid_fee)]).toEqual([
      'closed',
      75,
      expect.closeTo(paid, 8),
    ]);
    expect(paid).toBeLessThan(75);
  });

  it('watches balances as the ledger has them', async () => {
    const waiting = client.watchBalance();
    await pause(600);
    await post({ price: '60000000', volume: '0.001' });
    await waiting;
    const won = (await ledger()).balances.find((one) => one['currency'] === 'KRW') as Row;
    const held = client.balance as unknown as Record<string, Record<string, number>>;
    expect([held['KRW']?.['total'], held['KRW']?.['used']]).toEqual([
      Number(won['total']),
      Number(won['used']),
    ]);
  });

  it('watches orders by id and side, and takes one for filled whole that was not: ccxt looks for version 1’s names', async () => {
    // However deep the best level is, there is money for more; and it stays as deep as it was read.
    const rich = { currency: 'KRW', quantity: '1000000000000' };
    await wire.control('POST', '/accounts', { venue: 'bithumb', key: 'trade', action: 'deposit', ...rich });
    await wire.control('POST', '/pause');
    const { body: book } = await wire.control('GET', '/truth/book?venue=bithumb&symbol=KRW-BTC&limit=1');
    const [price, depth] = book.asks[0] as [string, string];
    const volume = (Number(depth) + 0.01).toFixed(4);
    const waiting = client.watchOrders(SYMBOL);
    await pause(300);
    const id = nextId();
    const placed = await post({ price, volume, time_in_force: 'ioc', client_order_id: id });
    await waiting;
    await pause(200);
    const watched = client.orders as unknown as Awaited<typeof waiting>;
    const order = watched.find((one) => one.id === placed?.['order_id']);
    const truth = (await ledger()).closedOrders.at(-1);
    expect([order?.symbol, order?.side, order?.clientOrderId, truth?.['clientOrderId']]).toEqual([
      SYMBOL,
      'buy',
      undefined,
      id,
    ]);
    expect([order?.status, order?.filled, Number(truth?.['filled']) < Number(volume)]).toEqual([
      'closed',
      Number(volume),
      true,
    ]);
    expect(Number(order?.info.executed_quantity)).toBe(Number(truth?.['filled']));
    await wire.control('POST', '/resume');
  });

  it('is refused when it connects again: ccxt keeps the token of the first connection, nonce and all', async () => {
    const other = await connect('transfer');
    const first = other.watchBalance().catch(() => undefined);
    await pause(300);
    await wire.control('POST', '/accounts', { venue: 'bithumb', key: 'transfer', action: 'disconnect' });
    await first;
    await expect(other.watchBalance()).rejects.toThrow(/401/);
  });
});
