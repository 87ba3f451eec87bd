import ccxt from 'ccxt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CcxtTruth, type Level, watchFor } from '../test-kit/ccxt-truth.ts';

const SYMBOL = 'BTC/KRW';
const WATCH_MS = 6000;
/** ccxt keeps this many levels of Upbit's books. */
const LEVELS = 15;

/** Somebody else's client, written against the real venue: what it accepts from us, it would accept from there. */
describe('ccxt’s own upbit client against the simulator', () => {
  let truth: CcxtTruth;
  let client: InstanceType<typeof ccxt.pro.upbit>;

  beforeAll(async () => {
    truth = await CcxtTruth.open('upbit');
    client = new ccxt.pro.upbit();
    const { api } = client.urls as unknown as { api: Record<string, string> };
    api['public'] = truth.urls.rest;
    api['ws'] = `${truth.urls.ws}/websocket/v1`;
    // ccxt wants its agent loaded before it connects to any ws:// (unencrypted) host.
    await client.loadHttpProxyAgent();
  });

  afterAll(async () => {
    await client?.close();
    await truth?.simulator.stop();
  });

  it('loads the markets; that every coin has the same precision is its own invention', async () => {
    const markets = await client.loadMarkets();
    const bitcoin = markets[SYMBOL];
    expect([bitcoin?.id, bitcoin?.spot, bitcoin?.active, markets['USDT/KRW']?.id]).toEqual([
      'KRW-BTC',
      true,
      true,
      'KRW-USDT',
    ]);
    expect(new Set(Object.values(markets).map((market) => market?.precision.price))).toEqual(new Set([1e-8]));
  });

  it('reads tickers, trades, the book and candles over REST as they truly are', async () => {
    const ticker = await client.fetchTicker(SYMBOL);
    expect(ticker.last).toBeGreaterThan(0);
    expect([
      (ticker.high as number) >= (ticker.last as number),
      (ticker.low as number) <= (ticker.last as number),
    ]).toEqual([true, true]);
    const trades = await client.fetchTrades(SYMBOL, undefined, 100);
    const known = await truth.trades();
    const told = trades.map(({ id, price, amount, side }) => `${id} ${price} ${amount} ${side}`);
    expect({ count: told.length, unknown: told.filter((one) => !known.has(one)) }).toEqual({
      count: 100,
      unknown: [],
    });
    const candles = await client.fetchOHLCV(SYMBOL, '1m', undefined, 200);
    const minutes = await truth.minutes(200);
    expect(candles.slice(0, -1)).toEqual(
      minutes
        .filter(([time]) => (time as number) >= (candles[0]?.[0] as number))
        .slice(0, candles.length - 1),
    );
    const book = await client.fetchOrderBook(SYMBOL, 30);
    expect([book.bids.length, book.asks.length]).toEqual([30, 30]);
    await expect(client.fetchOHLCV('NOPE/KRW')).rejects.toThrow();
  });

  it(
    'watches book, trades, tickers and one-second candles side by side and holds what is true',
    async () => {
      const watched = { books: 0, compared: 0, trades: 0, tickers: 0, seconds: 0 };
      const unknown: string[] = [];
      await Promise.all([
        watchFor(WATCH_MS, async () => {
          const book = await client.watchOrderBook(SYMBOL);
          watched.books++;
          const time = book.timestamp as number;
          if (time % 50 === 0) return;
          // Copied at once: the client goes on changing this very object.
          const copied = (levels: readonly (readonly unknown[])[]) =>
            levels.map((level) => [level[0], level[1]] as Level);
          const held = { bids: copied(book.bids), asks: copied(book.asks) };
          expect(held).toEqual(await truth.bookAt(time, LEVELS));
          watched.compared++;
        }),
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
          const ticker = await client.watchTicker('ETH/KRW');
          expect(ticker.last).toBeGreaterThan(0);
          watched.tickers++;
        }),
        watchFor(WATCH_MS, async () => {
          await client.watchOHLCV(SYMBOL, '1s');
          watched.seconds++;
        }),
      ]);
      expect(unknown).toEqual([]);
      expect(watched.compared).toBeGreaterThan(10);
      expect(Math.min(watched.trades, watched.tickers, watched.seconds)).toBeGreaterThan(1);
    },
    WATCH_MS + 15_000,
  );

  it('offers no minute candles, though the stream has them: ccxt knows `candle.1s` only', async () => {
    await expect(client.watchOHLCV(SYMBOL, '1m')).rejects.toThrow(/does not support/);
  });

  it('dates trades of the socket by when they were sent: ccxt passes over the time they happened', async () => {
    const [trade] = await client.watchTrades('XRP/KRW');
    const sent = Number(trade?.info.timestamp);
    expect([trade?.timestamp, sent > Number(trade?.info.trade_timestamp)]).toEqual([sent, true]);
  });
});
