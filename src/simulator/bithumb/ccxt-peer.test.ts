import ccxt from 'ccxt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '#shared/base/system-clock.ts';
import { CcxtTruth, type Level, watchFor } from '../test-kit/ccxt-truth.ts';

const SYMBOL = 'BTC/KRW';
const WATCH_MS = 3000;
const LEVELS = 15;

type Client = InstanceType<typeof ccxt.pro.bithumb>;

/** As the venue shows sizes: four digits. */
function cut(levels: readonly Level[]): Level[] {
  return levels.map(([price, size]) => [price, Math.round(size * 1e4 + 1e-9) / 1e4]);
}

function copied(levels: readonly (readonly unknown[])[]): Level[] {
  return levels.map((level) => [level[0], level[1]] as Level);
}

/** Somebody else's client, written against the real venue: what it accepts from us, it would accept from there. */
describe('ccxt’s own bithumb client against the simulator', () => {
  let truth: CcxtTruth;
  const clients: Client[] = [];

  beforeAll(async () => {
    truth = await CcxtTruth.open('bithumb');
  });

  afterAll(async () => {
    for (const client of clients) await client.close();
    await truth?.simulator.stop();
  });

  /** Each its own socket, because one client can watch only one thing at a time (see below). */
  async function connect(): Promise<Client> {
    const client = new ccxt.pro.bithumb();
    const urls = client.urls as unknown as { api: Record<string, unknown> & { ws: Record<string, string> } };
    urls.api['public'] = truth.urls.rest;
    urls.api.ws['publicGen2'] = `${truth.urls.ws}/websocket/v1`;
    urls.api.ws['publicV2'] = `${truth.urls.ws}/websocket/v1`;
    await client.loadHttpProxyAgent();
    await client.loadMarkets();
    clients.push(client);
    return client;
  }

  it('loads the markets, the tether among them', async () => {
    const client = await connect();
    expect(['BTC/KRW', 'USDT/KRW'].map((symbol) => client.market(symbol).spot)).toEqual([true, true]);
  });

  it('reads trades and candles over REST as they truly are, and takes an error in HTTP 200 for what it is', async () => {
    const client = await connect();
    const trades = await client.fetchTrades(SYMBOL, undefined, 100);
    const known = await truth.trades();
    const told = trades.map(({ id, price, amount, side }) => `${id} ${price} ${amount} ${side}`);
    expect({ count: told.length, unknown: told.filter((one) => !known.has(one)) }).toEqual({
      count: 100,
      unknown: [],
    });
    const candles = await client.fetchOHLCV(SYMBOL, '1m', undefined, 100);
    const minutes = await truth.minutes(150);
    expect(candles.slice(0, -1)).toEqual(
      minutes
        .filter(([time]) => (time as number) >= (candles[0]?.[0] as number))
        .slice(0, candles.length - 1),
    );
    await expect(client.publicGetV1Ticker({ markets: 'KRW-NOPE' })).rejects.toThrow(/Code not found/);
  });

  it('watches the book and holds the true one, where ccxt rightly leaves out levels of size zero', async () => {
    const client = await connect();
    let compared = 0;
    await watchFor(WATCH_MS, async () => {
      const book = await client.watchOrderBook(SYMBOL);
      const time = book.timestamp as number;
      if (time % 50 === 0) return;
      const held = { bids: copied(book.bids), asks: copied(book.asks) };
      const known = await truth.bookAt(time, LEVELS);
      const shown = (levels: readonly Level[]) => cut(levels).filter(([, size]) => size > 0);
      expect(held).toEqual({ bids: shown(known.bids), asks: shown(known.asks) });
      compared++;
    });
    expect(compared).toBeGreaterThan(5);
  });

  it('watches trades and tickers as they truly are', async () => {
    const [client, other] = [await connect(), await connect()];
    const unknown: string[] = [];
    const watched = { trades: 0, tickers: 0 };
    await Promise.all([
      watchFor(WATCH_MS, async () => {
        const trades = await client.watchTrades(SYMBOL);
        const known = await truth.trades();
        for (const { id, price, amount, side } of trades) {
          const one = `${id} ${price} ${amount} ${side}`;
          watched.trades++;
          if (!known.has(one)) unknown.push(one);
        }
      }),
      watchFor(WATCH_MS, async () => {
        const ticker = await other.watchTicker(SYMBOL);
        expect(Math.abs((ticker.timestamp as number) - systemClock.now())).toBeLessThan(60_000);
        watched.tickers++;
      }),
    ]);
    expect(unknown).toEqual([]);
    expect(Math.min(watched.trades, watched.tickers)).toBeGreaterThan(1);
  });

  it('keeps levels of size zero in books read over REST: ccxt does not drop them', async () => {
    const client = await connect();
    let zeros = 0;
    await watchFor(WATCH_MS, async () => {
      const book = await client.fetchOrderBook(SYMBOL);
      zeros += [...book.bids, ...book.asks].filter(([, size]) => size === 0).length;
      await client.sleep(150);
    });
    expect(zeros).toBeGreaterThan(0);
  });

  it('dates REST tickers nine hours ahead: ccxt takes the stamp for what it says', async () => {
    const client = await connect();
    const ticker = await client.fetchTicker(SYMBOL);
    const hours = ((ticker.timestamp as number) - systemClock.now()) / 3_600_000;
    expect(Math.round(hours)).toBe(9);
  });

  it('rounds won prices to four digits: ccxt has no ticks of this venue', async () => {
    const client = await connect();
    expect([client.priceToPrecision(SYMBOL, 116_204_000), client.priceToPrecision(SYMBOL, 1342.5)]).toEqual([
      '116200000',
      '1343',
    ]);
  });

  it('loses one watch by beginning another: ccxt sends one code per request, and a request replaces the one before', async () => {
    const client = await connect();
    await client.watchTrades(SYMBOL);
    await client.watchTicker('ETH/KRW');
    await client.sleep(300);
    const silence = client.watchTrades(SYMBOL).then(
      () => 'a trade',
      () => 'closed',
    );
    // Asking again for what it believes to be subscribed sends nothing, so nothing comes.
    expect(await Promise.race([silence, client.sleep(3000).then(() => 'silence')])).toBe('silence');
  });
});
