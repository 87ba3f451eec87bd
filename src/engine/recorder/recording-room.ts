import { join } from 'node:path';
import type { Clock } from '#shared/base/clock.ts';
import { createEmitter, type Undo } from '#shared/base/emitter.ts';
import { HeartlineError, messageOf } from '#shared/base/errors.ts';
import { venueOf } from '#shared/domain/instrument.ts';
import { type StreamKey, streamKeyText } from '#shared/domain/stream-key.ts';
import type { Endpoints, RestCall, Venue } from '#venues/venue.ts';
import type { EventLog } from '../health/event-log.ts';
import type { MarketList } from '../market/market-list.ts';
import type { RestClient } from '../net/rest-client.ts';
import type { Room } from '../room.ts';
import { createRecorder, type RecordedVenue } from './recorder.ts';
import type { AppendBytes } from './recording-file.ts';
import { createRecordingShelf } from './recording-shelf.ts';
import type { WireTap } from './wire-tap.ts';

/** A venue whose frames can be recorded, with the way to ask it for what they do not tell. */
export interface RecordableVenue {
  readonly venue: Venue;
  readonly endpoints: Endpoints;
  readonly rest: Pick<RestClient, 'call'>;
}

export interface RecordingRoomOptions {
  readonly clock: Clock;
  readonly dataDir: string;
  readonly log: EventLog;
  readonly tap: WireTap;
  readonly markets: MarketList;
  readonly venues: readonly RecordableVenue[];
  readonly capBytes?: number;
  readonly rotateBytes?: number;
  readonly append?: AppendBytes;
}

export interface RecordingRoom
  extends Room<'recording.start' | 'recording.stop' | 'recording.list', 'recording'> {
  /** Writes what waits. */
  close(): Promise<void>;
}

/** A book's snapshot has to be younger than the first change in the file. */
const PRIME_AFTER_MS = 1500;
const CANDLES = 500;
const MOST_PAGES = 50;

/** Recording as a window asks for it. What is recorded is kept alive, whoever looks at it. */
export function createRecordingRoom(options: RecordingRoomOptions): RecordingRoom {
  const { clock, log, markets } = options;
  const shelf = createRecordingShelf(join(options.dataDir, 'recordings'));
  const changed = createEmitter<void>();
  let streams: readonly StreamKey[] = [];
  let held: readonly Undo[] = [];
  let cancelPriming: Undo = () => undefined;
  const recorder = createRecorder({
    ...options,
    shelf,
    onBegun() {
      cancelPriming();
      cancelPriming = clock.after(PRIME_AFTER_MS, prime);
    },
    onFailed(reason) {
      release();
      log.add('error', 'recording.failed', `recording has stopped: ${reason}`, { reason });
    },
    onChange: () => changed.emit(),
  });

  function release(): void {
    cancelPriming();
    for (const undo of held) undo();
    held = [];
    streams = [];
  }

  function venueFor(stream: StreamKey): RecordableVenue | undefined {
    return options.venues.find(({ venue }) => venue.id === venueOf(stream.instrument));
  }

  /** Has everything told anew that later frames build upon: lists, snapshots, the past of a chart. */
  function prime(): void {
    for (const { venue, rest } of options.venues) {
      const own = streams.filter(({ instrument }) => venueOf(instrument) === venue.id);
      if (own.length === 0) continue;
      const ask = <Answer>(call: RestCall<Answer>) =>
        rest.call(call).catch((fault: unknown) => {
          log.add('warn', 'recording.incomplete', `${venue.name}: ${messageOf(fault)}`, {
            venue: venue.name,
            reason: messageOf(fault),
          });
          return undefined;
        });
      void askInstruments(venue, ask);
      for (const stream of own) {
        if (stream.kind === 'candle') void askCandles(venue, stream, ask);
        const snapshot = stream.kind === 'book' ? venue.rest.bookSnapshot?.(stream.instrument) : undefined;
        if (snapshot) void ask(snapshot);
        // What begins with a snapshot and goes on with changes has to begin once more.
        else if (venue.subscribing.kind === 'add' && venue.book.snapshot === 'stream') {
          if (stream.kind === 'book' || stream.kind === 'ticker') markets.of(venue.id).renew?.(stream);
        }
      }
    }
  }

  async function askInstruments(venue: Venue, ask: Ask): Promise<void> {
    let page = await ask(venue.rest.instruments());
    for (let count = 1; page && 'instruments' in page && page.next && count < MOST_PAGES; count += 1) {
      page = await ask(page.next);
    }
  }

  async function askCandles(
    venue: Venue,
    { instrument, interval }: Extract<StreamKey, { kind: 'candle' }>,
    ask: Ask,
  ): Promise<void> {
    if (venue.rest.candleIntervals?.includes(interval) === false) return;
    const limit = Math.min(CANDLES, venue.rest.maxCandles);
    await ask(venue.rest.candles({ instrument, interval, limit, now: clock.now() }));
  }

  return {
    requests: {
      async 'recording.start'({ streams: wanted }) {
        const chosen = wanted.filter((stream) => venueFor(stream) !== undefined);
        if (chosen.length === 0) {
          throw new HeartlineError(
            'recording.nothing',
            'nothing of this has raw frames: neither what comes through ccxt, nor what was recorded',
          );
        }
        const recorded = options.venues.flatMap(({ venue, endpoints }): readonly RecordedVenue[] => {
          const own = chosen.filter(({ instrument }) => venueOf(instrument) === venue.id);
          const routes = new Map(
            own.map(venue.routeOf).map((route) => [venue.socketUrl(endpoints, route), route]),
          );
          return own.length === 0 ? [] : [{ venue: venue.id, routes }];
        });
        await recorder.start(chosen.map(streamKeyText), recorded);
        streams = chosen;
        held = chosen.map((stream) => markets.of(venueOf(stream.instrument)).hold(stream));
        log.add('info', 'recording.started', `recording ${chosen.length} streams`, { count: chosen.length });
        return {};
      },
      async 'recording.stop'() {
        const { file } = recorder.view();
        release();
        await recorder.stop();
        if (file) {
          log.add('info', 'recording.stopped', `recorded to ${file.fileName}`, { file: file.fileName });
        }
        return {};
      },
      'recording.list': () => recorder.list(),
    },
    watches: {
      recording(_input, tell) {
        let isNew = true;
        const undo = changed.on(() => {
          isNew = true;
          tell();
        });
        return {
          take() {
            if (!isNew) return undefined;
            isNew = false;
            return recorder.view();
          },
          dispose: undo,
        };
      },
    },
    async close() {
      release();
      await recorder.stop();
    },
  };
}

type Ask = <Answer>(call: RestCall<Answer>) => Promise<Answer | undefined>;
