import type { Clock } from '#shared/base/clock.ts';
import type { Undo } from '#shared/base/emitter.ts';
import type { BookDeltaEvent, BookSnapshotEvent } from '#shared/domain/market-data.ts';
import type { BookRule } from '#venues/venue.ts';
import { type Book, createBook } from './book.ts';

export interface BookFeedOptions {
  readonly rule: BookRule;
  readonly clock: Clock;
  /** Fetches a snapshot over REST, where the rule asks for one. */
  readonly loadSnapshot: () => Promise<BookSnapshotEvent>;
  /** Asks the stream to begin anew with a snapshot, where the rule says that it brings one. */
  readonly restartStream: () => void;
  /** After every applied delta or snapshot, and whenever the state changed. */
  readonly onChange: () => void;
  readonly onGap: () => void;
  readonly onResync: (tookMs: number) => void;
  readonly onFault: (fault: unknown) => void;
}

/** A book that notices every gap at once, says so, and builds itself anew. */
export interface BookFeed {
  readonly book: Book;
  readonly gaps: number;
  readonly resyncs: number;
  apply(event: BookDeltaEvent | BookSnapshotEvent): void;
  /** The stream broke: what is held may be wrong from here on. */
  interrupted(): void;
  dispose(): void;
}

// A snapshot older than the first buffered delta must be asked for again, but not in a tight loop.
const EARLY_RETRY_MS = 250;
const FAULT_RETRY_MS = 2000;
/** A stream that was asked to begin anew takes two answers until it does. */
const RESTART_EVERY_MS = 2000;
const THIN_LEVELS = 200;
// A thin venue book stays thin: asking all the time would only burn the budget.
const RENEW_EVERY_MS = 30_000;

export function createBookFeed(options: BookFeedOptions): BookFeed {
  const { clock, rule } = options;
  const book = createBook(rule);
  let gaps = 0;
  let resyncs = 0;
  let isLoading = false;
  let isDisposed = false;
  let wasSynced = false;
  /** A snapshot is being fetched for a book that is live. */
  let isRenewing = false;
  let renewedAt = Number.NEGATIVE_INFINITY;
  let restartedAt = Number.NEGATIVE_INFINITY;
  let syncSince = clock.monotonic();
  let cancelRetry: Undo | undefined;
  /** Counts breaks of the stream: a snapshot asked for before one does not belong to what comes after it. */
  let epoch = 0;
  /** A change of this epoch waits for a snapshot. */
  let isWaiting = false;

  function startSync(): void {
    syncSince = clock.monotonic();
    isRenewing = false;
    cancelRetry?.();
    cancelRetry = undefined;
  }

  /** Changes come, but what they change is not known: the stream says that only at its beginning. */
  function restart(): void {
    if (clock.monotonic() - restartedAt < RESTART_EVERY_MS) return;
    restartedAt = clock.monotonic();
    options.restartStream();
  }

  async function load(): Promise<void> {
    isWaiting = true;
    if (isLoading || isDisposed || cancelRetry !== undefined) return;
    isLoading = true;
    const mine = epoch;
    let retryMs: number | undefined;
    try {
      const snapshot = await options.loadSnapshot();
      if (isDisposed) return;
      if (mine === epoch) {
        take(snapshot);
        if (book.state !== 'live' || isRenewing) retryMs = EARLY_RETRY_MS;
      }
    } catch (fault) {
      if (isDisposed) return;
      options.onFault(fault);
      if (mine === epoch) retryMs = FAULT_RETRY_MS;
    } finally {
      isLoading = false;
    }
    if (mine !== epoch && isWaiting) void load();
    else if (retryMs !== undefined && !isDisposed) {
      cancelRetry = clock.after(retryMs, () => {
        cancelRetry = undefined;
        if (book.state !== 'live' || isRenewing) void load();
      });
    }
  }

  function take(snapshot: BookSnapshotEvent): void {
    const before = book.state;
    const outcome = book.applySnapshot(snapshot, options.onChange);
    // Whole frames that stay crossed are one gap, not one each.
    if (outcome === 'gap' && !(rule.snapshot === 'stream' && before === 'invalid')) {
      gaps += 1;
      // No snapshot is under way: the next frame of the stream brings one.
      if (rule.snapshot === 'stream') startSync();
      options.onGap();
    }
    // An older whole frame changed nothing.
    if (outcome === 'early' && rule.snapshot === 'stream') return;
    if (outcome === 'live' && before !== 'live') {
      if (wasSynced) {
        resyncs += 1;
        options.onResync(clock.monotonic() - syncSince);
      }
      wasSynced = true;
    }
    if (outcome !== 'early') isRenewing = false;
    options.onChange();
  }

  /** As the price walks away from where the snapshot was taken, less and less of the book is known without holes. */
  function renewWhenThin(): void {
    if (isRenewing || isLoading || rule.snapshot !== 'rest' || book.known >= THIN_LEVELS) return;
    if (clock.monotonic() - renewedAt < RENEW_EVERY_MS) return;
    renewedAt = clock.monotonic();
    isRenewing = true;
    book.renew();
    void load();
  }

  return {
    book,
    get gaps() {
      return gaps;
    },
    get resyncs() {
      return resyncs;
    },
    apply(event) {
      if (event.kind === 'book-snapshot') {
        take(event);
        return;
      }
      switch (book.applyDelta(event)) {
        case 'applied':
          renewWhenThin();
          options.onChange();
          break;
        case 'stale':
          break;
        case 'buffered':
          if (rule.snapshot === 'rest') void load();
          else restart();
          break;
        case 'gap':
          gaps += 1;
          startSync();
          options.onGap();
          options.onChange();
          if (rule.snapshot === 'rest') void load();
          else restart();
          break;
      }
    },
    interrupted() {
      epoch += 1;
      isWaiting = false;
      book.invalidate();
      startSync();
      // Whatever begins after a break begins with a snapshot; it only has to get through.
      restartedAt = clock.monotonic();
      options.onChange();
    },
    dispose() {
      isDisposed = true;
      cancelRetry?.();
    },
  };
}
