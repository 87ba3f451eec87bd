import type {
  BookDeltaEvent,
  BookSnapshotEvent,
  MarketEvent,
  TradeEvent,
} from '#shared/domain/market-data.ts';
import type { StreamKey } from '#shared/domain/stream-key.ts';
import type { BookRule } from '#venues/venue.ts';

/**
 * One stream while two sockets bring it: the old one is delivered, what the new one is ahead of it is kept, so that
 * nothing is lost and nothing doubled when the new one takes over.
 */
export interface Handover {
  /** The new socket said it: kept back. */
  heard(event: MarketEvent): void;
  /** The old socket said it, and it was delivered. */
  delivered(event: MarketEvent): void;
  readonly isHeard: boolean;
  /** What the new socket brings goes on without a hole where the old one stands. */
  readonly isJoined: boolean;
  /** What is to be delivered when the new socket takes over, in order. */
  rest(): readonly MarketEvent[];
}

/** Beyond this the new socket is not ahead, the old one is dead; the rotation ends by its deadline. */
const MOST_KEPT = 5000;
/** The last words on a state; a candle's closing one may be followed by others. */
const LAST_WORDS = 8;

export function createHandover(
  key: StreamKey,
  rule: BookRule,
  isKnownTrade: (trade: TradeEvent) => boolean,
): Handover {
  if (key.kind === 'trade') return ofTrades(isKnownTrade);
  if (key.kind !== 'book') return ofState();
  return rule.snapshot === 'rest' ? ofChain() : ofSnapshots();
}

/** Joined once both have told the same trade: what the new one told after it is all there is. */
function ofTrades(isKnown: (trade: TradeEvent) => boolean): Handover {
  const kept = new Map<string, TradeEvent>();
  let isHeard = false;
  let isJoined = false;
  return {
    heard(event) {
      if (event.kind !== 'trade') return;
      isHeard = true;
      if (isKnown(event)) isJoined = true;
      else if (kept.size < MOST_KEPT) kept.set(event.id, event);
    },
    delivered(event) {
      if (event.kind === 'trade' && kept.delete(event.id)) isJoined = true;
    },
    get isHeard() {
      return isHeard;
    },
    get isJoined() {
      return isJoined && kept.size < MOST_KEPT;
    },
    rest: () => [...kept.values()],
  };
}

/** Deltas of one chain, the same on both sockets: joined once the old one has reached where the new one began. */
function ofChain(): Handover {
  let kept: (BookDeltaEvent | BookSnapshotEvent)[] = [];
  let deliveredId = Number.NEGATIVE_INFINITY;
  let isHeard = false;
  let isJoined = false;
  const prune = () => {
    const first = kept[0];
    if (first === undefined || first.lastUpdateId > deliveredId) return;
    isJoined = true;
    kept = kept.filter((event) => event.lastUpdateId > deliveredId);
  };
  return {
    heard(event) {
      if (event.kind !== 'book-delta') return;
      isHeard = true;
      if (event.lastUpdateId <= deliveredId) isJoined = true;
      else if (kept.length < MOST_KEPT) kept.push(event);
    },
    delivered(event) {
      if (event.kind !== 'book-delta') return;
      deliveredId = event.lastUpdateId;
      prune();
    },
    get isHeard() {
      return isHeard;
    },
    get isJoined() {
      return isJoined && kept.length < MOST_KEPT;
    },
    rest: () => kept,
  };
}

/** The new socket begins with a whole book of its own, and the book goes over to it with all that came since. */
function ofSnapshots(): Handover {
  let kept: (BookDeltaEvent | BookSnapshotEvent)[] = [];
  return {
    heard(event) {
      if (event.kind === 'book-snapshot') kept = [event];
      else if (event.kind === 'book-delta' && kept.length > 0 && kept.length < MOST_KEPT) kept.push(event);
    },
    delivered: () => undefined,
    get isHeard() {
      return kept.length > 0;
    },
    get isJoined() {
      return kept.length > 0 && kept.length < MOST_KEPT;
    },
    rest: () => kept,
  };
}

/** A state is as good from either; only what the new one said later is worth repeating. */
function ofState(): Handover {
  const kept: MarketEvent[] = [];
  let deliveredTime = Number.NEGATIVE_INFINITY;
  let isHeard = false;
  const later = (event: MarketEvent) => event.venueTime > deliveredTime;
  return {
    heard(event) {
      isHeard = true;
      kept.push(event);
      if (kept.length > LAST_WORDS) kept.shift();
    },
    delivered(event) {
      deliveredTime = Math.max(deliveredTime, event.venueTime);
    },
    get isHeard() {
      return isHeard;
    },
    isJoined: true,
    rest: () => kept.filter(later),
  };
}
