import { instrumentId, venueId } from '#shared/domain/instrument.ts';
import type { StreamKey } from '#shared/domain/stream-key.ts';
import { streamKeyText } from '#shared/domain/stream-key.ts';
import type { Decoded, Venue } from '#venues/venue.ts';

export const PLAIN_BTC = instrumentId('plain:BTC-USDT-PERP');

/** A venue for engine tests: every frame is the JSON of one `Decoded`, book levels as plain lists. */
export const plainVenue = {
  id: venueId('plain'),
  name: 'Plain',
  environments: {},
  limits: {
    maxStreamsPerConnection: 4,
    sendsPerSecond: 5,
    channelsPerFrame: 100,
    connections: { count: 100, windowMs: 1000 },
    connectionLifeMs: 86_400_000,
    staleAfterMs: 30_000,
    budgets: [{ scope: 'all', capacity: 2400, windowMs: 60_000 }],
  },
  intervals: ['1m'],
  favourites: [PLAIN_BTC],
  routeOf: () => 'all',
  socketUrl: (endpoints, route) => `${endpoints.ws}/${route}`,
  channelOf: (stream) => streamKeyText(stream),
  rhythmOf: (stream) => (stream.kind === 'ticker' ? 2000 : undefined),
  subscribing: {
    kind: 'add',
    subscribeFrame: (channels, requestId) => JSON.stringify({ subscribe: channels, requestId }),
    unsubscribeFrame: (channels, requestId) => JSON.stringify({ unsubscribe: channels, requestId }),
    refusesWhole: false,
  },
  createDecoder: () => (frame, receivedAt) => {
    const text = typeof frame === 'string' ? frame : new TextDecoder().decode(frame);
    const decoded = JSON.parse(text) as Decoded;
    if (decoded.kind === 'book-delta' || decoded.kind === 'book-snapshot') {
      return [
        {
          ...decoded,
          bids: Float64Array.from(decoded.bids),
          asks: Float64Array.from(decoded.asks),
          receivedAt,
        },
      ];
    }
    return ['ack', 'refusal', 'pong', 'ignored', 'failed', 'notice'].includes(decoded.kind)
      ? [decoded]
      : [{ ...decoded, receivedAt } as Decoded];
  },
  instrumentOf: (symbol) => instrumentId(`plain:${symbol}`),
  symbolOf: (instrument) => instrument.slice(6),
  book: {
    snapshot: 'rest',
    bridge: (snapshotUpdateId, delta) =>
      delta.lastUpdateId < snapshotUpdateId
        ? 'stale'
        : delta.firstUpdateId <= snapshotUpdateId
          ? 'applied'
          : 'early',
    follow: (lastUpdateId, delta) =>
      delta.lastUpdateId <= lastUpdateId
        ? 'stale'
        : delta.previousUpdateId === lastUpdateId
          ? 'applied'
          : 'gap',
  },
  rest: {
    maxCandles: 1500,
    serverTime: () => ({ path: '/time', scope: 'all', weight: 1, parse: Number }),
    instruments: () => ({ path: '/instruments', scope: 'all', weight: 1, parse: () => [] }),
    candles: () => ({ path: '/candles', scope: 'all', weight: 1, parse: () => [] }),
    trades: () => ({ path: '/trades', scope: 'all', weight: 1, parse: () => [] }),
  },
  refusalOf: () => undefined,
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
    freshnessBoundMs: {},
    bookProof: 'sequence',
    orderSafety: 'none',
  },
} as const satisfies Venue;

export const tickerOf = (key: StreamKey, venueTime = 0) =>
  JSON.stringify({
    kind: 'ticker',
    instrument: key.instrument,
    last: 1,
    open: 1,
    high: 1,
    low: 1,
    volume: 1,
    quoteVolume: 1,
    venueTime,
  });

export const tradeOf = (key: Pick<StreamKey, 'instrument'>, id: number, venueTime = id) =>
  JSON.stringify({
    kind: 'trade',
    instrument: key.instrument,
    id: String(id),
    price: 1,
    quantity: 1,
    side: 'buy',
    venueTime,
  });

/** One change of a book whose ids count by one. */
export const deltaOf = (key: Pick<StreamKey, 'instrument'>, id: number) =>
  JSON.stringify({
    kind: 'book-delta',
    instrument: key.instrument,
    firstUpdateId: id,
    lastUpdateId: id,
    previousUpdateId: id - 1,
    priceScale: 0,
    quantityScale: 0,
    bids: [100, id],
    asks: [101, id],
    venueTime: id,
  });
