import { assertNever } from '#shared/base/assert-never.ts';
import { instrumentId } from '#shared/domain/instrument.ts';
import type { Venue } from '../venue.ts';
import { book } from './book-rule.ts';
import { UNITS, UPBIT_INTERVALS } from './intervals.ts';
import { createDecoder } from './market-codec.ts';
import { refusalOf } from './refusal.ts';
import { replaceFrame } from './replace-frame.ts';
import { rest, SCOPES } from './rest.ts';
import { instrumentOf, symbolOf, UPBIT } from './symbols.ts';

/** 855 codes in one frame of 9.5 kB were seen to work; the venue publishes no bound. */
const MOST_CHANNELS = 500;
const BTC = instrumentId(`${UPBIT}:BTC-KRW`);

/** Upbit (Korea), spot: public market data of the KRW, BTC and USDT markets. */
export const upbit = {
  id: UPBIT,
  name: 'Upbit',
  // There is no test environment.
  environments: { mainnet: { rest: 'https://api.upbit.com', ws: 'wss://api.upbit.com' } },
  limits: {
    maxStreamsPerConnection: MOST_CHANNELS,
    // 5 a second and 100 a minute are allowed, our PINGs among them: some room stays.
    sendsPerSecond: 4,
    sendsPerMinute: 80,
    channelsPerFrame: MOST_CHANNELS,
    connections: { count: 4, windowMs: 1_000 },
    connectionLifeMs: Number.POSITIVE_INFINITY,
    staleAfterMs: 60_000,
    budgets: SCOPES.map((scope) => ({ scope, capacity: 10, windowMs: 1_000 })),
  },
  intervals: UPBIT_INTERVALS,
  favourites: ['BTC', 'ETH', 'XRP', 'SOL', 'DOGE', 'ADA', 'USDT', 'LINK', 'AVAX', 'SUI'].map((base) =>
    instrumentId(`${UPBIT}:${base}-KRW`),
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
      case 'candle': {
        const type = UNITS.get(stream.interval)?.stream;
        return type === undefined ? undefined : `${type} ${symbol}`;
      }
      case 'mark':
        return undefined;
      default:
        return assertNever(stream);
    }
  },

  // Nothing comes on a fixed beat: where nothing happens, nothing is sent.
  rhythmOf: () => undefined,

  // Ten frames a second.
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

  // `Remaining-Req: group=candles; min=599; sec=9`: `min` is a constant by now. The groups' names are not our scopes'.
  budgetNotes({ scope }, headers) {
    const seconds = /\bsec=(\d{1,6})\b/.exec(headers.get('remaining-req') ?? '')?.[1];
    return seconds === undefined ? [] : [{ scope, remaining: Number(seconds) }];
  },

  // An estimate, not on the fact sheet: what won markets cost (BTC and USDT markets: 0.0025).
  takerFee: 0.0005,
  sheet: {
    means: {
      instruments: 'native',
      ticker: 'native',
      top: 'native',
      trade: 'native',
      book: 'native',
      candle: 'native',
      mark: 'missing',
    },
    freshnessBoundMs: { ticker: 60_000, top: 60_000, book: 60_000, trade: 60_000, candle: 60_000 },
    bookProof: 'whole',
    // Ids are ours, but a request that failed has no time after which it cannot appear any more.
    orderSafety: 'limited',
  },
} satisfies Venue;
