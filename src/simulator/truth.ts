import { isInterval } from '#shared/domain/interval.ts';
import type { Facade } from './facade.ts';
import { type Answer, json } from './http.ts';
import type { InstrumentMarket } from './instrument-market.ts';
import { marketsNamed } from './markets-named.ts';
import { levelPairs, notionalText, priceText, quantityText } from './wire-text.ts';

/**
 * What really is, told by the market itself and not by any façade: the oracle for tests.
 * Throws `venue.unknown` when the query names a venue or category there is not.
 */
export function answerTruth(facades: ReadonlyMap<string, Facade>, url: URL): Answer | undefined {
  const topic = /^\/_sim\/truth\/(book|trades|candles)$/.exec(url.pathname)?.[1];
  if (topic === undefined) return undefined;
  const symbol = url.searchParams.get('symbol') ?? '';
  const venue = url.searchParams.get('venue') ?? facades.keys().next().value;
  const [market] = marketsNamed(facades, venue, url.searchParams.get('category') ?? undefined);
  const instrument = market?.instruments.get(symbol);
  if (!instrument) return json({ error: `Unknown symbol "${symbol}".` }, 404);
  const limit = Number(url.searchParams.get('limit') ?? 500);
  if (!Number.isSafeInteger(limit) || limit < 1)
    return json({ error: '"limit" must be a whole number above 0.' }, 400);
  if (topic === 'book') return book(instrument, url.searchParams, limit);
  if (topic === 'trades') return trades(instrument, url.searchParams, limit);
  return candles(instrument, url.searchParams, limit);
}

function book(instrument: InstrumentMarket, params: URLSearchParams, limit: number): Answer {
  const { coin } = instrument;
  const asked = params.get('updateId');
  const count = params.has('limit') ? limit : Number.MAX_SAFE_INTEGER;
  const time = params.get('time');
  const latest = time === null ? instrument.updateId : instrument.changes.idAt(Number(time));
  const id = asked === null ? latest : Number(asked);
  const bids = instrument.levels('bid', count, id);
  const asks = instrument.levels('ask', count, id);
  if (!bids || !asks) return json({ error: `Update id ${asked} is not known (any more).` }, 404);
  return json({
    symbol: coin.symbol,
    lastUpdateId: id,
    bids: levelPairs(coin, bids),
    asks: levelPairs(coin, asks),
  });
}

function trades({ coin, tape }: InstrumentMarket, params: URLSearchParams, limit: number): Answer {
  const fromId = params.get('fromId');
  const prints = fromId === null ? tape.latest(limit) : tape.fromId(Number(fromId), limit);
  return json({
    symbol: coin.symbol,
    trades: prints.map((print) => ({
      id: print.id,
      firstTradeId: print.firstFill,
      lastTradeId: print.lastFill,
      price: priceText(coin, print.price),
      quantity: quantityText(coin, print.quantity),
      side: print.buyerIsMaker ? 'sell' : 'buy',
      time: print.time,
    })),
  });
}

function candles(instrument: InstrumentMarket, params: URLSearchParams, limit: number): Answer {
  const interval = params.get('interval') ?? '1m';
  if (!isInterval(interval) || interval === '1s')
    return json({ error: `Unknown interval "${interval}".` }, 400);
  const { coin, candles: series } = instrument;
  const found = series.latest(interval, Number.MAX_SAFE_INTEGER, limit);
  return json({
    symbol: coin.symbol,
    interval,
    candles: found.map((candle, index) => ({
      openTime: candle.openTime,
      open: priceText(coin, candle.open),
      high: priceText(coin, candle.high),
      low: priceText(coin, candle.low),
      close: priceText(coin, candle.close),
      volume: quantityText(coin, candle.volume),
      quoteVolume: notionalText(coin, candle.notional),
      trades: candle.fills,
      closed: index < found.length - 1,
    })),
  });
}
