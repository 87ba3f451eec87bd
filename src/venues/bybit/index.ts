import { assertNever } from '#shared/base/assert-never.ts';
import { instrumentId } from '#shared/domain/instrument.ts';
import type { Budget, Venue } from '../venue.ts';
import { BOOK_LEVELS, book } from './book-rule.ts';
import { BYBIT_INTERVALS, intervalName } from './intervals.ts';
import { createDecoder } from './market-codec.ts';
import { budgetNotes, refusalOf } from './refusal.ts';
import { IP, rest } from './rest.ts';
import { BYBIT, familyOf, instrumentOf, symbolOf } from './symbols.ts';

const BUDGETS: readonly Budget[] = [{ scope: IP, capacity: 600, windowMs: 5_000 }];
const PUBLIC_SOCKETS = 'wss://stream.bybit.com';

/** Bybit v5: public market data of linear contracts and spot. */
export const bybit = {
  id: BYBIT,
  name: 'Bybit',
  environments: {
    mainnet: { rest: 'https://api.bybit.com', ws: PUBLIC_SOCKETS },
    testnet: { rest: 'https://api-testnet.bybit.com', ws: 'wss://stream-testnet.bybit.com' },
    // Demo trading has private sockets only; its market is the real one.
    demo: { rest: 'https://api-demo.bybit.com', ws: PUBLIC_SOCKETS },
  },
  limits: {
    // Not limited as such: what counts is the length of the channel names, 21,000 characters, some 1,000 channels.
    maxStreamsPerConnection: 1_000,
    maxChannelCharsPerConnection: 21_000,
    // Nothing is documented for public sockets; one frame in 200 ms subscribes 50 channels a second.
    sendsPerSecond: 5,
    // Spot's bound; linear has none.
    channelsPerFrame: 10,
    connections: { count: 500, windowMs: 300_000 },
    connectionLifeMs: Number.POSITIVE_INFINITY,
    staleAfterMs: 30_000,
    budgets: BUDGETS,
  },
  intervals: BYBIT_INTERVALS,
  favourites: [
    'BTC-USDT-PERP',
    'ETH-USDT-PERP',
    'SOL-USDT-PERP',
    'XRP-USDT-PERP',
    'DOGE-USDT-PERP',
    'SUI-USDT-PERP',
    'BTC-USDT',
    'ETH-USDT',
    'SOL-USDT',
    'XRP-USDT',
  ].map((name) => instrumentId(`${BYBIT}:${name}`)),

  routeOf: (stream) => familyOf(stream.instrument),

  socketUrl: (endpoints, route) => `${endpoints.ws}/v5/public/${route}`,

  channelOf(stream) {
    const symbol = symbolOf(stream.instrument);
    switch (stream.kind) {
      case 'ticker':
        return `tickers.${symbol}`;
      case 'mark':
        // One channel brings both; spot has neither mark price nor funding.
        return familyOf(stream.instrument) === 'linear' ? `tickers.${symbol}` : undefined;
      case 'top':
        return `orderbook.1.${symbol}`;
      case 'trade':
        return `publicTrade.${symbol}`;
      case 'book':
        return `orderbook.${BOOK_LEVELS}.${symbol}`;
      case 'candle': {
        const interval = intervalName(stream.interval);
        return interval === undefined ? undefined : `kline.${interval}.${symbol}`;
      }
      default:
        return assertNever(stream);
    }
  },

  rhythmOf(stream) {
    switch (stream.kind) {
      // Said again every 3 s although nothing changed; recorded: 3.5 s at most.
      case 'top':
        return 4_000;
      case 'ticker':
      case 'mark':
      case 'book':
      case 'trade':
      case 'candle':
        return undefined;
      default:
        return assertNever(stream);
    }
  },

  // Ten frames a second in linear; a few in spot, and never one second without.
  canaryOf: (route) => ({
    kind: 'book',
    instrument: instrumentId(`${BYBIT}:BTC-USDT${route === 'spot' ? '' : '-PERP'}`),
  }),

  // No `tradeFollows`: linear ids are uuids. Spot's are numbers, but that they count without a gap is promised nowhere,
  // and of the few recorded runs one jumps by 12 and by 17: a guess would tell of losses that never were.

  subscribing: {
    kind: 'add',
    subscribeFrame: (channels, requestId) => requestFrame('subscribe', channels, requestId),
    unsubscribeFrame: (channels, requestId) => requestFrame('unsubscribe', channels, requestId),
    refusesWhole: true,
  },

  // The venue asks for one every 20 s, whatever else is said.
  ping: { frame: '{"op":"ping"}', everyMs: 20_000, always: true },

  createDecoder,
  instrumentOf,
  symbolOf,
  book,
  rest,
  refusalOf,
  budgetNotes: (call, headers) => budgetNotes(BUDGETS, call, headers),

  // An estimate, not on the fact sheet: what spot costs without a discount (linear: 0.00055). The dearer of the two, so
  // that no figure flatters.
  takerFee: 0.001,
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
    // Only tops are said again on a beat; the others are silent while nothing happens.
    freshnessBoundMs: {
      top: 13_500,
      ticker: 30_000,
      mark: 30_000,
      book: 30_000,
      trade: 30_000,
      candle: 30_000,
    },
    bookProof: 'sequence',
    orderSafety: 'full',
  },
} satisfies Venue;

/** Request ids are text on this wire. */
function requestFrame(op: string, channels: readonly string[], requestId: number): string {
  return JSON.stringify({ req_id: String(requestId), op, args: channels });
}
