import { assertNever } from '#shared/base/assert-never.ts';
import { instrumentId } from '#shared/domain/instrument.ts';
import type { Interval } from '#shared/domain/interval.ts';
import type { Venue } from '../venue.ts';
import { book } from './book-rule.ts';
import { createDecoder } from './market-codec.ts';
import { refusalOf } from './refusal.ts';
import { rest, WEIGHT } from './rest.ts';
import { BINANCE, instrumentOf, symbolOf } from './symbols.ts';

const BINANCE_INTERVALS: readonly Interval[] = [
  '1m',
  '3m',
  '5m',
  '15m',
  '30m',
  '1h',
  '2h',
  '4h',
  '6h',
  '8h',
  '12h',
  '1d',
  '3d',
  '1w',
  '1M',
];
const BTC = instrumentId(`${BINANCE}:BTC-USDT-PERP`);

/** Binance USD-M futures: public market data. */
export const binance = {
  id: BINANCE,
  name: 'Binance',
  environments: {
    mainnet: { rest: 'https://fapi.binance.com', ws: 'wss://fstream.binance.com' },
    demo: { rest: 'https://demo-fapi.binance.com', ws: 'wss://demo-fstream.binance.com' },
  },
  limits: {
    maxStreamsPerConnection: 1_024,
    // The venue takes 10 a second, but counts our pings and pongs too and cuts the line (in the end bans the
    // address) above it: half leaves room for them and for clocks that disagree about where a second starts.
    sendsPerSecond: 5,
    channelsPerFrame: 100,
    connections: { count: 300, windowMs: 300_000 },
    connectionLifeMs: 24 * 60 * 60_000,
    staleAfterMs: 30_000,
    budgets: [{ scope: WEIGHT, capacity: 2_400, windowMs: 60_000 }],
  },
  intervals: BINANCE_INTERVALS,
  favourites: [
    'BTC-USDT',
    'ETH-USDT',
    'SOL-USDT',
    'XRP-USDT',
    'BNB-USDT',
    'DOGE-USDT',
    'ADA-USDT',
    'LINK-USDT',
    'AVAX-USDT',
    'SUI-USDT',
  ].map((name) => instrumentId(`${BINANCE}:${name}-PERP`)),

  // Since 2026-04-23 each route serves its own streams; the other route acks them and stays silent.
  routeOf(stream) {
    switch (stream.kind) {
      case 'top':
      case 'book':
        return 'public';
      case 'ticker':
      case 'trade':
      case 'mark':
      case 'candle':
        return 'market';
      default:
        return assertNever(stream);
    }
  },

  socketUrl(endpoints, route) {
    return `${endpoints.ws}/${route}/stream`;
  },

  channelOf(stream) {
    const symbol = symbolOf(stream.instrument).toLowerCase();
    switch (stream.kind) {
      case 'ticker':
        return `${symbol}@ticker`;
      case 'top':
        return `${symbol}@bookTicker`;
      case 'trade':
        return `${symbol}@aggTrade`;
      case 'book':
        return `${symbol}@depth@100ms`;
      case 'mark':
        return `${symbol}@markPrice@1s`;
      case 'candle':
        return `${symbol}@kline_${stream.interval}`;
      default:
        return assertNever(stream);
    }
  },

  // Only streams sent on a fixed beat: the others are silent while nothing happens.
  rhythmOf(stream) {
    switch (stream.kind) {
      case 'ticker':
        return 2_000;
      case 'mark':
        return 1_000;
      case 'top':
      case 'book':
      case 'trade':
      case 'candle':
        return undefined;
      default:
        return assertNever(stream);
    }
  },

  // One frame a second, and at most ten.
  canaryOf(route) {
    return { kind: route === 'market' ? 'mark' : 'book', instrument: BTC };
  },

  // Aggregate ids count without gaps, per instrument, and stay far below 2^53.
  tradeFollows: (previousId, id) => Number(id) === Number(previousId) + 1,

  subscribing: {
    kind: 'add',
    subscribeFrame: (channels, requestId) =>
      JSON.stringify({ method: 'SUBSCRIBE', params: channels, id: requestId }),
    unsubscribeFrame: (channels, requestId) =>
      JSON.stringify({ method: 'UNSUBSCRIBE', params: channels, id: requestId }),
    // An unknown symbol is acked and stays silent.
    refusesWhole: false,
  },

  createDecoder,
  instrumentOf,
  symbolOf,
  book,
  rest,
  refusalOf,

  budgetNotes(_call, headers) {
    const used = Number(headers.get('x-mbx-used-weight-1m') ?? Number.NaN);
    return Number.isFinite(used) ? [{ scope: WEIGHT, used }] : [];
  },

  // An estimate, not on the fact sheet: what an account without a discount pays.
  takerFee: 0.0005,
  sheet: {
    means: {
      instruments: 'native',
      ticker: 'native',
      top: 'native',
      trade: 'native',
      book: 'native',
      candle: 'native',
      mark: 'native',
    },
    // Tickers and marks are sent on a beat; the others are silent while nothing happens.
    freshnessBoundMs: {
      ticker: 7_500,
      mark: 5_500,
      top: 30_000,
      book: 30_000,
      trade: 30_000,
      candle: 30_000,
    },
    bookProof: 'sequence',
    orderSafety: 'full',
  },
} satisfies Venue;
