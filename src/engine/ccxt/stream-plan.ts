import type { CapabilitySheet, Means } from '#shared/domain/capability.ts';
import { INTERVALS, type Interval } from '#shared/domain/interval.ts';
import type { StreamKey } from '#shared/domain/stream-key.ts';
import type { CcxtExchange } from './exchange.ts';

export type StreamKind = StreamKey['kind'];

/** How each kind of data is had from one exchange. */
export interface StreamPlan {
  readonly means: Readonly<Record<StreamKind, Means>>;
  /** Whether the kind can (also) be polled: the way out when its stream does not work. */
  readonly canPoll: Readonly<Record<StreamKind, boolean>>;
  /** Time between two polls of one stream, ms. */
  readonly pollMs: Readonly<Record<StreamKind, number>>;
  /** Intervals of ours that can be shown, and those the exchange itself knows. */
  readonly intervals: readonly Interval[];
  readonly ownIntervals: readonly Interval[];
  readonly maxCandles: number;
}

const POLL_MS = { ticker: 3000, top: 2000, trade: 3000, book: 2000, candle: 5000, mark: 15_000 } as const;
/** The pulse calls what has a beat late from here on (stream-pulse.ts): so many beats, but not before so long. */
const LATE_BEATS = 3;
const LATE_FLOOR_MS = 4000;

/** What a kind can be made of. */
const BUILT_OF: Readonly<Partial<Record<StreamKind, StreamKind>>> = { top: 'book', candle: 'trade' };

/**
 * Where ccxt has something but not as it should be.
 * kraken: `watchBidsAsks` shares its subscription with `watchTicker`, and whichever comes first decides when frames come:
 * bids and asks would stand still between trades (ccxt/js/src/pro/kraken.js, watchMultiHelper).
 */
const UNFIT: Readonly<Record<string, readonly StreamKind[]>> = { kraken: ['top'] };

/** What `fetchTime` tells in whole seconds. */
const CLOCK_STEP_MS: Readonly<Record<string, number>> = { kraken: 1000 };

/** ms in which the exchange tells its time. */
export function clockStepOf({ id }: CcxtExchange): number {
  return CLOCK_STEP_MS[id] ?? 1;
}

/**
 * A stream where there is one; else made of what is streamed (the best prices of the book, candles of trades); else
 * asked for again and again; else not at all.
 */
export function planStreams(exchange: CcxtExchange): StreamPlan {
  const has = (name: string) => exchange.has[name] === true;
  const isFit = (kind: StreamKind) => !UNFIT[exchange.id]?.includes(kind);
  const hasDerivatives = has('swap') || has('future');
  const watch: Record<StreamKind, boolean> = {
    ticker: has('watchTicker'),
    top: has('watchBidsAsks') && isFit('top'),
    trade: has('watchTrades'),
    book: has('watchOrderBook'),
    candle: has('watchOHLCV'),
    mark: hasDerivatives && has('watchMarkPrice'),
  };
  const canPoll: Record<StreamKind, boolean> = {
    ticker: has('fetchTicker') || has('fetchTickers'),
    top: has('fetchBidsAsks'),
    trade: has('fetchTrades'),
    book: has('fetchOrderBook'),
    candle: has('fetchOHLCV'),
    mark: hasDerivatives && has('fetchFundingRate'),
  };
  function meansOf(kind: StreamKind): Means {
    const root = BUILT_OF[kind];
    if (watch[kind]) return 'native';
    if (root && watch[root]) return 'synthesised';
    if (canPoll[kind]) return 'polled';
    return root && canPoll[root] ? 'synthesised' : 'missing';
  }

  const slowest = 2 * exchange.rateLimit;
  const pollMs = (kind: StreamKind) => Math.max(POLL_MS[kind], slowest);
  const each = <Value>(of: (kind: StreamKind) => Value): Record<StreamKind, Value> => ({
    ticker: of('ticker'),
    top: of('top'),
    trade: of('trade'),
    book: of('book'),
    candle: of('candle'),
    mark: of('mark'),
  });
  const own = INTERVALS.filter((interval) => exchange.timeframes && interval in exchange.timeframes);
  const limit =
    exchange.features?.['spot']?.fetchOHLCV?.limit ?? exchange.features?.['default']?.fetchOHLCV?.limit;
  return {
    means: each(meansOf),
    canPoll,
    pollMs: each(pollMs),
    ownIntervals: own,
    // Minutes can always be made of trades.
    intervals:
      own.includes('1m') || meansOf('candle') === 'missing'
        ? own
        : ['1m', ...own.filter((one) => one !== '1s')],
    maxCandles: Math.min(1000, Math.max(50, limit ?? 300)),
  };
}

/** What is said openly of an exchange reached through ccxt. */
export function sheetOf(exchange: CcxtExchange, plan: StreamPlan): CapabilitySheet {
  // What streams comes when it comes: its silence proves nothing. What is asked for has a beat.
  const bounds = Object.entries(plan.means).flatMap(([name, means]) => {
    const kind = name as StreamKind;
    const root = means === 'synthesised' ? BUILT_OF[kind] : kind;
    if (root === undefined || plan.means[root] !== 'polled') return [];
    return [[kind, Math.max(LATE_FLOOR_MS, LATE_BEATS * plan.pollMs[root])] as const];
  });
  return {
    means: { ...plan.means, instruments: 'native' },
    freshnessBoundMs: Object.fromEntries(bounds),
    bookProof: plan.means.book === 'native' && checksCheck(exchange) ? 'sequence' : 'none',
    // Nothing is ever ordered through ccxt's generic classes.
    orderSafety: 'none',
  };
}

/** Some classes compare each book with the exchange's checksum, and start it anew where they differ. */
function checksCheck({ options }: CcxtExchange): boolean {
  const own = options['watchOrderBook'];
  return typeof own === 'object' && own !== null && 'checksum' in own && own.checksum === true;
}
