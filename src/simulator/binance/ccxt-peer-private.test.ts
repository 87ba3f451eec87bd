import ccxt from 'ccxt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '#shared/base/system-clock.ts';
import { type Simulator, startSimulator } from '../simulator.ts';

const SYMBOL = 'BTC/USDT:USDT';

/** Somebody else's client with a key: what it makes of our answers has to be what is true. */
describe('ccxt’s own binanceusdm client with a key against the simulator', () => {
  let simulator: Simulator;
  let client: InstanceType<typeof ccxt.pro.binanceusdm>;

  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of any shape.
  async function control(path: string): Promise<any> {
    const response = await fetch(`${simulator.address.control}/_sim/${path}`);
    expect(response.status).toBe(200);
    return response.json();
  }

  const ledger = () => control('ledger?venue=binance&key=trade');

  beforeAll(async () => {
    simulator = await startSimulator({ seed: 7 });
    const { rest, ws } = simulator.address.venues['binance'] as { rest: string; ws: string };
    const { keys } = await control('keys?venue=binance');
    const { apiKey, secret } = keys.find(({ name }: { name: string }) => name === 'trade');
    // With a key it would ask the spot wallet for its currencies, of which there is none here.
    client = new ccxt.pro.binanceusdm({ apiKey, secret, options: { fetchCurrencies: false } });
    const urls = client.urls as unknown as { api: Record<string, unknown> & { ws: Record<string, string> } };
    for (const version of ['', 'V2', 'V3']) {
      const url = `${rest}/fapi/v${version === '' ? '1' : version.slice(1)}`;
      urls.api[`fapiPublic${version}`] = url;
      urls.api[`fapiPrivate${version}`] = url;
    }
    urls.api['sapi'] = `${rest}/sapi/v1`;
    urls.api.ws['future'] = `${ws}/ws`;
    // ccxt wants its agent loaded before it connects to any ws:// (unencrypted) host.
    await client.loadHttpProxyAgent();
    await client.loadMarkets();
  });

  afterAll(async () => {
    await client?.close();
    await simulator?.stop();
  });

  const symbolOf = (id: unknown) => client.safeMarket(String(id), undefined, undefined, 'swap').symbol;

  it('reads the balances there are', async () => {
    const shown = await client.fetchBalance();
    const { balances, positions } = await ledger();
    const wallets = balances.map(({ currency, total }: Record<string, string>) => [currency, total]);
    const rows = (shown['info'] as { assets: Record<string, string>[] }).assets;
    expect(
      rows.map(({ asset, walletBalance }) => [asset, client.numberToString(Number(walletBalance))]),
    ).toEqual(
      wallets.map(([currency, total]: string[]) => [
        currency,
        client.numberToString(Number(Number(total).toFixed(8))),
      ]),
    );
    // ccxt counts profit that is not made yet into the total, where the ledger does not.
    const profit = positions.reduce(
      (sum: number, one: Record<string, string>) => sum + Number(one['unrealisedPnl']),
      0,
    );
    const usdt = balances.find(({ currency }: { currency: string }) => currency === 'USDT');
    expect(Math.abs((shown['USDT']?.total as number) - Number(usdt.total) - profit)).toBeLessThan(50);
  });

  it('reads the positions there are, by either version', async () => {
    const truth = (await ledger()).positions.map(
      ({ symbol, quantity, entryPrice, leverage }: Record<string, string>) => [
        symbolOf(symbol),
        Number(quantity),
        Number(Number(entryPrice).toFixed(2)),
        Number(leverage),
      ],
    );
    expect(truth.length).toBeGreaterThan(1);
    const signed = (one: { symbol: string; side?: string; contracts?: number; entryPrice?: number }) => [
      one.symbol,
      (one.contracts ?? 0) * (one.side === 'short' ? -1 : 1),
      Number(Number(one.entryPrice).toFixed(2)),
    ];
    const without = truth.map((row: unknown[]) => row.slice(0, 3)).sort();
    const third = await client.fetchPositions();
    expect(third.map((one) => signed(one as never)).sort()).toEqual(without);
    const second = await client.fetchPositionsRisk(undefined, { useV2: true });
    const held = second.filter(({ contracts }) => contracts !== 0);
    expect(held.map((one) => [...signed(one as never), one.leverage]).sort()).toEqual([...truth].sort());
  });

  it('reads open orders, regular and conditional, closed ones and fills', async () => {
    const { openOrders, closedOrders, fills } = await ledger();
    const brief = (one: Record<string, string>) => [
      one['number'],
      symbolOf(one['symbol']),
      one['side'],
      Number(one['quantity']),
      Number(one['price']),
    ];
    const regular = openOrders.filter(({ status }: { status: string }) => status !== 'untriggered');
    client.options['warnOnFetchOpenOrdersWithoutSymbol'] = false;
    const open = await client.fetchOpenOrders();
    const shown = open.map(({ id, symbol, side, amount, price }) => [
      Number(id),
      symbol,
      side,
      amount,
      price,
    ]);
    expect(shown).toEqual(regular.map(brief));
    const conditional = await client.fetchOpenOrders(SYMBOL, undefined, undefined, { trigger: true });
    const waiting = openOrders.filter(({ status }: { status: string }) => status === 'untriggered');
    expect(conditional.map(({ triggerPrice, amount }) => [triggerPrice, amount])).toEqual(
      waiting.map((one: { trigger: { price: string }; quantity: string }) => [
        Number(one.trigger.price),
        Number(one.quantity),
      ]),
    );

    const ofBtc = ({ symbol }: { symbol: string }) => symbol === 'BTCUSDT';
    const closed = await client.fetchOrders(SYMBOL);
    const ended = [...openOrders, ...closedOrders]
      .filter((one) => ofBtc(one) && one.status !== 'untriggered')
      .sort((a, b) => a.number - b.number);
    expect(closed.map(({ id, filled }) => [Number(id), filled])).toEqual(
      ended.map(({ number, filled }) => [number, Number(filled)]),
    );
    const trades = await client.fetchMyTrades(SYMBOL);
    expect(
      trades.map(({ id, price, amount, fee, takerOrMaker }) => [id, price, amount, fee?.cost, takerOrMaker]),
    ).toEqual(
      fills
        .filter(ofBtc)
        .map((fill: Record<string, string | boolean>) => [
          String(fill['tradeId']),
          Number(fill['price']),
          Number(fill['quantity']),
          Number(Number(fill['fee']).toFixed(8)),
          fill['isMaker'] ? 'maker' : 'taker',
        ]),
    );
  });

  it('places, watches and cancels: orders, fills, balance and position come as the ledger has them', async () => {
    await client.cancelAllOrders(SYMBOL);
    const bid = (await client.fetchTicker(SYMBOL)).last as number;
    const price = Number(client.priceToPrecision(SYMBOL, bid * 0.7));
    const [orders, trades, balance, positions] = [
      client.watchOrders(),
      client.watchMyTrades(),
      client.watchBalance(),
      client.watchPositions(),
    ];
    // The first of them makes the listen key; the others wait for it.
    await new Promise((resolve) => setTimeout(resolve, 500));
    const clientOrderId = `peer-${Math.round(systemClock.now())}`;
    const bought = await client.createOrder(SYMBOL, 'market', 'buy', 0.01, undefined, { clientOrderId });
    const order = (await orders).find(({ id }) => id === bought.id);
    expect(order?.clientOrderId).toBe(clientOrderId);
    const [trade] = await trades;
    await balance;
    await positions;
    const after = await ledger();
    const fill = after.fills.find(({ tradeId }: { tradeId: number }) => String(tradeId) === trade?.id);
    expect([trade?.order, trade?.price, trade?.amount, trade?.takerOrMaker]).toEqual([
      bought.id,
      Number(fill.price),
      Number(fill.quantity),
      'taker',
    ]);

    const resting = await client.createOrder(SYMBOL, 'limit', 'buy', 0.01, price);
    const cancelled = await client.cancelOrder(String(resting.id), SYMBOL);
    expect([resting.status, cancelled.status]).toEqual(['open', 'canceled']);
    const read = await client.fetchOrder(String(bought.id), SYMBOL);
    expect([read.status, read.filled, read.clientOrderId]).toEqual(['closed', 0.01, clientOrderId]);
    await client.setLeverage(15, SYMBOL);
    const btc = (await ledger()).positions.find(({ symbol }: { symbol: string }) => symbol === 'BTCUSDT');
    expect(btc.leverage).toBe(15);
  });

  it('hears the venue’s refusals by their names', async () => {
    const order = (amount: number, price: number) =>
      client.createOrder(SYMBOL, 'limit', 'buy', amount, price);
    // ccxt has no class of its own for what is missing in margin here.
    await expect(order(50, 60_000)).rejects.toThrow('-2019');
    await expect(client.cancelOrder('999999', SYMBOL)).rejects.toBeInstanceOf(ccxt.OrderNotFound);
    const wrong = new ccxt.binanceusdm({ apiKey: client.apiKey, secret: 'wrong' });
    wrong.urls = client.urls;
    wrong.setMarkets(client.markets);
    await expect(wrong.fetchBalance()).rejects.toBeInstanceOf(ccxt.AuthenticationError);
  });
});
