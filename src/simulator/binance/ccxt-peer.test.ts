import ccxt from 'ccxt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '#shared/base/system-clock.ts';
import { type Simulator, startSimulator } from '../simulator.ts';

const SYMBOL = 'BTC/USDT:USDT';
const WATCH_MS = 30_000;
/** Levels of each side compared; the snapshot the client starts from holds 1000, what is deeper it cannot know. */
const COMPARED_LEVELS = 500;

type Level = [number, number];

interface TruthBook {
  readonly bids: readonly [string, string][];
  readonly asks: readonly [string, string][];
}

/** Somebody else's client, written against the real venue: what it accepts from us, it would accept from there. */
describe('ccxt’s own binanceusdm client against the simulator', () => {
  let simulator: Simulator;
  let client: InstanceType<typeof ccxt.pro.binanceusdm>;

  beforeAll(async () => {
    simulator = await startSimulator({ seed: 7 });
    const { rest, ws } = simulator.address.venues['binance'] as { rest: string; ws: string };
    client = new ccxt.pro.binanceusdm();
    const urls = client.urls as unknown as { api: Record<string, unknown> & { ws: Record<string, string> } };
    for (const version of ['', 'V2', 'V3']) {
      urls.api[`fapiPublic${version}`] = `${rest}/fapi/v${version === '' ? '1' : version.slice(1)}`;
    }
    // Ends in `/ws`, so that the client puts the route in front of it as it does for the real host.
    urls.api.ws['future'] = `${ws}/ws`;
    // ccxt wants its agent loaded before it connects to any ws:// (unencrypted) host.
    await client.loadHttpProxyAgent();
  });

  afterAll(async () => {
    await client?.close();
    await simulator?.stop();
  });

  async function truthAt(updateId: number): Promise<TruthBook> {
    const url = `${simulator.address.control}/_sim/truth/book?symbol=BTCUSDT&updateId=${updateId}`;
    const response = await fetch(url);
    expect(response.status).toBe(200);
    return (await response.json()) as TruthBook;
  }

  function numbers(levels: readonly [string, string][]): Level[] {
    return levels.slice(0, COMPARED_LEVELS).map(([price, quantity]) => [Number(price), Number(quantity)]);
  }

  it('loads the markets, and filters what is not a tradable perpetual', async () => {
    const markets = await client.loadMarkets();
    const btc = markets[SYMBOL];
    expect({
      id: btc?.id,
      tick: btc?.precision.price,
      step: btc?.precision.amount,
      minCost: btc?.limits.cost?.min,
      active: btc?.active,
      delivery: Object.values(markets).filter((market) => market?.future).length,
      inactive: Object.values(markets).filter((market) => market?.active === false).length,
    }).toEqual({
      id: 'BTCUSDT',
      tick: 0.1,
      step: 0.001,
      minCost: 50,
      active: true,
      delivery: 1,
      inactive: 1,
    });
  });

  it('reads candles without holes and a book that is not crossed', async () => {
    const candles = await client.fetchOHLCV(SYMBOL, '1m', undefined, 1000);
    const holes = candles.filter((candle, index) => {
      const before = candles[index - 1];
      return before !== undefined && (candle[0] as number) - (before[0] as number) !== 60_000;
    });
    expect({ count: candles.length, holes }).toEqual({ count: 1000, holes: [] });
    const book = await client.fetchOrderBook(SYMBOL, 1000);
    expect(book.bids.length).toBeGreaterThan(500);
    expect(book.bids[0]?.[0]).toBeLessThan(book.asks[0]?.[0] as number);
  });

  it(
    'watches trades, book and candles for 30 seconds without an error, and holds the true book',
    async () => {
      const until = systemClock.monotonic() + WATCH_MS;
      const open = () => systemClock.monotonic() < until;
      const watched = { trades: 0, candles: 0, books: 0, compared: 0 };

      async function watchTrades() {
        while (open()) {
          await client.watchTrades(SYMBOL);
          watched.trades++;
        }
      }
      async function watchCandles() {
        while (open()) {
          await client.watchOHLCV(SYMBOL, '1m');
          watched.candles++;
        }
      }
      async function watchBook() {
        while (open()) {
          const book = await client.watchOrderBook(SYMBOL, 1000);
          watched.books++;
          if (watched.books % 10 !== 0) continue;
          // Copied at once: the client goes on changing this very object.
          const held = {
            bids: book.bids.slice(0, COMPARED_LEVELS).map((level) => [...level] as Level),
            asks: book.asks.slice(0, COMPARED_LEVELS).map((level) => [...level] as Level),
          };
          const truth = await truthAt(book.nonce as number);
          expect(held).toEqual({ bids: numbers(truth.bids), asks: numbers(truth.asks) });
          watched.compared++;
        }
      }

      await Promise.all([watchTrades(), watchCandles(), watchBook()]);
      expect(watched.trades).toBeGreaterThan(10);
      expect(watched.candles).toBeGreaterThan(10);
      expect(watched.compared).toBeGreaterThan(5);
    },
    WATCH_MS + 30_000,
  );
});
