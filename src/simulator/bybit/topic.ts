import type { WholeMinutes } from '../candle-series.ts';

/** A topic the façade can feed. */
export type Topic = { readonly symbol: string } & (
  | { readonly kind: 'orderbook'; readonly depth: BookDepth }
  | { readonly kind: 'kline'; readonly interval: WholeMinutes; readonly word: string }
  | { readonly kind: 'publicTrade' | 'tickers' }
);

export type BookDepth = 1 | 50 | 200 | 1000;

const DEPTHS: readonly string[] = ['1', '50', '200', '1000'];

/** The venue's words for intervals. */
export const INTERVAL_WORDS: Readonly<Record<string, WholeMinutes>> = {
  '1': '1m',
  '3': '3m',
  '5': '5m',
  '15': '15m',
  '30': '30m',
  '60': '1h',
  '120': '2h',
  '240': '4h',
  '360': '6h',
  '720': '12h',
  D: '1d',
  W: '1w',
  M: '1M',
};

/** Takes `orderbook.50.BTCUSDT` apart; `undefined` where the venue has no handler for it. */
export function parseTopic(text: string): Topic | undefined {
  const words = text.split('.');
  const symbol = words.at(-1) ?? '';
  const [kind, word = ''] = words;
  if ((kind === 'publicTrade' || kind === 'tickers') && words.length === 2) return { kind, symbol };
  if (words.length !== 3) return undefined;
  if (kind === 'orderbook' && DEPTHS.includes(word)) {
    return { kind, depth: Number(word) as BookDepth, symbol };
  }
  const interval = Object.hasOwn(INTERVAL_WORDS, word) ? INTERVAL_WORDS[word] : undefined;
  return kind === 'kline' && interval !== undefined ? { kind, interval, word, symbol } : undefined;
}

/** The symbol a topic is about: what follows its last point. */
export function symbolOf(topic: string): string {
  return topic.slice(topic.lastIndexOf('.') + 1);
}
