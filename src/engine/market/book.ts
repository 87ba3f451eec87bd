import { assertNever } from '#shared/base/assert-never.ts';
import type { BookDeltaEvent, BookSnapshotEvent, Levels } from '#shared/domain/market-data.ts';
import type { BookRule } from '#venues/venue.ts';
import { BookSide } from './book-side.ts';

/** Prices and quantities are integers at the book's scales. */
export interface BookLevel {
  readonly price: number;
  readonly quantity: number;
}

/** Flat pairs price, quantity, …, best first, as integers at the book's scales. */
export interface BookDepth {
  readonly bids: Levels;
  readonly asks: Levels;
}

/**
 * `syncing`: waiting for the first snapshot. `live`: every change since the snapshot is in.
 * `invalid`: was live and is not any more; reads as empty until the next snapshot.
 */
export type BookState = 'syncing' | 'live' | 'invalid';

/**
 * A local order book: a snapshot and the unbroken chain of changes since. It is right or it says it is not:
 * a broken chain or bids that meet asks invalidate it at once.
 */
export interface Book {
  readonly state: BookState;
  /** Digits after the point of the integers below; grow when a frame shows more. */
  readonly priceScale: number;
  readonly quantityScale: number;
  /** The venue's id of the last change. */
  readonly lastUpdateId: number;
  /** Of the last snapshot or change, ms epoch. */
  readonly venueTime: number;
  readonly receivedAt: number;
  /**
   * Levels known without holes on the poorer side; `Infinity` while both sides are known to their end. It falls
   * as the price walks away from where the snapshot was taken: below a few hundred, `renew()` and fetch another.
   */
  readonly known: number;
  /**
   * `live`: taken, with the kept changes applied on top; `onApplied` runs after each that the caller has not seen.
   * `early`: it ends before the first kept change starts, fetch another, or it is older than what a live book of whole
   * frames holds; the book stays as it was.
   * `gap`: the kept changes do not chain, or the book is crossed; the book is invalid, fetch another.
   */
  applySnapshot(
    snapshot: BookSnapshotEvent,
    onApplied?: (delta: BookDeltaEvent) => void,
  ): 'live' | 'early' | 'gap';
  /** `stale`: already in. `buffered`: kept for the snapshot to come. `gap`: the book has become invalid, fetch a snapshot. */
  applyDelta(delta: BookDeltaEvent): 'applied' | 'stale' | 'gap' | 'buffered';
  /** Keeps changes from here on, so that a snapshot fetched while live can be brought up to date. */
  renew(): void;
  /** The stream was interrupted: what is held and kept is void. */
  invalidate(): void;
  /** At most `depth` levels a side. Ends where the knowledge ends: see `known`. */
  read(depth: number): BookDepth;
  /** The same for one side into the caller's array; returns the number of levels written. */
  readInto(side: 'bids' | 'asks', into: Levels): number;
  /** The best level seen on each side. */
  best(): { readonly bid: BookLevel | undefined; readonly ask: BookLevel | undefined };
}

/** Changes kept while a snapshot is awaited: minutes at the fastest stream. Older ones go first. */
const MOST_KEPT = 4_096;

