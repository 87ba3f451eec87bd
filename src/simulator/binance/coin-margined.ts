import type { InstrumentMarket } from '../instrument-market.ts';
import * as message from './messages.ts';

/**
 * Rows of COIN-M contracts: since 2026-06-30 the all-market arrays mix them in, told apart only by `st: 2`.
 * They borrow their coin's market; a client that takes one for a USD-M row has missed the filter.
 */
const CONTRACTS: Readonly<Record<string, readonly string[]>> = {
  BTCUSDT: ['BTCUSD_PERP', 'BTCUSD_261225'],
  ETHUSDT: ['ETHUSD_PERP'],
};

export function coinMarginedRows(
  stream: string,
  instruments: readonly InstrumentMarket[],
  at: number,
): string[] {
  return instruments.flatMap((instrument) =>
    (CONTRACTS[instrument.coin.symbol] ?? []).flatMap((symbol) => {
      const row = rowText(stream, instrument, at);
      if (row === undefined) return [];
      const pair = symbol.slice(0, symbol.indexOf('_'));
      return [
        row
          .replace(`"s":"${instrument.coin.symbol}"`, `"s":"${symbol}"`)
          .replace(`"ps":"${instrument.coin.symbol}"`, `"ps":"${pair}"`)
          .replace('"st":1', '"st":2'),
      ];
    }),
  );
}

function rowText(
  stream: string,
  { coin, mark, candles, tape }: InstrumentMarket,
  at: number,
): string | undefined {
  if (stream.startsWith('!markPrice@arr')) {
    return message.markPriceText(coin, mark, { rate: 10_000, nextTime: 0 }, at);
  }
  if (stream === '!ticker@arr') return message.tickerText(coin, candles.rollingDay(), tape.last.quantity, at);
  if (stream === '!miniTicker@arr') return message.miniTickerText(coin, candles.rollingDay(), at);
  return undefined;
}
