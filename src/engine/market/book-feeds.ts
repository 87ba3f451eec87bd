import type { Clock } from '#shared/base/clock.ts';
import type { Undo } from '#shared/base/emitter.ts';
import { HeartlineError } from '#shared/base/errors.ts';
import type { FeedFact } from '#shared/domain/incident.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import { type StreamKey, streamKeyText } from '#shared/domain/stream-key.ts';
import type { Venue } from '#venues/venue.ts';
import type { EventLog } from '../health/event-log.ts';
import type { RestClient } from '../net/rest-client.ts';
import { type BookFeed, createBookFeed } from './book-feed.ts';

type BookKey = Extract<StreamKey, { kind: 'book' }>;

export interface BookFeedsOptions {
  readonly venue: Venue;
  readonly clock: Clock;
  readonly rest: RestClient;
  readonly log: EventLog;
  /** Asks the venue for the stream anew, so that it begins with a snapshot. */
  readonly restart: (stream: BookKey) => void;
  readonly onChange: (instrument: InstrumentId) => void;
  readonly onFact: (fact: FeedFact) => void;
  readonly onFault: (fault: unknown, instrument: InstrumentId) => void;
}

/** The books of one venue. */
export interface BookFeeds {
  get(instrument: InstrumentId): BookFeed | undefined;
  /** Makes the book a stream feeds; the undo lets it go. */
  open(stream: BookKey): Undo;
}

export function createBookFeeds(options: BookFeedsOptions): BookFeeds {
  const { venue, clock, rest, log } = options;
  const books = new Map<InstrumentId, BookFeed>();

  return {
    get: (instrument) => books.get(instrument),
    open(stream) {
      const { instrument } = stream;
      const feed = createBookFeed({
        rule: venue.book,
        clock,
        loadSnapshot() {
          const call = venue.rest.bookSnapshot?.(instrument);
          if (!call) throw new HeartlineError('internal', `${venue.name} has no book snapshot`);
          return rest.call(call);
        },
        restartStream: () => options.restart(stream),
        onChange: () => options.onChange(instrument),
        onGap() {
          options.onFact({ kind: 'book-gap', stream: streamKeyText(stream) });
          log.add('warn', 'book.gap', `book of ${instrument} has a gap`, { instrument });
        },
        onResync(exactMs) {
          const tookMs = Math.round(exactMs);
          const text = `book of ${instrument} rebuilt in ${tookMs} ms`;
          options.onFact({ kind: 'book-resynced', stream: streamKeyText(stream), tookMs });
          log.add('info', 'book.resynced', text, { instrument, tookMs });
        },
        onFault: (fault) => options.onFault(fault, instrument),
      });
      books.set(instrument, feed);
      return () => {
        feed.dispose();
        books.delete(instrument);
      };
    },
  };
}