export function createBook(rule: BookRule): Book {
  const bids = new BookSide('bids');
  const asks = new BookSide('asks');
  let state: BookState = 'syncing';
  let priceScale = 0;
  let quantityScale = 0;
  let lastUpdateId = -1;
  let venueTime = 0;
  let receivedAt = 0;
  /** A change has been applied since the snapshot: from then on they must follow one another. */
  let bridged = false;
  let renewing = false;
  let kept: BookDeltaEvent[] = [];

  function keep(delta: BookDeltaEvent): void {
    // On one stream whatever comes before a snapshot is older, even where the snapshot's ids start anew.
    if (rule.snapshot === 'stream') return;
    if (kept.length >= MOST_KEPT) kept = kept.slice(MOST_KEPT / 2);
    kept.push(delta);
  }

  function fail(): 'gap' {
    state = 'invalid';
    bids.clear();
    asks.clear();
    kept = [];
    renewing = false;
    return 'gap';
  }

  function verdictOn(delta: BookDeltaEvent): 'applied' | 'stale' | 'gap' {
    if (bridged) return rule.follow(lastUpdateId, delta);
    const verdict = rule.bridge(lastUpdateId, delta);
    return verdict === 'early' ? 'gap' : verdict;
  }

  function isCrossed(): boolean {
    return bids.bestQuantity > 0 && asks.bestQuantity > 0 && bids.bestPrice >= asks.bestPrice;
  }

  /** False when the integers cannot be brought to one scale exactly. */
  function widenTo(prices: number, quantities: number): boolean {
    if (prices <= priceScale && quantities <= quantityScale) return true;
    const priceFactor = 10 ** Math.max(0, prices - priceScale);
    const quantityFactor = 10 ** Math.max(0, quantities - quantityScale);
    priceScale = Math.max(priceScale, prices);
    quantityScale = Math.max(quantityScale, quantities);
    const widened = bids.rescale(priceFactor, quantityFactor);
    return asks.rescale(priceFactor, quantityFactor) && widened;
  }

  /** False when the book is wrong afterwards. */
  function apply(delta: BookDeltaEvent): boolean {
    if (!widenTo(delta.priceScale, delta.quantityScale)) return false;
    const priceFactor = 10 ** (priceScale - delta.priceScale);
    const quantityFactor = 10 ** (quantityScale - delta.quantityScale);
    if (!setAll(bids, delta.bids, priceFactor, quantityFactor)) return false;
    if (!setAll(asks, delta.asks, priceFactor, quantityFactor)) return false;
    lastUpdateId = delta.lastUpdateId;
    venueTime = delta.venueTime;
    receivedAt = delta.receivedAt;
    bridged = true;
    return !isCrossed();
  }

  function load(snapshot: BookSnapshotEvent): boolean {
    priceScale = snapshot.priceScale;
    quantityScale = snapshot.quantityScale;
    lastUpdateId = snapshot.lastUpdateId;
    venueTime = snapshot.venueTime;
    receivedAt = snapshot.receivedAt;
    bridged = false;
    const most = rule.snapshotDepth ?? Number.POSITIVE_INFINITY;
    bids.load(snapshot.bids, snapshot.bids.length / 2 < most);
    asks.load(snapshot.asks, snapshot.asks.length / 2 < most);
    return !isCrossed();
  }

  return {
    get state() {
      return state;
    },
    get priceScale() {
      return priceScale;
    },
    get quantityScale() {
      return quantityScale;
    },
    get lastUpdateId() {
      return lastUpdateId;
    },
    get venueTime() {
      return venueTime;
    },
    get receivedAt() {
      return receivedAt;
    },
    get known() {
      return Math.min(
        bids.whole ? Number.POSITIVE_INFINITY : bids.known,
        asks.whole ? Number.POSITIVE_INFINITY : asks.known,
      );
    },

    applySnapshot(snapshot, onApplied) {
      const first = kept.findIndex((delta) => rule.bridge(snapshot.lastUpdateId, delta) !== 'stale');
      const next = kept[first];
      if (next !== undefined && rule.bridge(snapshot.lastUpdateId, next) === 'early') return 'early';
      const seenUpTo = state === 'live' ? lastUpdateId : -1;
      // Older than the live book, and nothing kept to bring it up to date.
      if (rule.snapshot === 'rest' && next === undefined && snapshot.lastUpdateId < seenUpTo) return 'early';
      if (state === 'live' && rule.supersedes?.({ lastUpdateId, receivedAt }, snapshot) === false)
        return 'early';
      if (!load(snapshot)) return fail();
      const waiting = next === undefined ? [] : kept.slice(first);
      kept = [];
      renewing = false;
      state = 'live';
      for (const [index, delta] of waiting.entries()) {
        const verdict = verdictOn(delta);
        switch (verdict) {
          case 'stale':
            break;
          case 'gap':
            fail();
            // What comes after the hole may still continue the next snapshot.
            kept = waiting.slice(index);
            return 'gap';
          case 'applied':
            if (!apply(delta)) {
              fail();
              kept = waiting.slice(index);
              return 'gap';
            }
            if (delta.lastUpdateId > seenUpTo) onApplied?.(delta);
            break;
          default:
            assertNever(verdict);
        }
      }
      return 'live';
    },

    applyDelta(delta) {
      if (state !== 'live') {
        keep(delta);
        return 'buffered';
      }
      const verdict = verdictOn(delta);
      if (verdict === 'stale') return 'stale';
      if (verdict === 'gap' || !apply(delta)) {
        fail();
        keep(delta);
        return 'gap';
      }
      if (renewing) keep(delta);
      return 'applied';
    },

    renew() {
      if (state === 'live' && !renewing) {
        kept = [];
        renewing = true;
      }
    },

    invalidate() {
      // A book that never was live has nothing to lose but what it kept.
      if (state === 'live') fail();
      kept = [];
    },

    read(depth) {
      const room = new Float64Array(depth * 2);
      const bidLevels = room.slice(0, bids.read(room) * 2);
      return { bids: bidLevels, asks: room.slice(0, asks.read(room) * 2) };
    },

    readInto(side, into) {
      return (side === 'bids' ? bids : asks).read(into);
    },

    best() {
      return { bid: bestOf(bids), ask: bestOf(asks) };
    },
  };
}

/** False when a level is no exact integer at the book's scales. */
function setAll(side: BookSide, levels: Levels, priceFactor: number, quantityFactor: number): boolean {
  if (priceFactor === 1 && quantityFactor === 1) {
    for (let index = 0; index + 1 < levels.length; index += 2) {
      side.set(levels[index] as number, levels[index + 1] as number);
    }
    return true;
  }
  for (let index = 0; index + 1 < levels.length; index += 2) {
    const price = (levels[index] as number) * priceFactor;
    const quantity = (levels[index + 1] as number) * quantityFactor;
    if (!Number.isSafeInteger(price) || !Number.isSafeInteger(quantity)) return false;
    side.set(price, quantity);
  }
  return true;
}

function bestOf(side: BookSide): BookLevel | undefined {
  return side.bestQuantity > 0 ? { price: side.bestPrice, quantity: side.bestQuantity } : undefined;
}
