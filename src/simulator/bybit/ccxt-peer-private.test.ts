import ccxt from 'ccxt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '#shared/base/system-clock.ts';
import { type Simulator, startSimulator } from '../simulator.ts';

const LINEAR = 'BTC/USDT:USDT';
const SPOT = 'BTC/USDT';

/** Somebody else's client with a key: what it makes of our answers has to be what is true. */
describe('ccxt’s own bybit client with a key against the simulator', () => {
  let simulator: Simulator;
  let client: InstanceType<typeof ccxt.pro.bybit>;

  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of any shape.
  async function control(path: string): Promise<any> {
    const response = await fetch(`${simulator.address.control}/_sim/${path}`);
    expect(response.status).toBe(200);
    return response.json();
  }

  const ledger = () => control('ledger?venue=bybit&key=trade');

  beforeAll(async () => {
    simulator = await startSimulator({ seed: 7 });
    const { rest, ws } = simulator.address.venues['bybit'] as { rest: string; ws: string };
    const { keys } = await control('keys?venue=bybit');
    const { apiKey, secret } = keys.find(({ name }: { name: string }) => name === 'trade');
    // With a key it would ask for the currencies' networks, of which there are none here.
    client = new ccxt.pro.bybit({ apiKey, secret, options: { fetchCurrencies: false } });
    client.has['fetchCurrencies'] = false;
    const urls = client.urls as unknown as {
      api: Record<string, unknown> & {
        ws: { public: Record<string, string>; private: Record<string, unknown> };
      };
    };
    urls.api['public'] = rest;
    urls.api['private'] = rest;
    for (const family of ['spot', 'linear']) urls.api.ws.public[family] = `${ws}/v5/public/${family}`;
    for (const family of Object.keys(urls.api.ws.private)) urls.api.ws.private[family] = `${ws}/v5/private`;
    // ccxt wants its agent loaded before it connects to any ws:// (unencrypted) host.
    await client.loadHttpProxyAgent();
    await client.loadMarkets();
  });

  afterAll(async () => {
    await client?.close();
    await simulator?.stop();
  });

  const symbolOf = (id: unknown, category: unknown) =>
    client.safeMarket(String(id), undefined, undefined, category === 'spot' ? 'spot' : 'swap').symbol;

  it('reads the balances there are', async () => {
    const shown = await client.fetchBalance();
    const { balances } = await ledger();
    const rows =
      (shown['info'] as { result: { list: { coin: Record<string, string>[] }[] } }).result.list[0]?.coin ??
      [];
    expect(rows.map(({ coin, walletBalance }) => [coin, walletBalance])).toEqual(
      balances.map(({ currency, total }: Record<string, string>) => [currency, total]),
    );
    const btc = balances.find(({ currency }: { currency: string }) => currency === 'BTC');
    expect(shown['BTC']).toMatchObject({ total: Number(btc.total), used: Number(btc.used) });
  });

  it('reads the positions there are', async () => {
    const truth = (await ledger()).positions.map((one: Record<string, string>) => [
      symbolOf(one['symbol'], 'linear'),
      Number(one['quantity']),
      Number(Number(one['entryPrice']).toFixed(4)),
      Number(one['leverage']),
    ]);
    expect(truth.length).toBeGreaterThan(1);
    const shown = await client.fetchPositions();
    expect(
      shown
        .map(({ symbol, contracts = 0, side, entryPrice, leverage }) => [
          symbol,
          (contracts as number) * (side === 'short' ? -1 : 1),
          Number(Number(entryPrice).toFixed(4)),
          leverage,
        ])
        .sort(),
    ).toEqual(truth.sort());
  });

  it.each([
    [LINEAR, 'linear'],
    [SPOT, 'spot'],
  ])('reads open orders, closed ones and fills of %s', async (symbol, category) => {
    const { openOrders, closedOrders, fills } = await ledger();
    const ofIt = (one: Record<string, string>) => one['category'] === category && one['symbol'] === 'BTCUSDT';
    const brief = (one: Record<string, string>) => [
      one['side'],
      Number(one['quantity']),
      Number(one['filled']),
    ];
    const open = await client.fetchOpenOrders(symbol);
    // Those of one millisecond come in any order.
    expect(open.map(({ side, amount, filled }) => [side, amount, filled]).sort()).toEqual(
      openOrders.filter(ofIt).map(brief).sort(),
    );
    const closed = await client.fetchClosedOrders(symbol);
    const filled = closedOrders.filter(
      (one: Record<string, string>) => ofIt(one) && one['status'] === 'filled',
    );
    expect(closed.map(({ filled: amount, average }) => [amount, Number(average?.toFixed(2))])).toEqual(
      filled.map((one: Record<string, string>) => [
        Number(one['filled']),
        Number((Number(one['filledNotional']) / Number(one['filled'])).toFixed(2)),
      ]),
    );
    const trades = await client.fetchMyTrades(symbol);
    expect(
      trades.map(({ price, amount, fee, takerOrMaker }) => [
        price,
        amount,
        fee?.cost,
        fee?.currency,
        takerOrMaker,
      ]),
    ).toEqual(
      fills
        .filter(ofIt)
        .map((fill: Record<string, string | boolean>) => [
          Number(fill['price']),
          Number(fill['quantity']),
          Number(fill['fee']),
          fill['feeCurrency'],
          fill['isMaker'] ? 'maker' : 'taker',
        ]),
    );
  });

  it('places, watches and cancels: orders, fills, balance and position come as the ledger has them', async () => {
    const last = (await client.fetchTicker(LINEAR)).last as number;
    const price = Number(client.priceToPrecision(LINEAR, last * 0.7));
    const watched = [client.watchOrders(), client.watchMyTrades(), client.watchBalance()] as const;
    const positions = client.watchPositions();
    // Signed in and subscribed before anything happens.
    await positions;
    await new Promise((resolve) => setTimeout(resolve, 500));
    const clientOrderId = `peer-${Math.round(systemClock.now())}`;
    const bought = await client.createOrder(LINEAR, 'market', 'buy', 0.01, undefined, { clientOrderId });
    const order = (await watched[0]).find(({ id }) => id === bought.id);
    expect(order?.clientOrderId).toBe(clientOrderId);
    const [trade] = await watched[1];
    await watched[2];
    const after = await ledger();
    const fill = after.fills.find((one: { clientOrderId: string }) => one.clientOrderId === clientOrderId);
    expect([trade?.order, trade?.price, trade?.takerOrMaker]).toEqual([
      bought.id,
      Number(fill.price),
      'taker',
    ]);

    const resting = await client.createOrder(LINEAR, 'limit', 'buy', 0.01, price);
    await client.cancelOrder(String(resting.id), LINEAR);
    const read = await client.fetchOrder(String(resting.id), LINEAR, { acknowledged: true });
    expect([read.status, read.filled, read.amount]).toEqual(['canceled', 0, 0.01]);
    await client.setLeverage(15, LINEAR);
    const btc = (await ledger()).positions.find(({ symbol }: { symbol: string }) => symbol === 'BTCUSDT');
    expect(btc.leverage).toBe(15);
  });

  it('hears the venue’s refusals by their names', async () => {
    await expect(client.createOrder(LINEAR, 'limit', 'buy', 9, 60_000)).rejects.toBeInstanceOf(
      ccxt.InsufficientFunds,
    );
    await expect(client.cancelOrder('nobody', LINEAR)).rejects.toBeInstanceOf(ccxt.OrderNotFound);
    const wrong = new ccxt.bybit({
      apiKey: client.apiKey,
      secret: 'wrong',
      options: { fetchCurrencies: false },
    });
    wrong.urls = client.urls;
    wrong.setMarkets(client.markets);
    await expect(wrong.fetchPositions()).rejects.toBeInstanceOf(ccxt.AuthenticationError);
  });
});
