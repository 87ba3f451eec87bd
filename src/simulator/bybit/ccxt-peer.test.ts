import ccxt from 'ccxt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '#shared/base/system-clock.ts';
import { type Simulator, startSimulator } from '../simulator.ts';

const WATCH_MS = 5000;
const LEVELS = 50;

type Level = [number, number];

/** Somebody else's client, written against the real venue: what it accepts from us, it would accept from there. */
describe('ccxt’s own bybit client against the simulator', () => {
  let simulator: Simulator;
  let client: InstanceType<typeof ccxt.pro.bybit>;

  beforeAll(async () => {
    simulator = await startSimulator({ seed: 7 });
    const { rest, ws } = simulator.address.venues['bybit'] as { rest: string; ws: string };
    client = new ccxt.pro.bybit();
    const urls = client.urls as unknown as {
      api: Record<string, unknown> & { ws: { public: Record<string, string> } };
    };
    urls.api['public'] = rest;
    for (const family of ['spot', 'linear']) urls.api.ws.public[family] = `${ws}/v5/public/${family}`;
    // ccxt wants its agent loaded before it connects to any ws:// (unencrypted) host.
    await client.loadHttpProxyAgent();
    await truth('activity', { multiplier: 5 });
  });

  afterAll(async () => {
    await client?.close();
    await simulator?.stop();
  });

  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of any shape.
  async function truth(path: string, body?: unknown): Promise<any> {
    const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    const response = await fetch(`${simulator.address.control}/_sim/${path}`, init);
    expect(response.status).toBe(200);
    return response.json();
  }

  it('loads both families’ markets, each with its rules', async () => {
    const markets = await client.loadMarkets();
    const rules = (symbol: string) => {
      const market = markets[symbol];
      return [
        market?.id,
        market?.precision.price,
        market?.precision.amount,
        market?.limits.cost?.min,
        market?.active,
      ];
    };
    expect([rules('BTC/USDT:USDT'), rules('BTC/USDT'), rules('SUI/USDT:USDT')]).toEqual([
      ['BTCUSDT', 0.1, 0.001, 5, true],
      ['BTCUSDT', 0.1, 0.000001, 5, true],
      ['SUIUSDT', 0.0001, 10, 5, true],
    ]);
    const kinds = Object.values(markets).map((market) => market?.type);
    expect(
      ['spot', 'swap', 'future'].map(
        (type) => kinds.filter((kind) => kind === type).length >= (type === 'future' ? 1 : 50),
      ),
    ).toEqual([true, true, true]);
  });

  it.each(['BTC/USDT:USDT', 'BTC/USDT'])(
    'reads candles of %s without holes, a book and a ticker',
    async (symbol) => {
      const candles = await client.fetchOHLCV(symbol, '1m', undefined, 1000);
      const holes = candles.filter((candle, index) => {
        const before = candles[index - 1];
        return before !== undefined && (candle[0] as number) - (before[0] as number) !== 60_000;
      });
      expect({ count: candles.length, holes }).toEqual({ count: 1000, holes: [] });
      const book = await client.fetchOrderBook(symbol, 200);
      expect(book.bids.length).toBe(200);
      expect(book.bids[0]?.[0]).toBeLessThan(book.asks[0]?.[0] as number);
      const ticker = await client.fetchTicker(symbol);
      expect(ticker.high).toBeGreaterThanOrEqual(ticker.low as number);
    },
  );

  it.each([
    ['BTC/USDT:USDT', 'linear'],
    ['BTC/USDT', 'spot'],
  ])(
    'watches %s for seconds: its books, trades and candles are the true ones',
    async (symbol, category) => {
      const market = `venue=bybit&category=${category}&symbol=BTCUSDT`;
      const until = systemClock.monotonic() + WATCH_MS;
      const open = () => systemClock.monotonic() < until;
      const trades = new Map<string, unknown>();
      const watched = { candles: 0, tickers: 0, compared: 0 };

      async function watchTrades() {
        while (open()) {
          for (const one of await client.watchTrades(symbol)) {
            trades.set(one.id as string, [one.price, one.amount, one.side, one.timestamp]);
          }
        }
      }
      async function watchCandles() {
        while (open()) {
          await client.watchOHLCV(symbol, '1m');
          watched.candles++;
        }
      }
      async function watchTicker() {
        while (open()) {
          const ticker = await client.watchTicker(symbol);
          expect(ticker.last).toBeGreaterThan(0);
          watched.tickers++;
        }
      }
      async function watchBook() {
        for (let count = 1; open(); count++) {
          const book = await client.watchOrderBook(symbol, LEVELS);
          if (count % 10 !== 0) continue;
          // Copied at once: the client goes on changing this very object.
          const held = {
            bids: book.bids.slice(0, LEVELS).map((level) => [...level] as Level),
            asks: book.asks.slice(0, LEVELS).map((level) => [...level] as Level),
          };
          const true_ = await truth(`truth/book?${market}&limit=${LEVELS}&time=${book.timestamp}`);
          const numbers = (levels: [string, string][]) => levels.map(([p, q]) => [Number(p), Number(q)]);
          expect(held).toEqual({ bids: numbers(true_.bids), asks: numbers(true_.asks) });
          watched.compared++;
        }
      }
      await Promise.all([watchTrades(), watchCandles(), watchTicker(), watchBook()]);

      const { trades: all } = await truth(`truth/trades?${market}&limit=2000`);
      const shown = new Set(
        all.map(({ price, quantity, side, time }: Record<string, string>) =>
          JSON.stringify([Number(price), Number(quantity), side, time]),
        ),
      );
      expect([...trades.values()].filter((trade) => !shown.has(JSON.stringify(trade)))).toEqual([]);
      const { candles } = await truth(`truth/candles?${market}&limit=5`);
      const fetched = await client.fetchOHLCV(symbol, '1m', undefined, 5);
      // Closed ones only: the open one has moved on between the two questions.
      const closed = candles
        .filter((one: { closed: boolean }) => one.closed)
        .map(({ openTime, open, high, low, close, volume }: Record<string, string>) =>
          [openTime, open, high, low, close, volume].map(Number),
        );
      const common = fetched.filter(([time]) => closed.some(([openTime]: number[]) => openTime === time));
      expect(common).toEqual(closed.slice(-common.length));
      expect(common.length).toBeGreaterThanOrEqual(3);
      expect(trades.size).toBeGreaterThan(10);
      expect(Math.min(watched.candles, watched.tickers, watched.compared)).toBeGreaterThan(2);
    },
    WATCH_MS + 20_000,
  );
});
