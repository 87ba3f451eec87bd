import { type BinanceInterval, isBinanceInterval } from './interval.ts';

export type Route = 'public' | 'market' | 'private' | 'unrouted';

/** A stream the façade can feed. `everyMs` is its cadence in market time. */
export type StreamKind =
  | { readonly kind: 'aggTrade' | 'trade' | 'bookTicker' }
  | { readonly kind: 'depth'; readonly everyMs: number }
  | { readonly kind: 'partialDepth'; readonly levels: number; readonly everyMs: number }
  | { readonly kind: 'kline'; readonly interval: BinanceInterval }
  | { readonly kind: 'markPrice'; readonly everyMs: number }
  | { readonly kind: 'ticker' | 'miniTicker' };

/** Splits `btcusdt@depth@100ms`. `undefined` where the venue would acknowledge and stay silent for ever. */
export function parseStreamName(
  name: string,
): { readonly symbol: string; readonly stream: StreamKind } | undefined {
  const at = name.indexOf('@');
  if (at <= 0 || name !== lowerSymbol(name, at)) return undefined;
  const stream = parseKind(name.slice(at + 1));
  return stream && { symbol: name.slice(0, at).toUpperCase(), stream };
}

// The venue knows symbols in streams by their lower-case spelling only.
function lowerSymbol(name: string, at: number): string {
  return name.slice(0, at).toLowerCase() + name.slice(at);
}

function parseKind(text: string): StreamKind | undefined {
  switch (text) {
    case 'aggTrade':
    case 'trade':
    case 'bookTicker':
    case 'ticker':
    case 'miniTicker':
      return { kind: text };
    case 'markPrice':
      return { kind: 'markPrice', everyMs: 3000 };
    case 'markPrice@1s':
      return { kind: 'markPrice', everyMs: 1000 };
  }
  const depth = /^depth(5|10|20)?(?:@(100|250|500)ms)?$/.exec(text);
  if (depth) {
    const everyMs = depth[2] === undefined ? 250 : Number(depth[2]);
    return depth[1] === undefined
      ? { kind: 'depth', everyMs }
      : { kind: 'partialDepth', levels: Number(depth[1]), everyMs };
  }
  const interval = /^kline_(.+)$/.exec(text)?.[1];
  return interval !== undefined && isBinanceInterval(interval) ? { kind: 'kline', interval } : undefined;
}

/** Does a connection on `route` ever get frames of this stream? Others are acknowledged and stay silent. */
export function routeFeeds(route: Route, name: string): boolean {
  if (route === 'private') return false;
  const isPublic = /@(?:depth|bookTicker|trade$|rpiDepth)/.test(name) || name === '!bookTicker';
  // The un-routed paths were retired in 2026-04: they open and acknowledge, but carry public streams only.
  return route === 'market' ? !isPublic : isPublic;
}
