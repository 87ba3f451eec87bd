import { assertNever } from '#shared/base/assert-never.ts';
import { instrumentId } from '#shared/domain/instrument.ts';
import type { Venue } from '../venue.ts';
import { book } from './book-rule.ts';
import { BITHUMB_INTERVALS } from './intervals.ts';
import { createDecoder } from './market-codec.ts';
import { refusalOf } from './refusal.ts';
import { replaceFrame } from './replace-frame.ts';
import { rest, SCOPES } from './rest.ts';
import { BITHUMB, instrumentOf, symbolOf } from './symbols.ts';

/** 493 codes in one frame were seen to work; the venue publishes no bound. */
const MOST_CHANNELS = 450;
const BTC = instrumentId(`${BITHUMB}:BTC-KRW`);

/** Bithumb (Korea), spot, API 2.x: public market data of the won and BTC markets. */
export const bithumb = {
  id: BITHUMB,
  name: 'Bithumb',
  // There is no test environment.
  environments: { mainnet: { rest: 'https://api.bithumb.com', ws: 'wss://ws-api.bithumb.com' } },
  limits: {
    maxStreamsPerConnection: MOST_CHANNELS,
    // The venue publishes no bound: as careful as where one is known.
    sendsPerSecond: 4,
    sendsPerMinute: 80,
    channelsPerFrame: MOST_CHANNELS,
    // 10 a second are allowed from one address, and ten minutes of silence follow what is more.
    connections: { count: 5, windowMs: 1_000 },
    connectionLifeMs: Number.POSITIVE_INFINITY,
    staleAfterMs: 60_000,
    budgets: SCOPES.map((scope) => ({ scope, capacity: 150, windowMs: 1_000 })),
  },
  intervals: BITHUMB_INTERVALS,
  favourites: ['BTC', 'ETH', 'XRP', 'SOL', 'DOGE', 'ADA', 'USDT', 'LINK', 'AVAX', 'SUI'].map((base) =>
    instrumentId(`${BITHUMB}:${base}-KRW`),
  ),

  routeOf: () => 'public',

  socketUrl: (endpoints) => `${endpoints.ws}/websocket/v1`,

  channelOf(stream) {
    const symbol = symbolOf(stream.instrument);
    switch (stream.kind) {
      case 'ticker':
        return `ticker ${symbol}`;
      case 'trade':
        return `trade ${symbol}`;
      case 'top':
      case 'book':
        return `orderbook ${symbol}`;
      // Candles are built from trades and REST.
      case 'candle':
      case 'mark':
        return undefined;
      default:
        return assertNever(stream);
    }
  },

  // Nothing comes on a fixed beat: where nothing happens, nothing is sent.
  rhythmOf: () => undefined,

  // About ten frames a second.
  canaryOf: () => ({ kind: 'book', instrument: BTC }),

  subscribing: { kind: 'replace', replaceFrame },

  // Sockets without traffic from our side are cut after 60 s, and it is not known that a protocol ping counts.
  ping: { frame: 'PING', everyMs: 20_000, always: true },

  createDecoder,
  instrumentOf,
  symbolOf,
  book,
  rest,
  refusalOf,

  // A bucket of tokens for each kind of call; the headers speak of the one the call was charged to.
  budgetNotes({ scope }, headers) {
    const tokens = headers.get('x-ratelimit-remaining')?.trim() ?? '';
    return /^\d{1,9}$/.test(tokens) ? [{ scope, remaining: Number(tokens) }] : [];
  },

  // An estimate, not on the fact sheet: without the coupon most people use (with it: 0.0004).
  takerFee: 0.0025,
  sheet: {
    means: {
      instruments: 'native',
      ticker: 'native',
      top: 'native',
      trade: 'native',
      book: 'native',
      candle: 'synthesised',
      mark: 'missing',
    },
    freshnessBoundMs: { ticker: 60_000, top: 60_000, book: 60_000, trade: 60_000, candle: 60_000 },
    bookProof: 'whole',
    // Ids are ours, but nothing bounds the time within which a request that failed may still appear.
    orderSafety: 'limited',
  },
} satisfies Venue;
