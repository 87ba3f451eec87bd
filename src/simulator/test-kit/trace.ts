import { BINANCE_COINS } from '../binance/coins.ts';
import type { Coin } from '../coins.ts';
import { createMarket, type Market, type MarketOptions } from '../market.ts';
import { hash32, hashText } from '../random.ts';

/** 2026-11-21 09:00:20.123 UTC: inside a minute, so that the start's minute is half past and half live. */
export const START = 1_795_251_620_123;
export const MINUTE = 60_000;

export function coinsNamed(...symbols: readonly string[]): Coin[] {
  return BINANCE_COINS.filter((coin) => symbols.includes(coin.symbol));
}

/** A market whose instruments have all been there from its start. */
export function awakeMarket(options: MarketOptions): Market {
  const market = createMarket(options);
  market.instruments.all();
  return market;
}

/** A market that folds everything it reports into one number. */
export function tracedMarket(
  seed: number,
  coins: readonly Coin[],
): { market: Market; hash(): number; count(): number } {
  let hash = 0;
  let count = 0;
  const note = (text: string) => {
    hash = hash32(hash, hashText(text));
    count++;
  };
  const market = awakeMarket({
    seed,
    startTime: START,
    coins,
    listener: {
      printed: (one, print) => note(`${one.coin.symbol} ${JSON.stringify(print)}`),
      topChanged: (one, time) => note(`${one.coin.symbol} top ${time} ${one.updateId}`),
    },
  });
  return { market, hash: () => hash, count: () => count };
}
